"""What stands in the sentences around a name: the units that they name say where it lies, though nothing ties them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from geo.model import Span
from geo.resolve.groups import Name
from geo.text import sentences
from geo.unit_words import KINDS_OF

# Sentences on either side that count as near.
_NEAR = 2
# Of what a name can mean, the units that its sentence may speak of: their prior may lie this far below the best.
_PLAUSIBLE, _MOST = 1.5, 4
_ASKED = KINDS_OF["province"] | KINDS_OF["district"]


def gather(text: str, spans: Sequence[Span], found: Sequence[Name], belongs: Sequence[int]) -> None:
    """Fill `sentences`, `units_here` and `units_near` of the cues of `found`, in place."""
    starts = [sentence.start for sentence in sentences(text)]
    units = [_units(one) for one in found]
    names: dict[int, set[int]] = defaultdict(set)
    for span, position in zip(spans, belongs, strict=True):
        number = bisect_right(starts, span.start) - 1
        found[position].cues.sentences.add(number)
        if units[position]:
            names[number].add(position)
    for position, one in enumerate(found):
        for number in one.cues.sentences:
            for near in range(number - _NEAR, number + _NEAR + 1):
                for other in names.get(near, ()):
                    if other != position:
                        (one.cues.units_here if near == number else one.cues.units_near).update(units[other])


def _units(one: Name) -> frozenset[str]:
    """Give the codes of the units and countries that a name can mean."""
    if not one.candidates:
        return frozenset()
    asked = bool(one.cues.kinds & {"province", "district"})
    codes = set()
    for candidate in one.candidates[:_MOST]:
        place = candidate.place
        if candidate.prior < one.candidates[0].prior - _PLAUSIBLE and not (asked and place.kind in _ASKED):
            continue
        code = {"country": place.country_code, "admin1": place.admin1_code, "admin2": place.admin2_code}.get(place.kind)
        if code:
            codes.add(code)
    return frozenset(codes)
