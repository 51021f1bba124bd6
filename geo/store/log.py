"""The log of corrections: what people did, step by step; undone and done again, over any number of sessions.

A correction counts while its step is not undone and no standing step took it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, insert, or_, select, update

from geo.corrections import Correction, Key
from geo.store import rows
from geo.store.tables import correction_steps as steps
from geo.store.tables import corrections as log


@dataclass(frozen=True, slots=True)
class Entry:
    """A correction in the log, with what people read of its event."""

    number: int
    correction: Correction
    trigger: str
    article_id: str
    title: str | None


@dataclass(frozen=True, slots=True)
class About:
    """What people read of a corrected event: its trigger's words, its article's id and title."""

    trigger: str = ""
    article_id: str = ""
    title: str | None = None


def add(connection: Connection, what: str, made: Iterable[tuple[Correction, About]]) -> None:
    """Add a step of corrections; what was undone before can no longer be done again."""
    step = _begin(connection, what)
    connection.execute(insert(log), [{"step": step, **_row(correction, about)} for correction, about in made])


def withdraw(connection: Connection, what: str, numbers: Sequence[int]) -> None:
    """Add a step that takes corrections back."""
    step = _begin(connection, what)
    for number in numbers:
        connection.execute(update(log).where(log.c.number == number).values(withdrawn=step))


def undo(connection: Connection) -> str | None:
    """Undo the last step that stands; give what it was, None where there is none."""
    return _turn(connection, _last(), undone=1)


def redo(connection: Connection) -> str | None:
    """Do again what was undone last; give what it was, None where there is none."""
    return _turn(connection, _next(), undone=0)


def ahead(connection: Connection) -> tuple[str | None, str | None]:
    """Give what `undo` and `redo` would turn next."""
    last, following = connection.execute(_last()).first(), connection.execute(_next()).first()
    return (last.what if last else None, following.what if following else None)


def standing(connection: Connection) -> list[Entry]:
    """Give the corrections that count, in the order in which they were made."""
    took = steps.alias("took")
    query = (
        select(log)
        .join(steps, steps.c.number == log.c.step)
        .outerjoin(took, took.c.number == log.c.withdrawn)
        .where(and_(steps.c.undone == 0, or_(took.c.number.is_(None), took.c.undone == 1)))
        .order_by(log.c.number)
    )
    return [_entry(dict(row)) for row in connection.execute(query).mappings()]


def move(connection: Connection, old: Sequence[str], new: str) -> None:
    """Let the corrections of articles count for the one that takes their place."""
    for digest in old:
        connection.execute(update(log).where(log.c.article == digest).values(article=new))
        connection.execute(update(log).where(log.c.other_article == digest).values(other_article=new))


def _begin(connection: Connection, what: str) -> int:
    connection.execute(delete(steps).where(steps.c.undone == 1))
    made = insert(steps).returning(steps.c.number)
    return int(connection.execute(made, {"what": what, "undone": 0}).scalar_one())


def _last() -> Select[Any]:
    return select(steps).where(steps.c.undone == 0).order_by(steps.c.number.desc()).limit(1)


def _next() -> Select[Any]:
    return select(steps).where(steps.c.undone == 1).order_by(steps.c.number).limit(1)


def _turn(connection: Connection, chosen: Select[Any], *, undone: int) -> str | None:
    found = connection.execute(chosen).first()
    if found is None:
        return None
    connection.execute(update(steps).where(steps.c.number == found.number).values(undone=undone))
    return str(found.what)


def _row(correction: Correction, about: About) -> dict[str, Any]:
    other = correction.other
    return {
        **correction.key._asdict(),
        "action": correction.action,
        **rows.place_row(correction.place),
        "date_start": correction.date_start.isoformat() if correction.date_start else None,
        "date_end": correction.date_end.isoformat() if correction.date_end else None,
        "date_precision": correction.date_precision,
        "type": correction.type,
        "note": correction.note,
        **{f"other_{name}": getattr(other, name) if other else None for name in Key._fields},
        "by": correction.by,
        "made": correction.made,
        "trigger": about.trigger,
        "article_id": about.article_id,
        "title": about.title,
    }


def _entry(row: dict[str, Any]) -> Entry:
    other = None if row["other_article"] is None else Key(*(row[f"other_{name}"] for name in Key._fields))
    correction = Correction(
        key=Key(*(row[name] for name in Key._fields)),
        action=row["action"],
        place=rows.place(row),
        date_start=date.fromisoformat(row["date_start"]) if row["date_start"] else None,
        date_end=date.fromisoformat(row["date_end"]) if row["date_end"] else None,
        date_precision=row["date_precision"],
        type=row["type"],
        note=row["note"],
        other=other,
        by=row["by"],
        made=row["made"],
    )
    return Entry(row["number"], correction, row["trigger"], row["article_id"], row["title"])
