"""Toponym recognition: which spans of a text name a place, and how the name is used.

Candidates come from the gazetteer and from patterns; a light model decides which are places; rules say whether a name
stands for the place itself, for its government, as an adjective or inside the name of an organisation. No syntactic
parse and no neural network is needed.
"""

from __future__ import annotations

from gazetteer.index import Gazetteer
from geo.model import Span
from geo.recognise import model, uncased, usage
from geo.recognise.model import Recogniser
from geo.recognise.reading import read
from geo.surfaces import Surfaces

# Of the names above this probability one in six is a place after all (annotated news, 76 articles).
_DOUBTFUL = 0.05


def recognise(
    text: str, gazetteer: Gazetteer, *, recogniser: Recogniser | None = None, doubtful: bool = False
) -> tuple[Span, ...]:
    """Find the names of places in a text.

    Parameters
    ----------
    text : str
        Plain text of an article.
    gazetteer : Gazetteer
    recogniser : Recogniser, optional
        Weights; those that ship where left out.
    doubtful : bool
        Whether to give names too that are more likely none: a village that nobody ever heard of looks like a person.
        Their `score` lies below `is_sure`'s threshold; what reads events decides whether they stand.

    Returns
    -------
    tuple of Span
        Sorted, not overlapping. A name that the gazetteer does not hold is a span too.

    Raises
    ------
    geo.weights.ModelMissingError
        Where the weights that ship are absent.
    """
    recogniser = recogniser or Recogniser.load()
    reading = read(text)
    surfaces = Surfaces.of(gazetteer)
    found, probabilities = recogniser.score(reading, surfaces)
    chosen = model.pick(found, probabilities, _DOUBTFUL if doubtful else recogniser.threshold)
    kept = [found[index] for index in chosen]
    spans = []
    for index, candidate, (use, reason) in zip(chosen, kept, usage.usages(reading, kept), strict=True):
        start, end = reading.tokens[candidate.first].start, reading.tokens[candidate.stop - 1].end
        known = "in the gazetteer" if candidate.surface.candidates else "not in the gazetteer"
        spans.append(Span(start, end, text[start:end], use, float(probabilities[index]), (known, f"{use}: {reason}")))
    spans += uncased.spans(reading, surfaces)
    return tuple(sorted(spans, key=lambda span: span.start))


def is_sure(span: Span, recogniser: Recogniser | None = None) -> bool:
    """Say whether a span is more likely a place than not."""
    return span.score >= (recogniser or Recogniser.load()).threshold
