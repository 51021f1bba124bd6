"""What the text says of one mention of a name, carried over to those of which it says nothing."""

from __future__ import annotations

from gazetteer.place import Place
from geo.resolve.groups import Name
from geo.resolve.namesakes import ASKING
from geo.unit_words import KINDS_OF


def allowed(one: Name, mention: int) -> frozenset[int] | None:
    """Give the candidates that a mention of a name may mean, by position; None where the text leaves it open.

    Two bearers of a name stay apart where the text tells them apart; a mention of which it says nothing means what the
    nearest one before it means, else the first after it. A type word of its own sets it free: "Kharkiv region" after
    "Kharkiv, the city". Where no bearer lies where the text says, it does not free a name that no unit bears.
    """
    cues = one.cues
    if mention in cues.allowed:
        return cues.allowed[mention]
    asked = cues.asked.get(mention, set()) & ASKING
    if not cues.allowed:
        return None
    before = [at for at in cues.allowed if at < mention]
    nearest = max(before) if before else min(cues.allowed)
    said = cues.allowed[nearest]
    if asked and (said or any(other.place.kind in KINDS_OF[kind] for other in one.candidates for kind in asked)):
        return None
    if not said:
        return said if nearest in cues.holders else None
    places = [one.candidates[at].place for at in said]
    codes = {_unit(place) for place in places} if nearest in cues.holders else {place.country_code for place in places}
    return frozenset(
        at
        for at, candidate in enumerate(one.candidates)
        if _unit(candidate.place) in codes or candidate.place.country_code in codes
    )


def _unit(place: Place) -> str | None:
    return place.admin1_code or place.country_code
