"""How sure an event is, from what its place and date rest on."""

from __future__ import annotations

import math

from geo.events.dating import Dating
from geo.events.sites import Site
from geo.events.triggers import Trigger
from geo.model import Status, Tier

# Log-odds, set so that of development events given p about a share p has place, date and type right.
_BASE = {"A": 1.0, "B": -0.3}
_PER_MARGIN, _MOST_MARGIN = 0.45, 2.0
_DATE = {"explicit": 0.45, "relative": 0.5, "named": 0.2, "inherited": -0.1, "publication": -0.8, None: -1.3}
_STATUS = {"reported": 0.1, "claimed": 0.1, "planned": -0.4, "hypothetical": -0.4, "denied": -0.4}
_NOMINAL, _WEAK, _STATE, _UNRESOLVED, _WIDE = -0.35, -0.3, -0.4, -0.3, -0.35
# Of places resolved with a score below a half, four in ten are wrong; above it the score matters little.
_DOUBTED, _DOUBTFUL_SCORE = -1.6, 0.5
_PER_SCORE, _USUAL_SCORE = 0.8, 0.85


def confidence(trigger: Trigger, site: Site, dating: Dating, *, tier: Tier, margin: float, status: Status) -> float:
    """Give a probability in 0..1 that place, date and type are as the article says.

    Parameters
    ----------
    margin : float
        By how much the tie between trigger and place passed its threshold; 0 for a place carried over.
    """
    odds = _BASE[tier] + _PER_MARGIN * min(max(margin, 0.0), _MOST_MARGIN) + _DATE[dating.basis] + _STATUS[status]
    odds += _NOMINAL * site.nominal + _WEAK * trigger.has("weak") + _STATE * trigger.has("state")
    if site.place is None:
        odds += _UNRESOLVED
    elif site.place.kind in ("country", "continent", "region"):
        odds += _WIDE
    if site.mention is not None:
        doubted = site.mention.score < _DOUBTFUL_SCORE
        odds += _DOUBTED if doubted else _PER_SCORE * (site.mention.score - _USUAL_SCORE)
    return round(1 / (1 + math.exp(-odds)), 3)
