"""The digests of articles' texts, by which somebody else can tell whether their copy says the same."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable

from geo.store import Store


def of_texts(store: Store) -> Callable[[str], str | None]:
    """Give what gives the SHA-256 of an article's text (UTF-8) by the article's digest; None where it is gone."""

    @functools.cache
    def digest(article: str) -> str | None:
        try:
            text = store.article(article).text
        except KeyError:
            return None
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    return digest
