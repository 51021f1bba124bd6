"""Training of the recognition and resolution models, and evaluation of all that is read, on annotated corpora.

Training needs scikit-learn and corpora that are not part of the project; what it makes are plain arrays that run
with NumPy alone. It is deterministic: the same corpora and gazetteer give the same weights.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from gazetteer.index import Gazetteer
from geo.events.model import MODEL as DECISION
from geo.events.setting import MODEL as SETTING
from geo.likeness.model import MODEL as LIKENESS
from geo.recognise.model import MODEL as RECOGNITION
from geo.resolve.antecedents import MODEL as NOUNS
from geo.resolve.model import MODEL as RESOLUTION
from geo.resolve.standing import MODEL as STANDING
from geo.training.ablation import Ablations
from geo.training.evaluation import Evaluation, cross_validate, evaluate
from geo.training.reading import evaluate_reading, evaluate_rules
from geo.training.scorecard import Scorecard

__all__ = [
    "Ablations",
    "Evaluation",
    "Scorecard",
    "cross_validate",
    "evaluate",
    "evaluate_reading",
    "evaluate_rules",
    "train",
    "train_decision",
    "train_incidents",
    "train_nouns",
    "train_standing",
]


def train(corpora: Sequence[Path], gazetteer: Gazetteer, *, directory: Path = RECOGNITION.parent) -> tuple[Path, Path]:
    """Fit both models to all the corpora, and to the passages that ship, and write them.

    Parameters
    ----------
    corpora : sequence of pathlib.Path
        JSON Lines as `geo.training.corpus.read` reads them.
    gazetteer : Gazetteer
    directory : pathlib.Path
        Where the weights go.

    Returns
    -------
    tuple of pathlib.Path
        The files of the recognition and of the resolution model.

    Raises
    ------
    ModuleNotFoundError
        Without scikit-learn: training, unlike running, needs it.
    geo.training.corpus.CorpusError
        For a corpus that cannot be read.
    """
    from geo.surfaces import Surfaces  # noqa: PLC0415  (with the next line)
    from geo.training import corpus, recognition, resolution  # noqa: PLC0415  (scikit-learn only where it is needed)

    documents = [document for path in (*corpora, corpus.PASSAGES) for document in corpus.read(path)]
    surfaces = Surfaces.of(gazetteer)
    directory.mkdir(parents=True, exist_ok=True)
    made = directory / RECOGNITION.name, directory / RESOLUTION.name
    recognition.fit(recognition.samples(documents, surfaces)).save(made[0])
    resolution.fit([resolution.sample(document, document.spans, surfaces) for document in documents]).save(made[1])
    return made


def train_incidents(suites: Sequence[Path], gazetteer: Gazetteer, *, directory: Path = LIKENESS.parent) -> Path:
    """Learn when two reports tell of the same event, from groups of reports, and write the weights.

    Parameters
    ----------
    suites : sequence of pathlib.Path
        YAML files of groups of reports, as `geo.training.gold.read_suite` reads them.
    gazetteer : Gazetteer
    directory : pathlib.Path
        Where the weights go.

    Returns
    -------
    pathlib.Path
        The file of the weights.

    Raises
    ------
    ModuleNotFoundError
        Without scikit-learn: training, unlike running, needs it.
    geo.training.corpus.CorpusError
        For a file that holds no groups of reports.
    """
    from geo.training import likeness  # noqa: PLC0415  (as above)
    from geo.training.reading import read_events  # noqa: PLC0415  (as above)

    groups = likeness.groups_of(suites)
    taught = likeness.pairs(groups, lambda document: read_events(document, gazetteer))
    return likeness.write(likeness.fit(taught), directory / LIKENESS.name)


def train_standing(
    gazetteer: Gazetteer,
    *,
    passages: Sequence[Path] = (),
    articles: Path | None = None,
    directory: Path = STANDING.parent,
) -> Path:
    """Learn near which place a name stands that no place bears, from hidden and from annotated ones; write the weights.

    Parameters
    ----------
    gazetteer : Gazetteer
    passages : sequence of pathlib.Path
        Files of marked passages, whose names are hidden; those that ship where left out.
    articles : pathlib.Path, optional
        A folder of annotated articles with names that no place bears; the strangers' where left out.
    directory : pathlib.Path
        Where the weights go.

    Raises
    ------
    ModuleNotFoundError
        Without scikit-learn: training, unlike running, needs it.
    geo.training.corpus.CorpusError
        For a file that holds no passages, or a folder without annotated articles.
    """
    from geo.training import standing  # noqa: PLC0415  (as above)
    from geo.training.gold import STRANGERS  # noqa: PLC0415  (as above)
    from geo.training.reader.marks import READING, texts  # noqa: PLC0415  (as above)

    every = passages or sorted(READING.glob("*.txt"))
    hidden = list(standing.hidden((one for path in every for one in texts(path)), gazetteer))
    made = standing.fit(hidden, list(standing.unknown(articles or STRANGERS, gazetteer)))
    directory.mkdir(parents=True, exist_ok=True)
    made.save(directory / STANDING.name)
    return directory / STANDING.name


def train_decision(
    corpora: Sequence[Path],
    gazetteer: Gazetteer,
    *,
    verbs: Path | None = None,
    directory: Path = DECISION.parent,
    say: Callable[[str], None] = print,
) -> tuple[Path, Path]:
    """Learn which proposed events are told, by each itself and by what its whole article says, and write the weights.

    Parameters
    ----------
    corpora : sequence of pathlib.Path
        JSON Lines of news that `geo.training.offsets.LEARNED` annotates.
    gazetteer : Gazetteer
    verbs : pathlib.Path, optional
        JSON Lines of sentences of news, see `geo.training.decision.run`.
    directory : pathlib.Path
        Where the decision and the weights of words go.

    Raises
    ------
    ModuleNotFoundError
        Without scikit-learn: training, unlike running, needs it.
    geo.training.corpus.CorpusError
        For a corpus that cannot be read or holds none of the annotated articles.
    """
    from geo.events.model import Decision  # noqa: PLC0415  (with the next two)
    from geo.training import decision  # noqa: PLC0415  (as above)
    from geo.training.reader.deciding import write  # noqa: PLC0415  (as above)

    made, words = decision.run(corpora, gazetteer, made=Decision.load(), verbs=verbs, say=say)
    directory.mkdir(parents=True, exist_ok=True)
    return write(made, directory / DECISION.name), decision.write_words(words, directory / SETTING.name)


def train_nouns(gazetteer: Gazetteer, *, directory: Path = NOUNS.parent) -> Path:
    """Learn which of the places named before it a noun stands for, from annotated nouns, and write the weights.

    Parameters
    ----------
    gazetteer : Gazetteer
    directory : pathlib.Path
        Where the weights go.

    Raises
    ------
    geo.training.corpus.CorpusError
        For an annotation that does not fit its passage.
    """
    from geo.training import nouns  # noqa: PLC0415  (as above)

    return nouns.write(nouns.fit(list(nouns.lessons(gazetteer))), directory / NOUNS.name)
