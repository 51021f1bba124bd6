"""A name that no place bears stands in the area that the text puts it in: "Zarudivka, a village in Kharkiv region".

The relations of its own clause decide. Where they say nothing, all places that the text names are weighed as the one
near which it stands (`geo.resolve.standing`). It never stands in the next name of its list. Inside its area a name that
is only spelt otherwise than a place there means that place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gazetteer.index import Gazetteer
from gazetteer.place import Place
from geo.lexicon import DIRECTORY, read_lists
from geo.model import Mention, PlacePrecision, PlaceRef
from geo.resolve import hamlets, middles, spelling, venues
from geo.resolve.areas import Area, View
from geo.resolve.references import place_ref
from geo.resolve.relations import Relation
from geo.resolve.standing import Weigher
from geo.resolve.surroundings import Surroundings

_WORDS = read_lists(DIRECTORY / "places" / "words.txt")
# An unknown name that ends so is no village.
_NO_VILLAGES = _WORDS["waters"] | _WORDS["bodies"]
# One that ends so stands in a town.
_IN_TOWNS = _WORDS["streets"] | frozenset(word for words in _WORDS["facilities"] for word in words.split())
# How an area was found that the text tells of in so many words; a street or a facility stands in its town.
_TOLD = frozenset(("said", "town"))
# How often a place in the named area whose name is spelt a little otherwise is the one that is meant, or a village of
# that name; how often where no more than the country is told.
_SPELT, _IN_COUNTRY = 0.8, 0.7


def lift(text: str, mentions: Sequence[Mention], said: Sequence[Relation], gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """Give the literal mentions without a place the area that they stand in.

    Parameters
    ----------
    text : str
    mentions : sequence of Mention
        All names of the text, in order.
    said : sequence of Relation
        What the text says of where they lie, by position among `mentions`: see `geo.resolve.containment.settle`.
    gazetteer : Gazetteer

    Returns
    -------
    tuple of Mention
        The same mentions; those that were lifted say so, with a place of precision ``region`` (``town`` for a facility
        or a street in a town, ``country`` where the text tells no more).
    """
    mentions = [_nearer(one, mentions, gazetteer) for one in mentions]
    waiting = [at for at, one in enumerate(mentions) if is_unknown(one)]
    if not waiting:
        return tuple(mentions)
    view = View(text, mentions, said, gazetteer)
    around = Surroundings(text, mentions, said, view)
    told = {at: area_of(view, at, mentions[at]) for at in waiting}
    areas = _agreed(mentions, {at: _weighed(around, at, area) for at, area in told.items()})
    made = list(mentions)
    spelt: dict[tuple[str, str], Place | None] = {}
    listed: dict[tuple[str, str], Place | None] = {}
    found: dict[tuple[str, str], Mention] = {}
    for at in waiting:
        other = view.alias(at)
        if other is not None:
            why = (*mentions[at].reasons, f"another name of {other.text}, which stands beside it")
            made[at] = replace(mentions[at], place=other.place, score=other.score, reasons=why, lifted=other.lifted)
            continue
        area, wider = areas[at], told[at]
        if area is None or wider is None:
            continue
        key = mentions[at].text, wider.place.id
        if key not in spelt:
            spelt[key] = spelling.inside(*key, gazetteer)
            listed[key] = None if view.is_quarter(at) else hamlets.village(mentions[at], wider, mentions, gazetteer)
        place, village = spelt[key], listed[key]
        if village is not None and (place is None or hamlets.is_spelt_so(mentions[at].text, village)):
            made[at] = _listed(mentions[at], wider, village, gazetteer)
            found.setdefault((mentions[at].text, area.place.id), made[at])
        else:
            made[at] = _respelt(mentions[at], wider, place) if place else _lifted(mentions[at], area, gazetteer)
    # Where all mentions of a name stand where one does, they are that one's village.
    for at in waiting:
        area = areas[at]
        same = None if area is None else found.get((mentions[at].text, area.place.id))
        if same is not None and made[at].lifted and not view.is_quarter(at):
            made[at] = _again(mentions[at], same)
    return tuple(made)


def _weighed(around: Surroundings, at: int, told: Area | None) -> Area | None:
    """Give the area that the text tells of, or where it tells none in so many words the likeliest place it names."""
    if told is None or told.how in _TOLD:
        return told
    return Weigher.load().likeliest(around, at, told) or told


def area_of(view: View, at: int, one: Mention) -> Area | None:
    """Give the area that the text puts the unknown name `one` at position `at` in; a street stands in its town."""
    in_town = _stands_in_town(one) or view.is_quarter(at) or venues.is_venue(view.text, one.start, one.end)
    return view.area(at, inside_town=in_town)


def is_unknown(one: Mention) -> bool:
    """Tell a name that could be that of a village: no water, no brigade."""
    last = one.text.split()[-1].lower()
    return one.place is None and one.usage == "literal" and last not in _NO_VILLAGES


def _stands_in_town(one: Mention) -> bool:
    return one.text.split()[-1].lower() in _IN_TOWNS


def _agreed(mentions: Sequence[Mention], areas: dict[int, Area | None]) -> dict[int, Area | None]:
    """Let all mentions of one name stand where the one does of which the text says most."""
    best: dict[str, Area] = {}
    for at, area in areas.items():
        known = best.get(mentions[at].text)
        if area is not None and (known is None or area.score > known.score):
            best[mentions[at].text] = area
    made = {}
    for at, area in areas.items():
        other = best.get(mentions[at].text)
        made[at] = area if area is None or other is None or area.score >= other.score else other
    return made


def _respelt(one: Mention, area: Area, place: Place) -> Mention:
    """Give the mention the place of its area that its name is another spelling of."""
    why = (*one.reasons, f"spelt like {place.name}, the only such name in {area.place.name}: {area.why}")
    return replace(one, place=place_ref(place), score=_SPELT, reasons=why)


def _nearer(one: Mention, mentions: Sequence[Mention], gazetteer: Gazetteer) -> Mention:
    """Give the mention the village of its name near what the text names, where its own place is doubtful and far."""
    place = hamlets.namesake(one, mentions, gazetteer)
    if place is None or one.place is None:
        return one
    said = f"the village of that name near other places of the text, by the list of {place.source}"
    return replace(one, place=_ref(place, gazetteer), score=_IN_COUNTRY, reasons=(*one.reasons, said))


def _ref(place: Place, gazetteer: Gazetteer) -> PlaceRef:
    return replace(place_ref(place), precision="region" if gazetteer.radius_km(place.id) else "point")


def _listed(one: Mention, area: Area, place: Place, gazetteer: Gazetteer) -> Mention:
    """Give the mention the village of a national list that lies in its area."""
    km = gazetteer.radius_km(place.id)
    spelt = "" if hamlets.is_spelt_so(one.text, place) else f" (spelt {place.name})"
    laid = f"; its list gives no point: laid among its neighbours, within {km:g} km" if km else ""
    said = f"a village in {place.admin1 or area.place.name}{spelt} by the list of {place.source}{laid}: {area.why}"
    score = _IN_COUNTRY if area.place.kind == "country" else _SPELT
    return replace(one, place=_ref(place, gazetteer), score=score, reasons=(*one.reasons, said))


def _again(one: Mention, other: Mention) -> Mention:
    """Give the mention the village that another of its name means."""
    return replace(one, place=other.place, score=other.score, reasons=(*one.reasons, other.reasons[-1]))


def _lifted(one: Mention, area: Area, gazetteer: Gazetteer) -> Mention:
    precision: PlacePrecision = "region"
    if area.place.kind in ("country", "continent"):
        precision = "country"
    elif area.place.kind == "town" and _stands_in_town(one):
        precision = "town"
    place = replace(middles.peopled(area.place, gazetteer), precision=precision)
    why = (*one.reasons, f"laid {'near' if area.how == 'near' else 'in'} {place.name}: {area.why}")
    return replace(one, place=place, score=area.score, reasons=why, lifted=True)
