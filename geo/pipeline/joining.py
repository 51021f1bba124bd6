"""Joins the reports of one event over a whole store, so that each knows the others."""

from __future__ import annotations

from collections.abc import Sequence

from geo import incidents
from geo.model import Record
from geo.store import Removed, Store, alone


def join_reports(store: Store) -> None:
    """Join what the store holds, if an article came or went since the last time.

    All of it at once, as words are weighed by how rare they are in all articles: some 2,000 articles a second.

    Raises
    ------
    geo.store.StoreError
        If the store cannot be written to.
    """
    if not store.joined():
        store.set_incidents(grouped(list(store.told())))


def grouped(records: Sequence[Record]) -> dict[str, str]:
    """Give the incident of every event that shares it with another, by the event's id.

    An incident is called after the event that came first in `records`, so that its id stays when articles are added
    at the end.
    """
    order = {event.id: n for n, event in enumerate(event for record in records for event in record.events)}
    out: dict[str, str] = {}
    for incident in incidents.join(records):
        if len(incident.events) > 1:
            first = min((event.id for event in incident.events), key=order.__getitem__)
            out |= {event.id: alone(first) for event in incident.events}
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
