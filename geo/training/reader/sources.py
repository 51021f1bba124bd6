"""Annotated text of three kinds made into lessons: news with gold, marked passages, and verbs tied to places."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from gazetteer.index import Gazetteer
from gazetteer.names import fold
from gazetteer.nearest import great_circle_km
from gazetteer.shipped import DATA
from geo.model import EVENT_TYPES, STATUSES
from geo.reader.candidates import Candidate
from geo.training import gold
from geo.training.corpus import CorpusError
from geo.training.gold import GoldEvent
from geo.training.reader.lesson import UNSTATED, Lesson, Link, Seen, Told, dated, fits, see

READING = DATA / "reading"
SENTENCES = READING / "sentences.tsv"
# What the files of whole articles are called: they are learned as news is, passages only in part.
ARTICLES = "articles"
SHOWN = ("reported", "claimed")
# Cells after the id in a row of annotated sentences.
_CELLS = 4
_REACH = {"region": 100.0, "country": 150.0, "sea": 150.0}
_VAST = ("region", "country", "sea")


def news(annotation: Path, articles: Path, published: Mapping[str, str], gazetteer: Gazetteer) -> Iterator[Lesson]:
    """Give a lesson for each annotated article.

    Parameters
    ----------
    annotation, articles : pathlib.Path
        Folders of ID.json and of ID.txt, as `../shared/news/lay.py` lays them out.
    published : mapping
        ISO days by article.
    """
    for path in sorted(annotation.glob("*.json")):
        text = (articles / f"{path.stem}.txt").read_text(encoding="utf-8")
        day = published.get(path.stem)
        seen = see(path.stem, text, date.fromisoformat(day) if day else None, gazetteer)
        yield annotated(seen, json.loads(path.read_text(encoding="utf-8"))["events"])


def annotated(seen: Seen, events: list[dict[str, Any]]) -> Lesson:
    """Lay the annotated events of an article on its candidates."""
    told = [Told(required=0) for _ in seen.candidates]
    ranks: dict[int, tuple[bool, bool]] = {}
    asked: dict[int, tuple[date, date] | None] = {}
    links: list[Link] = []
    complete = all("trigger_start" in event for event in events)
    for event in events:
        sentence = (event["sentence_start"], event["sentence_end"])
        types = {event["type"], *event.get("type_alt", [])}
        own, others = _at(seen, event, sentence)
        if "trigger_start" in event:
            chosen = set(own[:1]) or set(others[:1])
            if chosen or event.get("place_span"):
                links.append(Link(event["trigger_start"], event["trigger_end"], chosen, types))
        days = _days(event)
        real = event["status"] in SHOWN
        rank = (real and not event.get("optional"), real)
        for at in own[:1]:
            one = told[at]
            if one.event == 1 and rank < ranks[at]:
                continue  # what is required tells what the mention is
            if one.event == 1 and rank > ranks[at]:
                one.types, one.statuses, one.dates, one.triggers = set(), set(), set(), set()
            same = one.event != 1 or rank > ranks[at] or days == asked[at]
            one.event, ranks[at], one.required = 1, rank, int(rank[0])
            one.types |= types
            one.statuses.add(event["status"])
            if "trigger_start" in event:
                one.triggers.add((event["trigger_start"], event["trigger_end"]))
            if days and same:
                one.dates |= dated(seen, days, sentence, event.get("date_span"))
            elif not same:
                one.dates = set()
            asked[at] = days
    return Lesson(seen, told, links, complete, "news")


def _days(event: Mapping[str, Any]) -> tuple[date, date] | None:
    if not event.get("date_start"):
        return None
    return _first(event["date_start"]), _last(event.get("date_end") or event["date_start"])


def _first(text: str) -> date:
    parts = [int(part) for part in text[:10].split("-")]
    return date(*[*parts, 1, 1][:3])


def _last(text: str) -> date:
    parts = [int(part) for part in text[:10].split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _at(seen: Seen, event: Mapping[str, Any], sentence: tuple[int, int]) -> tuple[list[int], list[int]]:
    """Give the candidates that may be an event's place, best first: of its own sentence, and of others."""
    ones = seen.candidates
    span = event.get("place_span")
    inside = [at for at, one in enumerate(ones) if one.start < sentence[1] and sentence[0] < one.end]
    if span:
        on = [at for at, one in enumerate(ones) if one.start < span[1] and span[0] < one.end]
        on.sort(key=lambda at: (not _there(event["place"], ones[at]), ones[at].nominal, at))
        return [at for at in on if at in inside], [at for at in on if at not in inside]
    fit = [at for at in inside if _there(event["place"], ones[at])]
    fit.sort(key=lambda at: (ones[at].usage != "literal", ones[at].nominal, at))
    return fit, []


def _there(place: Mapping[str, Any], one: Candidate) -> bool:
    """Say whether a candidate is the annotated place, by name or by position."""
    name, other = fold(one.text), fold(place["name"])
    same = name == other or (len(name) > 4 and name in other)
    found = one.place
    if found is None or same:
        return same
    reach = place.get("radius_km") or _REACH.get(place["precision"], 25.0)
    near = great_circle_km(place["lon"], place["lat"], found.lon, found.lat) <= reach
    return near and (found.precision in _VAST) == (place["precision"] in _VAST)


# [name|type/status;time words;trigger|...]: what is told at a name or noun; ~ before the type marks a restatement.
_MARK = re.compile(r"\[([^|\[\]]+)((?:\|[^|\[\]]+)+)\]")
_HEAD = re.compile(r"# (?P<register>[^|]+?)(?: \| |\s)(?P<day>\d{4}-\d\d-\d\d|-)(?: \| (?P<about>.*))?$")


def passages(path: Path, gazetteer: Gazetteer) -> Iterator[Lesson]:
    """Give a lesson for each marked passage of a file.

    A line "# register | 2023-03-05 | what it is about" begins a passage; the lines up to the next one are its text,
    with ``[name|type/status;time words or -;trigger words]`` where an event is told.

    Raises
    ------
    CorpusError
        For a mark that makes no sense; it names file and line.
    """
    for line, head, marked in _marked(path):
        day = head["day"]
        yield _passage(path, line, marked, None if day == "-" else date.fromisoformat(day), gazetteer)


def texts(path: Path) -> Iterator[tuple[str, str]]:
    """Give the id and the bare text of each passage of a file: see `passages`."""
    for line, _, marked in _marked(path):
        yield f"{path.stem}:{line}", _MARK.sub(r"\1", marked)


def _marked(path: Path) -> Iterator[tuple[int, re.Match[str], str]]:
    """Give the passages of a file as they are marked, each with its line and its heading."""
    head: re.Match[str] | None = None
    lines: list[str] = []
    began = 0
    for number, line in enumerate([*path.read_text(encoding="utf-8").splitlines(), "# end -"], start=1):
        if not line.startswith("#"):
            lines.append(line)
            continue
        marked = "\n".join(lines).strip()
        if head is not None and marked:
            yield began, head, marked
        head, lines, began = _HEAD.match(line), [], number
        if head is None:
            raise CorpusError(f"{path}:{number}: a passage begins with '# register | YYYY-MM-DD | what it is about'")


def _passage(path: Path, line: int, marked: str, day: date | None, gazetteer: Gazetteer) -> Lesson:
    text, marks, at = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        marks.append((len(text), len(text) + len(match[1]), match[2][1:].split("|")))
        text += match[1]
        at = match.end()
    text += marked[at:]
    seen = see(f"{path.stem}:{line}", text, day, gazetteer)
    told = [Told() for _ in seen.candidates]
    links: list[Link] = []
    complete = True
    for start, end, kinds in marks:
        chosen = _on(seen, (start, end))
        for number, kind in enumerate(kinds):
            complete &= _mark(path, line, seen, (start, end), kind, number, told, links, chosen[:1])
    return Lesson(seen, told, links, complete, "article" if path.stem.startswith(ARTICLES) else "own")


def _on(seen: Seen, span: tuple[int, int]) -> list[int]:
    """Give the candidates at a span, the one that begins with it first, names before nouns."""
    on = [at for at, one in enumerate(seen.candidates) if one.start < span[1] and span[0] < one.end]
    return sorted(on, key=lambda at: (seen.candidates[at].start != span[0], seen.candidates[at].nominal))


def _mark(
    path: Path,
    line: int,
    seen: Seen,
    span: tuple[int, int],
    kind: str,
    number: int,
    told: list[Told],
    links: list[Link],
    chosen: list[int],
) -> bool:
    """Lay one mark on its candidate; say whether it names its trigger."""
    words, *rest = (part.strip() for part in kind.split(";"))
    optional = words.startswith("~")
    types, _, status = words.removeprefix("~").partition("/")
    kinds, status = set(types.split("+")), status or "reported"
    if not kinds <= set(EVENT_TYPES) or status not in STATUSES:
        raise CorpusError(f"{path}:{line}: {words!r} is no type/status")
    when = _span(path, line, seen.text, rest[0], span) if rest and rest[0] not in ("-", "") else None
    trigger = _span(path, line, seen.text, rest[1], span) if len(rest) > 1 and rest[1] not in ("-", "") else None
    known = len(rest) > 1
    required = int(not optional and status in SHOWN) if known else -1
    _tell(seen, chosen, kinds, status, required, when, trigger, told, links, number=number)
    return trigger is not None


def _tell(
    seen: Seen,
    chosen: list[int],
    kinds: set[str],
    status: str,
    required: int,
    when: tuple[int, int] | None,
    trigger: tuple[int, int] | None,
    told: list[Told],
    links: list[Link],
    *,
    number: int,
) -> None:
    """Lay an event on its candidate; `number`: how many were told there before."""
    if trigger:
        links.append(Link(*trigger, set(chosen), kinds))
    for at in chosen:
        one = told[at]
        one.event = 1
        one.required = required if required < 0 else max(one.required, required)
        if number == 0:
            one.types, one.statuses = kinds, {status}
            spans = {k for k, other in enumerate(seen.times) if when and other.start < when[1] and when[0] < other.end}
            one.dates = spans if when else {UNSTATED}
        elif required >= 0:
            one.types = one.types | kinds
        if trigger:
            one.triggers.add(trigger)


def _span(path: Path, line: int, text: str, words: str, near: tuple[int, int]) -> tuple[int, int]:
    spots = [match.start() for match in re.finditer(re.escape(words), text)]
    if not spots:
        raise CorpusError(f"{path}:{line}: {words!r} does not stand in the passage")
    start = min(spots, key=lambda spot: max(spot - near[1], near[0] - spot - len(words), 0))
    return start, start + len(words)


def suite(path: Path, gazetteer: Gazetteer) -> Iterator[Lesson]:
    """Give a lesson for each passage of an events suite (YAML), which names places but marks no words.

    Where a place is named more than once, the first mention in a sentence that gives its days, or else the first, is
    taken for the event's; of the others nothing is learned.

    Raises
    ------
    CorpusError
        For a file that is no such suite.
    """
    for document in gold.read_suite(path):
        if isinstance(document, gold.GoldDocument) and document.events is not None:
            seen = see(document.id, document.text, document.published, gazetteer)
            yield _unmarked(seen, document.events)


def _unmarked(seen: Seen, events: Sequence[GoldEvent]) -> Lesson:
    told = [Told() for _ in seen.candidates]
    for event in sorted(events, key=lambda one: one.optional):
        fit = [at for at, one in enumerate(seen.candidates) if _named(event, one)]
        fit.sort(key=lambda at: (seen.candidates[at].usage != "literal", not _gives(seen, at, event), at))
        for at in fit[1:]:
            told[at].event = told[at].event if told[at].event == 1 else -1
        for at in fit[:1]:
            one = told[at]
            if event.optional:
                one.event = -1 if one.event == 0 else one.event
                continue
            one.event = 1
            one.types |= set(event.types)
            one.statuses |= set(event.statuses or (event.status,))
            if event.dates:
                sentence = seen.sentences[seen.candidates[at].sentence]
                one.dates |= dated(seen, event.dates, (sentence.start, sentence.end), None)
    return Lesson(seen, told, [], False, "suite")


def _named(event: GoldEvent, one: Candidate) -> bool:
    """Say whether a candidate is a place of an event, by name or by position."""
    for place in event.places:
        if fold(one.text) == fold(place.name):
            return True
        found = one.place
        if found and great_circle_km(place.lon, place.lat, found.lon, found.lat) <= place.reach:
            return True
    return False


def _gives(seen: Seen, at: int, event: GoldEvent) -> bool:
    """Say whether the sentence of a candidate holds an expression that gives an event's days."""
    sentence = seen.sentences[seen.candidates[at].sentence]
    return event.dates is not None and any(
        fits(event.dates, (span.date_start, span.date_end))
        for span in seen.times
        if sentence.start <= span.start < sentence.end
    )


def verbs(path: Path, gazetteer: Gazetteer) -> Iterator[Lesson]:
    """Give a lesson for each sentence that ties one verb to its places: {"id", "text", "verb", "places"}."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        seen = see(row["id"], row["text"], None, gazetteer)
        places = [tuple(place) for place in row["places"]]
        at = {
            number
            for number, one in enumerate(seen.candidates)
            if any(one.start < end and start < one.end for start, end in places)
        }
        if places and not at:
            continue
        # Another verb of the sentence may tell something at its other places: those are told with little weight.
        told = [Told(event=1, weight=0.5) if k in at else Told(weight=0.3) for k in range(len(seen.candidates))]
        verb = (row["verb"][0], row["verb"][1])
        for k in at:
            told[k].triggers.add(verb)
        yield Lesson(seen, told, [Link(*verb, at)], False, "verbs")


def sentences(texts: Path, annotation: Path, gazetteer: Gazetteer) -> Iterator[Lesson]:
    """Give a lesson for each annotated sentence of a file of sentences that is not ours and stays where it is.

    Parameters
    ----------
    texts : pathlib.Path
        JSON Lines: {"id", "text"}.
    annotation : pathlib.Path
        Rows of id, place, type/status, time and trigger, parted by tabs; the spans as START-END in the text with its
        spaces made single, - for none; a row of id and - for a sentence that tells of nothing.

    Raises
    ------
    CorpusError
        For a row that makes no sense; it names file and line.
    """
    rows: dict[str, list[tuple[int, list[str]]]] = {}
    for number, line in enumerate(annotation.read_text(encoding="utf-8").splitlines(), start=1):
        name, *cells = line.split("\t")
        rows.setdefault(name, []).append((number, cells))
    for line in texts.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["id"] in rows:
            seen = see(row["id"], " ".join(row["text"].split()), None, gazetteer)
            yield _sentence(annotation, seen, rows[row["id"]])


def _sentence(path: Path, seen: Seen, rows: list[tuple[int, list[str]]]) -> Lesson:
    told = [Told(required=0) for _ in seen.candidates]
    links: list[Link] = []
    before: set[int] = set()
    for number, cells in rows:
        if cells == ["-"]:
            continue
        if len(cells) != _CELLS:
            raise CorpusError(f"{path}:{number}: a row has an id and {_CELLS} cells, or - alone")
        place, words, time, trigger = cells
        types, _, status = words.removeprefix("~").partition("/")
        kinds, status = set(types.split("+")), status or "reported"
        if not kinds <= set(EVENT_TYPES) or status not in STATUSES:
            raise CorpusError(f"{path}:{number}: {words!r} is no type/status")
        where, when, what = (_offsets(path, number, seen.text, cell) for cell in (place, time, trigger))
        chosen = [at for at, one in enumerate(seen.candidates) if where and one.start < where[1] and where[0] < one.end]
        chosen.sort(
            key=lambda at: (seen.candidates[at].start != where[0] if where else False, seen.candidates[at].nominal)
        )
        required = int(not words.startswith("~") and status in SHOWN)
        _tell(
            seen,
            chosen[:1],
            kinds,
            status,
            required,
            when,
            what,
            told,
            links,
            number=int(bool(before & set(chosen[:1]))),
        )
        before |= set(chosen[:1])
    return Lesson(seen, told, links, complete=True, source="sentences")


def _offsets(path: Path, line: int, text: str, cell: str) -> tuple[int, int] | None:
    if cell == "-":
        return None
    start, _, end = cell.partition("-")
    if not (start.isdigit() and end.isdigit() and int(start) < int(end) <= len(text)):
        raise CorpusError(f"{path}:{line}: {cell!r} is no span of its sentence")
    return int(start), int(end)
