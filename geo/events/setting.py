"""The setting of an event: whether its article tells of conflict, or is the news of a town at peace.

The decision was fitted to news of wars, where what looks like an event mostly is one. In a paper of Oxfordshire five
deaths are a road accident, an explosion is a gas main, and a mayor who takes over takes office. What the whole article
says, and the words it says it in, are therefore weighed once more with each of its scenes, by trees that were fitted to
both kinds of news (`geo.training.decision`). What they hold for unlikely is not told, however it looks by itself.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from gazetteer.shipped import DATA
from geo.events import decision
from geo.events.scene import Scene
from geo.text import Sentence
from geo.trees import Floats
from geo.weights import ModelMissingError

MODEL = DATA / "models" / "setting.csv"
# A text of fewer sentences says too little of its setting: a ticker is taken at its word.
LEAST = 4
_OF_ARTICLE = (
    "required_most", "required_three", "required_mean", "event_mean", "scenes", "required_other", "required_others",
    "event_others", "stands_other", "stands_others", "stands_share", "required_sum", "sentences", "scenes_a_sentence",
)  # fmt: skip
_OF_WORDS = ("words", "words_of_conflict", "sentence_words", "sentence_words_of_conflict")
FEATURES = (*decision.FEATURES, "stands", "right", *(f"article_{name}" for name in (*_OF_ARTICLE, *_OF_WORDS)))
_REQUIRED, _EVENT = decision.FEATURES.index("required"), decision.FEATURES.index("event")
# So many of the surest scenes of an article stand for it, and from this on one is sure.
_SUREST, _SURE = 3, 0.6
# Words in small letters: names would say which war, not whether there is one.
_WORD = re.compile(r"\b[a-z]{3,}\b")
_ENDINGS = ("ing", "ed", "es", "s")
_SHORTEST = 4
# A word counts no more than this much; from _TELLING on it is one of conflict; a short sentence says little.
_MOST, _TELLING, _FEWEST = 2.0, 1.0, 8


def stems(text: str) -> Iterator[str]:
    """Yield the words of a text that are no names, without their endings."""
    for word in _WORD.findall(text):
        ending = next((one for one in _ENDINGS if word.endswith(one) and len(word) - len(one) >= _SHORTEST), "")
        yield word[: len(word) - len(ending)]


@lru_cache(maxsize=4)
def load(path: Path = MODEL) -> Mapping[str, float]:
    """Read the log-odds of each word between news of wars and of quiet towns.

    Raises
    ------
    geo.weights.ModelMissingError
        Where there is no such file.
    """
    if not path.exists():
        raise ModelMissingError(f"{path}: there is no model. Run: conflict-map train decision")
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["word"]: float(row["log_odds"]) for row in csv.DictReader(lines)}


def words(text: str, parts: Sequence[Sentence], scenes: Sequence[Scene], odds: Mapping[str, float]) -> Floats:
    """Give what the words of an article, and of each scene's sentence, say of its setting.

    Returns
    -------
    numpy.ndarray of float32, shape (scenes, 4)
        The mean log-odds of the words, and the share of those of conflict; both of the article and of the sentence.
    """
    whole = _said(text, odds)
    of: dict[int, tuple[float, float]] = {}
    for scene in scenes:
        number = scene.proposal.sentence
        if number not in of:
            of[number] = _said(text[parts[number].start : parts[number].end], odds)
    return np.array([(*whole, *of[scene.proposal.sentence]) for scene in scenes], dtype=np.float32).reshape(-1, 4)


def _said(text: str, odds: Mapping[str, float]) -> tuple[float, float]:
    known = [max(-_MOST, min(_MOST, odds[word])) for word in stems(text) if word in odds]
    count = max(_FEWEST, len(known))
    return sum(known) / count, sum(one > _TELLING for one in known) / count


def rows(scenes: Floats, stands: Floats, right: Floats, said: Floats, sentences: int) -> Floats:
    """Give what is weighed of each scene of an article.

    Parameters
    ----------
    scenes : numpy.ndarray of float32, shape (scenes, decision.FEATURES)
    stands, right : numpy.ndarray of float32, shape (scenes,)
        What the decision says of each by itself: that its place and days are right, and its type too.
    said : numpy.ndarray of float32, shape (scenes, 4)
        What the words say, see `words`.
    sentences : int
        Of the article.

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
        stands_other, stands_others, share, total, length, dense, said,
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
