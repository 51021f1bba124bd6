"""Events marked by hand: in passages by marks in the text, in sentences that are not ours by the positions of words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gazetteer.index import Gazetteer
from gazetteer.shipped import DATA
from geo.model import EVENT_TYPES, STATUSES
from geo.training.corpus import CorpusError
from geo.training.reader.lesson import UNSTATED, Lesson, Link, Seen, Told, see

READING = DATA / "reading"
SENTENCES, NEWS = READING / "sentences.tsv", READING / "news.tsv"
# What the files of whole articles are called: they are learned as news is, passages only in part.
ARTICLES = "articles"
# Cells after the id in a row of annotated sentences.
_CELLS = 4
_SHOWN = ("reported", "claimed")
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
    required = int(not optional and status in _SHOWN) if known else -1
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
            one.dates = _within(seen, when)
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


def annotated(
    texts: Path, annotation: Path, gazetteer: Gazetteer, *, source: str, lines: bool = True
) -> Iterator[Lesson]:
    """Give a lesson for each annotated text of a file of texts that are not ours and stay where they are.

    Parameters
    ----------
    texts : pathlib.Path
        JSON Lines: {"id", "text"}, and "published" where it is known.
    annotation : pathlib.Path
        Rows of id, place, type/status, time and trigger, parted by tabs; the spans as START-END in the text as
        `as_counted` gives it, - for none; a row of id and - for a text that tells of nothing.
    source : str
        Where the lessons come from: see `Lesson`.
    lines : bool
        Whether the texts keep their lines.

    Raises
    ------
    CorpusError
        For a row that makes no sense; it names file and line.
    """
    rows: dict[str, list[tuple[int, list[str]]]] = {}
    for number, line in enumerate(annotation.read_text(encoding="utf-8").splitlines(), start=1):
        name, *cells = line.split("\t")
        rows.setdefault(name, []).append((number, cells))
    # Only a line feed parts rows: a text may hold other breaks.
    for line in filter(None, texts.read_text(encoding="utf-8").split("\n")):
        row = json.loads(line)
        if row["id"] in rows:
            day = date.fromisoformat(row["published"]) if row.get("published") else None
            seen = see(row["id"], as_counted(row["text"], lines=lines), day, gazetteer)
            yield _annotated(annotation, seen, rows[row["id"]], source)


def as_counted(text: str, *, lines: bool = True) -> str:
    """Give a text as the spans of annotations count it: spaces made single, lines parted by one break or by a space."""
    return ("\n" if lines else " ").join(" ".join(line.split()) for line in text.splitlines() if line.strip())


@dataclass(frozen=True, slots=True)
class _Row:
    """An annotated event; its `rank` says whether it must be mapped, then whether it is told as done."""

    place: tuple[int, int] | None
    kinds: set[str]
    status: str
    rank: tuple[bool, bool]
    time: tuple[int, int] | None
    trigger: tuple[int, int] | None


def _row(path: Path, number: int, seen: Seen, cells: Sequence[str]) -> _Row:
    if len(cells) != _CELLS:
        raise CorpusError(f"{path}:{number}: a row has an id and {_CELLS} cells, or - alone")
    place, words, time, trigger = cells
    types, _, status = words.removeprefix("~").partition("/")
    kinds, status = set(types.split("+")), status or "reported"
    if not kinds <= set(EVENT_TYPES) or status not in STATUSES:
        raise CorpusError(f"{path}:{number}: {words!r} is no type/status")
    where, when, what = (_offsets(path, number, seen.text, cell) for cell in (place, time, trigger))
    done = status in _SHOWN
    return _Row(where, kinds, status, (done and not words.startswith("~"), done), when, what)


def _annotated(path: Path, seen: Seen, rows: Sequence[tuple[int, list[str]]], source: str) -> Lesson:
    told = [Told(required=0) for _ in seen.candidates]
    links: list[Link] = []
    taken: set[int] = set()
    made = [_row(path, number, seen, cells) for number, cells in rows if cells != ["-"]]
    # What must be mapped says what a place tells; of what else is told there only the tie of its word is learned.
    for row in sorted(made, key=lambda one: one.rank, reverse=True):
        chosen = _on(seen, row.place)[:1] if row.place else []
        if row.trigger:
            links.append(Link(*row.trigger, set(chosen), row.kinds))
            sentence = max((one for one in seen.sentences if one.start <= row.trigger[0]), key=lambda one: one.start)
            chosen = [at for at in chosen if sentence.start <= seen.candidates[at].start < sentence.end]
        free = [at for at in chosen if at not in taken]
        _tell(seen, free, row.kinds, row.status, int(row.rank[0]), row.time, row.trigger, told, [], number=0)
        taken |= set(free)
    return Lesson(seen, told, links, complete=True, source=source)


def _within(seen: Seen, when: tuple[int, int] | None) -> set[int]:
    """Give the dated expressions that some words hold; `UNSTATED` for no words."""
    if not when:
        return {UNSTATED}
    return {at for at, one in enumerate(seen.times) if one.start < when[1] and when[0] < one.end}


def _offsets(path: Path, line: int, text: str, cell: str) -> tuple[int, int] | None:
    if cell == "-":
        return None
    start, _, end = cell.partition("-")
    if not (start.isdigit() and end.isdigit() and int(start) < int(end) <= len(text)):
        raise CorpusError(f"{path}:{line}: {cell!r} is no span of its sentence")
    return int(start), int(end)
