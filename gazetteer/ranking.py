"""How likely a place is to be meant by a name, before any context: the prior."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence

from gazetteer.place import KINDS, Kind
from gazetteer.rows import PlaceRow
from gazetteer.schema import KIND_NUMBER, PRIOR_SCALE, Ref

# More namesakes than this are noise: nobody picks the 201st San Jose without asking for its country.
MOST_REFS = 200

# What news means by a name, all else equal: a country before a town before a sea before a county of the same name,
# whose seat took it. Fitted to the annotated places of two news corpora and of a table of conflict toponyms, in coarse
# steps. The constant part keeps priors above zero.
_KIND_WEIGHT: dict[Kind, float] = {
    "continent": 6.6, "country": 6.6, "admin1": 3.2, "admin2": -0.4, "admin3": 0.8, "region": 3.8, "sea": 5.4,
    "river": 5.4, "lake": 4.8, "island": 5.0, "mountain": 4.8, "town": 4.4, "village": 4.4, "facility": 4.2,
}  # fmt: skip
# A capital under its main name; under another, it has no such claim: few mean Hong Kong by "Victoria". Nor has a
# capital below some 300,000 people all of it: fewer mean that of the Seychelles.
_CAPITAL_WEIGHT = 1.8
_CAPITAL_SIZE = 5.5
# The states of these federations are known abroad by name: "Wyoming" is one before it is a town in Michigan.
_STATE_WEIGHT = 1.0
_FEDERATIONS = frozenset(("AU", "CA", "DE", "GB", "IN", "US"))
# An ocean has neither people nor a country that would lift it above the towns called Pacific.
_OCEAN_WEIGHT = 3.0
# Namesakes of a building that stands for a government are rarely meant.
_GOVERNMENT_WEIGHT = 4.5
_PRIMARY_BONUS = 0.5
# The other names of units are mostly the bare name of their seat; those of countries, what other languages call them:
# "Fizi" is a town of the Congo, not Fiji, and "Qana" one of Lebanon, not Ghana. What English calls them is curated.
_ALTERNATE_MALUS: dict[Kind, float] = {
    "admin1": -2.6, "admin2": -1.6, "admin3": -1.6, "country": -7.6, "continent": -4.6, "town": -1.1, "village": -1.1,
}  # fmt: skip
_USUAL_ALTERNATE_MALUS = -0.7

_PRIMARY_FLAG = 0x80
_ROMANISED_FLAG, _SEAT_FLAG = 0x80, 0x40
_KIND_BITS = 0x3F

# Countries (and what GeoNames counts as such) whose names reach English from Cyrillic, Arabic, Hebrew, Armenian,
# Georgian and other scripts by more than one road.
ROMANISED = frozenset(
    (
        *("AE", "AF", "AM", "AZ", "BA", "BD", "BG", "BH", "BY", "CY", "DJ", "DZ", "EG", "EH", "ER", "ET", "GE", "GR"),
        *("IL", "IN", "IQ", "IR", "JO", "KG", "KW", "KZ", "LB", "LK", "LY", "MA", "MD", "ME", "MK", "MM", "MN", "MR"),
        *("NP", "OM", "PK", "PS", "QA", "RS", "RU", "SA", "SD", "SO", "SS", "SY", "TD", "TJ", "TM", "TN", "TR", "UA"),
        *("UZ", "XK", "YE"),
    )
)


def base_prior(row: PlaceRow) -> float:
    """Give how likely a place is to be meant, before it is known by which of its names.

    The logarithm of its population, shifted by kind, by standing for a government, by being an ocean or a known state.
    """
    government = _GOVERNMENT_WEIGHT if row.government else 0.0
    ocean = _OCEAN_WEIGHT if row.feature in ("OCN", "H.OCN") else 0.0
    state = _STATE_WEIGHT if row.kind == "admin1" and row.country in _FEDERATIONS else 0.0
    return math.log10(row.population + 10) + _KIND_WEIGHT[row.kind] + government + ocean + state + row.weight


class Priors:
    """The base prior and the kind of every place by key: five bytes a place, so that twelve million fit."""

    def __init__(self) -> None:
        # Own keys are negative: they have a table of their own.
        self._base = (array("f"), array("f"))
        self._kind = (bytearray(), bytearray())

    def put(self, row: PlaceRow) -> None:
        """Remember a place."""
        side, slot = (0, row.key) if row.key >= 0 else (1, -row.key)
        base, kinds = self._base[side], self._kind[side]
        if slot >= len(base):
            more = max(slot + 1 - len(base), len(base) // 4, 1024)
            base.frombytes(bytes(4 * more))
            kinds.extend(bytes(more))
        base[slot] = base_prior(row)
        # Zero means absent, so kinds count from one.
        seat = _SEAT_FLAG * (row.feature == "P.PPLC")
        kinds[slot] = KIND_NUMBER[row.kind] + 1 | _ROMANISED_FLAG * (row.country in ROMANISED) | seat

    def __contains__(self, key: int) -> bool:
        side, slot = (0, key) if key >= 0 else (1, -key)
        return slot < len(self._kind[side]) and self._kind[side][slot] != 0

    def is_romanised(self, key: int) -> bool:
        """Tell whether a place's country writes in another script."""
        side, slot = (0, key) if key >= 0 else (1, -key)
        return bool(self._kind[side][slot] & _ROMANISED_FLAG)

    def ranked(self, pairs: Sequence[tuple[int, int]]) -> list[Ref]:
        """Turn keys and flags of one name into references, best prior first, each place once."""
        if len(pairs) == 1:  # nine names in ten: no ranking to do
            ref = self._ref(*pairs[0])
            return [] if ref is None else [ref]
        best: dict[int, Ref] = {}
        for key, flags in pairs:
            ref = self._ref(key, flags)
            if ref is not None and (key not in best or ref.prior > best[key].prior):
                best[key] = ref
        # By key last: equal priors must not depend on the order in which rows came.
        return sorted(best.values(), key=lambda ref: (-ref.prior, -ref.key))[:MOST_REFS]

    def _ref(self, key: int, flags: int) -> Ref | None:
        side, slot = (0, key) if key >= 0 else (1, -key)
        kinds = self._kind[side]
        bits = kinds[slot] if slot < len(kinds) else 0
        if not bits:
            return None
        prior = self._base[side][slot]
        primary = flags >= _PRIMARY_FLAG
        if primary:
            prior += _PRIMARY_BONUS + (_capital_bonus(prior) if bits & _SEAT_FLAG else 0.0)
        else:
            prior += _ALTERNATE_MALUS.get(KINDS[(bits & _KIND_BITS) - 1], _USUAL_ALTERNATE_MALUS)
        return Ref(key, flags & ~_PRIMARY_FLAG, primary, max(0, min(0xFFFF, round(prior * PRIOR_SCALE))))


def _capital_bonus(base: float) -> float:
    size = base - _KIND_WEIGHT["town"]
    return _CAPITAL_WEIGHT - max(0.0, _CAPITAL_SIZE - size)


def flags_of(match: int, *, primary: bool) -> int:
    """Pack how a name leads to its place into one byte."""
    return match | _PRIMARY_FLAG * primary
