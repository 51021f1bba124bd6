"""Places named by a noun: "the town", "there", "eastern areas", "the border"."""

from __future__ import annotations

import re

from gazetteer.index import Gazetteer
from geo.events.directions import DIRECTION, capital, sector
from geo.events.sites import Site
from geo.text import Sentence

_NOMINAL = re.compile(
    rf"\b(?:(?P<side>{DIRECTION})(?:ern|erly)? (?:areas?|frontline|front ?lines?|front|regions?|borders?|provinces?|"
    rf"parts|districts?|flank|states?|coast)|"
    rf"the (?P<of>{DIRECTION}) of the country|(?:the )?country['’]s (?:\w+ )?(?P<own>{DIRECTION})(?:ern)?(?: \w+)?|"
    rf"the (?P<bare>(?:north|south)-?(?:east|west)|north|south|east|west)(?= (?:on|after|as|since|late|early|last|"
    rf"this|have|has)\b|[.,;])|"
    r"the (?:disputed |besieged |breakaway |coastal |northern |southern |eastern |western |border |strategic |small |"
    r"same |remote |nearby |key |rebel-held |Syrian |affected )?"
    r"(?P<noun>enclave|islands?|peninsula|city|town|village|region|province|area|strip|territory|port|district|"
    r"capital|settlement|camp|state|county|airport|base|suburb|neighbou?rhood|valley)|"
    r"(?P<border>(?:the|its) borders?|\bborder with\b)|"
    r"(?P<there>there)(?= (?:on|have|has|had|were|was|and|after|since|in|last|this|overnight|late|early|said|when|as|"
    r"to|for|by|during|are|is)\b|[.,;]))\b",
    re.IGNORECASE,
)
# Kinds of place that a noun can mean.
_KINDS: dict[str, frozenset[str]] = {
    "enclave": frozenset({"region", "admin1", "admin2", "town"}),
    "island": frozenset({"island"}),
    "peninsula": frozenset({"admin1", "region", "island"}),
    "city": frozenset({"town", "admin3", "admin2", "admin1"}),
    "town": frozenset({"town", "village", "admin3", "admin2", "admin1"}),
    "village": frozenset({"town", "village", "admin3"}),
    "region": frozenset({"admin1", "admin2", "region"}),
    "province": frozenset({"admin1", "admin2"}),
    "state": frozenset({"admin1"}),
    "county": frozenset({"admin1", "admin2"}),
    "area": frozenset({"town", "village", "admin1", "admin2", "region"}),
    "strip": frozenset({"region", "admin1"}),
    "territory": frozenset({"admin1", "region"}),
    "port": frozenset({"town"}),
    "district": frozenset({"admin2", "admin3", "admin1", "town"}),
    "capital": frozenset({"town"}),
    "settlement": frozenset({"town", "village"}),
    "camp": frozenset({"facility", "village", "town"}),
    "airport": frozenset({"facility"}),
    "base": frozenset({"facility"}),
    "suburb": frozenset({"town", "village", "admin3"}),
    "neighborhood": frozenset({"town", "village", "admin3"}),
    "neighbourhood": frozenset({"town", "village", "admin3"}),
    "valley": frozenset({"region", "mountain"}),
}
# These nouns name what was said of a place just before, or even of one still to come, without its standing as a place.
_TOWNS = frozenset({"town", "village", "admin3"})
_EPITHETS = frozenset({"enclave", "island", "peninsula"})
_LEAD = re.compile(
    r"\b(in|at|near|on|across|into|around|over|close to|to|from|along|of|outside|inside|off|towards?|within|"
    r"through)\s+(?:the "
    r"|its |both |other areas in )?$",
    re.IGNORECASE,
)
_NAMED_NEXT = 14
_NO_PLACE_AFTER = re.compile(
    r" (?:of|capital|army|media|television|radio|news|assembly|parliament|university|council|government|hall|"
    r"police|official|officials|court|administration|"
    r"authorities|governor|mayor)\b",
    re.I,
)


def nominal_sites(
    text: str,
    sentence: Sentence,
    here: tuple[Site, ...],
    earlier: tuple[Site, ...],
    later: tuple[Site, ...],
    last_event: Site | None,
    gazetteer: Gazetteer,
) -> tuple[Site, ...]:
    """Find the noun phrases of a sentence that stand for places named elsewhere.

    Parameters
    ----------
    here, earlier : tuple of Site
        The named sites of this sentence and of those before it, in reading order.
    later : tuple of Site
        Sites after it: an epithet may come before its name ("the islands ... known as the Kurils").
    last_event : Site or None
        Where the last event of the two sentences before happened: the first choice of "there" and "the town".
    """
    found: list[Site] = []
    for match in _NOMINAL.finditer(text, sentence.start, sentence.end):
        start, end = match.span()
        if any(start < site.end and site.start < end for site in here):
            continue
        named_next = any(0 <= site.start - end <= _NAMED_NEXT for site in here)
        if named_next and (match["noun"] or match["border"]):
            continue
        if match["noun"] and _NO_PLACE_AFTER.match(text, end):
            continue
        lead = _LEAD.search(text, max(sentence.start, start - 24), start)
        preposition = lead[1].lower() if lead else None
        before = tuple(site for site in here if site.end <= start)
        side = match["side"] or match["of"] or match["own"] or match["bare"]
        known = (*earlier, *before)
        if side:
            owned = bool(match["of"] or match["own"])
            site = _side(text, start, end, side, preposition, known, gazetteer, owned, sentence.start)
        elif match["border"]:
            site = _border(text, start, end, preposition, known, sentence.start)
        else:
            site = _anaphor(text, match, preposition, known, later, last_event, gazetteer, sentence.start)
        if site:
            found.append(site)
    return tuple(found)


# A country that the sentence itself names counts for this many mentions elsewhere.
_IN_SENTENCE = 1.5


def _speaks(site: Site) -> bool:
    """Tell a country that is a place or a party here from a mere adjective."""
    return site.literal or site.why == "metonym"


def _country_code(sites: tuple[Site, ...], floor: int, *, named: bool) -> str | None:
    """Give the country that the text is about so far: the last one named, else the one of most literal places."""
    sites = tuple(site for site in sites if _speaks(site))
    if named:
        own = [
            site.place
            for site in sites
            if site.place and (site.place.kind == "country" or site.place.id.startswith("s:"))
        ]
        if own:
            return own[-1].country_code
    # Where things happen, not who acts: "Russia bombarded the eastern front" is about the country of the towns named.
    counts: dict[str, float] = {}
    for site in tuple(site for site in sites if site.literal) or sites:
        if site.place and site.place.country_code:
            counts[site.place.country_code] = counts.get(site.place.country_code, 0) + 1
    here = {site.place.country_code for site in sites if site.place and site.place.country_code and site.start >= floor}
    for code in here & set(counts):
        counts[code] += _IN_SENTENCE
    return max(counts, key=lambda code: counts[code]) if counts else None


def _side(
    text: str,
    start: int,
    end: int,
    side: str,
    preposition: str | None,
    known: tuple[Site, ...],
    gazetteer: Gazetteer,
    owned: bool,
    floor: int,
) -> Site | None:
    place = sector(gazetteer, _country_code(known, floor, named=owned), side)
    if place is None:
        return None
    why = f"“{text[start:end]}” is the {side.lower()} of the country the text is about"
    return Site(start, end, place.name, place, preposition or "object", True, nominal=True, why=why)


def _border(
    text: str, start: int, end: int, preposition: str | None, known: tuple[Site, ...], floor: int
) -> Site | None:
    code = _country_code(known, floor, named=False)
    own = [site for site in known if site.place and site.place.kind == "country" and site.place.country_code == code]
    if not own:
        return None
    last = own[-1]
    return Site(
        start,
        end,
        last.text,
        last.place,
        preposition or "object",
        True,
        nominal=True,
        why=f"“{text[start:end]}” is that of {last.text}",
    )


def _anaphor(
    text: str,
    match: re.Match[str],
    preposition: str | None,
    known: tuple[Site, ...],
    later: tuple[Site, ...],
    last_event: Site | None,
    gazetteer: Gazetteer,
    floor: int,
) -> Site | None:
    noun = match["noun"].lower() if match["noun"] else None
    if noun and noun not in _KINDS:
        noun = noun.rstrip("s")
    kinds = _KINDS.get(noun) if noun else None
    if noun == "capital":
        return _capital(match, preposition, known, gazetteer, floor)
    choices = [site for site in known if not site.nominal and site.literal and _fits(site, kinds)]
    if noun in ("city", "town", "village"):
        choices = [site for site in choices if site.place and site.place.kind in _TOWNS] or choices
    if not choices and noun in ("city", "town", "village"):
        choices = [site for site in known if site.place and _speaks(site) and _fits(site, kinds)]
    if not choices and noun in _EPITHETS:
        choices = [site for site in known if site.place and _fits(site, kinds)]
        choices = (
            choices
            or [
                site
                for site in later
                if site.place
                and _fits(site, kinds)
                and (noun != "island" or "Island" in site.text or site.place.kind == "island")
            ][:1]
        )
    if not choices:
        return None
    chosen = last_event if last_event and last_event.where and _fits(last_event, kinds) else choices[-1]
    why = f"“{match[0]}” stands for {chosen.text}"
    return Site(
        match.start(),
        match.end(),
        chosen.text,
        chosen.place,
        preposition or ("in" if match["there"] else "object"),
        True,
        nominal=True,
        inside=chosen.inside,
        why=why,
    )


def _capital(
    match: re.Match[str], preposition: str | None, known: tuple[Site, ...], gazetteer: Gazetteer, floor: int
) -> Site | None:
    """Give the capital of the country that the text is about."""
    place = capital(gazetteer, _country_code(known, floor, named=False))
    if place is None:
        return None
    why = f"“{match[0]}” stands for {place.name}"
    start, end = match.span()
    return Site(start, end, place.name, place, preposition or "object", True, nominal=True, why=why)


def _fits(site: Site, kinds: frozenset[str] | None) -> bool:
    if kinds == _KINDS["island"] and site.place and "Island" in site.text:
        return True
    if kinds is None:
        return site.place is not None and site.place.kind != "continent"
    return site.place.kind in kinds if site.place else bool(kinds & {"town", "village"}) and site.inside is not None
