"""The items of the suites as records, and the loader that refuses a faulty file.

Every suite lies beside this module in two files, ``<suite>_dev.yaml`` and ``<suite>_held_out.yaml``.
A fault names the file, the item and what was expected.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeVar

import yaml

from gazetteer.shipped import ROOT
from geo.model import DATE_PRECISIONS, EVENT_TYPES, PUBLISHED_BASES, STATUSES, USAGES

HERE = Path(__file__).parent
# Corpora of local and world news, which lie beside a checkout where somebody has them.
BENCH = ROOT.parent / "shared" / "bench"
QUIET = (BENCH / "lgl.jsonl", BENCH / "trnews.jsonl")
# Real news of two packages of the index, as `python -m benchmarks.real_news` lays it out.
NEWS = ROOT / ".cache" / "real_news.jsonl"
Half = Literal["dev", "held_out"]
Interval = tuple[date, date]
Item = TypeVar("Item")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class SuiteError(ValueError):
    """A suite file that does not keep to its form."""


@dataclass(frozen=True, slots=True)
class Point:
    """Where a place lies: WGS84 degrees, and how many km off an answer may be.

    `or_none` marks a village that lists of towns lack: an answer without a place is right too, a wrong place is not.
    """

    name: str
    lon: float
    lat: float
    km: float
    or_none: bool = False

    def holds(self, lon: float, lat: float) -> bool:
        """Say whether a position lies within the tolerance."""
        return kilometres(self.lon, self.lat, lon, lat) <= self.km


@dataclass(frozen=True, slots=True)
class ExpectedMention:
    """A place mention: closed-open offsets, its usage, and its place.

    `place` is None for a name that must stay unresolved; `placed` is False where any answer will do. `lifted` marks a
    name that no gazetteer holds: it must be laid in the area that the text names, at `place`, or stay unresolved where
    no place is asked for.
    """

    start: int
    end: int
    text: str
    usage: str
    place: Point | None
    placed: bool
    lifted: bool = False


@dataclass(frozen=True, slots=True)
class PlacesItem:
    """A passage with its place mentions and with spans that name no place."""

    id: str
    war: str
    phenomenon: str
    text: str
    mentions: tuple[ExpectedMention, ...]
    not_places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class ExpectedEvent:
    """An event: accepted types and statuses (the first is the best), place, closed interval (None: not asked)."""

    types: tuple[str, ...]
    place: Point
    dates: Interval | None
    statuses: tuple[str, ...]
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class EventsItem:
    """A passage with its events; none for a distractor. `allowed` ones are neither asked for nor held against it."""

    id: str
    war: str
    voice: str
    published: date
    phenomenon: str
    text: str
    events: tuple[ExpectedEvent, ...]
    allowed: tuple[ExpectedEvent, ...]


@dataclass(frozen=True, slots=True)
class TimesItem:
    """A time expression in its passage; `readings` are the accepted closed intervals, none for what dates nothing."""

    id: str
    published: date
    phenomenon: str
    text: str
    start: int
    end: int
    readings: tuple[Interval, ...]
    precision: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """One short report of a group, with the event it is about."""

    id: str
    published: date
    text: str
    event: ExpectedEvent


@dataclass(frozen=True, slots=True)
class ReportsGroup:
    """Reports that look alike, and which pairs of them tell of the same event."""

    id: str
    war: str
    phenomenon: str
    reports: tuple[Report, ...]
    same: frozenset[frozenset[str]]


@dataclass(frozen=True, slots=True)
class PublicationItem:
    """An article and when it was published: `start` and `end` are open (None) where nothing bounds them."""

    id: str
    phenomenon: str
    text: str
    file_name: str | None
    supplied: date | None
    start: date | None
    end: date | None
    bases: tuple[str, ...] = field(default=())


def kilometres(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Give the great-circle distance on a sphere of the Earth's mean radius (haversine)."""
    phi, other_phi = math.radians(lat), math.radians(other_lat)
    half = math.sin((other_phi - phi) / 2) ** 2
    half += math.cos(phi) * math.cos(other_phi) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(half))


def spans(text: str, piece: str) -> tuple[tuple[int, int], ...]:
    """Give the closed-open offsets of `piece` as whole words of `text`, in order."""
    return tuple(match.span() for match in re.finditer(rf"(?<!\w){re.escape(piece)}(?!\w)", text))


def load_places(half: Half) -> tuple[PlacesItem, ...]:
    """Read one half of the places suite."""
    return tuple(rows("places", half, _places_item))


def load_containers(half: Half) -> tuple[PlacesItem, ...]:
    """Read one half of the passages that tell where a name lies."""
    return tuple(rows("containers", half, _places_item))


def load_events(half: Half) -> tuple[EventsItem, ...]:
    """Read one half of the events suite."""
    return tuple(rows("events", half, _events_item))


def load_articles(half: Half) -> tuple[EventsItem, ...]:
    """Read one half of the whole articles."""
    return tuple(rows("articles", half, _events_item))


def load_times(half: Half) -> tuple[TimesItem, ...]:
    """Read one half of the time expressions."""
    return tuple(rows("times", half, times_item))


def load_reports(half: Half) -> tuple[ReportsGroup, ...]:
    """Read one half of the groups of reports."""
    return tuple(rows("reports", half, _reports_group))


def load_publication(half: Half) -> tuple[PublicationItem, ...]:
    """Read one half of the publication dates."""
    return tuple(rows("publication", half, _publication_item))


def rows(suite: str, half: Half, make: Callable[[dict[str, Any]], Item]) -> Iterator[Item]:
    """Make the items of one half of a suite; a fault names the file and the item."""
    path = HERE / f"{suite}_{half}.yaml"
    with path.open(encoding="utf-8") as stream:
        entries = yaml.load(stream, Loader=_Loader)  # noqa: S506  (either loader is a safe one)
    seen: set[str] = set()
    for row in entries:
        name = row.get("id") or row.get("group")
        try:
            _require(isinstance(name, str) and name not in seen, "an id of its own")
            seen.add(name)
            yield make(row)
        except (KeyError, TypeError, ValueError) as fault:
            raise SuiteError(f"{path.name}: {name}: {fault!r}") from fault


def _require(held: object, expected: str) -> None:
    if not held:
        raise ValueError(f"expected {expected}")


def _places_item(row: dict[str, Any]) -> PlacesItem:
    text = row["text"]
    mentions = tuple(_mention(text, entry) for entry in row["mentions"])
    named = [(mention.start, mention.end) for mention in mentions]
    not_places = []
    for piece in row.get("not_places", ()):
        free = [span for span in spans(text, piece) if not any(_overlap(span, other) for other in named)]
        _require(free, f"{piece!r} as whole words of the text, apart from the mentions")
        not_places.extend(free)
    _require(mentions or not_places, "a mention or a span that names no place")
    return PlacesItem(row["id"], row["war"], row["phenomenon"], text, mentions, tuple(not_places))


def _mention(text: str, entry: dict[str, Any]) -> ExpectedMention:
    found = spans(text, entry["text"])
    nth = entry.get("nth", 1)
    _require(len(found) >= nth, f"{entry['text']!r} {nth} times in the text")
    _require("nth" in entry or len(found) == 1, f"{entry['text']!r} once, or its 'nth'")
    _require(entry["usage"] in USAGES, f"a usage, one of {USAGES}")
    place = entry.get("place")
    start, end = found[nth - 1]
    lifted = entry.get("lifted", False)
    return ExpectedMention(start, end, entry["text"], entry["usage"], place and point(place), "place" in entry, lifted)


def point(entry: dict[str, Any]) -> Point:
    """Make a place out of its entry."""
    or_none = entry.get("or_none", False)
    made = Point(entry["name"], float(entry["lon"]), float(entry["lat"]), float(entry["km"]), or_none)
    _require(-180 <= made.lon <= 180 and -90 <= made.lat <= 90 and made.km > 0, f"a position for {made.name}")
    return made


def _interval(entry: dict[str, Any]) -> Interval | None:
    start, end = entry.get("date_start"), entry.get("date_end")
    _require((start is None) == (end is None), "both dates or neither")
    if start is None:
        return None
    _require(type(start) is date and type(end) is date and start <= end, "two dates in order")
    return start, end


def expected_event(entry: dict[str, Any]) -> ExpectedEvent:
    """Make an event that is asked for, or allowed, out of its entry."""
    types = (entry["type"], *entry.get("type_alt", ()))
    statuses = (entry.get("status", "reported"), *entry.get("status_alt", ()))
    _require(set(types) <= set(EVENT_TYPES), f"types out of {EVENT_TYPES}")
    _require(set(statuses) <= set(STATUSES), f"statuses out of {STATUSES}")
    return ExpectedEvent(types, point(entry["place"]), _interval(entry), statuses, entry.get("speaker"))


def _events_item(row: dict[str, Any]) -> EventsItem:
    events = tuple(map(expected_event, row["events"]))
    _require(row["phenomenon"].startswith("distractor") != bool(events), "events, or a distractor without any")
    _require(type(row["published"]) is date, "a publication date")
    for event in events:
        past = event.statuses[0] in ("reported", "claimed")
        _require(not past or (event.dates and event.dates[0] <= row["published"]), "a past event with a date")
    allowed = tuple(map(expected_event, row.get("allowed", ())))
    return EventsItem(
        row["id"], row["war"], row["voice"], row["published"], row["phenomenon"], row["text"], events, allowed
    )


def times_item(row: dict[str, Any]) -> TimesItem:
    """Make a time expression in its passage out of its entry."""
    text, expression = row["text"], row["expression"]
    _require(text.count(expression) == 1, f"{expression!r} once in the text")
    start = text.index(expression)
    first = _interval(row)
    others = tuple((a, b) for a, b in row.get("also", ()))
    _require(all(type(a) is date and type(b) is date and a <= b for a, b in others), "other readings as pairs of dates")
    _require(first or not others, "other readings only beside a first one")
    _require((row["precision"] in DATE_PRECISIONS) == (first is not None), "a precision where there is a date")
    readings = (first, *others) if first else ()
    return TimesItem(
        row["id"], row["published"], row["phenomenon"], text, start, start + len(expression), readings, row["precision"]
    )


def _reports_group(row: dict[str, Any]) -> ReportsGroup:
    reports = tuple(
        Report(entry["id"], entry["published"], entry["text"], expected_event(entry["event"]))
        for entry in row["reports"]
    )
    names = [report.id for report in reports]
    _require(len(set(names)) == len(names) >= 2, "two reports or more, each with an id of its own")
    same = frozenset(frozenset(pair) for pair in row["same"])
    _require(all(len(pair) == 2 and pair <= set(names) for pair in same), "pairs of reports of the group")
    for report in reports:
        _require(report.event.dates and report.event.dates[0] <= report.published, f"a past event in {report.id}")
    return ReportsGroup(row["group"], row["war"], row["phenomenon"], reports, same)


def _publication_item(row: dict[str, Any]) -> PublicationItem:
    bases = (row["basis"], *row.get("basis_alt", ()))
    _require(set(bases) <= set(PUBLISHED_BASES), f"bases out of {PUBLISHED_BASES}")
    start, end = row["start"], row["end"]
    _require(start is None or end is None or start <= end, "a start before the end")
    return PublicationItem(
        row["id"], row["phenomenon"], row["text"], row.get("file_name"), row.get("supplied"), start, end, bases
    )


def _overlap(span: tuple[int, int], other: tuple[int, int]) -> bool:
    return min(span[1], other[1]) > max(span[0], other[0])
