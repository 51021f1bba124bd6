"""Teaches near which place an unknown name stands: from annotated articles, whose readers knew where it is.

What no place bears the name of there is learned as it is. Villages and facilities that are known are hidden, one after
the other: hidden, they are as unknown as others of their kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gazetteer.index import Gazetteer
from gazetteer.nearest import great_circle_km
from geo import recognise, resolve
from geo.model import Span
from geo.resolve.areas import View
from geo.resolve.lifting import area_of
from geo.resolve.model import Resolver
from geo.resolve.standing import NEAR_KM, Weigher
from geo.resolve.surroundings import Surroundings
from geo.training.boosting import Boosting
from geo.training.corpus import CorpusError
from geo.training.gold import GoldDocument, GoldPlace
from geo.trees import Floats

TREES = Boosting(trees=200, leaves=10, depth=5, rate=0.05, least_in_leaf=20, shrinkage=5.0)
# Kinds that lists hold few of: the others of these kinds are what is met as unknown.
_SMALL = frozenset(("village", "facility"))
# Events at one name farther apart than this, in km, are at two places of that name.
_ONE_KM = 60.0


@dataclass(frozen=True, slots=True)
class Standing:
    """A name at one of its mentions: what speaks for the places near which it may stand, and how far off each is.

    Attributes
    ----------
    rows : numpy.ndarray of float32, shape (places, surroundings.FEATURES)
    far : numpy.ndarray of float64, shape (places,)
        Kilometres from each to where the name stands.
    reach : float
        Up to so many kilometres a place is as good as the name's own.
    weight : float
        One, shared among the mentions of the name.
    """

    text: str
    name: str
    rows: Floats
    far: NDArray[np.float64]
    reach: float
    weight: float


def standings(documents: Iterable[GoldDocument], gazetteer: Gazetteer) -> Iterator[Standing]:
    """Give the unknown names of annotated articles at which an event is told, and the small known ones, hidden.

    Parameters
    ----------
    documents : iterable of GoldDocument
        Their events say which words name their place.
    """
    resolver = Resolver.load()
    for document in documents:
        spans = recognise.recognise(document.text, gazetteer, doubtful=True)
        mentions, _ = resolve.known(document.text, spans, gazetteer, resolver)
        known = {one.text: one.place for one in mentions if one.place is not None}
        for name, place in _named(document, spans).items():
            other = known.get(name)
            if other is None or other.kind in _SMALL:
                yield from _of(document, spans, name, place, gazetteer)


def _named(document: GoldDocument, spans: Sequence[Span]) -> Mapping[str, GoldPlace]:
    """Give the names of a text that the places of its events are told by, each with its one place."""
    found: dict[str, list[GoldPlace]] = defaultdict(list)
    for event in document.events or ():
        place = event.places[0]
        if event.place_span is None or place.wide:
            continue
        low, high = event.place_span
        words = f"{place.name} {document.text[low:high]}".lower()
        over = (one for one in spans if one.start < high and low < one.end)
        own = next((one for one in over if one.text.split()[0].lower() in words), None)
        if own is not None:
            found[own.text].append(place)
    return {name: places[0] for name, places in found.items() if _is_one(places)}


def _is_one(places: Sequence[GoldPlace]) -> bool:
    return all(great_circle_km(places[0].lon, places[0].lat, one.lon, one.lat) <= _ONE_KM for one in places)


def _of(
    document: GoldDocument, spans: Sequence[Span], name: str, place: GoldPlace, gazetteer: Gazetteer
) -> Iterator[Standing]:
    mentions, said = resolve.known(document.text, spans, gazetteer, Resolver.load(), {name})
    view = View(document.text, mentions, said, gazetteer)
    around = Surroundings(document.text, mentions, said, view)
    own = [at for at, one in enumerate(mentions) if one.text == name and one.place is None and one.usage == "literal"]
    for at in own:
        around.look_from(at)
        if around.standings:
            rows = around.rows(at, area_of(view, at, mentions[at]))
            far = [great_circle_km(place.lon, place.lat, one.place.lon, one.place.lat) for one in around.standings]
            yield Standing(document.id, name, rows, np.array(far), max(place.reach, NEAR_KM), 1 / len(own))


def fit(given: Sequence[Standing], say: Callable[[str], None] = print) -> Weigher:
    """Fit the trees. Deterministic: the same names give the same weights.

    Raises
    ------
    CorpusError
        Where there is no name to learn from.
    """
    if not given:
        raise CorpusError("no article names a place that no list holds beside places that lists hold")
    names = len({(one.text, one.name) for one in given})
    say(f"{names} names, {sum(len(one.far) for one in given)} places weighed")
    rows = np.concatenate([one.rows for one in given])
    near = np.concatenate([one.far <= one.reach for one in given]).astype(np.float64)
    return Weigher(TREES.fit(rows, near, np.concatenate([np.full(len(one.far), one.weight) for one in given])))
