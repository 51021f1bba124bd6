"""The names that articles used and no place bears, by how often, each with a sentence and where it was laid."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from gazetteer.missing import Missing, Names
from gazetteer.names import fold
from geo.store.unresolved import Unresolved
from geo.text import sentence_at
from geo.views import unplotted, wording

_LONGEST = 300  # characters of a sentence that the panel shows whole


@dataclass(frozen=True, slots=True)
class Name:
    """A name that is missing: what the table of `gazetteer missing` says of it, its articles, and its first mention."""

    told: Missing
    articles: tuple[str, ...]
    first: Unresolved


def gather(mentions: Iterable[Unresolved]) -> tuple[Name, ...]:
    """Gather mentions by their folded names, most frequent first."""
    names, first, articles = Names(), dict[int, Unresolved](), dict[int, dict[str, None]]()
    for one in mentions:
        told = names.add(one.text, one.article, country=one.country, laid_in=one.laid_in, reasons=one.reasons)
        first.setdefault(id(told), one)
        articles.setdefault(id(told), {})[one.article] = None
    return tuple(Name(told, tuple(articles[id(told)]), first[id(told)]) for told in names.ranked())


def concerned(names: Iterable[Name], spellings: Iterable[str]) -> frozenset[str]:
    """Give the digests of the articles that use one of some spellings of a name that is missing."""
    wanted = {fold(spelling) for spelling in spellings}
    return frozenset(digest for one in names if fold(one.told.name) in wanted for digest in one.articles)


def rows(names: Sequence[Name], *, text: Callable[[str], str]) -> list[dict[str, Any]]:
    """Give names as the panel shows them; `text` gives the text of an article by its digest."""
    return [
        {
            "name": one.told.name,
            "mentions": one.told.mentions,
            "where": f"laid in {one.told.laid_in}" if one.told.laid_in else "on no map",
            "used": f"{wording.count(one.told.mentions, 'mention')} in {wording.count(len(one.articles), 'article')}",
            "country": one.told.country,
            "said": _sentence(text(one.first.article), one.first),
            "article": one.first.article,
            "start": one.first.start,
            "end": one.first.end,
        }
        for one in names
    ]


def _sentence(text: str, mention: Unresolved) -> tuple[str, str, str]:
    """The sentence of a mention, the words around it where that is long; split at the name."""
    found = sentence_at(text, mention.start)
    if found is None or found.end < mention.end or found.end - found.start > _LONGEST:
        return unplotted.context(text, mention.start, mention.end)
    return text[found.start : mention.start], text[mention.start : mention.end], text[mention.end : found.end]
