"""A data set that was taken out of a store, and how it is put back as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from geo.store import search, tables
from geo.store.statements import chunks

_Rows = tuple[Mapping[str, Any], ...]
_PARTS = (tables.data_sets, tables.mentions, tables.times, tables.events, tables.not_plotted, tables.languages)


@dataclass(frozen=True, slots=True)
class Removed:
    """What `geo.store.Store.take_out` took.

    Attributes
    ----------
    data_set
        The set's name.
    members
        The digests of its articles.
    articles
        Those that were in no other set, and so were deleted.
    """

    data_set: str
    members: tuple[str, ...]
    articles: _Rows
    parts: Mapping[str, _Rows]


def copy(connection: Connection, data_set: str) -> Removed:
    """Copy a data set before it is deleted: its members, and every row of the articles that are in no other set."""
    member = tables.data_sets.c
    members = tuple(connection.execute(select(member.article).where(member.name == data_set)).scalars())
    shared = set(connection.execute(select(member.article).where(member.name != data_set)).scalars())
    alone = [digest for digest in members if digest not in shared]
    about = tables.articles.c
    articles: list[Mapping[str, Any]] = []
    parts: dict[str, list[Mapping[str, Any]]] = {table.name: [] for table in _PARTS}
    for part in chunks(alone):
        query = select(tables.articles).where(about.digest.in_(part)).order_by(about.number)
        articles += map(dict, connection.execute(query).mappings())
        for table in _PARTS:
            rows = connection.execute(select(table).where(table.c.article.in_(part))).mappings()
            parts[table.name] += map(dict, rows)
    return Removed(data_set, members, tuple(articles), {name: tuple(rows) for name, rows in parts.items()})


def paste(connection: Connection, removed: Removed, kind: search.Kind) -> list[str]:
    """Put the rows back and give the digests of their articles; those that came again meanwhile stay as they are."""
    about, member = tables.articles.c, tables.data_sets.c
    present = {row.digest: row.number for row in connection.execute(select(about.digest, about.number))}
    taken = set(present.values())
    missing = [dict(row) for row in removed.articles if row["digest"] not in present]
    for row in missing:
        if row["number"] in taken:
            del row["number"]
        made = insert(tables.articles).returning(about.number)
        number = int(connection.execute(made, row).scalar_one())
        search.add(connection, kind, number, row["title"], row["text"])
    back = {row["digest"] for row in missing}
    for table in _PARTS:
        rows = [dict(row) for row in removed.parts[table.name] if row["article"] in back]
        if rows:
            connection.execute(insert(table), rows)
    inside = set(connection.execute(select(member.article).where(member.name == removed.data_set)).scalars())
    stored = back | set(present)
    _join(connection, removed.data_set, [digest for digest in removed.members if digest in stored - inside])
    return sorted(back)


def _join(connection: Connection, data_set: str, digests: Sequence[str]) -> None:
    if digests:
        connection.execute(insert(tables.data_sets), [{"name": data_set, "article": digest} for digest in digests])
