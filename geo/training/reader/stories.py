"""Annotated articles grouped by story, and stories dealt out to folds: what tests must tell nothing of what trains."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

from gazetteer.names import fold
from geo.training.gold import GoldDocument

# Two articles are on one story where they appeared within so many days and share so much of what they name.
_DAYS, _COMMON, _SHARE = 6, 2, 0.34


def folds(documents: Sequence[GoldDocument], count: int, *, seed: int = 29) -> list[list[str]]:
    """Deal the articles out to folds, each story to one; deterministic for a seed.

    Returns
    -------
    list of list of str
        `count` lists of ids of about the same length.
    """
    groups = stories(documents)
    random.Random(seed).shuffle(groups)  # noqa: S311  (a deal that can be repeated, no secret)
    groups.sort(key=len, reverse=True)
    dealt: list[list[str]] = [[] for _ in range(count)]
    for group in groups:
        min(dealt, key=len).extend(group)
    return [sorted(names) for names in dealt]


def numbers(documents: Sequence[GoldDocument]) -> tuple[int, ...]:
    """Give for each article the number of its story."""
    number = {name: at for at, group in enumerate(stories(documents)) for name in group}
    return tuple(number[document.id] for document in documents)


def stories(documents: Sequence[GoldDocument]) -> list[list[str]]:
    """Group articles by story, by the days of their publication and the places that they name."""
    home = {document.id: document.id for document in documents}

    def root(name: str) -> str:
        while home[name] != name:
            name = home[name]
        return name

    named = {one.id: {fold(name) for name, _, _ in one.mentions} for one in documents}
    for at, one in enumerate(documents):
        for other in documents[:at]:
            if one.published is None or other.published is None or abs((one.published - other.published).days) > _DAYS:
                continue
            common = named[one.id] & named[other.id]
            fewer = min(len(named[one.id]), len(named[other.id]))
            if len(common) >= _COMMON and len(common) / fewer >= _SHARE:
                home[root(one.id)] = root(other.id)
    groups: dict[str, list[str]] = defaultdict(list)
    for document in documents:
        groups[root(document.id)].append(document.id)
    return sorted(groups.values())
