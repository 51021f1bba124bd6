"""Other spellings of a name: such as a transliteration or a slip makes, and only inside the area that is meant."""

from __future__ import annotations

from rapidfuzz.distance import OSA

from gazetteer.index import Gazetteer
from gazetteer.names import fold, skeleton
from gazetteer.place import Candidate, Place

# Kinds of area that are narrow enough, and kinds of place that a village's name is spelt like.
_AREAS = frozenset(("admin1", "admin2", "admin3", "region"))
_KINDS = frozenset(("town", "village", "facility"))
# Letters of the shortest name that may be spelt otherwise, and candidates that are looked at.
_SHORTEST, _MOST = 5, 12
# Of several the one whose prior lies this far above the others' is meant: a town beside a hamlet of its name.
_BETTER_KNOWN = 1.0
# Letters of a skeleton from which on one of them may differ.
_LONG = 6


def inside(name: str, area_id: str, gazetteer: Gazetteer) -> Place | None:
    """Give the settlement in an area whose name is another spelling of `name`; None where none or several are known.

    Two names are spellings of one where their skeletons (`gazetteer.names.skeleton`) begin alike and are equal, or one
    letter apart in a long name.
    """
    folded, area = fold(name), gazetteer.get(area_id)
    if area is None or area.kind not in _AREAS or len(folded) < _SHORTEST or not folded.isascii():
        return None
    bones = skeleton(folded)
    found: dict[tuple[float, float], Candidate] = {}
    for candidate in gazetteer.fuzzy(folded, limit=_MOST):
        place = candidate.place
        if place.kind not in _KINDS or place.country_code != area.country_code:
            continue
        if _alike(bones, skeleton(fold(place.name))) and gazetteer.contains(area.id, place.id):
            found.setdefault((round(place.lon, 1), round(place.lat, 1)), candidate)
    known = sorted(found.values(), key=lambda one: -one.prior)
    if not known or (len(known) > 1 and known[1].prior > known[0].prior - _BETTER_KNOWN):
        return None
    return known[0].place


def _alike(bones: str, others: str) -> bool:
    if bones[:1] != others[:1]:
        return False
    return OSA.distance(bones, others) <= (1 if min(len(bones), len(others)) >= _LONG else 0)
