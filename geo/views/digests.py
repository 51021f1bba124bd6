"""The digests of articles' texts, by which somebody else can tell whether their copy says the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping

from geo.store import Store


def of_texts(store: Store) -> Callable[[Collection[str]], Mapping[str, str]]:
    """Give what gives the SHA-256 of articles' texts (UTF-8) by the articles' digests, without those that are gone.

    Many are read at once: a look at the store for each article took nine tenths of an export's time.
    """

    def digests(articles: Collection[str]) -> Mapping[str, str]:
        texts = store.texts(list(articles))
        return {article: hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() for article, text in texts}

    return digests
