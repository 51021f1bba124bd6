"""Scores of the models on annotated corpora: as they ship, and out of fold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gazetteer.index import Gazetteer
from geo.model import Mention, Span
from geo.recognise import recognise
from geo.resolve import resolve
from geo.surfaces import Surfaces
from geo.training import corpus, scores
from geo.training.corpus import Document
from geo.training.scores import Counts, Predicted

_MOST_EXAMPLES = 12


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of one corpus under one protocol.

    Attributes
    ----------
    corpus : str
    protocol : str
        How the models that were scored had been trained.
    found : tuple of Counts
        By document: names as the program finds them.
    given : tuple of Counts
        By document: marked names given, only resolved.
    errors : tuple of (str, str, int)
        Class of error, the name, how often; most frequent first.
    confidence : str
        What the probabilities of given names are worth, as a line of text; empty where it was not measured.
    """

    corpus: str
    protocol: str
    found: tuple[Counts, ...]
    given: tuple[Counts, ...]
    errors: tuple[tuple[str, str, int], ...] = ()
    confidence: str = ""

    def figures(self, *, draws: int = 500) -> dict[str, tuple[float, float, float]]:
        """Give the three headline figures, each with the bounds of its 95 % interval."""
        found, given = scores.total(self.found), scores.total(self.given)
        return {
            "recognition F1": (found.recognition[2], *scores.interval(self.found, "recognition", draws=draws)),
            "resolution Acc@161": (given.resolution, *scores.interval(self.given, "resolution", draws=draws)),
            "end to end F1@161": (found.end_to_end[2], *scores.interval(self.found, "end_to_end", draws=draws)),
        }

    def report(self, *, draws: int = 500) -> str:
        """Give the scores as text, with the commonest errors by class."""
        found = scores.total(self.found)
        lines = [f"{self.corpus}: {len(self.found)} articles, {found.marked} marked names ({self.protocol})"]
        for label, (value, low, high) in self.figures(draws=draws).items():
            lines.append(f"  {label:20} {value:.3f}  [{low:.3f}, {high:.3f}]")
        precision, recall, _ = found.recognition
        lines.append(f"  recognition precision {precision:.3f}, recall {recall:.3f}, exact F1 {found.exact_f1:.3f}")
        lines += [self.confidence] if self.confidence else []
        by_class: Counter[str] = Counter()
        for kind, _, times in self.errors:
            by_class[kind] += times
        for kind, times in sorted(by_class.items(), key=lambda item: -item[1]):
            examples = [f"{name} ({often})" for other, name, often in self.errors if other == kind][:_MOST_EXAMPLES]
            lines.append(f"  {kind}: {times}: {', '.join(examples)}")
        return "\n".join(lines)


def evaluate(path: Path, gazetteer: Gazetteer) -> Evaluation:
    """Score the models that ship on a corpus.

    Articles that the models were trained on score too well: `cross_validate` tells the truth there.
    """
    documents = corpus.read(path)
    found = [scores.count(document, _parsed(document, gazetteer)) for document in documents]
    given = [scores.count(document, _resolved(document, gazetteer)) for document in documents]
    return Evaluation(path.stem, "the model that ships", tuple(found), tuple(given), _errors(documents, found))


def _parsed(document: Document, gazetteer: Gazetteer) -> list[Predicted]:
    return _points(resolve(document.text, recognise(document.text, gazetteer), gazetteer))


def _resolved(document: Document, gazetteer: Gazetteer) -> list[Predicted]:
    spans = [Span(start, end, document.text[start:end], "literal", 1.0) for start, end in document.spans]
    return _points(resolve(document.text, spans, gazetteer))


def _points(mentions: Sequence[Mention]) -> list[Predicted]:
    return [
        (mention.start, mention.end, (mention.place.lon, mention.place.lat) if mention.place else None)
        for mention in mentions
    ]


def _errors(documents: Sequence[Document], counts: Sequence[Counts]) -> tuple[tuple[str, str, int], ...]:
    seen: Counter[tuple[str, str]] = Counter()
    for document, count in zip(documents, counts, strict=True):
        for start, end, kind in count.errors:
            seen[kind, document.text[start:end]] += 1
    return tuple(
        (kind, name, times) for (kind, name), times in sorted(seen.items(), key=lambda item: (-item[1], item[0]))
    )


def cross_validate(paths: Sequence[Path], gazetteer: Gazetteer, *, folds: int = 5) -> tuple[Evaluation, ...]:
    """Score every corpus out of fold, folds by source, and each on models trained on the others alone.

    No article is scored by a model that saw it, nor any article of its source. The passages that ship with the models
    are part of every training, and are not scored.
    """
    from geo.training import confidence, recognition, resolution  # noqa: PLC0415  (scikit-learn only where it is needed)

    corpora = [corpus.read(path) for path in paths]
    documents = [document for one in corpora for document in one]
    surfaces = Surfaces.of(gazetteer)
    passages = corpus.read(corpus.PASSAGES)
    spoken_passages = recognition.samples(passages, surfaces)
    marked_passages = [resolution.sample(document, document.spans, surfaces) for document in passages]
    spoken = recognition.samples(documents, surfaces)
    marked = [resolution.sample(document, document.spans, surfaces) for document in documents]

    def score(train: Sequence[int], test: Sequence[int]) -> dict[int, tuple[Counts, Counts, list[confidence.Judged]]]:
        recogniser = recognition.fit([*(spoken[at] for at in train), *spoken_passages])
        resolver = resolution.fit([*(marked[at] for at in train), *marked_passages])
        known = confidence.pairs([documents[at] for at in train])
        out = {}
        for at in test:
            spans = recognition.predict(recogniser, spoken[at])
            found = resolution.predict(resolver, resolution.sample(documents[at], spans, surfaces))
            given = resolution.predict(resolver, marked[at])
            sure = confidence.judge(documents[at], marked[at].spans, resolution.answers(resolver, marked[at]), known)
            out[at] = (scores.count(documents[at], found), scores.count(documents[at], given), sure)
        return out

    def evaluation(
        name: str, protocol: str, counted: dict[int, tuple[Counts, Counts, list[confidence.Judged]]]
    ) -> Evaluation:
        at = [index for index, document in enumerate(documents) if document.corpus == name]
        found = tuple(counted[index][0] for index in at)
        given = tuple(counted[index][1] for index in at)
        said = confidence.report([one for index in at for one in counted[index][2]])
        return Evaluation(name, protocol, found, given, _errors([documents[index] for index in at], found), said)

    fold = corpus.folds(tuple(documents), count=folds)
    counted: dict[int, tuple[Counts, Counts, list[confidence.Judged]]] = {}
    for held in range(folds):
        train = [at for at, one in enumerate(fold) if one != held]
        counted |= score(train, [at for at, one in enumerate(fold) if one == held])
    names = [path.stem for path in paths]
    made = [evaluation(name, f"out of fold, {folds} folds by source", counted) for name in names]
    for name in names:
        others = [at for at, document in enumerate(documents) if document.corpus != name]
        own = [at for at, document in enumerate(documents) if document.corpus == name]
        if others:
            made.append(evaluation(name, "trained on the other corpora alone", score(others, own)))
    return tuple(made)
