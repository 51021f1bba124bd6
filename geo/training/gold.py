"""What annotators took out of articles: events, time expressions, incidents, and reports of one event.

Four forms are read: a folder of texts with a folder ``gold`` of JSON files beside them; JSON Lines of documents with
their incidents; and the YAML files of this project's own suites (passages with events, times, groups of reports).
"""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from gazetteer.shipped import ROOT
from geo.training.corpus import CorpusError

# Articles that others wrote and annotated: the half of them that teaches. The held-out half is never learned.
STRANGERS = ROOT / "tests" / "suites" / "strangers" / "dev"
# The hands of those whose articles teach the decision, and are therefore not learned by the reader.
UNLEARNED = "stwxy"
# The development halves of the suites of passages; the held-out ones are never learned.
SUITES = tuple(ROOT / "tests" / "suites" / f"{name}_dev.yaml" for name in ("events", "articles"))
Interval = tuple[date, date]
_DAY = re.compile(r"(\d{1,4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", re.ASCII)
# How far off, in km, a place of each precision may be: to count as the place, and to count as no false pin.
_RADIUS = {"region": (250.0, 100.0), "country": (250.0, 150.0)}
_TOWN = (50.0, 50.0)
# The same for a strict reader, who knows the difference between two neighbouring towns.
_STRICT = {"region": 100.0, "country": 150.0, "sea": 150.0}
_STRICT_TOWN, _STRICT_MOST, _SMALL = 25.0, 150.0, 50.0


@dataclass(frozen=True, slots=True)
class GoldPlace:
    """A place in WGS84 degrees; an answer within `radius` km is right, one beyond `tight` km is a false pin.

    `or_none` marks a village that lists of towns lack: an event without a place is right too. `reach` is how far off,
    in km, a strict reader of the map lets an answer be.
    """

    name: str
    lon: float
    lat: float
    radius: float
    tight: float
    or_none: bool = False
    reach: float = _STRICT_TOWN


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An event: the accepted types and places, the closed interval (None: any), and what is said of its truth."""

    types: tuple[str, ...]
    places: tuple[GoldPlace, ...]
    dates: Interval | None
    status: str
    sentence: tuple[int, int]
    optional: bool = False
    statuses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldTime:
    """A time expression at half-open offsets; any of the closed intervals is right, none: it gives no interval."""

    start: int
    end: int
    readings: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class GoldIncident:
    """An incident of a document-level key (MUC-4): its kinds, its location in words, and possible intervals."""

    kinds: tuple[str, ...]
    location: str
    dates: tuple[Interval, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """An article with what was taken out of it; None where nobody looked.

    `mentions` are the places that the text names. `partial` says that only the one marked time expression counts.
    """

    id: str
    text: str
    published: date | None
    events: tuple[GoldEvent, ...] | None = None
    mentions: tuple[tuple[str, float, float], ...] = ()
    times: tuple[GoldTime, ...] | None = None
    partial: bool = False
    incidents: tuple[GoldIncident, ...] | None = None


@dataclass(frozen=True, slots=True)
class GoldReports:
    """Short reports, each of one event, and which pairs of them, by position, tell of the same."""

    id: str
    reports: tuple[GoldDocument, ...]
    same: frozenset[frozenset[int]]


def read_folder(path: Path) -> tuple[GoldDocument, ...]:
    """Read a folder of ``NAME.txt`` with ``gold/NAME.json``.

    Raises
    ------
    CorpusError
        For a file that is missing or no such annotation.
    """
    files = sorted((path / "gold").glob("*.json"))
    if not files:
        raise CorpusError(f"{path}: no annotations; expected NAME.txt here and gold/NAME.json for each")
    return tuple(_made(file, 0, _of_folder, _json(file), path) for file in files)


def annotated(gold: Path, articles: Path, published: Mapping[str, str]) -> tuple[GoldDocument, ...]:
    """Read annotations that lie apart from their texts: ``gold/NAME.json`` and ``articles/NAME.txt``.

    Parameters
    ----------
    published : mapping
        ISO days by name, where they are known.

    Raises
    ------
    CorpusError
        For a file that is missing or no such annotation.
    """
    found = []
    for file in sorted(gold.glob("*.json")):
        row = {**_json(file), "published": published.get(file.stem)}
        found.append(_made(file, 0, _of_folder, row, articles))
    return tuple(found)


def read_incidents(path: Path) -> tuple[GoldDocument, ...]:
    """Read JSON Lines: ``{"id", "published", "text", "incidents": [{"types", "location", "dates", "optional"}]}``.

    Raises
    ------
    CorpusError
        For a line that is no such object.
    """
    with path.open(encoding="utf-8") as lines:
        rows = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    return tuple(_made(path, number, _of_incidents, line, path) for number, line in rows)


def read_suite(path: Path) -> tuple[GoldDocument, ...] | tuple[GoldReports, ...]:
    """Read a suite of passages (YAML): with ``events``, with one ``expression`` each, or groups of ``reports``.

    Raises
    ------
    CorpusError
        For a file that is no such list.
    """
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as fault:
        raise CorpusError(f"{path}: not valid YAML ({fault})") from fault
    if not isinstance(rows, list) or not rows or not isinstance(rows[0], dict):
        raise CorpusError(f"{path}: not a suite; expected a list of passages")
    make: Callable[[Any, Path], Any]
    make = _of_reports if "reports" in rows[0] else _of_times if "expression" in rows[0] else _of_passage
    return tuple(_made(path, number, make, row, path) for number, row in enumerate(rows, start=1))


def _made(path: Path, number: int, make: Callable[[Any, Path], Any], row: Any, folder: Path) -> Any:
    try:
        return make(row, folder)
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as fault:
        where = f"{path}:{number}" if number else f"{path}"
        raise CorpusError(f"{where}: not an annotated article ({fault!r})") from fault


def _json(path: Path) -> Any:
    try:
        return {**json.loads(path.read_text(encoding="utf-8")), "id": path.stem}
    except (ValueError, TypeError) as fault:
        raise CorpusError(f"{path}: not an annotated article ({fault!r})") from fault


def _of_folder(row: Mapping[str, Any], folder: Path) -> GoldDocument:
    times = row.get("times")
    return GoldDocument(
        id=row["id"],
        text=(folder / f"{row['id']}.txt").read_text(encoding="utf-8"),
        published=day(row.get("published"), last=False),
        events=tuple(annotated_event(entry) for entry in row["events"]),
        mentions=tuple((mention["name"], mention["lon"], mention["lat"]) for mention in row.get("mentions", ())),
        times=None if times is None else tuple(_time(entry) for entry in times),
    )


def annotated_event(row: Mapping[str, Any]) -> GoldEvent:
    """Give an event as annotators write it.

    Parameters
    ----------
    row : mapping
        "type", "type_alt", "status", "optional", "place" ("name", "lon", "lat" in degrees, "precision", "radius_km"),
        "date_start", "date_end" (ISO, or absent), "sentence_start", "sentence_end" (offsets).

    Raises
    ------
    KeyError
        For a key that is missing.
    """
    return GoldEvent(
        types=(row["type"], *row.get("type_alt", ())),
        places=tuple(_place(place) for place in (row["place"], *row.get("place_alt", ()))),
        dates=_interval(row),
        status=row["status"],
        sentence=(row["sentence_start"], row["sentence_end"]),
        optional=bool(row.get("optional")),
        statuses=(row["status"],),
    )


def _place(row: Mapping[str, Any]) -> GoldPlace:
    given = row.get("radius_km")
    radius, tight = (given, given) if given else _RADIUS.get(row["precision"], _TOWN)
    usual = _STRICT.get(row["precision"], _STRICT_TOWN)
    reach = given if given and given < _SMALL else max(usual, min(given or 0.0, _STRICT_MOST))
    return GoldPlace(row["name"], row["lon"], row["lat"], radius, tight, reach=reach)


def _time(row: Mapping[str, Any]) -> GoldTime:
    found = _interval(row)
    return GoldTime(row["start"], row["end"], (found,) if found else ())


def _of_incidents(line: str, _: Path) -> GoldDocument:
    row = json.loads(line)
    incidents = tuple(
        GoldIncident(
            kinds=tuple(entry["types"]),
            location=entry["location"],
            dates=tuple((date.fromisoformat(a), date.fromisoformat(b)) for a, b in entry["dates"] or ()),
            optional=entry["optional"],
        )
        for entry in row["incidents"]
    )
    return GoldDocument(str(row["id"]), row["text"], day(row["published"], last=False), incidents=incidents)


def _of_passage(row: Mapping[str, Any], _: Path) -> GoldDocument:
    events = _suite_events(row, row["events"], optional=False)
    allowed = _suite_events(row, row.get("allowed", ()), optional=True)
    return GoldDocument(row["id"], row["text"], row["published"], events=(*events, *allowed))


def _suite_events(row: Mapping[str, Any], entries: Iterable[Any], *, optional: bool) -> Iterator[GoldEvent]:
    for entry in entries:
        place, status = entry["place"], entry.get("status", "reported")
        yield GoldEvent(
            types=(entry["type"], *entry.get("type_alt", ())),
            places=(
                GoldPlace(
                    place["name"],
                    place["lon"],
                    place["lat"],
                    place["km"],
                    place["km"],
                    place.get("or_none", False),
                    place["km"],
                ),
            ),
            dates=(entry["date_start"], entry["date_end"]) if entry.get("date_start") else None,
            status=status,
            sentence=(0, len(row["text"])),
            optional=optional,
            statuses=(status, *entry.get("status_alt", ())),
        )


def _of_times(row: Mapping[str, Any], _: Path) -> GoldDocument:
    start = row["text"].index(row["expression"])
    first = [(row["date_start"], row["date_end"])] if row.get("date_start") else []
    time = GoldTime(start, start + len(row["expression"]), (*first, *((a, b) for a, b in row.get("also", ()))))
    return GoldDocument(row["id"], row["text"], row["published"], times=(time,), partial=True)


def _of_reports(row: Mapping[str, Any], folder: Path) -> GoldReports:
    reports = tuple(_of_passage({**entry, "events": [entry["event"]]}, folder) for entry in row["reports"])
    position = {entry["id"]: number for number, entry in enumerate(row["reports"])}
    same = frozenset(frozenset(position[name] for name in pair) for pair in row["same"])
    return GoldReports(row["group"], reports, same)


def _interval(row: Mapping[str, Any]) -> Interval | None:
    first = day(row.get("date_start") or row.get("date_end"), last=False)
    last = day(row.get("date_end") or row.get("date_start"), last=True)
    return (first, last) if first and last and first <= last else None


def day(text: str | None, *, last: bool) -> date | None:
    """Read ``2015``, ``2015-01`` or ``2015-01-26``; of a year or month its first or `last` day. None: no date."""
    found = _DAY.match(str(text)) if text else None
    if not found:
        return None
    year, month = int(found[1]), int(found[2] or (12 if last else 1))
    try:
        return date(year, month, int(found[3] or (calendar.monthrange(year, month)[1] if last else 1)))
    except ValueError:
        return None
