"""Toponym recognition: which spans of a text name a place, and how the name is used.

Candidates come from the gazetteer and from patterns; a light model decides which are places; rules say whether a name
stands for the place itself, for its government, as an adjective or inside the name of an organisation. No syntactic
parse and no neural network is needed.
"""

from __future__ import annotations

from gazetteer.index import Gazetteer
from geo.model import Span
from geo.recognise import model, usage
from geo.recognise.model import Recogniser
from geo.recognise.reading import read
from geo.surfaces import Surfaces


def recognise(text: str, gazetteer: Gazetteer, *, recogniser: Recogniser | None = None) -> tuple[Span, ...]:
    """Find the names of places in a text.

    Parameters
    ----------
    text : str
        Plain text of an article.
    gazetteer : Gazetteer
    recogniser : Recogniser, optional
        Weights; those that ship where left out.

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
    found, probabilities = recogniser.score(reading, Surfaces.of(gazetteer))
    chosen = model.pick(found, probabilities, recogniser.threshold)
    kept = [found[index] for index in chosen]
    spans = []
    for index, candidate, (use, reason) in zip(chosen, kept, usage.usages(reading, kept), strict=True):
        start, end = reading.tokens[candidate.first].start, reading.tokens[candidate.stop - 1].end
        known = "in the gazetteer" if candidate.surface.candidates else "not in the gazetteer"
        spans.append(Span(start, end, text[start:end], use, float(probabilities[index]), (known, f"{use}: {reason}")))
    return tuple(spans)
