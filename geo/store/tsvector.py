"""Full-text search on PostgreSQL: which words stand where in an article, in a column with a GIN index.

Words are cut and folded here, not by a dictionary of the server, so that the same words are found as in a file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, text

_WORD = re.compile(r"[^\W_]+")
# Limits of the type: https://www.postgresql.org/docs/15/textsearch-limitations.html
_LONGEST_WORD, _LAST_POSITION, _MOST_POSITIONS, _MOST_BYTES = 500, 16_383, 255, 900_000
# So far is a title from the text that no phrase goes from one into the other.
_APART = 10


def create(connection: Connection) -> None:
    """Make the index."""
    connection.exec_driver_sql(
        "CREATE TABLE article_search "
        "(number bigint PRIMARY KEY REFERENCES articles ON DELETE CASCADE, words tsvector NOT NULL)"
    )
    connection.exec_driver_sql("CREATE INDEX article_search_words ON article_search USING gin (words)")


def add(connection: Connection, number: int, title: str | None, body: str) -> None:
    """Put the article with this number into the index."""
    made = text("INSERT INTO article_search (number, words) VALUES (:number, CAST(:words AS tsvector))")
    connection.execute(made, {"number": number, "words": vector(title or "", body)})


def digests(connection: Connection, wanted: Sequence[Sequence[str]], *, begun: bool) -> tuple[str, ...]:
    """Give the digests of the articles that hold every phrase, best first; `begun`: the last word may go on."""
    phrases = [[word for part in phrase for word in _words(part)] for phrase in wanted]
    if not all(phrases):
        return ()
    match = " & ".join(" <-> ".join(f"'{word}'" for word in phrase) for phrase in phrases)
    ranked = text(
        "SELECT digest FROM article_search JOIN articles USING (number), CAST(:match AS tsquery) AS wanted "
        "WHERE words @@ wanted ORDER BY ts_rank(words, wanted) DESC, number"
    )
    return tuple(connection.execute(ranked, {"match": match + (":*" if begun else "")}).scalars())


def vector(title: str, body: str) -> str:
    """Give the words of an article with their positions, as PostgreSQL writes them.

    Examples
    --------
    >>> vector("Talks", "Talks in Łódź, talks.")
    "'in':13 'talks':1,12,15 'łodz':14"
    """
    places: dict[str, list[int]] = {}
    size = position = 0
    for part in (title, body):
        for word in _words(part):
            position += 1
            held = places.get(word)
            if held is None:
                size += len(word.encode()) + 8
                if size > _MOST_BYTES:
                    break
                held = places[word] = []
            if len(held) < _MOST_POSITIONS and position <= _LAST_POSITION:
                held.append(position)
                size += 2
        position += _APART
    # What stands beyond the last position is found, too, but in no phrase.
    return " ".join(f"'{word}'" + (f":{','.join(map(str, at))}" if at else "") for word, at in sorted(places.items()))


def _words(written: str) -> Iterator[str]:
    plain = "".join(one for one in unicodedata.normalize("NFKD", written.lower()) if not unicodedata.combining(one))
    return (found.group()[:_LONGEST_WORD] for found in _WORD.finditer(plain))
