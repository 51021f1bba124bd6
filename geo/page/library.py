"""The data of one process: the store, the gazetteer and what is derived from them, shared by pages and routes."""

from __future__ import annotations

import json
import logging
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

from gazetteer.errors import OwnPlacesError
from gazetteer.index import Gazetteer
from geo import pipeline
from geo.page.compressing import IN_PIECES, Blob, Compressed, compressed, tag
from geo.page.counted import Counted
from geo.page.given import Extent, OwnFile
from geo.page.keeping import Kept, Recent
from geo.pipeline import own_places
from geo.query import Query, Selection, select
from geo.query.origin import Origin, absent
from geo.settings import Settings
from geo.store import Catalogued, Store, StoreError, since, stories, unresolved
from geo.store.left_out import LeftOut
from geo.timemap import packed
from geo.timemap.element import start_view
from geo.timemap.grid import Grid
from geo.timemap.part import Part
from geo.views import areas, finding, listing, matches, missing, table
from geo.views.unplotted import Unplotted

_log = logging.getLogger(__name__)
_Made = TypeVar("_Made")
_KEPT_VIEWS = 12
_TRIES = 4
_COUNTRY_CODE = 2


class Library:
    """Reads the store once for each of its versions, whatever the number of sessions.

    Parameters
    ----------
    settings
        Where the store and the gazetteer lie.

    Attributes
    ----------
    reading_in
        Held by whoever reads articles into the store or takes them out: one at a time.

    Raises
    ------
    geo.store.StoreError
        From any reading method, if the store cannot be read.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        changes = not settings.read_only
        self.store = Store(settings.store, create=changes, read_only=not changes, session="page", keep=settings.kept)
        self.reading_in = threading.Lock()
        self._compressed: Compressed | None = None
        self._kept = Kept()
        self._views: Recent[Any] = Recent(_KEPT_VIEWS)
        self._counted = Counted()
        self._steady = threading.local()

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Within, this thread sees the events of one state of the data, whatever is read in meanwhile.

        What is chosen of the events is positions among them: chosen of one state, they mean nothing in the next.
        """
        if getattr(self._steady, "held", None):
            yield
            return
        self._steady.held = self._one_state()
        try:
            yield
        finally:
            self._steady.held = None

    def _one_state(self) -> tuple[str, Any]:
        """Give the name of a state and its events, which no change came between."""
        for _ in range(_TRIES):
            version = str(self.store.version())
            frame = self._once("events", version, self.store.events)
            if str(self.store.version()) == version:
                return version, frame
        # Changed without a pause: a state of its own, shared with nobody.
        return f"{version} {secrets.token_hex(8)}", self.store.events()

    def catch_up(self) -> None:
        """Join, in a thread of its own, what an earlier program left unjoined as it ended."""
        if not self.settings.read_only and (self.store.count_unjoined() or self.store.count_untied()):
            threading.Thread(target=self._catch_up, name="joining", daemon=True).start()

    def _catch_up(self) -> None:
        try:
            with self.reading_in:
                pipeline.join_reports(self.store)
        except StoreError:
            _log.exception("what is left to be joined stays noted in the store")

    def first_asked(self) -> tuple[Callable[[], object], ...]:
        """Give what makes all that the first visit asks for, in the order in which it does."""
        shown = (self.events, lambda: self.gazetteer, self.counts, self.radii, self.packed)
        return (*shown, self.areas, self.origin, self.state, self.retellings, self.findable)

    def unjoined(self) -> int:
        """Count the articles whose reports are not joined with the others yet."""
        return self.store.count_unjoined()

    @property
    def gazetteer(self) -> Gazetteer:
        """The gazetteer, opened on first need."""
        return self._once("gazetteer", "", lambda: own_places.laid_over(self.settings))

    @property
    def opened(self) -> bool:
        """Whether the gazetteer is open; the first opening may have to build it, which takes a minute."""
        return "gazetteer" in self._kept

    def own_places(self) -> OwnFile | None:
        """Give the file of the user's own places, laid over anew where it was changed; None where there can be none."""
        path = own_places.file(self.settings)
        if path is None:
            return None
        try:
            about = path.stat()
            state = f"{about.st_mtime_ns} {about.st_size}"
        except OSError:
            return OwnFile(path)
        return self._once("own places", state, lambda: self._laid_over(path))

    def _laid_over(self, path: Path) -> OwnFile:
        try:
            self.gazetteer.lay_over(path)
        except OwnPlacesError as error:  # those from before go on
            return OwnFile(path, str(error))
        return OwnFile(path)

    def missing(self) -> tuple[missing.Name, ...]:
        """Give the names that articles used and no place bears, most frequent first."""
        return self._once("missing", self.version(), lambda: missing.gather(unresolved.read(self.store)))

    def version(self) -> str:
        """Name the state of the data: equal names, equal data."""
        held = getattr(self._steady, "held", None)
        return held[0] if held else str(self.store.version())

    def events(self) -> Any:
        """Give the frame of all events; shared, so never to be changed."""
        held = getattr(self._steady, "held", None)
        return held[1] if held else self._once("events", self.version(), self.store.events)

    def origin(self) -> Origin:
        """Give the fingerprint of the data and of what read them, for links."""
        return self._once("origin", self.version(), lambda: Origin.of(self.store.pipelines()))

    def remarks(self, query: Query, params: Mapping[str, Any]) -> tuple[str, ...]:
        """Say of a link what is not in this store, and what differs from the store that it was made with."""
        made = Origin.from_params(params)
        untold = query.story and stories.get(self.store, query.story) is None
        missing: tuple[str, ...] = (f"story: {query.story} is not in this store.",) if untold else ()
        missing += self.unknown(query)
        return absent(query, self.events()) + missing + (made.differences(self.origin()) if made else ())

    def packed(self) -> Blob:
        """Give the events as the map's packed columns."""
        return self._once("packed", self.version(), self._packed)

    def _packed(self) -> Blob:
        self.store.let_go()
        raw = packed.pack(self.events())
        if len(raw) < IN_PIECES:
            return Blob.of(raw)
        self._compressed = compressed(raw, packed.cuts(raw), self._compressed)
        return Blob(self._compressed.body, tag(raw))

    @property
    def gridded(self) -> bool:
        """Whether the map gets counts by place and time, as there are too many events for a browser."""
        return len(self.events()) >= self.settings.grid_from

    def grid(self, query: Query, part: Part) -> Blob:
        """Give the counts of the events that pass a query's filters, whatever its window and its types."""
        plain = Query.filters_of(query)
        with self.steady(), self._counted.alone():
            version = self.version()
            columns = self._once("grid", version, lambda: Grid(self.events()))
            return self._counted.part(version, plain, part, columns, passing=lambda: self.selection(plain).filtered)

    def areas(self) -> Blob:
        """Give the outlines of the regions and countries that have events, as a JSON object by place id."""
        return self._once("areas", self.version(), self._areas)

    def radii(self) -> dict[str, float]:
        """Give the reach, in km, of the seas and the like that have events."""
        return self._once("radii", self.version(), lambda: areas.radii(self.events(), self.gazetteer))

    def data_sets(self) -> list[dict[str, Any]]:
        """Give the data sets with their numbers of articles and events, most articles first."""
        return self._once("data sets", self.version(), self._data_sets)

    def _data_sets(self) -> list[dict[str, Any]]:
        events = listing.tally(self.events(), "data_set")
        held = self.store.data_sets()
        return [{"name": name, "articles": n, "events": events.get(name, 0)} for name, n in held.items()]

    def span_of(self, data_set: str) -> Extent | None:
        """Give the days and the map view that show a data set's events; None where none is both placed and dated."""
        found = self.store.events(data_set=data_set)
        days = listing.days(found)
        if days is None:
            return None
        lat, lng, zoom = start_view({}, found)
        return Extent(*days, lat, lng, zoom)

    def name(self, place: str) -> str:
        """Name a country by its code, a place by its id as the events have it; what is unknown speaks for itself."""
        if len(place) != _COUNTRY_CODE:
            return self._once("names", self.version(), lambda: listing.place_names(self.events())).get(place, place)
        found = self.gazetteer.country(place)
        return found.name if found else place

    def within(self, place: str) -> str:
        """Say where a place of the gazetteer lies: ``Donetsk Oblast, Ukraine``; empty for one that it does not hold."""
        found = self.gazetteer.get(place)
        if found is None:
            return ""
        country = self.name(found.country_code) if found.country_code else None
        return ", ".join(dict.fromkeys(part for part in (found.admin1, country) if part and part != found.name))

    def state(self) -> str:
        """Name the store and its state, as ``STORE/412.9f3a02c1``: what the next visit asks for what changed since."""
        version = self.version()
        return self._once("state", version, lambda: f"{version.partition('-')[0]}/{since.state(self.store)}")

    def changed(self, state: str) -> since.Changed | None:
        """Say what changed since a state of the store; None where it was never in it."""
        kept = self._once("changed", self.version(), dict[str, since.Changed | None])
        if state not in kept:
            if len(kept) >= _KEPT_VIEWS:
                kept.clear()
            kept[state] = since.changed(self.store, state)
        return kept[state]

    def changed_ids(self, query: Query) -> frozenset[str] | None:
        """Give the ids of the events that a query's state lets through; None where it names none, or none of here."""
        found = self.changed(query.changed) if query.changed else None
        return found.new | found.changed if found else None

    def unknown(self, query: Query) -> tuple[str, ...]:
        """Say of a query where the state that it names is none of this store."""
        lacks = query.changed and self.changed(query.changed) is None
        return (since.unknown(query.changed or ""),) if lacks else ()

    def findable(self) -> tuple[finding.Entry, ...]:
        """Give what the search offers as one types."""
        return self._once("findable", self.version(), lambda: finding.index(self.events(), names=self.name))

    def matching(self, words: str) -> frozenset[str] | None:
        """Give the digests of the articles that hold `words`; None where nothing was asked."""
        return self.store.matching(words) if words else None

    def selection(self, query: Query) -> Selection:
        """Give what a query shows; kept for the last few views, which the page and its routes ask for."""
        return self._of_view("selection", query, lambda: self._select(query))

    def ranks(self, query: Query) -> matches.Ranks | None:
        """Say what the search of a query has found of each event; None where it looks for no words."""
        if not query.q:
            return None
        return self._of_view(
            "ranks",
            query,
            lambda: matches.ranks(self.events(), self.selection(query).filtered, query.q, text=self.text),
        )

    def table(self, query: Query) -> Any:
        """Give the positions of the table's rows in the order of ``query.sort``; shared, so never to be changed."""
        return self._of_view("table", query, lambda: table.order(self.events(), self.selection(query), query))

    def _select(self, query: Query) -> Selection:
        return select(self.events(), query, articles=self.matching(query.q), changed=self.changed_ids(query))

    def _of_view(self, name: str, query: Query, make: Callable[[], _Made]) -> _Made:
        """Make something once for what a query shows, whatever the map's view, the panel's tab or the theme."""
        plain = replace(
            query, lat=None, lng=None, z=None, event=None, marked=(), tab="events", view="map", theme="auto"
        )
        plain = replace(plain, title="", note="", story=None, step=None, embed=False)
        key = (name, self.version(), plain if name == "table" else replace(plain, sort=Query().sort))
        return cast(_Made, self._views.get(key, make))

    def listed(self, query: Query) -> Any:
        """Give the positions of the events in the order of the list that a query shows."""
        ranks = self.ranks(query)
        return listing.order(self.events(), self.selection(query), query, marked=query.marked, ranks=ranks)

    def row(self, event: str) -> Mapping[Any, Any] | None:
        """Give an event's row of the frame; None where it is not in it, because it was rejected or is gone."""
        return listing.record(self.events(), event)

    def rejected(self, digest: str, start: int) -> str | None:
        """Give the id of the event rejected by hand whose trigger begins at `start` of an article; None for none."""
        for standing in self.store.corrections():
            key = standing.correction.key
            if standing.correction.action == "reject" and (key.article, key.trigger_start) == (digest, start):
                return standing.event
        return None

    def left_out(self) -> LeftOut:
        """Give how many passages of each article did not become a mark."""
        return self._once("left out", self.version(), self.store.left_out)

    def unplotted(self, query: Query, *, reason: str | None, length: int) -> tuple[Unplotted, ...]:
        """Give the first of what did not become a mark, for one reason or for any, of what a query is about."""
        leading = self.left_out().leading(self._concerned(query), reason=reason, length=length)
        found = self.store.not_plotted(articles=leading, reason=reason, limit=length)
        return tuple(
            Unplotted(one.article, one.source or "", one.item.start, one.item.end, one.item.reason) for one in found
        )

    def unplotted_reasons(self, query: Query) -> Mapping[str, int]:
        """Count by its reason what did not become a mark, of the articles that a query is about."""
        return self._of_view("unplotted reasons", query, lambda: self.left_out().by_reason(self._concerned(query)))

    def _concerned(self, query: Query) -> Any:
        """Tell which articles a query's window, search and sources are about; None for all."""
        if not (query.start or query.end or query.q or query.sources):
            return None
        return self._of_view("concerned", query, lambda: self._about(query))

    def _about(self, query: Query) -> Any:
        held = self.left_out()
        rows = self._once("articles of events", self.version(), lambda: held.rows_of(self.events()["article"].array))
        shown = held.among(rows[self.selection(query).shown])
        # What was not plotted has no day of its own, so the day it was told counts.
        found = held.published(query.start, query.end, sources=query.sources) | shown
        matching = self.matching(query.q)
        return found if matching is None else found & (held.those(matching) | shown)

    def catalogue(self) -> tuple[Catalogued, ...]:
        """Give the articles without their texts, the one that came last first."""
        return self._once("catalogue", self.version(), self.store.catalogue)

    def retellings(self) -> Mapping[str, tuple[str, ...]]:
        """Give the events that copies of their article tell, too, by their ids, with those copies' digests."""
        return self._once("retellings", self.version(), self.store.retellings)

    def text(self, digest: str) -> str:
        """Give the text of one article; empty where it is gone."""
        try:
            return self.store.article(digest).text
        except KeyError:
            return ""

    def counts(self) -> Mapping[str, int]:
        """Count what the page names: articles, events, places, what was not plotted."""
        return self._once("counts", self.version(), self._counts)

    def _counts(self) -> Mapping[str, int]:
        events, held = self.events(), self.left_out()
        places, left_out = listing.places(events), sum(held.by_reason().values())
        return {"articles": len(held.digests), "events": len(events), "places": places, "not_plotted": left_out}

    def _areas(self) -> Blob:
        found = areas.outlines(self.events(), self.gazetteer)
        return Blob.of(json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode())

    def _once(self, name: str, version: str, make: Callable[[], _Made]) -> _Made:
        return self._kept.once(name, version, make)


_opening = threading.Lock()


def library(settings: Settings) -> Library:
    """Give the one library of these settings in this process."""
    with _opening:  # a second one beside it would read and join what the first does
        return _library(settings)


@lru_cache(maxsize=4)
def _library(settings: Settings) -> Library:
    made = Library(settings)
    made.catch_up()
    return made
