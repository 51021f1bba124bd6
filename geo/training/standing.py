"""Teaches near which place an unknown name stands: names that are known are hidden, one after the other.

What a name is taken to mean while it is known says where it stands; hidden, it is as unknown as a village of no list.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gazetteer.index import Gazetteer
from gazetteer.nearest import great_circle_km
from geo import recognise, resolve
from geo.model import Mention, PlaceRef, Span
from geo.resolve.areas import SETTLED, View
from geo.resolve.lifting import area_of
from geo.resolve.model import Resolver
from geo.resolve.standing import NEAR_KM, Weigher
from geo.resolve.surroundings import Surroundings
from geo.training.boosting import Boosting
from geo.trees import Floats

TREES = Boosting(trees=150, leaves=10, depth=5, rate=0.06, least_in_leaf=30, shrinkage=5.0)
# Larger towns are in every list; a place less sure teaches what is wrong.
_MOST_PEOPLE, _SURE = 150_000, 0.7
# Names that are hidden in one text, and how often others are hidden with one: unknown names come in company.
_MOST_NAMES, _COMPANY = 6, 0.5


@dataclass(frozen=True, slots=True)
class Hidden:
    """A name that was hidden: the features of the places near which it may stand, and how far off each is, in km."""

    text: str
    name: str
    rows: Floats
    far: NDArray[np.float64]


def hidden(texts: Iterable[tuple[str, str]], gazetteer: Gazetteer) -> Iterator[Hidden]:
    """Hide the small places of texts in turn; the same ones each time.

    Parameters
    ----------
    texts : iterable of (str, str)
        Ids and texts.
    """
    resolver = Resolver.load()
    for number, text in texts:
        spans = recognise.recognise(text, gazetteer, doubtful=True)
        mentions, _ = resolve.known(text, spans, gazetteer, resolver)
        small = {one.text: place for one in mentions if (place := _small(one, gazetteer)) is not None}
        if len({one.place.id for one in mentions if one.place is not None}) < 2:
            continue
        rng = random.Random(number)  # noqa: S311  (a choice that can be repeated, no secret)
        names = sorted(small)
        rng.shuffle(names)
        for name in names[:_MOST_NAMES]:
            with_it = {other for other in names if rng.random() < _COMPANY} if rng.random() < _COMPANY else set()
            one = _hide(number, text, spans, name, {name} | with_it, small[name], gazetteer)
            if one is not None:
                yield one


def _small(one: Mention, gazetteer: Gazetteer) -> PlaceRef | None:
    place = one.place
    if place is None or one.usage != "literal" or place.kind not in SETTLED or one.score < _SURE:
        return None
    whole = gazetteer.get(place.id)
    return place if whole is not None and whole.population <= _MOST_PEOPLE else None


def _hide(
    number: str, text: str, spans: Sequence[Span], name: str, names: set[str], place: PlaceRef, gazetteer: Gazetteer
) -> Hidden | None:
    mentions, said = resolve.known(text, spans, gazetteer, Resolver.load(), names)
    view = View(text, mentions, said, gazetteer)
    around = Surroundings(text, mentions, said, view)
    at = next((at for at, one in enumerate(mentions) if one.text == name and one.place is None), None)
    if at is None or not around.standings:
        return None
    rows = around.rows(at, area_of(view, at, mentions[at]))
    far = [great_circle_km(one.place.lon, one.place.lat, place.lon, place.lat) for one in around.standings]
    return Hidden(number, name, rows, np.array(far))


def fit(given: Sequence[Hidden], say: Callable[[str], None] = print) -> Weigher:
    """Fit the trees. Deterministic: the same names give the same weights."""
    say(f"{len(given)} names hidden, {sum(len(one.far) for one in given)} places weighed")
    rows = np.concatenate([one.rows for one in given])
    near = np.concatenate([one.far <= NEAR_KM for one in given]).astype(np.float64)
    return Weigher(TREES.fit(rows, near))
