"""The desk of articles: those of the store as a list, and one of them with all that was read from it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from geo import languages
from geo.query import Query, Selection
from geo.store import Catalogued
from geo.views import listing, reading, wording

_MOST_NAMED = 4


def matching(articles: Sequence[Catalogued], typed: str, found: Container[str] | None) -> list[Catalogued]:
    """Give the articles that hold what was typed: in their text (`found`, digests), title, source or data set."""
    wanted = typed.casefold().split()
    if not wanted:
        return list(articles)
    return [one for one in articles if (found is not None and one.digest in found) or _named(one, wanted)]


def _named(article: Catalogued, wanted: Sequence[str]) -> bool:
    words = " ".join([article.title or "", article.source or "", *article.data_sets, language_line(article)]).casefold()
    return all(word in words for word in wanted)


def rows(articles: Sequence[Catalogued], every: Sequence[Catalogued]) -> list[dict[str, Any]]:
    """Give articles as the list shows them; among `every` are all that print their story."""
    told = stories(every)
    return [
        {
            "digest": one.digest,
            "title": one.title or "Untitled",
            "text": " · ".join(part for part in (one.source, _published(one), ", ".join(one.data_sets)) if part),
            "events": language_line(one) or wording.count(one.events, "event"),
            "story": story_line(one, told[one.story]),
        }
        for one in articles
    ]


def stories(every: Iterable[Catalogued]) -> dict[str, list[Catalogued]]:
    """Give the articles by the digest of the one that printed their story first, that one first, then as they came."""
    found: dict[str, list[Catalogued]] = {}
    for one in sorted(every, key=lambda one: (one.digest != one.story, one.number)):
        found.setdefault(one.story, []).append(one)
    return found


def story_line(article: Catalogued, printed: Sequence[Catalogued]) -> str:
    """Say of an article of a story which others print it: ``Same story as in The Post (11 Mar 2023)``; else nothing."""
    others = [one for one in printed if one.digest != article.digest]
    if not others:
        return ""
    if article.digest == article.story:
        return f"Printed also by {_outlets(others)}"
    return f"Same story as {_outlets(printed[:1])}, shown once"


def language_line(article: Catalogued) -> str:
    """Say in which language an article is that is not read; empty for others."""
    return f"in {languages.name(article.language or '')}, not read" if _is_aside(article) else ""


def printed_by(digests: Sequence[str], every: Iterable[Catalogued]) -> str:
    """Name the outlets of some articles, with the days on which they appeared."""
    wanted = set(digests)
    return _outlets([one for one in every if one.digest in wanted])


def set_aside(told: Mapping[str, int]) -> str:
    """Say how many articles are in languages that are not read, and in which, of those in each; empty where none is."""
    return languages.set_aside({language: n for language, n in told.items() if not languages.is_read(language)})


def _outlets(articles: Sequence[Catalogued]) -> str:
    shown = [
        f"{one.source or one.title or 'an article without a source'}"
        + (f" ({day})" if (day := _published(one)) else "")
        for one in articles[:_MOST_NAMED]
    ]
    return ", ".join(shown) + (f" and {len(articles) - _MOST_NAMED:,} more" if len(articles) > _MOST_NAMED else "")


def _is_aside(article: Catalogued) -> bool:
    return not languages.is_read(article.language)


def _published(article: Catalogued) -> str:
    first, last = article.published_start, article.published_end
    return wording.interval(first, last) if first and last else ""


def events(frame: pd.DataFrame, digest: str) -> list[dict[str, Any]]:
    """Give the events of one article as rows of a list, in the order of its text."""
    here = np.flatnonzero((frame["article"] == digest).to_numpy(dtype=bool))
    here = here[np.argsort(frame["trigger_start"].to_numpy()[here], kind="stable")]
    everything = np.ones(len(frame), dtype=bool)
    return listing.rows(frame, here, Selection(everything, everything, everything, everything), Query())


def marks(frame: pd.DataFrame, digest: str) -> list[reading.Mark]:
    """Give the marks of all events of an article: their sentences and triggers."""
    here = frame.loc[frame["article"] == digest, ["sentence_start", "sentence_end", "trigger_start", "trigger_end"]]
    out: list[reading.Mark] = []
    for first, last, begins, ends in here.itertuples(index=False, name=None):
        out += [(int(first), int(last), "sentence"), (int(begins), int(ends), "trigger")]
    return out
