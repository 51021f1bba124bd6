"""Why a place was chosen, in words."""

from __future__ import annotations

from collections.abc import Sequence

from gazetteer.place import Candidate, Place
from geo.resolve.features import NAMES
from geo.resolve.groups import Name
from geo.trees import Floats

_AT = {name: index for index, name in enumerate(NAMES)}
_MOST_REASONS = 5
_MATCHES = {
    "abbreviation": "an abbreviation of {name}",
    "demonym": "the word for the people or things of {name}",
    "type word": "with its type word, {name}",
    "direction": "a part of {name}",
    "fuzzy": "spelt like {name}",
}
_KINDS = {"admin1": "a first-level unit", "admin2": "a second-level unit", "admin3": "a third-level unit"}


def reasons(one: Name, choice: Candidate, row: Floats, countries: Sequence[str]) -> tuple[str, ...]:
    """Give the reasons for `choice`, most telling first.

    Parameters
    ----------
    one : Name
    choice : Candidate
        One of the candidates of `one`.
    row : numpy.ndarray
        Its features in the second round.
    countries : sequence of str
        Names of the countries of the document, heaviest first.
    """
    place = choice.place
    found = [
        *_beside(one, place, row),
        *_among(one, choice),
        *_matched(choice),
        *_around(place, row, countries),
    ]
    return tuple(found[:_MOST_REASONS])


def _beside(one: Name, place: Place, row: Floats) -> list[str]:
    found = []
    if row[_AT["unit_after"]] or row[_AT["unit_of"]] or row[_AT["unit_before"]]:
        found.append(f"{place.admin1 or place.country_code} stands beside it")
    elif row[_AT["country_after"]]:
        found.append(f"its country {place.country_code} stands beside it")
    if row[_AT["kind_asked"]] > 0:
        found.append(f"the text calls it a {sorted(one.cues.kinds)[0]}")
    return found


def _among(one: Name, choice: Candidate) -> list[str]:
    place = choice.place
    others = len(one.candidates) - 1
    kind = "the capital" if place.feature_code == "PPLC" else _KINDS.get(place.kind, f"a {place.kind}")
    if not others:
        return [f"the only place of that name ({kind})"]
    if choice is one.candidates[0]:
        return [f"the best known of {others + 1} places of that name ({kind})"]
    return [f"one of {others + 1} places of that name ({kind})"]


def _matched(choice: Candidate) -> list[str]:
    wording = _MATCHES.get(choice.match)
    return [wording.format(name=choice.place.name)] if wording else []


def _around(place: Place, row: Floats, countries: Sequence[str]) -> list[str]:
    found = []
    if row[_AT["admin1_named"]] > 0 and place.admin1:
        found.append(f"the article names {place.admin1}")
    if row[_AT["country_named"]] > 0 and place.country_code:
        found.append(f"the article names its country {place.country_code}")
    elif countries and place.country_code == countries[0] and place.kind != "country":
        found.append(f"in {place.country_code}, the article's main country")
    near = round(float(row[_AT["within_161"]]))
    if near:
        found.append(f"near {near} other place{'s' if near > 1 else ''} of the article")
    return found
