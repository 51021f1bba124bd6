"""Full-text search over the articles: SQLite's FTS5 where it is built in, PostgreSQL's tsvector, plain LIKE elsewhere.

What a user types is never read as a query language: words are quoted, text in quotation marks is one phrase, and the
last word also matches as a beginning.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

from sqlalchemy import Connection, and_, func, or_, select, text
from sqlalchemy.exc import OperationalError

from geo.store import postgresql, tsvector
from geo.store.statements import meta
from geo.store.tables import articles

Kind = Literal["fts5", "tsvector", "like"]

_TERM = re.compile(r'"([^"]*)"|(\S+)')
_WORD = re.compile(r"\w+")
_BEFORE, _AFTER = 70, 130


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that matches: its digest, and the words around the first match.

    `start` and `end` are offsets of the match into the article's text (0 and 0 where only the title matches);
    `snippet` is plain text cut at word borders.
    """

    article: str
    title: str | None
    start: int
    end: int
    snippet: str


def create(connection: Connection) -> Kind:
    """Make the full-text index; give its kind, ``like`` where this database has none."""
    if connection.dialect.name == postgresql.NAME:
        tsvector.create(connection)
        return "tsvector"
    if connection.dialect.name != "sqlite":
        return "like"
    try:
        # Diacritics are folded: a search for "Lodz" finds "Łódź" only in part, but "Chisinau" finds "Chișinău".
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE article_search USING fts5(title, text, tokenize = 'unicode61 remove_diacritics 2')"
        )
    except OperationalError:
        return "like"
    return "fts5"


def kind(connection: Connection) -> Kind:
    """Give the kind of the index that a store has."""
    return cast(Kind, meta(connection)["search"])


def add(connection: Connection, kind: Kind, number: int, title: str | None, body: str) -> None:
    """Put the article with this number into the full-text index."""
    if kind == "tsvector":
        tsvector.add(connection, number, title, body)
    elif kind == "fts5":
        connection.execute(
            text("INSERT INTO article_search (rowid, title, text) VALUES (:number, :title, :body)"),
            {"number": number, "title": title or "", "body": body},
        )


def add_all(connection: Connection, kind: Kind) -> None:
    """Put every article into an index that is empty."""
    about = articles.c
    for row in connection.execute(select(about.number, about.title, about.text)):
        add(connection, kind, row.number, row.title, row.text)


def drop(connection: Connection, kind: Kind, digests: Sequence[str]) -> None:
    """Take the articles with these digests, which are about to go, out of the full-text index."""
    if kind == "fts5":  # in PostgreSQL they go with the article
        numbers = select(articles.c.number).where(articles.c.digest.in_(digests))
        for number in connection.execute(numbers).scalars().all():
            connection.execute(text("DELETE FROM article_search WHERE rowid = :number"), {"number": number})


def terms(typed: str) -> tuple[tuple[str, ...], ...]:
    """Cut what was typed into terms of one or more words; what holds no letter or digit is left out."""
    found = (_WORD.findall(phrase or word) for phrase, word in _TERM.findall(typed))
    return tuple(tuple(words) for words in found if words)


def digests(connection: Connection, kind: Kind, typed: str) -> tuple[str, ...]:
    """Give the digests of the articles that hold every term of `typed`, best first."""
    wanted = terms(typed)
    if not wanted:
        return ()
    begun = not typed.rstrip().endswith('"')
    if kind == "tsvector":
        return tsvector.digests(connection, wanted, begun=begun)
    if kind == "fts5":
        match = " ".join('"' + " ".join(words) + '"' for words in wanted)
        if begun:
            match += "*"
        ranked = text(
            "SELECT digest FROM article_search JOIN articles ON articles.number = article_search.rowid "
            "WHERE article_search MATCH :match ORDER BY rank, number"
        )
        return tuple(connection.execute(ranked, {"match": match}).scalars())
    every = [
        or_(*(func.lower(column).like(pattern, escape="/") for column in (articles.c.text, articles.c.title)))
        for pattern in map(_like, wanted)
    ]
    found = connection.execute(select(articles.c.digest).where(and_(*every)).order_by(articles.c.number))
    return tuple(found.scalars())


def _like(words: tuple[str, ...]) -> str:
    """Give the pattern of words with any one character between them."""
    return "%" + "_".join(word.lower().replace("_", "/_") for word in words) + "%"


def hit(digest: str, title: str | None, body: str, typed: str) -> Hit:
    """Give the words around the first match of any term."""
    patterns = [r"\W+".join(map(re.escape, words)) for words in terms(typed)]
    found = re.search("|".join(patterns), body, re.IGNORECASE) if patterns else None
    start, end = found.span() if found else (0, 0)
    left, right = max(0, start - _BEFORE), min(len(body), end + _AFTER)
    if left:
        left = body.find(" ", left, start) + 1 or left
    if right < len(body):
        right = max(end, body.rfind(" ", end, right)) if body.rfind(" ", end, right) > end else right
    snippet = ("… " if left else "") + " ".join(body[left:right].split()) + (" …" if right < len(body) else "")
    return Hit(article=digest, title=title, start=start, end=end, snippet=snippet)
