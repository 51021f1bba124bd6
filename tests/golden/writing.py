"""Golden records as text: one block an article, one line an event, so that a diff says what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from gazetteer.index import Gazetteer
from geo.incidents import join
from geo.ingest import Problem, read
from geo.model import Event, Mention, Record, TimeSpan
from geo.pipeline import records
from geo.settings import ARTICLES

HERE = Path(__file__).parent
INCIDENTS = "incidents.txt"
_RULER = "== "


def read_demo(gazetteer: Gazetteer) -> list[Record]:
    """Read every demo article, in the order of their names."""
    found = list(records(read([f"{ARTICLES}/*.txt"]), gazetteer, jobs=1))
    problems = [str(item) for item in found if isinstance(item, Problem)]
    if problems:
        raise RuntimeError("\n".join(problems))
    return [item for item in found if isinstance(item, Record)]


def files(found: Sequence[Record]) -> dict[str, str]:
    """Give the golden files by name: the articles of each year, and the incidents told of more than once."""
    years: dict[str, list[str]] = {}
    for record in found:
        years.setdefault(record.article.id[:4], []).append(block(record))
    made = {f"{year}.txt": "\n".join(blocks) for year, blocks in years.items()}
    return made | {INCIDENTS: incidents(found)}


def block(record: Record) -> str:
    """Give one article's block: what was read, without scores and offsets, which move with every weight."""
    published = record.published
    when = f"{_days(published.start, published.end)} {published.basis}" if published else "at an unknown time"
    lines = [f"{_RULER}{record.article.id}", f"published {when}"]
    lines += [f"event     {_event(event)}" for event in record.events]
    lines += [f"place     {text}" for text in dict.fromkeys(map(_mention, record.mentions))]
    lines += [f"time      {_time(span)}" for span in record.times]
    lines += [f"unplotted {item.text}: {item.reason}" for item in record.not_plotted]
    return "\n".join(lines) + "\n"


def incidents(found: Sequence[Record]) -> str:
    """Give the incidents that more than one report tells of, each with its reports."""
    article = {event.id: record.article.id for record in found for event in record.events}
    blocks = []
    for one in join(found):
        lines = [
            f"{article[event.id]}: {event.trigger}, {event.place_text}, {_days(event.date_start, event.date_end)}\n"
            for event in one.events
        ]
        if len(lines) > 1:
            blocks.append("".join(sorted(lines)))
    blocks.sort()
    return "\n".join(blocks)


def blocks(text: str) -> dict[str, str]:
    """Cut a golden file into its articles."""
    parts = [part for part in text.split(_RULER) if part.strip()]
    return {part.partition("\n")[0]: part.strip() for part in parts}


def _event(event: Event) -> str:
    kind = f"{event.type} ({event.sub_type})" if event.sub_type else event.type
    where = event.place_text
    if event.place is None:
        where += " = nowhere"
    else:
        inside = ", ".join(part for part in (event.place.admin1, event.place.country_code) if part)
        where += f" = {event.place.name} ({event.place.precision}; {inside})"
    said = f" “{event.date_text}”" if event.date_text else ""
    when = f"{_days(event.date_start, event.date_end)} {event.date_basis or ''}{said}"
    status = f"{event.status} by {event.speaker}" if event.speaker else event.status
    parts = [f"“{event.trigger}”", kind, where, when.strip(), status, f"tier {event.tier}", *_who(event)]
    return " | ".join(parts)


def _who(event: Event) -> Iterator[str]:
    if event.actor or event.target:
        yield f"{event.actor or '?'} ({event.actor_kind}) -> {event.target or '?'} ({event.target_kind})"
    for name, low, high in (
        ("killed", event.killed_low, event.killed_high),
        ("wounded", event.wounded_low, event.wounded_high),
    ):
        if low is not None:
            yield f"{name} {low}" + ("" if low == high else f" to {high}" if high is not None else " or more")


def _mention(mention: Mention) -> str:
    place = mention.place
    where = f"{place.name} ({place.kind}; {place.country_code or '-'})" if place else "nowhere"
    usage = "" if mention.usage == "literal" else f", {mention.usage}"
    return f"{mention.text} = {where}{usage}"


def _time(span: TimeSpan) -> str:
    return f"“{span.text}” {_days(span.date_start, span.date_end)} {span.basis}"


def _days(start: date | None, end: date | None) -> str:
    return " to ".join(dict.fromkeys(str(day) for day in (start, end) if day)) or "no date"


def write(found: Iterable[tuple[str, str]], folder: Path = HERE) -> None:
    """Write the golden files in place of those that are there."""
    made = dict(found)
    for old in folder.glob("*.txt"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
