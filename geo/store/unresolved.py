"""Names that articles used and no place bears: what nothing resolved, and what was laid in an area around it."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import or_, select

from geo.store import tables
from geo.store.store import Store


@dataclass(frozen=True, slots=True)
class Unresolved:
    """One mention of such a name.

    Attributes
    ----------
    article
        The digest of its article.
    start, end
        Its offsets into the article's text.
    laid_in, country
        The area that it was laid in, and the ISO 3166-1 code of that area's country; None where it stands nowhere.
    """

    article: str
    start: int
    end: int
    text: str
    laid_in: str | None
    country: str | None
    reasons: tuple[str, ...]


def read(store: Store, *, articles: Collection[str] | None = None) -> tuple[Unresolved, ...]:
    """Give the mentions in the order of their articles and of the text; `articles` are digests, None for all."""
    about, number = tables.mentions.c, tables.articles.c.number
    query = (
        select(about.article, about.start, about.end, about.text, about.place, about.country_code, about.reasons)
        .join(tables.articles, tables.articles.c.digest == about.article)
        .where(about.usage == "literal", about.nominal.is_(False), or_(about.place.is_(None), about.lifted.is_(True)))
        .order_by(number, about.ordinal)
    )
    with store.reading() as connection:
        return tuple(
            Unresolved(
                row.article,
                row.start,
                row.end,
                row.text,
                row.place,
                row.country_code,
                tuple(json.loads(row.reasons)),
            )
            for row in connection.execute(query)
            if articles is None or row.article in articles
        )
