"""From scores to answers: which candidate each mention of a name means, once the trees have scored them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from gazetteer.names import fold
from gazetteer.place import Place
from geo import scripts
from geo.resolve import namesakes, told
from geo.resolve.features import NAMES, Table
from geo.resolve.groups import Name
from geo.trees import Floats

_COUNTRY_SHARE = NAMES.index("country_share")
_SHARES = [NAMES.index(name) for name in ("country_share", "within_161")]
_SPEAKING = [NAMES.index(name) for name in ("unit_after", "country_after", "unit_before", "unit_of", "dateline")]
_NEAR = [NAMES.index(name) for name in ("admin1_share", "within_50")]
_PRIOR_GAP = NAMES.index("prior_gap")
_NAMING = [NAMES.index(name) for name in ("country_named", "country_here", "country_near", "admin1_named", "unit_here")]
_PEOPLE, _DOMESTIC = NAMES.index("population"), NAMES.index("domestic")
# A city of the world (log10 of its people) beside a lesser namesake: how much less known that is, how nearly as likely
# the city must be, and the share of one country from which on an article is about it.
_CITY, _LESS_KNOWN, _NEARLY, _MOSTLY = 5.0, 1.0, 0.6, 0.5
_FAR_BEHIND, _LEAST_NEAR, _LEAST_FAMOUS = 3.0, 0.1, 0.1
# Where the document is silent the best known namesake must be at least this likely, beside the likeliest.
_LEAST_KNOWN = 0.2
# A place that is only spelt like the name must lie where the article is about: this share of its names, in its country.
_LEAST_SHARE = 0.05
_SURE, _LEAST_FUZZY = 0.9, 0.5
# How likely a place is at least that alone of its namesakes lies where the text says.
_TOLD = 0.95
# The feature `names` of an article with a single name.
_NAMED, _ALONE = NAMES.index("names"), 0.7
# The feature `names` of an article that names enough places to be about one country: five.
_SEVERAL = 1.75
# A small place abroad, without company there, needs this score; the company that is enough, as the number of likely
# places within 161 km; and people of a city that news tells of without saying where it lies.
_LEAST_ABROAD, _COMPANY, _CITY_PEOPLE = 0.3, 0.5, 200_000
_COUNTRY_HERE, _COUNTRY_NAMED = NAMES.index("country_here"), NAMES.index("country_named")
_COUNTRY_TOP, _WITHIN = NAMES.index("country_top"), NAMES.index("within_161")
_BESIDE = NAMES.index("beside_161")
# The article is about one country, by the share of its names; a namesake elsewhere with fewer people needs this score.
_ABOUT, _SMALL, _UNLIKELY = 0.4, 100_000, 0.95
# ... this where it is a town of some size: hardly a village of the same name.
_TOWN, _LIKELY = 50_000, 0.8
_LOCAL = frozenset(("town", "village", "admin2", "admin3"))
_SETTLED = frozenset(("town", "village", "facility"))
# What a name that lists give only as another one's ("Nagarkovil" for Nagercoil) can stand for in any article.
_KNOWN_ANYWHERE = frozenset(("country", "continent", "region", "sea"))


@dataclass(frozen=True, slots=True)
class Choice:
    """What one mention of a name means.

    Attributes
    ----------
    score : float
        That of the likeliest candidate: namesakes share what speaks for either.
    meant : int or None
        The position of the candidate that is meant; None where no candidate fits.
    said : tuple of str
        Why it is not the likeliest candidate, in words.
    told : bool
        Whether the text itself says where the mention lies.
    """

    score: float
    meant: int | None
    said: tuple[str, ...] = ()
    told: bool = False


def ranges(laid: Table) -> dict[int, slice]:
    """Give the rows of every name with candidates, by the position of the name."""
    stops = np.append(laid.starts[1:], len(laid.name))
    return {int(laid.name[start]): slice(int(start), int(stop)) for start, stop in zip(laid.starts, stops, strict=True)}


def located(laid: Table, probability: Floats) -> NDArray[np.bool_]:
    """Tell which names surely mean a place that is no whole country; shape (names,)."""
    sure = (probability > _LEAST_FUZZY) & laid.pointed
    return np.bincount(laid.name[sure], minlength=len(laid.beside)) > 0


def choose(one: Name, scores: Floats, seen: Floats, threshold: float, *, beside: bool = False) -> dict[int, Choice]:
    """Choose for every mention of a name, by its position among the mentions of the document.

    Parameters
    ----------
    one : Name
    scores : numpy.ndarray
        Probability of each candidate of `one`.
    seen : numpy.ndarray
        The features of the second round, a row a candidate.
    threshold : float
        Where the best score lies below it, no candidate fits.
    beside : bool
        Whether a sentence of the name names another place, see `located`.
    """
    made: dict[tuple[frozenset[str], bool, frozenset[int] | None], Choice] = {}
    chosen = {}
    for mention in one.mentions:
        asked = frozenset(one.cues.asked.get(mention, ()))
        allowed = told.allowed(one, mention)
        key = asked, mention in one.cues.parted, allowed
        if key not in made:
            if allowed is None:
                made[key] = _unbound(one, scores, seen, threshold, asked, parted=key[1], beside=beside)
            else:
                made[key] = _bound(one, scores, seen, allowed, asked, parted=key[1])
        chosen[mention] = made[key]
    return chosen


def _bound(
    one: Name,
    scores: Floats,
    seen: Floats,
    allowed: frozenset[int],
    asked: frozenset[str],
    *,
    parted: bool,
) -> Choice:
    """Choose among the candidates that lie where the text says."""
    if not allowed:
        return Choice(0.0, None)
    kept = np.zeros_like(scores)
    among = sorted(allowed)
    kept[among] = scores[among]
    best = _likeliest(kept, seen)
    best = best if best in allowed else int(kept.argmax())
    best = best if best in allowed else among[0]
    share = float(scores[best]) / max(float(kept.sum()), 1e-6)
    score = max(float(scores[best]), _TOLD * share)
    chosen = _choose(one, kept, best, asked, parted=parted)
    if chosen.meant not in allowed:
        chosen = Choice(score, best)
    return replace(chosen, score=score, told=True)


def _unbound(
    one: Name,
    scores: Floats,
    seen: Floats,
    threshold: float,
    asked: frozenset[str],
    *,
    parted: bool,
    beside: bool,
) -> Choice:
    """Choose among all candidates."""
    best = _likeliest(scores, seen)
    if _is_stray(one, best, float(scores[best]), seen):
        # "Odessa" in an article about Ukraine is no town in Texas.
        at_home = np.where(seen[:, _COUNTRY_TOP] > 0, scores, 0.0)
        best = int(at_home.argmax()) if at_home.max() >= threshold else best
    score = float(scores[best])
    # An article with one name alone is about nothing else: nothing is far from it.
    far = bool(seen[best, _COUNTRY_SHARE] < _LEAST_SHARE and seen[best, _NAMED] > _ALONE)
    if score < threshold or (far and score < _floor(one, best, seen)) or _is_stray(one, best, score, seen):
        return Choice(score, None)
    # "Al-Shajara" beside Khartoum is no town of Darfur that is spelt somewhat like it.
    apart = beside and one.candidates[best].place.kind in _SETTLED and seen[best, _BESIDE] < _COMPANY
    if one.candidates[best].match == "fuzzy" and (score < _LEAST_FUZZY or apart):
        return Choice(score, None)
    abroad = not seen[best, _COUNTRY_TOP]
    alone = bool(seen[best, _COUNTRY_SHARE] < _LEAST_SHARE)
    chosen = _choose(one, scores, best, asked, parted=parted, abroad=abroad, alone=alone)
    if chosen.meant == best and far and namesakes.is_other_water(one, best):
        return Choice(score, None)
    return chosen


def _likeliest(scores: Floats, seen: Floats) -> int:
    """Give the candidate with the best score; the best known one where nothing in the document speaks for any."""
    best = int(scores.argmax())
    if not best or seen[:, _SPEAKING].any():
        return best
    if float(seen[:, _SHARES].max()) < _LEAST_SHARE:
        return 0 if scores[0] >= _LEAST_KNOWN * scores[best] else best
    # "Geneva and Vienna" are not in New York and Virginia where nothing names the United States.
    named = float(seen[best, _NAMING].max()) or float(seen[best, _DOMESTIC]) >= _MOSTLY
    world = seen[best, _PRIOR_GAP] >= _LESS_KNOWN and seen[0, _PEOPLE] >= _CITY
    if world and not named and scores[0] >= _NEARLY * scores[best]:
        return 0
    # "Madrid" in an article that names New York is no village in New Mexico, unless the article is about New Mexico.
    unheard = seen[best, _PRIOR_GAP] >= _FAR_BEHIND and float(seen[best, _NEAR].max()) < _LEAST_NEAR
    # ... but the Savanes region beside Togo lies in Togo.
    unheard = unheard and not seen[best, _COUNTRY_HERE]
    return 0 if unheard and scores[0] >= _LEAST_FAMOUS else best


def _is_stray(one: Name, best: int, score: float, seen: Floats) -> bool:
    """Tell a place in a country that the article is not about, with nothing near it and little to speak for it.

    A village that no list holds shares its name with one somewhere: it is better laid in its area. Little speaks for a
    small place with a low score, for what the text has to call a town, and for a place that only its lesser names tell.
    """
    row, place = seen[best], one.candidates[best].place
    if row[_COUNTRY_TOP] or row[_SPEAKING].any() or float(row[_NAMED]) <= _ALONE or float(row[_WITHIN]) >= _COMPANY:
        return False
    if place.kind in _LOCAL and place.population < _CITY_PEOPLE:
        called = any("settlement" in asked for asked in one.cues.asked.values()) and not row[_COUNTRY_NAMED]
        if called or score < _LEAST_ABROAD:
            return True
    lesser = one.candidates[best].match == "alternate" and not one.candidates[best].primary
    lesser = lesser and not scripts.is_other(one.text)  # in its own script it is what its own people call it
    # "Baghdad airport" is Baghdad International Airport, said shorter; "Quebec City" is Québec, said longer.
    lesser = lesser and not set(fold(one.text).split()) <= set(fold(place.name).split()) and not _is_longer(one, place)
    known = place.kind in _KNOWN_ANYWHERE or place.feature_code == "PPLC"
    return lesser and not known and float(row[_COUNTRY_SHARE]) < _LEAST_SHARE


def _is_longer(one: Name, place: Place) -> bool:
    """Tell a name that holds all words of its place's own: "Quebec City" calls Québec no town among others."""
    return set(fold(place.name).split()) < set(fold(one.text).split())


def _floor(one: Name, best: int, seen: Floats) -> float:
    """Give the score that a place must reach where the article is about other countries.

    A place that is only spelt alike, a hamlet that shares its name and a town for "its" airport are hardly ever meant.
    """
    place = one.candidates[best].place
    if one.candidates[best].match == "fuzzy":
        return _SURE
    if seen[best, _SPEAKING].any():
        return 0.0
    # "The towns of Milan and Saraqib" are both small.
    called = place.kind == "town" and any("settlement" in asked for asked in one.cues.asked.values())
    called = called and not _is_longer(one, place)
    small = place.kind in _LOCAL and (place.population < _SMALL or called)
    local = small and not seen[best, _COUNTRY_TOP]
    if not float(seen[:, _DOMESTIC].max()) > _ABOUT:
        return _LEAST_ABROAD if local else 0.0
    if local and float(seen[best, _NAMED]) > _SEVERAL:
        return _UNLIKELY if place.population < _TOWN or called else _LIKELY
    facility = place.kind != "facility" and any("facility" in asked for asked in one.cues.asked.values())
    return _SURE if facility else 0.0


def _choose(
    one: Name,
    scores: Floats,
    best: int,
    asked: frozenset[str],
    *,
    parted: bool,
    abroad: bool = False,
    alone: bool = False,
) -> Choice:
    """Change the likeliest candidate for the namesake that its words ask for.

    Parameters
    ----------
    abroad : bool
        Whether the article is about another country than the candidate's.
    alone : bool
        Whether no other name of the article lies in the candidate's country.
    """
    score = float(scores[best])
    swap = (
        namesakes.of_capital(one, best)
        or (None if asked & namesakes.ASKING else namesakes.of_unit(one, scores, best, asked, abroad=abroad))
        or namesakes.of_admin1(one, best, asked)
        or namesakes.of_water(one, best, asked)
        or namesakes.of_city(one, best, asked)
        or namesakes.of_town(one, scores, best, asked)
        or namesakes.of_called(one, scores, best, asked, abroad=abroad or alone)
        or (namesakes.of_part(one, scores, best) if parted else None)
    )
    if swap:
        return Choice(score, swap[0], (swap[1],))
    return Choice(score, best)


def answers(
    found: Sequence[Name], laid: Table, probability: Floats, seen: Floats, threshold: float
) -> dict[int, Choice]:
    """Choose for all mentions of all names with candidates, by position of the mention."""
    made: dict[int, Choice] = {}
    sure = located(laid, probability)
    for position, rows in ranges(laid).items():
        beside = bool((laid.beside[position] & sure).any())
        made |= choose(found[position], probability[rows], seen[rows], threshold, beside=beside)
    return made
