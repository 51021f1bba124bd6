"""A missing name filled in: its place goes into the user's own file, and the articles that use it are read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from gazetteer import own_file
from gazetteer.names import fold
from gazetteer.own_file import Given
from geo import pipeline
from geo.page import intake
from geo.page.library import Library
from geo.page.session import View
from geo.pipeline import own_places
from geo.views import missing

LONGEST = 200  # characters of a field
NO_FILE = (
    "There is no file for your own places: this store is on a server. Name one in CONFLICT_MAP_PLACES and start again."
)
_KINDS = (
    "village",
    "town",
    "district",
    "facility",
    "region",
    "admin1",
    "admin2",
    "island",
    "mountain",
    "river",
    "lake",
)


def panel(view: View, shelf: Library) -> dict[str, Any]:
    """Give what the list of missing names shows."""
    found, file = shelf.missing(), shelf.own_places()
    filled = shelf.gazetteer.own_names
    known = [one for one in found if fold(one.told.name) in filled]
    return {
        "total": len(found),
        "rows": missing.rows(found[: view.length], text=shelf.text),
        "picked": list(view.picked) if view.picked else None,
        "kinds": list(_KINDS),
        "path": "api/own-places",
        "table": "api/missing.csv",
        "token": intake.TOKEN,
        "file": str(file.path) if file else "",
        "fault": file.fault if file else NO_FILE,
        "known": {"names": len(known), "articles": len({digest for one in known for digest in one.articles})},
    }


def fill(given: Given, shelf: Library) -> Iterator[dict[str, Any]]:
    """Write a place into the user's own file and read the articles that use its names again, as `intake.read` does.

    Without a name, those are read again whose missing names the file holds by now.

    Yields
    ------
    dict
        While it reads ``{"done": 3, "total": 12, "events": 7}``; at the end ``{"filled": {...}}``, or why not as
        ``{"fault": "..."}``.
    """
    if not given.name.strip():
        return intake.working(lambda tell: _known(shelf, tell), shelf)
    return intake.working(lambda tell: _fill(given, shelf, tell), shelf)


def _fill(given: Given, shelf: Library, tell: intake.Tell) -> dict[str, Any]:
    path = own_places.file(shelf.settings)
    if path is None:
        return {"fault": NO_FILE}
    names = (given.name, *(part for part in given.aliases.split(";") if part.strip()))
    concerned = missing.concerned(shelf.missing(), names)
    placed = own_file.put(path, given)
    shelf.own_places()
    # Where the name was read as a place elsewhere, or as none at all, the reading changes too.
    holding = (shelf.store.matching(f'"{name}"') for name in names)
    outcome = _read(concerned.union(*holding), shelf, tell)
    events = shelf.events()
    here = int(events["place_id"].isin([one.place.id for one in shelf.gazetteer.by_name(placed.name)[:1]]).sum())
    stands = {"name": placed.name, "lat": placed.lat, "lng": placed.lon, "kind": placed.kind, "here": here}
    return {key: told | stands if key == "filled" else told for key, told in outcome.items()}


def _known(shelf: Library, tell: intake.Tell) -> dict[str, Any]:
    """Read again what uses the names that somebody wrote into the file by other means."""
    file = shelf.own_places()
    if file is None or file.fault:
        return {"fault": file.fault if file else NO_FILE}
    filled = shelf.gazetteer.own_names
    return _read({d for one in shelf.missing() if fold(one.told.name) in filled for d in one.articles}, shelf, tell)


def _read(digests: Iterable[str], shelf: Library, tell: intake.Tell) -> dict[str, Any]:
    """Read articles of the store anew, each into the data sets that it is in."""
    wanted = set(digests)
    sets: dict[str, list[str]] = {}
    for one in shelf.store.catalogued(sorted(wanted)):
        for name in one.data_sets:
            sets.setdefault(name, []).append(one.digest)
    read, events = 0, 0
    done: set[str] = set()
    for name, held in sets.items():
        articles = [shelf.store.article(digest) for digest in held if digest not in done]
        done.update(held)
        report = pipeline.ingest(
            articles,
            shelf.store,
            shelf.gazetteer,
            data_set=name,
            jobs=1,
            progress=intake.progress(tell, len(wanted), before=read),
        )
        if report.interrupted:
            return {"fault": intake.STOPPED}
        read, events = read + report.articles, events + report.events
    return {"filled": {"articles": read, "events": events}}


def given(field: Any) -> Given:
    """Read a place from the fields of a form; `field` gives one by its name."""
    return Given(**{column: field(column)[:LONGEST] for column in own_file.COLUMNS})
