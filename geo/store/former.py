"""What a store holds of an article already: under its own digest, or under the one of another date or title."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, func, select

from geo.model import Article, content_id
from geo.store import tables


class Former(NamedTuple):
    """What an article takes the place of.

    `superseded` are other digests of it; `sets` its data sets; `number` its place in the order, None where it is new.
    """

    superseded: tuple[str, ...] = ()
    sets: frozenset[str] = frozenset()
    number: int | None = None


def read(connection: Connection, article: Article, data_set: str) -> Former:
    """Find what `article` takes the place of as it joins `data_set`.

    It supersedes the same text under the same id in the same set, which was given another date or title.
    """
    row, member = tables.articles.c, tables.data_sets.c
    digest = article.digest
    same_text = row.text_digest == content_id(article.text)
    if connection.execute(select(row.number).where(same_text).limit(1)).first() is None:
        return Former()
    other = (
        select(row.digest)
        .join(tables.data_sets, member.article == row.digest)
        .where(same_text, row.id == article.id, row.digest != digest, member.name == data_set)
    )
    superseded = tuple(connection.execute(other).scalars())
    sets = frozenset(connection.execute(select(member.name).where(member.article == digest)).scalars())
    number = connection.execute(select(func.min(row.number)).where(row.digest.in_((digest, *superseded)))).scalar()
    return Former(superseded, sets, number)
