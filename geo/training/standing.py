"""Teaches near which place an unknown name stands: known names are hidden in turn, and unknown ones were annotated.

What a name is taken to mean while it is known says where it stands; hidden, it is as unknown as a village of no list.
It stands in better company than such a village does: names that no place bears, in articles whose annotators knew
where they are, teach what is likely where a text tells no more than the country.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gazetteer.index import Gazetteer
from gazetteer.nearest import great_circle_km
from geo import recognise, resolve
from geo.model import Mention, PlaceRef, Span
from geo.resolve.areas import SETTLED, View
from geo.resolve.lifting import area_of, is_unknown
from geo.resolve.model import Resolver
from geo.resolve.standing import NEAR_KM, Weigher
from geo.resolve.surroundings import Surroundings
from geo.training.boosting import Boosting
from geo.training.gold import read_folder
from geo.trees import Floats, Trees

TREES = Boosting(trees=150, leaves=10, depth=5, rate=0.06, least_in_leaf=30, shrinkage=5.0)
_LOST = Boosting(trees=150, leaves=8, depth=5, rate=0.05, least_in_leaf=15, shrinkage=5.0)
# Larger towns are in every list; a place less sure teaches what is wrong.
_MOST_PEOPLE, _SURE = 150_000, 0.7
# An annotated area so wide says no more of where a name in it stands, in km.
_WIDEST = 150.0
_NOWHERE = frozenset(("country", "sea"))
# Names that are hidden in one text, and how often others are hidden with one: unknown names come in company.
_MOST_NAMES, _COMPANY = 6, 0.5


@dataclass(frozen=True, slots=True)
class Hidden:
    """A name that was hidden, or is unknown: the features of the places near which it may stand.

    Attributes
    ----------
    far : numpy.ndarray
        How far off each is, in km.
    reach : float
        Up to where that is near.
    """

    text: str
    name: str
    rows: Floats
    far: NDArray[np.float64]
    reach: float = NEAR_KM


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


def unknown(folder: Path, gazetteer: Gazetteer) -> Iterator[Hidden]:
    """Give the names of annotated articles that no place bears and where something was told, each as it stands.

    Parameters
    ----------
    folder : pathlib.Path
        NAME.txt with gold/NAME.json, whose events say which words name their places (``place_span``).

    Raises
    ------
    geo.training.corpus.CorpusError
        For a folder that holds no such articles.
    """
    resolver = Resolver.load()
    for document in read_folder(folder):
        events = json.loads((folder / "gold" / f"{document.id}.json").read_text(encoding="utf-8"))["events"]
        spans = recognise.recognise(document.text, gazetteer, doubtful=True)
        mentions, said = resolve.known(document.text, spans, gazetteer, resolver)
        told = _told(events, mentions)
        if not told:
            continue
        view = View(document.text, mentions, said, gazetteer)
        around = Surroundings(document.text, mentions, said, view)
        for at, place in told.items():
            around.look_from(at)
            if around.standings:
                rows = around.rows(at, area_of(view, at, mentions[at]))
                far = [
                    great_circle_km(one.place.lon, one.place.lat, place["lon"], place["lat"])
                    for one in around.standings
                ]
                reach = max(NEAR_KM, min(place.get("radius_km") or NEAR_KM, _WIDEST))
                yield Hidden(document.id, mentions[at].text, rows, np.array(far), reach)


def _told(events: Sequence[Mapping[str, Any]], mentions: Sequence[Mention]) -> dict[int, Mapping[str, Any]]:
    """Give the annotated place of each unknown name at which an event was told, by its position."""
    found: dict[int, Mapping[str, Any]] = {}
    for event in events:
        span, place = event.get("place_span"), event["place"]
        if span is None or place["precision"] in _NOWHERE:
            continue
        for at, one in enumerate(mentions):
            if one.start < span[1] and span[0] < one.end and is_unknown(one):
                found.setdefault(at, place)
    return found


def fit(given: Sequence[Hidden], lost: Sequence[Hidden], say: Callable[[str], None] = print) -> Weigher:
    """Fit the trees to hidden and to unknown names. Deterministic: the same names give the same weights."""
    say(
        f"{len(given)} names hidden, {len(lost)} unknown, {sum(len(one.far) for one in (*given, *lost))} places weighed"
    )
    return Weigher(_fitted(TREES, given), _fitted(_LOST, lost))


def _fitted(trees: Boosting, given: Sequence[Hidden]) -> Trees:
    rows = np.concatenate([one.rows for one in given])
    return trees.fit(rows, np.concatenate([one.far <= one.reach for one in given]).astype(np.float64))
