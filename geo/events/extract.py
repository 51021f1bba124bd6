"""From an article with resolved places and dates to the events it reports, and what was left out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gazetteer.index import Gazetteer
from geo.events.binding import Bond, bind, needed
from geo.events.chains import STREET, chained
from geo.events.coordination import coordinated
from geo.events.dating import Dating, assumed, cited, dated_in_sentence
from geo.events.directions import sector, side_named
from geo.events.discourse import Discourse
from geo.events.draft import Draft, as_event, one_per_place, told_before
from geo.events.fallback import fallback
from geo.events.frames import figurative, has_actor
from geo.events.kinds import event_type
from geo.events.lexicon import Lexicon, lexicon
from geo.events.nominal import nominal_sites
from geo.events.sites import Site
from geo.events.standing import Standing, standing
from geo.events.status import Stance, stance
from geo.events.triggers import Trigger, find_triggers
from geo.events.unplotted import not_plotted
from geo.model import Article, Event, Mention, NotPlotted, Published, TimeSpan
from geo.text import Sentence, sentences

_CARRIED_TYPES = frozenset({"battle", "explosion", "violence_against_civilians", "riot", "protest"})
# The dead of a whole war are not those of the event before.
_TOLL = re.compile(r"\bwar\b|conflict|since\b|toll", re.IGNORECASE)
_DATELINE = re.compile(
    r"\W*([A-Z][\w .,'’/-]{1,45}?)\s*(?:\([\w /.,-]{2,40}\)\s*[-–—:]?|[-–—]{1,2}\s|,? (?:[A-Z][a-z]+\.? )?\d{1,2}(?: "
    r"[A-Z][a-z]+)?,?(?: \d{4})?\s*(?:\(|[-–—]))"
)
_DATELINE_SENTENCES = 4
_TOLD_IN = re.compile(r"\bsaid in\b|\btold\b")
# A carried-over event is compared with this many before it.
_RECENT = 6
_NOW = re.compile(r"\b(?:now|today|has|have|is|are)\b")
_UNPLACED_NAME = re.compile(r"[A-Z][a-z]")


@dataclass(slots=True)
class _Ledger:
    """What the sentences read so far have given."""

    drafts: list[Draft] = field(default_factory=list)
    left: dict[Trigger, str] = field(default_factory=dict)
    sites: dict[int, Site] = field(default_factory=dict)


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
    ledger = _Ledger(sites={site.mention.start: site for sites in named for site in sites if site.mention})
    state = Discourse()
    for number, sentence in enumerate(cut):
        spans = [span for span in times if sentence.start <= span.start < sentence.end]
        later = tuple(site for sites in named[number + 1 :] for site in sites)
        state = _read(text, words, sentence, number, named[number], later, spans, published, gazetteer, state, ledger)
    if not any(draft.told for draft in ledger.drafts):
        ledger.drafts.extend(fallback(text, cut, words, named, times, published))
    events = _events(ledger.drafts, article.digest)
    used = frozenset(draft.site.mention.start for draft in ledger.drafts if draft.site.mention)
    return events, not_plotted(mentions, ledger.sites, ledger.left, events, used)


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
        named.append(tuple(sites))
    return named


def _site(text: str, mention: Mention, stands: Standing, sentence: Sentence, gazetteer: Gazetteer) -> Site:
    place, why, literal = mention.place, stands.why, stands.literal
    if literal and place is None:
        # A name that did not resolve may still be a village: it needs a preposition and the look of a name.
        literal = (
            stands.preposition not in (None, "compound", "start") and _UNPLACED_NAME.match(mention.text) is not None
        )
        why = "" if literal else "unresolved"
    if place is not None and place.kind == "continent":
        literal, why = False, "too wide"
    if literal and place is not None and place.kind == "country":
        side = side_named(text, mention.start, mention.end, sentence.start)
        part = sector(gazetteer, place.country_code, side)
        if part is not None:
            place, why = part, f"“{side}” makes it that side of {place.name}"
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


def _read(
    text: str,
    words: Lexicon,
    sentence: Sentence,
    number: int,
    named: tuple[Site, ...],
    later: tuple[Site, ...],
    spans: Sequence[TimeSpan],
    published: Published | None,
    gazetteer: Gazetteer,
    state: Discourse,
    ledger: _Ledger,
) -> Discourse:
    """Read one sentence: its triggers, their places, status and dates; give the state for the next."""
    proper = [site for site in named if site.why != "adjectival"]
    taken = tuple((site.start, site.end) for site in proper) + tuple((span.start, span.end) for span in spans)
    triggers = find_triggers(text, sentence, words, taken)
    literal = tuple(site for site in named if site.literal)
    nominal = (
        nominal_sites(text, sentence, named, state.sites, later, state.site_near(number), gazetteer) if triggers else ()
    )
    sites = chained(text, literal + nominal, triggers)
    drafts: list[Draft] = []
    for trigger in triggers:
        if figurative(text, sentence, trigger) or (trigger.sense.type == "political" and not has_actor(text, sentence)):
            ledger.left[trigger] = "figure of speech" if trigger.sense.type != "political" else "background"
            continue
        held = stance(text, trigger, sentence)
        bonds = [bind(text, trigger, site, sentence, triggers) for site in sites]
        placed, tier_b = _placed(text, trigger, held, sites, bonds, triggers, sentence, number, state)
        if placed is None:
            ledger.left[trigger] = held.status if held.status in ("planned", "hypothetical", "denied") else "no place"
            continue
        chosen, bond = placed
        dating = _dating(
            text, words, trigger, sentence, chosen, spans, triggers, published, held, number, state, carried=tier_b
        )
        if dating is None:
            ledger.left[trigger] = "background"
            continue
        kind = event_type(text, trigger, sentence)
        margin = 0.0 if tier_b else bond.score - needed(trigger)
        for site in chosen:
            drafts.append(
                Draft(trigger, site, held, kind, "B" if tier_b else "A", margin, bond.reason, dating, sentence)
            )
        if held.status in ("reported", "claimed") and trigger.sense.type != "political":
            state = state.at(chosen[0], number)
            if not tier_b and dating.basis in ("explicit", "relative") and dating.span:
                state = state.on(dating, chosen[0], number, sentence.paragraph)
    kept, merged = one_per_place(drafts)
    repeated = [draft for draft in kept if draft.tier == "B" and told_before(draft, ledger.drafts[-_RECENT:])]
    kept = [draft for draft in kept if draft not in repeated]
    merged += repeated
    ledger.drafts.extend(kept)
    standing_triggers = {draft.trigger for draft in kept}
    for draft in merged:
        if draft.trigger not in standing_triggers:
            ledger.left[draft.trigger] = "part of another event"
    if not drafts:
        settled = [site for site in literal if site.settled and site.preposition in words.lists["strong prepositions"]]
        if settled and not _TOLD_IN.search(text, sentence.start, sentence.end):
            state = state.at(settled[-1], number)
    return state.seen(named)


def _placed(
    text: str,
    trigger: Trigger,
    held: Stance,
    sites: tuple[Site, ...],
    bonds: list[Bond],
    triggers: tuple[Trigger, ...],
    sentence: Sentence,
    number: int,
    state: Discourse,
) -> tuple[tuple[tuple[Site, ...], Bond] | None, bool]:
    """Give the sites of a trigger with the bond they rest on, and whether they were carried over from before."""
    best = max(bonds, key=lambda bond: bond.score, default=None)
    if best is not None and best.site.where is None and STREET.search(best.site.text) and state.site_near(number):
        # A street without its town lies in the town that the text is about.
        best = None
    if best is not None and best.score >= needed(trigger):
        if trigger.has("state") and not 0 <= best.site.start - trigger.end < 18:
            return None, False
        return (coordinated(text, best.site, sites, triggers), best), False
    carried = state.site_near(number)
    if (
        carried is None
        or any(site.where is not None and not site.reference for site in sites)
        or sentence.headline
        or held.status not in ("reported", "claimed")
        or trigger.sense.type not in _CARRIED_TYPES
        or any(trigger.has(flag) for flag in ("state", "weak", "weapon"))
        or (trigger.has("casualty") and _TOLL.search(text, sentence.start, sentence.end))
    ):
        return None, False
    return (
        (carried,),
        Bond(
            carried, 0.0, f"“{trigger.text}” has no place of its own; the sentence before it is about “{carried.text}”"
        ),
    ), True


def _dating(
    text: str,
    words: Lexicon,
    trigger: Trigger,
    sentence: Sentence,
    sites: tuple[Site, ...],
    spans: Sequence[TimeSpan],
    triggers: tuple[Trigger, ...],
    published: Published | None,
    held: Stance,
    number: int,
    state: Discourse,
    *,
    carried: bool,
) -> Dating | None:
    """Date a trigger; None for a whole war that nothing dates, which is background."""
    own = dated_in_sentence(text, trigger, sentence, spans, triggers, published, held.status)
    if own:
        return own
    famous = cited(words, trigger, sites, published, f"{trigger.text} ... {sites[0].text}")
    if famous:
        return famous
    if trigger.has("state"):
        return None
    last = state.dating_near(number)
    if last and held.status in ("reported", "claimed"):
        fine = last.precision in ("day", "week")
        same_place = state.dated_site is not None and any(site.where == state.dated_site.where for site in sites)
        story = (
            last.precision == "year"
            and state.dated_paragraph == sentence.paragraph
            and not _NOW.search(text, sentence.start, sentence.end)
        )
        if carried or (fine and same_place) or story:
            return replace(last, basis="inherited", reason=f"{last.reason}, taken over from the sentence before")
    return assumed(published)


def _events(drafts: list[Draft], digest: str) -> tuple[Event, ...]:
    events: list[Event] = []
    seen: dict[str, int] = {}
    for draft in drafts:
        event = as_event(draft, digest)
        ordinal = seen.get(event.id, 0)
        seen[event.id] = ordinal + 1
        events.append(as_event(draft, digest, ordinal) if ordinal else event)
    return tuple(events)
