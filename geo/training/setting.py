"""Fitting of what the whole article says of each of its scenes: news of wars beside the news of quiet towns.

The texts of the quiet towns are not here. Their annotation is (`PEACEFUL`): an article a line, by the offsets of its
sentences, for corpora that whoever trains has.
"""

from __future__ import annotations

import csv
import json
import math
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
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
# A passage of one to three sentences says little of a setting, but articles of four are not much longer.
_PASSAGE = 0.3
# Below this a scene is not told: of the wrong marks in quiet towns three in four go, of the right ones in wars few.
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


def run(
    corpora: Sequence[Path],
    gazetteer: Gazetteer,
    *,
    made: Decision,
    verbs: Path | None = None,
    say: Callable[[str], None] = print,
) -> tuple[Decision, dict[str, float]]:
    """Fit what the setting says to the annotated news of peace, the strangers' articles and the own passages.

    Parameters
    ----------
    corpora : sequence of pathlib.Path
        The texts of the news of peace; what the reader learned of them is left out.
    made : Decision
        The decision by scenes alone.
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
    learned = {line.split("\t", 1)[0] for line in marks.NEWS.read_text(encoding="utf-8").splitlines()}
    quiet = list(peaceful(corpora))
    if not quiet:
        raise CorpusError(f"{', '.join(map(str, corpora))}: none of the articles that {PEACEFUL.name} annotates")
    wars = list(gold.read_folder(gold.STRANGERS))
    sentences = _of_conflict(verbs) if verbs else []
    passages = [
        document
        for path in gold.SUITES
        for document in gold.read_suite(path)
        if isinstance(document, GoldDocument) and document.events is not None
    ]
    # What the words say of an article was learned from others: of itself it would say too much.
    words = [_words(quiet, wars, sentences, without=fold) for fold in range(_FOLDS)]
    laid: list[Laid] = []
    for what, documents, weight in (
        ("articles of quiet towns", [one for one in quiet if one.id not in learned], 1.0),
        ("articles of wars", wars, 1.0),
        ("passages", passages, _PASSAGE),
    ):
        found = [lay(one, gazetteer, made, words[_fold(one.id)], weight) for one in documents]
        laid += [one for one in found if one is not None]
        say(f"{len(documents)} {what}")
    return fit(laid, made), _words(quiet, wars, sentences)


def lay(
    document: GoldDocument, gazetteer: Gazetteer, made: Decision, odds: Mapping[str, float], weight: float = 1.0
) -> Laid | None:
    """Lay the scenes of an article against its gold; None where nothing is proposed in it."""
    seen, found = weighed(document, gazetteer)
    if not found.scenes:
        return None
    rows = decision.rows(found.scenes, found.sentences, found.candidates)
    said = setting.words(document.text, found.sentences, found.scenes, odds)
    told = labels(document, seen, found.scenes)
    return Laid(setting.rows(rows, *made.alone(rows), said, len(found.sentences)), told, weight)


def fit(laid: Sequence[Laid], made: Decision) -> Decision:
    """Fit what the setting says to all, beside a decision that knows each scene by itself."""
    rows, told = np.concatenate([one.rows for one in laid]), np.concatenate([one.told for one in laid])
    weights = np.concatenate([np.full(len(one.rows), one.weight) for one in laid])
    stands, right = (_TREES.fit(rows, told[:, column], weights) for column in (0, 1))
    return replace(made, stands_here=stands, right_here=right, veto=_VETO)


def write_words(odds: Mapping[str, float], path: Path) -> Path:
    """Write the log-odds of words, in the order of the alphabet."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("word", "log_odds"))
        writer.writerows((word, f"{odds[word]:.2f}") for word in sorted(odds))
    return path


def _words(
    quiet: Sequence[GoldDocument], wars: Sequence[GoldDocument], more: Sequence[str], *, without: int | None = None
) -> dict[str, float]:
    """Give how much commoner each word is in texts of conflict than in those of quiet towns, as log-odds."""
    of_wars, of_peace = Counter[str](), Counter[str]()
    for text in more:
        of_wars.update(setting.stems(text))
    for one in (*wars, *quiet):
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
