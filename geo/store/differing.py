"""What a change does to the events of an article: which came, which are told otherwise now, which are gone.

It is noted in the journal with the change itself, since what was before cannot be asked afterwards. Two readings tell
of one event where its trigger and the name of its place are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from geo.store import tables
from geo.store.statements import chunks

# Events of which the journal keeps what they were, for each change: a removed data set may have any number.
MOST_TOLD = 200
_about = tables.events.c
_SEEN = ("type", "status", "place_id", "lat", "lon", "date_start", "date_end")
_COLUMNS = ("id", "article", "trigger_start", "trigger_end", "place_text", "place", *_SEEN)

Row = Mapping[str, Any]


def events(connection: Connection, digests: Sequence[str], *, most: int | None = None) -> list[Row]:
    """Give what is seen of the events of some articles, in the order of the articles and of the text."""
    found: list[Row] = []
    for part in chunks(digests):
        query = select(*(_about[name] for name in _COLUMNS)).where(_about.article.in_(part))
        left = None if most is None else most - len(found)
        query = query.order_by(_about.article, _about.ordinal).limit(left)
        found += [dict(row) for row in connection.execute(query).mappings()]
    return found


def reading(before: Iterable[Row], now: Iterable[Row]) -> dict[str, Any]:
    """Say for the journal how a reading of an article differs from the one before."""
    old, new = ({_key(row): row for row in rows} for rows in (before, now))
    kept = [key for key in new if key in old]
    otherwise = [key for key in kept if any(old[key][name] != new[key][name] for name in _SEEN)]
    gone = [row for key, row in old.items() if key not in new]
    return {
        "new": [new[key]["id"] for key in new if key not in old],
        "changed": [new[key]["id"] for key in otherwise],
        # An event keeps its id as long as its article keeps its digest.
        "renamed": {old[key]["id"]: new[key]["id"] for key in kept if old[key]["id"] != new[key]["id"]},
        "gone": _told(gone, len(gone)),
    }


def removal(connection: Connection, digests: Sequence[str]) -> dict[str, Any]:
    """Say for the journal which events go as articles are removed."""
    number = 0
    for part in chunks(digests):
        number += connection.execute(select(func.count()).where(_about.article.in_(part))).scalar_one()
    return {"gone": _told(events(connection, digests, most=MOST_TOLD), number)}


def told(row: Row) -> list[Any]:
    """Give of an event what the journal keeps: its id, its article's digest, type, place and first day."""
    return [row["id"], row["article"], row["type"], row["place"] or row["place_text"], row["date_start"]]


def _told(rows: Sequence[Row], number: int) -> dict[str, Any]:
    return {"count": number, "events": [told(row) for row in rows[:MOST_TOLD]]}


def _key(row: Row) -> tuple[Any, ...]:
    return row["trigger_start"], row["trigger_end"], row["place_text"]
