"""The log of corrections: what people did, step by step; each undoes and does again the steps of their own session.

A correction counts while its step is not undone and no standing step took it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, insert, or_, select, update

from geo.corrections import Correction, Key
from geo.store import rows
from geo.store.tables import correction_steps as steps
from geo.store.tables import corrections as log
from geo.store.who import Who

STANDS, UNDONE, _FORGOTTEN = 0, 1, 2


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


@dataclass(frozen=True, slots=True)
class Step:
    """What a session did at one time: its number, what it was in words, whose and when."""

    number: int
    what: str
    session: str
    by: str
    made: str


def add(connection: Connection, what: str, made: Iterable[tuple[Correction, About]], who: Who) -> int:
    """Add a step of corrections and give its number; what the session undid before can no longer be done again."""
    step = _begin(connection, what, who)
    connection.execute(insert(log), [{"step": step, **_row(correction, about)} for correction, about in made])
    return step


def withdraw(connection: Connection, what: str, numbers: Sequence[int], who: Who) -> int:
    """Add a step that takes corrections back; give its number."""
    step = _begin(connection, what, who)
    for number in numbers:
        connection.execute(update(log).where(log.c.number == number).values(withdrawn=step))
    return step


def last(connection: Connection, session: str) -> Step | None:
    """Give the step that a session would undo: its last one that stands."""
    mine = and_(steps.c.session == session, steps.c.undone == STANDS)
    return _step(connection, select(steps).where(mine).order_by(steps.c.number.desc()).limit(1))


def following(connection: Connection, session: str) -> Step | None:
    """Give the step that a session would do again: the first of those it undid."""
    mine = and_(steps.c.session == session, steps.c.undone == UNDONE)
    return _step(connection, select(steps).where(mine).order_by(steps.c.number).limit(1))


def turn(connection: Connection, step: Step, *, undone: int) -> None:
    """Undo a step, or do it again."""
    connection.execute(update(steps).where(steps.c.number == step.number).values(undone=undone))


def over(connection: Connection, step: Step) -> Step | None:
    """Give the last standing step of another session that changed an event of `step` after it; None for none."""
    mine = _keys(connection, or_(log.c.step == step.number, log.c.withdrawn == step.number))
    later = and_(steps.c.number > step.number, steps.c.session != step.session, steps.c.undone == STANDS)
    for row in connection.execute(select(steps).where(later).order_by(steps.c.number.desc())).mappings().all():
        if mine & _keys(connection, or_(log.c.step == row["number"], log.c.withdrawn == row["number"])):
            return _of(row)
    return None


def makers(connection: Connection, numbers: Iterable[int]) -> list[Step]:
    """Give the steps that made some corrections appear or go, latest first: what took one back, else what made it."""
    found = connection.execute(select(log.c.step, log.c.withdrawn).where(log.c.number.in_(list(numbers)))).all()
    wanted = {row.step if row.withdrawn is None else row.withdrawn for row in found}
    query = select(steps).where(steps.c.number.in_(wanted)).order_by(steps.c.number.desc())
    return [_of(row) for row in connection.execute(query).mappings()]


def standing(connection: Connection) -> list[Entry]:
    """Give the corrections that count, in the order in which they were made."""
    took = steps.alias("took")
    query = (
        select(log)
        .join(steps, steps.c.number == log.c.step)
        .outerjoin(took, took.c.number == log.c.withdrawn)
        .where(and_(steps.c.undone == STANDS, or_(took.c.number.is_(None), took.c.undone != STANDS)))
        .order_by(log.c.number)
    )
    return [entry(dict(row)) for row in connection.execute(query).mappings()]


def move(connection: Connection, old: Sequence[str], new: str) -> None:
    """Let the corrections of articles count for the one that takes their place."""
    for digest in old:
        connection.execute(update(log).where(log.c.article == digest).values(article=new))
        connection.execute(update(log).where(log.c.other_article == digest).values(other_article=new))


def _begin(connection: Connection, what: str, who: Who) -> int:
    mine = and_(steps.c.session == who.session, steps.c.undone == UNDONE)
    connection.execute(update(steps).where(mine).values(undone=_FORGOTTEN))
    made = insert(steps).returning(steps.c.number)
    row = {"what": what, "undone": STANDS, "session": who.session, "by": who.by, "made": who.made}
    return int(connection.execute(made, row).scalar_one())


def _keys(connection: Connection, which: ColumnElement[bool]) -> set[Key]:
    """Give the keys of the events that some corrections are about."""
    found = connection.execute(select(log).where(which)).mappings().all()
    own = {Key(*(row[name] for name in Key._fields)) for row in found}
    others = {Key(*(row[f"other_{name}"] for name in Key._fields)) for row in found if row["other_article"] is not None}
    return own | others


def _step(connection: Connection, chosen: Select[Any]) -> Step | None:
    found = connection.execute(chosen).mappings().first()
    return _of(found) if found else None


def _of(row: Mapping[Any, Any]) -> Step:
    return Step(row["number"], row["what"], row["session"], row["by"], row["made"])


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


def entry(row: dict[str, Any]) -> Entry:
    """Give the entry of a row of the log.

    Raises
    ------
    ValueError
        If the row makes no sense.
    """
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
