"""Fitting of the decision: which proposed events are told, by each itself and by what its whole article says.

It is fitted to articles that the reader has not learned: of those that it has it is surer than it should be. The texts
of most are not here. Their annotation is, by offsets (`geo.training.offsets`): news of wars, and of quiet towns.
"""

from __future__ import annotations

import csv
import json
import math
import zlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from gazetteer.index import Gazetteer
from geo.events import decision, setting
from geo.events.model import Decision
from geo.training import gold, offsets
from geo.training.boosting import Boosting
from geo.training.corpus import CorpusError
from geo.training.gold import GoldDocument
from geo.training.reader import marks
from geo.training.reader.deciding import TREES
from geo.training.reader.scenes import labels
from geo.training.reading import weighed
from geo.trees import Floats, Trees

_WHOLE = Boosting(trees=160, leaves=8, depth=5, rate=0.07, least_in_leaf=30, shrinkage=8.0)
# A passage of one to three sentences says little of a setting, but articles of four are not much longer.
_PASSAGE = 0.3
# From this on a scene is told. From .40 to .47 the strict F of news hardly changes (decision 0158): higher, fewer marks
# are wrong, but articles that analyse a war lose what they tell.
_THRESHOLD = 0.44
# By what its article says a scene below this is not told: of the wrong marks in quiet towns three in four go, of the
# right ones in wars few.
_VETO = 0.28
_FOLDS = 4
# A word is counted so often more in both, and left out where both together have it less than _RAREST times.
_SMOOTH, _RAREST = 2, 10
_CONFLICT = ("battle", "explosion", "violence_against_civilians", "protest", "riot", "strategic_development")


@dataclass(frozen=True, slots=True)
class Laid:
    """The scenes of an article.

    Attributes
    ----------
    rows : numpy.ndarray of float32, shape (scenes, decision.FEATURES)
    said : numpy.ndarray of float32, shape (scenes, 4)
        What the words say, see `geo.events.setting.words`.
    sentences : int
        Of the article.
    told : numpy.ndarray of float64, shape (scenes, 2)
        Whether place and days are right, and the type too.
    weight : float
        What each scene counts.
    fold : int
        The part of the articles that it belongs to.
    """

    rows: Floats
    said: Floats
    sentences: int
    told: np.ndarray
    weight: float
    fold: int


def run(
    corpora: Sequence[Path],
    gazetteer: Gazetteer,
    *,
    made: Decision,
    verbs: Path | None = None,
    say: Callable[[str], None] = print,
) -> tuple[Decision, dict[str, float]]:
    """Fit the decision to annotated news, the strangers' articles and the own passages.

    Parameters
    ----------
    corpora : sequence of pathlib.Path
        The texts of the annotated news; of these, what is to teach the decision is learned.
    made : Decision
        What it says by scenes alone, which `conflict-map train events` fitted to other articles, is kept.
    verbs : pathlib.Path, optional
        JSON Lines of sentences of news, of which those that tell of conflict join the words of wars.

    Returns
    -------
    (Decision, dict)
        The decision, and the log-odds of words.

    Raises
    ------
    geo.training.corpus.CorpusError
        For a corpus that cannot be read, or where none of the annotated articles is in any.
    """
    news = [one for path in offsets.LEARNED for one in offsets.articles(corpora, path)]
    if not news:
        names = " or ".join(path.name for path in offsets.LEARNED)
        raise CorpusError(f"{', '.join(map(str, corpora))}: none of the articles that {names} annotates")
    strangers = [one for one in gold.read_folder(gold.STRANGERS) if one.id[0] in gold.UNLEARNED]
    sentences = _of_conflict(verbs) if verbs else []
    passages = [
        document
        for path in gold.SUITES
        for document in gold.read_suite(path)
        if isinstance(document, GoldDocument) and document.events is not None
    ]
    whole = [*(one.document() for one in news), *strangers]
    # What the words say of an article was learned from others: of itself it would say too much.
    words = [_words(whole, sentences, without=fold) for fold in range(_FOLDS)]
    laid: list[Laid] = []
    for what, documents, weight in (
        ("articles of news", [one.document() for one in news if one.part == "decision"], 1.0),
        ("strangers' articles", strangers, 1.0),
        ("passages", passages, _PASSAGE),
    ):
        found = [lay(one, gazetteer, words[_fold(one.id)], weight) for one in documents]
        laid += [one for one in found if one is not None]
        say(f"{len(documents)} {what}")
    return fit(laid, made), _words(whole, sentences)


def lay(document: GoldDocument, gazetteer: Gazetteer, odds: Mapping[str, float], weight: float = 1.0) -> Laid | None:
    """Lay the scenes of an article against its gold; None where nothing is proposed in it."""
    seen, found = weighed(document, gazetteer)
    if not found.scenes:
        return None
    return Laid(
        decision.rows(found.scenes, found.sentences, found.candidates),
        setting.words(document.text, found.sentences, found.scenes, odds),
        len(found.sentences),
        labels(document, seen, found.scenes),
        weight,
        _fold(document.id),
    )


def fit(laid: Sequence[Laid], made: Decision) -> Decision:
    """Fit trees beside those of `made`, and to what both say of scenes that they have not learned what articles add."""
    held = [_beside(made, [one for one in laid if one.fold != fold]) for fold in range(_FOLDS)]
    rows = np.concatenate(
        [setting.rows(one.rows, *held[one.fold].alone(one.rows), one.said, one.sentences) for one in laid]
    )
    stands, right = _two(_WHOLE, rows, laid)
    return replace(_beside(made, laid), stands_here=stands, right_here=right, threshold=_THRESHOLD, veto=_VETO)


def _beside(made: Decision, laid: Sequence[Laid]) -> Decision:
    """Give a decision by scenes alone: with trees fitted to some articles beside those that it has."""
    stands, right = _two(TREES, np.concatenate([one.rows for one in laid]), laid)
    return replace(made.by_scenes_alone(), stands_since=stands, right_since=right)


def _two(trees: Boosting, rows: Floats, laid: Sequence[Laid]) -> tuple[Trees, Trees]:
    told = np.concatenate([one.told for one in laid])
    weights = np.concatenate([np.full(len(one.rows), one.weight) for one in laid])
    return trees.fit(rows, told[:, 0], weights), trees.fit(rows, told[:, 1], weights)


def write_words(odds: Mapping[str, float], path: Path) -> Path:
    """Write the log-odds of words, in the order of the alphabet."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("word", "log_odds"))
        writer.writerows((word, f"{odds[word]:.2f}") for word in sorted(odds))
    return path


def _words(articles: Sequence[GoldDocument], more: Sequence[str], *, without: int | None = None) -> dict[str, float]:
    """Give how much commoner each word is in texts of conflict than in those of quiet towns, as log-odds.

    Parameters
    ----------
    articles : sequence of GoldDocument
        Of conflict are those in which something is told that must be mapped, or of which nobody says.
    more : sequence of str
        Sentences of conflict.
    """
    of_wars, of_peace = Counter[str](), Counter[str]()
    for text in more:
        of_wars.update(setting.stems(text))
    for one in articles:
        if _fold(one.id) != without:
            told = one.events is None or any(not event.optional for event in one.events)
            (of_wars if told else of_peace).update(setting.stems(one.text))
    wars_all, peace_all = of_wars.total(), of_peace.total()
    return {
        word: math.log((of_wars[word] + _SMOOTH) / wars_all) - math.log((of_peace[word] + _SMOOTH) / peace_all)
        for word in of_wars | of_peace
        if of_wars[word] + of_peace[word] >= _RAREST
    }


def _fold(name: str) -> int:
    return zlib.crc32(name.encode()) % _FOLDS


def _of_conflict(verbs: Path) -> list[str]:
    """Give the sentences of news of which `data/reading/sentences.tsv` says that they tell of violence or unrest."""
    told = set()
    for line in marks.SENTENCES.read_text(encoding="utf-8").splitlines():
        name, _, kinds, *_ = [*line.split("\t"), "", ""]
        if not kinds.startswith("~") and any(kind in kinds for kind in _CONFLICT):
            told.add(name)
    with verbs.open(encoding="utf-8") as lines:
        return [row["text"] for line in lines if line.strip() and (row := json.loads(line))["id"] in told]
