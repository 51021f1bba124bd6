"""The setting of an event: whether its article tells of conflict, or is the news of a town at peace.

The decision was fitted to news of wars, where what looks like an event mostly is one. In a paper of Oxfordshire five
deaths are a road accident, an explosion is a gas main, and a mayor who takes over takes office. What the whole article
says is therefore weighed once more with each of its scenes, by trees that were fitted to both kinds of news
(`geo.training.setting`).
"""

from __future__ import annotations

import numpy as np

from geo.events import decision
from geo.trees import Floats

_OF_ARTICLE = (
    "required_most", "required_three", "required_mean", "event_mean", "scenes", "required_other", "required_others",
    "event_others", "stands_other", "stands_others", "stands_share", "required_sum", "sentences", "scenes_a_sentence",
)  # fmt: skip
FEATURES = (*decision.FEATURES, "stands", "right", *(f"article_{name}" for name in _OF_ARTICLE))
_REQUIRED, _EVENT = decision.FEATURES.index("required"), decision.FEATURES.index("event")
# So many of the surest scenes of an article stand for it, and from this on one is sure.
_SUREST, _SURE = 3, 0.6


def rows(scenes: Floats, stands: Floats, right: Floats, sentences: int) -> Floats:
    """Give what is weighed of each scene of an article.

    Parameters
    ----------
    scenes : numpy.ndarray of float32, shape (scenes, decision.FEATURES)
    stands, right : numpy.ndarray of float32, shape (scenes,)
        What the decision says of each by itself: that its place and days are right, and its type too.
    sentences : int
        Of the article: a short text says little of its setting.

    Returns
    -------
    numpy.ndarray of float32, shape (scenes, FEATURES)
    """
    count = len(scenes)
    if not count:
        return np.zeros((0, len(FEATURES)), dtype=np.float32)
    required, event = scenes[:, _REQUIRED], scenes[:, _EVENT]
    surest = np.sort(required)[::-1][:_SUREST]
    whole = (
        surest[0], surest.mean(), required.mean(), event.mean(), np.log1p(count), (stands > _SURE).mean(),
        np.log1p(required.sum()), np.log1p(sentences), count / max(1, sentences),
    )  # fmt: skip
    (most, three, mean, events, number, share, total, length, dense) = (np.full(count, value) for value in whole)
    others = max(1, count - 1)
    required_other, required_others = _of_others(required)
    stands_other, stands_others = _of_others(stands)
    event_others = (event.sum() - event) / others
    columns = (
        stands, right, most, three, mean, events, number, required_other, required_others, event_others,
        stands_other, stands_others, share, total, length, dense,
    )  # fmt: skip
    return np.column_stack((scenes, *columns)).astype(np.float32)


def _of_others(values: Floats) -> tuple[Floats, Floats]:
    """Give for each scene the most of the others, and the mean of their surest; 0 where there is no other."""
    count = len(values)
    if count == 1:
        nought = np.zeros(1, dtype=np.float32)
        return nought, nought
    order = np.argsort(-values, kind="stable")
    # The surest of the others are among the first of all, itself left out.
    first = values[order[: _SUREST + 1]].astype(np.float64)
    rank = np.full(count, len(first))
    rank[order[: len(first)]] = np.arange(len(first))
    kept = min(_SUREST, count - 1)
    most = np.where(rank == 0, first[1], first[0])
    among = first[: kept + 1].sum() - np.where(rank <= kept, first[np.minimum(rank, len(first) - 1)], first[kept])
    return most.astype(np.float32), (among / kept).astype(np.float32)
