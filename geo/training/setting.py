"""Fitting of what the whole article says of each of its scenes: news of wars beside the news of quiet towns.

The texts of the quiet towns are not here. Their annotation is (`PEACEFUL`): an article a line, by the offsets of its
sentences, for corpora that whoever trains has.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from gazetteer.index import Gazetteer
from gazetteer.shipped import DATA
from geo.events import decision, setting
from geo.events.model import Decision
from geo.training import corpus, gold
from geo.training.boosting import Boosting
from geo.training.corpus import CorpusError
from geo.training.gold import GoldDocument
from geo.training.reader import marks
from geo.training.reader.scenes import labels
from geo.training.reading import weighed
from geo.trees import Floats

PEACEFUL = DATA / "reading" / "local_news.jsonl"
_TREES = Boosting(trees=160, leaves=8, depth=5, rate=0.07, least_in_leaf=30, shrinkage=8.0)
# A passage of one to three sentences says little of a setting, but short texts are read as well.
_PASSAGE = 0.3
# From it on a scene is told: between .40 and .52 F hardly changes, and of that the fewer wrong marks are taken.
_THRESHOLD = 0.46


@dataclass(frozen=True, slots=True)
class Laid:
    """The scenes of an article.

    Attributes
    ----------
    rows : numpy.ndarray of float32, shape (scenes, setting.FEATURES)
    told : numpy.ndarray of float64, shape (scenes, 2)
        Whether place and days are right, and the type too.
    weight : float
        What each scene counts.
    """

    rows: Floats
    told: np.ndarray
    weight: float


def peaceful(corpora: Sequence[Path], annotation: Path = PEACEFUL) -> Iterator[GoldDocument]:
    """Give the annotated articles of some corpora of local and world news.

    Parameters
    ----------
    corpora : sequence of pathlib.Path
        JSON Lines as `geo.training.corpus.read` reads them.
    annotation : pathlib.Path
        JSON Lines: ``{"id", "published", "events"}``; the events are those of `geo.training.gold.read_folder`.

    Raises
    ------
    geo.training.corpus.CorpusError
        For a corpus or an annotation that cannot be read.
    """
    texts = {document.id: document.text for path in corpora for document in corpus.read(path)}
    for number, line in enumerate(annotation.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            if row["id"] in texts:
                day = date.fromisoformat(row["published"]) if row["published"] else None
                events = tuple(gold.annotated_event(entry) for entry in row["events"])
                yield GoldDocument(row["id"], texts[row["id"]], day, events)
        except (ValueError, KeyError, TypeError) as fault:
            raise CorpusError(f"{annotation}:{number}: not an annotated article ({fault!r})") from fault


def lay(document: GoldDocument, gazetteer: Gazetteer, made: Decision, weight: float = 1.0) -> Laid | None:
    """Lay the scenes of an article against its gold; None where nothing is proposed in it."""
    seen, found = weighed(document, gazetteer)
    if not found.scenes:
        return None
    rows = decision.rows(found.scenes, found.sentences, found.candidates)
    told = labels(document, seen, found.scenes)
    return Laid(setting.rows(rows, *made.alone(rows), len(found.sentences)), told, weight)


def run(
    corpora: Sequence[Path],
    gazetteer: Gazetteer,
    *,
    made: Decision,
    say: Callable[[str], None] = print,
) -> Decision:
    """Fit what the setting says to the annotated news of peace, the strangers' articles and the own passages.

    Parameters
    ----------
    corpora : sequence of pathlib.Path
        The texts of the news of peace; what the reader learned of them is left out.
    made : Decision
        The decision by scenes alone.

    Raises
    ------
    geo.training.corpus.CorpusError
        For a corpus that cannot be read, or where none of the annotated articles is in any.
    """
    learned = {line.split("\t", 1)[0] for line in marks.NEWS.read_text(encoding="utf-8").splitlines()}
    quiet = [document for document in peaceful(corpora) if document.id not in learned]
    if not quiet:
        raise CorpusError(f"{', '.join(map(str, corpora))}: none of the articles that {PEACEFUL.name} annotates")
    passages = [
        document
        for path in gold.SUITES
        for document in gold.read_suite(path)
        if isinstance(document, GoldDocument) and document.events is not None
    ]
    laid: list[Laid] = []
    for what, documents, weight in (
        ("articles of quiet towns", quiet, 1.0),
        ("articles of wars", gold.read_folder(gold.STRANGERS), 1.0),
        ("passages", passages, _PASSAGE),
    ):
        found = [lay(document, gazetteer, made, weight) for document in documents]
        laid += [one for one in found if one is not None]
        say(f"{len(documents)} {what}")
    return fit(laid, made)


def fit(laid: Sequence[Laid], made: Decision) -> Decision:
    """Fit what the setting says to all, beside a decision that knows each scene by itself."""
    rows, told = np.concatenate([one.rows for one in laid]), np.concatenate([one.told for one in laid])
    weights = np.concatenate([np.full(len(one.rows), one.weight) for one in laid])
    stands, right = (_TREES.fit(rows, told[:, column], weights) for column in (0, 1))
    return replace(made, stands_here=stands, right_here=right, threshold=_THRESHOLD)
