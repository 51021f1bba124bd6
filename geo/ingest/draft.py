"""An article as a file gives it, and the checks that make it an Article: the same for every kind of file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from geo.ingest.limits import Limits
from geo.ingest.problem import Problem
from geo.ingest.supplied import Dates, published
from geo.model import Article

# NUL and lone surrogates: valid in a Python string, but no database and no UTF-8 file holds them.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_LONGEST_TITLE = 500
_LONGEST_NAME = 200


def storable(text: str) -> str:
    """Give a text of the same length that every file and database can hold: what they cannot is U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text)


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as its file gives it: nothing is checked yet, any value may be of any type.

    `where` is the file, or the file and its line; `evidence` says in words where `published` stands.
    """

    where: str
    id: Any
    text: Any
    title: Any = None
    url: Any = None
    source: Any = None
    published: Any = None
    evidence: str = "supplied"


def finish(draft: Draft, *, dates: Dates, limits: Limits) -> Iterator[Article | Problem]:
    """Check a draft: gives what is wrong with it, then the article if there is one.

    The text is kept as it is, so that offsets into the given text hold; only characters that cannot be stored are
    replaced, each by one U+FFFD.
    """
    text = draft.text
    if not isinstance(text, str):
        what = "there is no text" if text is None else f"the text is not a string but {type(text).__name__}"
        yield Problem(draft.where, what)
        return
    if not text.strip():
        yield Problem(draft.where, "the text is empty")
        return
    if len(text) > limits.article:
        what = f"{len(text):,} characters are too many for one article; at most {limits.article:,} are read"
        yield Problem(draft.where, what, "Split it, one article each")
        return
    kept = storable(text)
    if kept != text:
        yield Problem(draft.where, "characters that no file can hold were replaced by \ufffd", severity="note")
    article_id = _line(draft.id, _LONGEST_NAME) or "article"
    when = dates.of(article_id)
    if when is None and draft.published not in (None, ""):
        try:
            when = published(draft.published, evidence=draft.evidence)
        except ValueError as error:
            advice = "The date is looked for in the text instead"
            yield Problem(draft.where, f"the publication date was not understood: {error}", advice, severity="note")
    url = _web_address(draft.url)
    if url is None and draft.url not in (None, ""):
        yield Problem(draft.where, "its address is no http or https URL and was left out", severity="note")
    yield Article(
        id=article_id,
        text=kept,
        title=_line(draft.title, _LONGEST_TITLE),
        url=url,
        source=_line(draft.source, _LONGEST_NAME),
        published=when,
    )


def _line(value: Any, longest: int) -> str | None:
    """Give a short text on one line; None where there is none."""
    if value is None or isinstance(value, (dict, list, bool)):
        return None
    words = " ".join(storable(str(value)).split())
    return words[:longest] or None


def _web_address(value: Any) -> str | None:
    """Give `value` if it is an http(s) URL: an address becomes a link, and ``javascript:`` is one too."""
    text = value.strip() if isinstance(value, str) else ""
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    good = parts.scheme.lower() in ("http", "https") and bool(parts.netloc) and text.isprintable() and " " not in text
    return text if good and not _UNSTORABLE.search(text) else None
