"""The names that articles used and no place bears, most frequent first, as a table ready to be filled in."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TextIO

from gazetteer.errors import OwnPlacesError
from gazetteer.names import fold

COLUMNS = ("name", "lat", "lon", "kind", "country", "aliases", "mentions", "laid_in", "articles", "said")
# Articles named for each name.
_MOST_ARTICLES = 3


@dataclass(slots=True)
class Missing:
    """A name that no place bears: how often it stands, where it was laid, in which articles, and why."""

    name: str
    country: str = ""
    mentions: int = 0
    laid_in: str = ""
    said: str = ""
    articles: list[str] = field(default_factory=list)


def names(records: Iterable[str]) -> list[Missing]:
    """Collect the names of the literal mentions without a place of their own.

    Parameters
    ----------
    records : iterable of str
        Lines of ``conflict-map parse``.

    Raises
    ------
    OwnPlacesError
        For a line that is no record.
    """
    found = Names()
    for number, line in enumerate(records, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            mentions, article = record["mentions"], str(record["id"])
        except (ValueError, KeyError, TypeError) as fault:
            raise OwnPlacesError(f"line {number}: no record of `conflict-map parse` ({fault!r})") from fault
        for mention in mentions:
            if mention.get("usage") == "literal" and (mention.get("lifted") or mention.get("place") is None):
                place: Mapping[str, Any] = mention.get("place") or {}
                found.add(
                    mention["text"],
                    article,
                    country=place.get("country_code"),
                    laid_in=place.get("name"),
                    reasons=mention.get("reasons", ()),
                )
    return found.ranked()


class Names:
    """Gathers mentions by their folded names."""

    def __init__(self) -> None:
        self._found: dict[str, Missing] = {}

    def add(
        self, name: str, article: str, *, country: str | None, laid_in: str | None, reasons: Iterable[str]
    ) -> Missing:
        """Add a mention in an article, with the area that it was laid in and why; give what is known of its name."""
        one = self._found.setdefault(fold(name), Missing(name))
        one.mentions += 1
        one.country = one.country or country or ""
        one.laid_in = one.laid_in or laid_in or ""
        one.said = one.said or next((why for why in reasons if why.startswith("laid in")), "")
        if article not in one.articles and len(one.articles) < _MOST_ARTICLES:
            one.articles.append(article)
        return one

    def ranked(self) -> list[Missing]:
        """Give the names, most frequent first."""
        return sorted(self._found.values(), key=lambda one: (-one.mentions, one.name))


def write(missing: Iterable[Missing], out: TextIO) -> None:
    """Write the table: positions are left empty, to be filled in and laid over the gazetteer as own places."""
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for one in missing:
        table.writerow(
            map(_safe, (one.name, "", "", "village", one.country, "", str(one.mentions), one.laid_in, *_told(one)))
        )


def _told(one: Missing) -> tuple[str, str]:
    return " ".join(one.articles), one.said


def _safe(text: str) -> str:
    """Keep a spreadsheet from reading a name as a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
