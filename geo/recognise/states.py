"""A town and its state or country without a comma: "Moscow Idaho", "London Ontario", "Paris France"."""

from __future__ import annotations

from collections.abc import Sequence

from geo.recognise import words
from geo.recognise.candidates import Candidate
from geo.recognise.reading import Reading
from geo.surfaces import HOW
from geo.trees import Floats

_NAMED = 0.6


def states(reading: Reading, found: Sequence[Candidate], probabilities: Floats) -> Floats:
    """Accept a town and its state or country without a comma: "Moscow Idaho", "London Ontario", "Paris France"."""
    out = probabilities.copy()
    starts: dict[int, list[int]] = {}
    for index, candidate in enumerate(found):
        starts.setdefault(candidate.first, []).append(index)
    for index, town in enumerate(found):
        begin, end = reading.runs[town.first]
        if town.stop >= end or not town.surface.counts[2] or town.surface.how != HOW["name"]:
            continue
        for other in starts.get(town.stop, ()):
            state = found[other]
            whole = state.stop == end and state.surface.how == HOW["name"] and any(state.surface.counts[:2])
            alone = begin == town.first and (begin == 0 or reading.lower[begin - 1] in words.PREPOSITIONS)
            if whole and alone and _lies_there(town, state):
                # "Salem Oregon" are two names, though lists hold it as one.
                ones = [at for at in starts[town.first] if found[at].stop == state.stop and _is_town(found[at])]
                least = max([_NAMED, *(min(1.0, float(out[at]) + 0.001) for at in ones)])
                out[index], out[other] = max(float(out[index]), least), max(float(out[other]), least)
                out[ones] = 0.0
    return out


def _is_town(one: Candidate) -> bool:
    return one.surface.candidates[:1] != () and one.surface.candidates[0].place.kind in ("town", "village")


def _lies_there(town: Candidate, state: Candidate) -> bool:
    codes = {
        code
        for one in state.surface.candidates[:3]
        if one.place.kind in ("country", "admin1")
        for code in (one.place.admin1_code if one.place.kind == "admin1" else one.place.country_code,)
        if code
    }
    return any(one.place.admin1_code in codes or one.place.country_code in codes for one in town.surface.candidates)
