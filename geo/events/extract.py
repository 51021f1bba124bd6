"""From an article with resolved places and dates to the events it reports, and what was left out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from gazetteer.index import Gazetteer
from geo.events.asides import with_aside
from geo.events.directions import capital, sector, side_named
from geo.events.discourse import Discourse
from geo.events.draft import Draft, as_event
from geo.events.fallback import fallback
from geo.events.frames import is_armed
from geo.events.lexicon import lexicon
from geo.events.reading import Ledger, passage, read
from geo.events.sites import Site
from geo.events.standing import Standing, standing
from geo.events.unplotted import not_plotted
from geo.model import Article, Event, Mention, NotPlotted, PlaceRef, Published, TimeSpan
from geo.people.actors import actors
from geo.people.anchor import Anchor
from geo.people.casualties import casualties
from geo.text import Sentence, sentences

_DATELINE = re.compile(
    r"\W*([A-Z][\w .,'’/-]{1,45}?)\s*(?:\([\w /.,-]{2,40}\)\s*[-–—:]?|[-–—]{1,2}\s|,? (?:[A-Z][a-z]+\.? )?\d{1,2}(?: "
    r"[A-Z][a-z]+)?,?(?: \d{4})?\s*(?:\(|[-–—]))"
)
_DATELINE_SENTENCES = 4
# An epithet ("the islands") may stand before its name by at most this many sentences.
_LOOK_AHEAD = 6
_VAST_KM = 600.0
# "Mali's capital", unless its name follows: "Mali's capital, Bamako".
_OWN_CAPITAL = re.compile(r"['’]s? capital(?: city)?\b(?!,? [A-Z])")
# "Azerbaijan's second city", "the last city of Darfur": one place in it is meant, not the whole.
_ITS_CITY = re.compile(
    r"['’]s? (?:[a-z][\w-]* ){0,3}(?:city|town|port|village|military district|military command|hospital|bridge|dam)\b"
    r"(?! of [A-Z])"
)
_ONE_OF_ITS = re.compile(
    r"\b(?:last|only|largest|biggest|main|second|third|other) (?:[a-z-]+ ){0,2}(?:city|town|village|port|stronghold|"
    r"base) (?:of|in) (?:the )?$"
)
_ITS_SIDE = re.compile(r" side of (?:the )?[A-Z]")
# "captured the capital, Sanaa": a capital named as a place, though it mostly speaks for its government.
_CAPITAL_NAMED = re.compile(
    r"(?:\b(?P<lead>in|at|near|around|outside|into|across|over|through|on) )?\b(?:the|its|their) "
    r"(?:[a-z-]+ ){0,2}(?:capital|city|town)(?: city| of)?,? $"
)
_HOLDERS = frozenset({"country", "region", "admin1"})
_UNPLACED_NAME = re.compile(r"[A-Z][a-z]")


def extract(
    article: Article,
    published: Published | None,
    mentions: Sequence[Mention],
    times: Sequence[TimeSpan],
    gazetteer: Gazetteer,
) -> tuple[tuple[Event, ...], tuple[NotPlotted, ...]]:
    """Find the events that an article reports.

    Parameters
    ----------
    article : Article
    published : Published or None
        When it appeared: undated reports are dated from it.
    mentions : sequence of Mention
        Its resolved place mentions, in reading order.
    times : sequence of TimeSpan
        Its dated expressions, in reading order.
    gazetteer : Gazetteer
        Asked for the sides of countries ("eastern Ukraine").

    Returns
    -------
    (tuple of Event, tuple of NotPlotted)
        The events in reading order, one per place and event; and every mention or trigger without a pin, with a reason.
    """
    text, words = article.text, lexicon()
    cut = sentences(text)
    named = _named_sites(text, cut, mentions, gazetteer)
    ledger = Ledger()
    state = Discourse()
    armed = is_armed(text)
    starts = [span.start for span in times]
    for number, sentence in enumerate(cut):
        spans = times[bisect_left(starts, _told_from(text, sentence, number)) : bisect_left(starts, sentence.end)]
        later = tuple(site for sites in named[number + 1 : number + 1 + _LOOK_AHEAD] for site in sites)
        here = passage(
            text,
            sentence,
            number,
            named=named[number],
            later=later,
            spans=spans,
            published=published,
            gazetteer=gazetteer,
            state=state,
            words=words,
            armed=armed,
        )
        state = read(here, named[number], state, ledger)
    if not any(draft.told for draft in ledger.drafts):
        ledger.drafts.extend(fallback(text, cut, words, named, times, published))
    events = _with_people(text, cut, ledger.drafts, _events(ledger.drafts, article.digest))
    sites = {site.mention.start: site for group in named for site in group if site.mention}
    used = frozenset(draft.site.mention.start for draft in ledger.drafts if draft.site.mention)
    return events, not_plotted(mentions, sites, ledger.left, events, used)


def _told_from(text: str, sentence: Sentence, number: int) -> int:
    """Give where the story of a sentence begins: "BAGHDAD, March 1 - " dates the report, not what it tells of."""
    if number >= _DATELINE_SENTENCES:
        return sentence.start
    dateline = _DATELINE.match(text, sentence.start, min(sentence.end, sentence.start + 120))
    return dateline.end() if dateline else sentence.start


def _with_people(
    text: str, cut: Sequence[Sentence], drafts: Sequence[Draft], events: Sequence[Event]
) -> tuple[Event, ...]:
    """Name who did it and to whom, and of what is told as done how many died or were hurt."""
    anchors = [_anchor(draft) for draft in drafts]
    told = [anchor for anchor, draft in zip(anchors, drafts, strict=True) if draft.told]
    tolls = iter(casualties(text, cut, told))
    found = []
    for draft, anchor, event in zip(drafts, anchors, events, strict=True):
        who = actors(text, anchor)
        named = replace(
            event, actor=who.actor, actor_kind=who.actor_kind, target=who.target, target_kind=who.target_kind
        )
        if draft.told:
            toll = next(tolls)
            named = replace(
                named,
                killed_low=toll.killed[0],
                killed_high=toll.killed[1],
                wounded_low=toll.wounded[0],
                wounded_high=toll.wounded[1],
                casualties_text=toll.words,
            )
        found.append(named)
    return tuple(found)


def _anchor(draft: Draft) -> Anchor:
    place = (draft.site.start, draft.site.end)
    return Anchor.of(draft.sentence, draft.trigger.start, draft.trigger.end, type=draft.type, place=place)


def _named_sites(
    text: str, cut: Sequence[Sentence], mentions: Sequence[Mention], gazetteer: Gazetteer
) -> list[tuple[Site, ...]]:
    """Turn the mentions of each sentence into sites."""
    starts = [sentence.start for sentence in cut]
    grouped: list[list[Mention]] = [[] for _ in cut]
    for mention in mentions:
        index = bisect_right(starts, mention.start) - 1
        if index >= 0:
            grouped[index].append(mention)
    named = []
    for number, (sentence, own) in enumerate(zip(cut, grouped, strict=True)):
        sites: list[Site] = []
        earlier: list[tuple[int, int, Standing]] = []
        for mention in own:
            stands = standing(text, mention, sentence, tuple(earlier))
            earlier.append((mention.start, mention.end, stands))
            sites.append(_site(text, mention, stands, sentence, gazetteer))
        if number < _DATELINE_SENTENCES and sites:
            dateline = _DATELINE.match(text, sentence.start, min(sentence.end, sentence.start + 120))
            if dateline and sites[0].end <= dateline.end():
                sites[0] = replace(sites[0], literal=False, why="dateline")
        named.append(tuple(with_aside(text, sentence, site) for site in sites))
    return named


def _site(text: str, mention: Mention, stands: Standing, sentence: Sentence, gazetteer: Gazetteer) -> Site:
    place, why, literal = mention.place, stands.why, stands.literal
    if literal and place is None:
        # A name that did not resolve may still be a village: it needs a preposition and the look of a name.
        literal = (
            stands.preposition not in (None, "compound", "start") and _UNPLACED_NAME.match(mention.text) is not None
        )
        why = "" if literal else "unresolved"
    if not literal and why == "metonym" and place is not None and place.kind == "town":
        capital_named = _CAPITAL_NAMED.search(text, max(sentence.start, mention.start - 50), mention.start)
        if capital_named:
            literal, why = True, ""
            stands = replace(stands, preposition=(capital_named["lead"] or "object").lower())
    if place is not None and (place.kind == "continent" or _is_vast(place, gazetteer)):
        literal, why = False, "too wide"
    if literal and place is not None and _only_holds(text, mention, place, sentence):
        literal, why = False, "metonym"
    if literal and place is not None and place.kind == "country":
        side = side_named(text, mention.start, mention.end, sentence.start)
        part = sector(gazetteer, place.country_code, side)
        if part is not None:
            place, why = part, f"“{side}” makes it that side of {place.name}"
        elif _OWN_CAPITAL.match(text, mention.end):
            place = capital(gazetteer, place.country_code) or place
            why = f"“{mention.text}'s capital” is {place.name}"
    return Site(
        mention.start,
        mention.end,
        mention.text,
        place,
        stands.preposition,
        literal,
        stands.reference,
        why=why,
        mention=mention,
    )


def _only_holds(text: str, mention: Mention, place: PlaceRef, sentence: Sentence) -> bool:
    """Tell a country or region that is named only to say which city or side of a border is meant."""
    if place.kind not in _HOLDERS:
        return False
    if _ITS_CITY.match(text, mention.end) or _ITS_SIDE.match(text, mention.end):
        return True
    return _ONE_OF_ITS.search(text, max(sentence.start, mention.start - 60), mention.start) is not None


def _is_vast(place: PlaceRef, gazetteer: Gazetteer) -> bool:
    """Tell a region of many countries, such as the Middle East, from one that a map can show."""
    if place.kind != "region" or place.country_code is not None:
        return False
    return (gazetteer.radius_km(place.id) or 0.0) > _VAST_KM


def _events(drafts: list[Draft], digest: str) -> tuple[Event, ...]:
    events: list[Event] = []
    seen: dict[str, int] = {}
    for draft in drafts:
        event = as_event(draft, digest)
        ordinal = seen.get(event.id, 0)
        seen[event.id] = ordinal + 1
        events.append(as_event(draft, digest, ordinal) if ordinal else event)
    return tuple(events)
