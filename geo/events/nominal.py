"""Places named by a noun: "the town", "there", "eastern areas", "the border"."""

from __future__ import annotations

import re

from gazetteer.index import Gazetteer
from geo.events.directions import DIRECTION, capital, sector
from geo.events.lexicon import lexicon
from geo.events.sites import Site
from geo.text import Sentence

_NOMINAL = re.compile(
    rf"\b(?:(?P<side>{DIRECTION})(?:ern|erly)? (?:areas?|frontline|front ?lines?|front|regions?|borders?|provinces?|"
    rf"parts|districts?|flank|states?|coast)|"
    rf"the (?P<of>{DIRECTION}) of the country|(?:the )?country['’]s (?:\w+ )?(?P<own>{DIRECTION})(?:ern)?(?: \w+)?|"
    rf"the (?P<bare>(?:north|south)-?(?:east|west)|north|south|east|west)(?= (?:on|after|as|since|late|early|last|"
    rf"this|have|has)\b|[.,;])|"
    r"the (?:(?!of |in |on |at |and |to |from |for )[a-z]+(?:-[a-z]+)* ){0,2}?(?:Syrian )?"
    r"(?P<noun>outpost|enclave|islands?|peninsula|city|town|village|region|province|area|strip|territory|port|district|"
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
    "outpost": frozenset({"island", "town", "village", "facility"}),
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
_SETTLEMENTS = frozenset({"city", "town", "village", "port", "outpost", "settlement"})
_CITY_OF = re.compile(r"\b(?:city|town|capital|port|village) of $")
_WITNESSES = re.compile(
    r"\b(?:residents?|inhabitants|witnesses|mayor|villagers|townspeople|people|doctors|hospital) (?:of|in|from) "
    r"(?:the (?:town|city|village) of )?$",
    re.IGNORECASE,
)
_IN = re.compile(r" in (?:the )?(?:[a-z-]+ )?(?:[A-Z][\w'’]+ )?")
# What a text calls a town is not "the city" of another of its sentences.
_SIZES = frozenset({"city", "town", "village"})
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
        named_next = any(0 <= site.start - end <= _NAMED_NEXT and not _holds(text, match, site) for site in here)
        if named_next and (match["noun"] or match["border"]):
            continue
        if match["noun"] and (_NO_PLACE_AFTER.match(text, end) or _explains(text, start, sentence, here)):
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


def _explains(text: str, start: int, sentence: Sentence, here: tuple[Site, ...]) -> bool:
    """Tell what only explains a name: "Izium, the town in ...", "Gori, the main city of the region"."""
    if any(site.end == start - 2 and text[site.end : start] == ", " for site in here):
        return True
    return _CITY_OF.search(text, max(sentence.start, start - 40), start) is not None


def _holds(text: str, match: re.Match[str], site: Site) -> bool:
    """Tell the container of "the town in Luhansk region" from the name of "the town of Lysychansk"."""
    settled = (match["noun"] or "").lower() in _SETTLEMENTS
    return settled and not site.settled and _IN.fullmatch(text, match.end(), site.start) is not None


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
    if noun in _SIZES:
        other = _called_otherwise(text, noun, [site for site in (last_event, *choices) if site])
        choices = [site for site in choices if site.text not in other] or choices
        last_event = last_event if last_event and last_event.text not in other else None
    choices = [site for site in choices if not site.aside] or choices
    own = _own(text, choices, floor, there=match["there"] is not None)
    last = last_event if last_event and last_event.where and _fits(last_event, kinds) else None
    chosen = own or last or choices[-1]
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


def _own(text: str, choices: list[Site], floor: int, *, there: bool) -> Site | None:
    """Give the place of the sentence that must be meant: "residents of Shire said", "a base in Jaffna ... there"."""
    for site in reversed(choices):
        if site.start < floor:
            return None
        if _WITNESSES.search(text, max(floor, site.start - 40), site.start):
            return site
        if there and site.settled and site.preposition in lexicon().lists["strong prepositions"]:
            return site
    return None


def _called_otherwise(text: str, noun: str, sites: list[Site]) -> frozenset[str]:
    """Give the names that the text calls a city where `noun` is a town or a village, or the other way round."""
    found = set()
    for name in {site.text for site in sites}:
        sizes = "|".join(sorted(_SIZES - {noun}))
        escaped = re.escape(name)
        if re.search(rf"\b(?:{sizes}) of {escaped}\b|\b{escaped}, (?:an? |the )(?:[\w-]+ ){{0,3}}(?:{sizes})\b", text):
            found.add(name)
    return frozenset(found)


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
