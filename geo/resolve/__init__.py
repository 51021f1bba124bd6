"""Toponym resolution: which place a recognised name means, with reasons and runners-up.

All names of a document are resolved together. A name has one sense in a document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from gazetteer.index import Gazetteer
from gazetteer.place import Candidate, Place
from geo.model import Alternative, Mention, PlacePrecision, PlaceRef, Span
from geo.resolve import context, explain, groups, namesakes
from geo.resolve.features import Table, table
from geo.resolve.groups import Name
from geo.resolve.model import Resolver
from geo.surfaces import Surfaces
from geo.trees import Floats

_RUNNERS_UP = 4
_PRECISIONS: dict[str, PlacePrecision] = {
    "continent": "region",
    "country": "country",
    "admin1": "region",
    "admin2": "region",
    "admin3": "region",
    "region": "region",
    "sea": "sea",
    "river": "region",
    "lake": "region",
    "island": "town",
    "mountain": "point",
    "town": "town",
    "village": "point",
    "facility": "point",
}


def resolve(
    text: str, spans: Sequence[Span], gazetteer: Gazetteer, *, resolver: Resolver | None = None
) -> tuple[Mention, ...]:
    """Resolve the names of a text to places.

    Parameters
    ----------
    text : str
    spans : sequence of Span
        As `geo.recognise.recognise` gives them, or given ones: sorted, not overlapping.
    gazetteer : Gazetteer
    resolver : Resolver, optional
        Weights; those that ship where left out.

    Returns
    -------
    tuple of Mention
        One for each span, in order. `place` is None where no candidate fits.

    Raises
    ------
    geo.weights.ModelMissingError
        Where the weights that ship are absent.
    """
    resolver = resolver or Resolver.load()
    surfaces = Surfaces.of(gazetteer)
    found, belongs = groups.names(text, spans, surfaces)
    context.gather(text, spans, found, belongs, surfaces)
    laid = table(found)
    answers = _answers(found, laid, resolver) if laid is not None else {}
    mentions = []
    for index, (span, position) in enumerate(zip(spans, belongs, strict=True)):
        asked = frozenset(found[position].cues.asked.get(index, ()))
        place, score, reasons, others = answers.get((position, asked), _UNKNOWN)
        mentions.append(
            Mention(span.start, span.end, span.text, span.usage, place, score, span.reasons + reasons, others)
        )
    return tuple(mentions)


_Answer = tuple[PlaceRef | None, float, tuple[str, ...], tuple[Alternative, ...]]
_UNKNOWN: _Answer = (None, 0.0, ("no place of that name is known",), ())


def _answers(found: Sequence[Name], laid: Table, resolver: Resolver) -> dict[tuple[int, frozenset[str]], _Answer]:
    """Give the answer for every name with candidates, by position and by what type words beside a mention ask for."""
    probability, seen = resolver.score(laid)
    stops = np.append(laid.starts[1:], len(probability))
    winners = {
        int(laid.name[start]): int(probability[start:stop].argmax())
        for start, stop in zip(laid.starts, stops, strict=True)
    }
    countries = _countries(found, winners)
    answers: dict[tuple[int, frozenset[str]], _Answer] = {}
    for start, stop in zip(laid.starts, stops, strict=True):
        position = int(laid.name[start])
        one = found[position]
        scores = probability[start:stop]
        best = winners[position]
        score = float(scores[best])
        for asked in {frozenset[str](), *map(frozenset, one.cues.asked.values())}:
            if score < resolver.threshold:
                others = _alternatives(one.candidates, scores, best)
                answers[position, asked] = (None, score, ("no place of that name fits the article",), others)
                continue
            swap = namesakes.of_unit(one, scores, best) or namesakes.of_town(one, scores, best, asked)
            meant, said = (swap[0], (swap[1],)) if swap else (best, ())
            choice = one.candidates[meant]
            why = said + explain.reasons(one, choice, seen[start + meant], countries)
            # The score is that of the name's likeliest place: the two namesakes share what speaks for either.
            others = _alternatives(one.candidates, scores, meant)
            answers[position, asked] = (place_ref(choice.place), score, why, others)
    return answers


def _countries(found: Sequence[Name], winners: dict[int, int]) -> list[str]:
    """Give the countries of the document, most mentioned first."""
    heard: Counter[str] = Counter()
    for position, best in winners.items():
        place = found[position].candidates[best].place
        if place.country_code:
            heard[place.country_code] += len(found[position].mentions)
    return [code for code, _ in sorted(heard.items(), key=lambda item: (-item[1], item[0]))]


def _alternatives(candidates: Sequence[Candidate], scores: Floats, best: int) -> tuple[Alternative, ...]:
    order = [int(index) for index in np.argsort(-scores, kind="stable") if index != best]
    return tuple(
        Alternative(place.id, place.name, place.lon, place.lat, round(float(scores[index]), 4))
        for index in order[:_RUNNERS_UP]
        for place in (candidates[index].place,)
    )


def place_ref(place: Place) -> PlaceRef:
    """Give what a mention keeps of a gazetteer place."""
    return PlaceRef(
        id=place.id,
        name=place.name,
        kind=place.kind,
        lon=place.lon,
        lat=place.lat,
        country_code=place.country_code,
        admin1=place.admin1,
        precision=_PRECISIONS[place.kind],
    )
