"""Joins the reports of one event over a store, so that each knows the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geo import incidents
from geo.likeness.report import Report
from geo.pipeline.regrouping import regrouped
from geo.pipeline.stories import tie_stories
from geo.store import Removed, Store, Told, alone

# Where more than this share of the articles is new, or went, all are joined at once: some 1,500 articles a second.
_SHARE = 0.25
_TRIES = 5


def join_reports(store: Store) -> None:
    """Tie the copies among what came, and join what came and went since the last time.

    What it costs depends on that and on the reports near it, not on the store. Where another program joins at the same
    time, or takes articles out, it begins anew; what is left after some tries stays noted in the store.

    Raises
    ------
    geo.store.StoreError
        If the store cannot be written to.
    """
    tie_stories(store)
    for _ in range(_TRIES):
        unjoined = store.unjoined()
        if not unjoined:
            return
        few = unjoined.articles <= _SHARE * unjoined.stored
        if store.settle(regrouped(store, unjoined) if few else grouped(store.told()), unjoined):
            return


def grouped(told: Iterable[Told]) -> dict[str, str]:
    """Group all events; give the incident of each that is to change it, by the event's id.

    An incident is called after the event that came first into the store, so that its id stays as articles are added.
    """
    by_id = {one.event.id: one for one in told}
    compared = (
        Report.of(one.event, one.said, article=one.article, published=one.published, number=one.position[1])
        for one in by_id.values()
    )
    out: dict[str, str] = {}
    for group in incidents.group(compared):
        members = [by_id[report.event.id] for report in group]
        name = alone(min(members, key=lambda one: (one.position, one.event.id)).event.id)
        out |= {one.event.id: name for one in members if one.incident != name}
    return out


def remove(store: Store, data_set: str, *, only: Sequence[str] | None = None) -> int:
    """Take a data set out of a store, or `only` some digests of it, and join anew what is left.

    Returns
    -------
    int
        How many articles were deleted: those that are in no other set.
    """
    gone = store.remove(data_set, only=only)
    join_reports(store)
    return gone


def take_out(store: Store, data_set: str) -> Removed:
    """Take a data set out of a store, so that `put_back` can undo it, and join anew what is left."""
    removed = store.take_out(data_set)
    join_reports(store)
    return removed


def put_back(store: Store, removed: Removed) -> None:
    """Put a data set back as it was, and join its reports to the others again."""
    store.put_back(removed)
    join_reports(store)
