"""One sentence at a time: its triggers, their places, status and dates, and what it leaves for the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gazetteer.index import Gazetteer
from geo.events.anchors import in_memory, inherited, leads_on, left_undated, only_marks_time
from geo.events.binding import Bond, bind, needed
from geo.events.chains import STREET, chained
from geo.events.coordination import coordinated
from geo.events.dating import Dating, assumed, cited, dated_by, dated_in_sentence
from geo.events.discourse import Discourse
from geo.events.draft import Draft, announces, one_per_place, told_before
from geo.events.ellipsis import elliptical
from geo.events.frames import fictional, figurative, has_actor
from geo.events.kinds import event_type
from geo.events.lexicon import Lexicon
from geo.events.nominal import nominal_sites
from geo.events.sites import Site
from geo.events.status import Stance, stance
from geo.events.triggers import Trigger, find_triggers
from geo.model import Published, TimeSpan
from geo.text import Sentence

_CARRIED_TYPES = frozenset({"battle", "explosion", "violence_against_civilians", "riot", "protest"})
_TOLD = frozenset({"reported", "claimed"})
_SPELT_OUT = re.compile(r"(?: [\w-]+){0,4},(?: among them| including)? (?:at|in|near|outside) (?:the )?(?:[\w-]+ of )?")
# The dead of a whole war are not those of the event before.
_TOLL = re.compile(r"\bwar\b|conflict|since\b|toll", re.IGNORECASE)
# "the attack", "that night's raid": one already told, if the place is not said again.
_DEFINITE = re.compile(r"\b(?:the|this|that|these|those|such|both) (?:same )?$", re.IGNORECASE)
_TOLD_IN = re.compile(r"\bsaid in\b|\btold\b")
_RECALLED = re.compile(
    r"\b(?:commemoration|anniversary|memorial|memory|re-?enactment|history|story|legend|centenary|"
    r"veterans?) (?:of|to|for) "
    r"(?:the )?(?:[\w-]+ ){0,2}$",
    re.IGNORECASE,
)
_AWAY = frozenset({"withdrawal", "forced displacement", "evacuation", "deployment"})
_WHITHER = frozenset({"to", "towards", "toward", "for"})
_SUMMING = re.compile(
    r"(?:, | in | of )(?:the |an? )(?:\w+ ){0,3}(?:first|worst|deadliest|biggest|largest|heaviest|latest|"
    r"day|night|series|"
    r"wave|string|spate)\b(?: [\w-]+){0,4} $",
    re.IGNORECASE,
)
# A carried-over event is compared with this many before it.
_RECENT = 6
# From a first-level unit on, a place may hold others.
_WIDE_RANK = 4
# How far below its threshold the tie to the only place of a sentence may stay.
_LOOSE = 1.3
# "war in Ukraine": a whole war needs its place this close behind.
_STATE_REACH = 18


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence with everything found in it; `armed`: whether the article is about arms."""

    text: str
    sentence: Sentence
    number: int
    sites: tuple[Site, ...]
    triggers: tuple[Trigger, ...]
    spans: Sequence[TimeSpan]
    published: Published | None
    words: Lexicon
    armed: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """The sites of a trigger and the bond they rest on.

    `carried` where they come from a sentence before, `loose` where the only place of the sentence is taken for its own.
    """

    sites: tuple[Site, ...]
    bond: Bond
    carried: bool
    loose: bool = False


@dataclass(slots=True)
class Ledger:
    """What the sentences read so far have given.

    Events on their way, the triggers left out with the reason, and all triggers by the start of their sentence.
    """

    drafts: list[Draft] = field(default_factory=list)
    left: dict[Trigger, str] = field(default_factory=dict)
    triggers: dict[int, tuple[Trigger, ...]] = field(default_factory=dict)


def passage(
    text: str,
    sentence: Sentence,
    number: int,
    *,
    named: tuple[Site, ...],
    later: tuple[Site, ...],
    spans: Sequence[TimeSpan],
    published: Published | None,
    gazetteer: Gazetteer,
    state: Discourse,
    words: Lexicon,
    armed: bool,
) -> Passage:
    """Find the triggers and the candidate places of a sentence.

    `named` are the sites of its mentions, `later` those of the sentences after it, `spans` its dated expressions.
    """
    proper = [site for site in named if site.why != "adjectival"]
    taken = tuple((site.start, site.end) for site in proper) + tuple((span.start, span.end) for span in spans)
    triggers = find_triggers(text, sentence, words, taken)
    literal = tuple(site for site in named if site.literal)
    nominal: tuple[Site, ...] = ()
    if triggers:
        nominal = nominal_sites(text, sentence, named, state.sites, later, state.place_meant(number), gazetteer)
    return Passage(
        text, sentence, number, chained(text, literal + nominal, triggers), triggers, spans, published, words, armed
    )


def read(here: Passage, named: tuple[Site, ...], state: Discourse, ledger: Ledger) -> Discourse:
    """Read a sentence into the ledger; give the state for the next."""
    text, sentence, number = here.text, here.sentence, here.number
    drafts: list[Draft] = []
    ledger.triggers[sentence.start] = here.triggers
    for trigger in here.triggers:
        political = trigger.sense.type == "political"
        if (political and not has_actor(text, sentence)) or _is_recalled(text, sentence, trigger):
            ledger.left[trigger] = "background"
            continue
        held = stance(text, trigger, sentence)
        placed = _placed(here, trigger, held, state)
        if placed is None:
            ledger.left[trigger] = "no place" if held.status in _TOLD else held.status
            continue
        # What is only planned or supposed is on no map anyway, and a cited event is known to be meant.
        known = held.status not in _TOLD or cited(trigger, placed.sites, here.published)
        made_up = fictional(text, sentence) or (not known and figurative(text, sentence, trigger, armed=here.armed))
        if made_up:
            ledger.left[trigger] = "figure of speech"
            continue
        dating = _dated(here, trigger, placed, held, state)
        if dating is None:
            ledger.left[trigger] = "background"
            continue
        drafts += _drafts(here, trigger, placed, held, dating)
        drafts += _elliptical(here, trigger, placed, held, dating)
        goes_on = not political and not trigger.has("state") and not _only_passes(trigger, placed)
        if held.status in _TOLD and goes_on:
            state = state.at(placed.sites[0], number)
            own = not placed.carried and dating.basis in ("explicit", "relative") and dating.span
            if own and leads_on(
                text, trigger, dating, state, number=number, spans=here.spans, published=here.published
            ):
                state = state.on(dating, placed.sites[0], number, sentence.paragraph)
    _enter(drafts, ledger)
    if not drafts:
        strong = here.words.lists["strong prepositions"]
        settled = [
            site for site in named if site.literal and site.settled and site.preposition in strong and not site.aside
        ]
        if settled and not _TOLD_IN.search(text, sentence.start, sentence.end):
            state = state.at(settled[-1], number)
    if state.dated_sentence != number:
        old = left_undated(text, sentence, here.spans, here.published)
        state = state.on(old, None, number, sentence.paragraph) if old else state
    return state.seen(named)


def _only_passes(trigger: Trigger, placed: Placed) -> bool:
    """Tell a place to which someone only withdrew, fled or was sent: the story stays where it was."""
    away = trigger.has("motion") and trigger.sense.sub_type in _AWAY
    return away and placed.sites[0].preposition in _WHITHER


def _is_recalled(text: str, sentence: Sentence, trigger: Trigger) -> bool:
    """Tell an event that is only commemorated: "the anniversary of the Battle of Tarapacá"."""
    recalled = trigger.noun and _RECALLED.search(text, sentence.start, trigger.start) is not None
    return recalled or in_memory(text, trigger, sentence)


def _drafts(here: Passage, trigger: Trigger, placed: Placed, held: Stance, dating: Dating) -> list[Draft]:
    kind = event_type(here.text, trigger, here.sentence)
    margin = 0.0 if placed.carried or placed.loose else placed.bond.score - needed(trigger)
    return [
        Draft(
            trigger,
            site,
            held,
            kind,
            tier="B" if placed.carried or placed.loose else "A",
            margin=margin,
            bond_reason=placed.bond.reason,
            dating=dating,
            sentence=here.sentence,
            summing=trigger.noun and _SUMMING.search(here.text, here.sentence.start, trigger.start) is not None,
        )
        for site in placed.sites
    ]


def _elliptical(here: Passage, trigger: Trigger, placed: Placed, held: Stance, dating: Dating) -> list[Draft]:
    """Give the events at the further places of a list in which each has its own date."""
    if placed.carried or held.status not in _TOLD:
        return []
    drafts = []
    for site, span in elliptical(here.text, placed.sites, here.sites, here.spans, here.triggers):
        own = dated_by(span, here.published)
        if own:
            drafts += _drafts(here, trigger, replace(placed, sites=(site,)), held, own)
    return drafts


def _enter(drafts: list[Draft], ledger: Ledger) -> None:
    """Enter a sentence's events, one per place; note the triggers that only go on about another's event."""
    if not drafts:
        return
    kept, merged = one_per_place(drafts)
    repeated = [draft for draft in kept if draft.tier == "B" and told_before(draft, ledger.drafts[-_RECENT:])]
    kept = [draft for draft in kept if draft not in repeated]
    announced = [early for early in ledger.drafts[-_RECENT:] if any(announces(early, draft) for draft in kept)]
    for early in announced:
        ledger.drafts.remove(early)
        ledger.left[early.trigger] = "part of another event"
    ledger.drafts.extend(kept)
    entered = {draft.trigger for draft in kept}
    for draft in merged + repeated:
        if draft.trigger not in entered:
            ledger.left[draft.trigger] = "part of another event"


def _placed(here: Passage, trigger: Trigger, held: Stance, state: Discourse) -> Placed | None:
    """Give the sites of a trigger: the best bound of its sentence with its list, else the last event's place."""
    text, sentence = here.text, here.sentence
    bonds = [bind(text, trigger, site, sentence, here.triggers) for site in here.sites]
    best = max(bonds, key=lambda bond: bond.score, default=None)
    carried = state.site_near(here.number)
    if best is not None and carried is not None and best.site.where is None and STREET.search(best.site.text):
        # A street without its town lies in the town that the text is about.
        best = None
    best = _spelt_out(here, _narrower(best, bonds, trigger), bonds, trigger)
    if best is not None and best.score >= needed(trigger):
        if trigger.has("state") and not 0 <= best.site.start - trigger.end < _STATE_REACH:
            return None
        return Placed(coordinated(text, best.site, here.sites, here.triggers), best, carried=False)
    if best is not None and _is_only_place(here, trigger, best, held):
        reason = f"“{trigger.text}” stands far from “{best.site.text}”, the only place of its sentence"
        return Placed((best.site,), replace(best, reason=reason), carried=False, loose=True)
    if carried is None or not _may_carry(here, trigger, held):
        return None
    if trigger.noun and _DEFINITE.search(text, sentence.start, trigger.start):
        return None
    if trigger.has("casualty") and _of_another_time(here, trigger, held, state):
        return None
    reason = f"“{trigger.text}” has no place of its own; the sentence before it is about “{carried.text}”"
    return Placed((carried,), Bond(carried, 0.0, reason), carried=True)


def _narrower(best: Bond | None, bonds: list[Bond], trigger: Trigger) -> Bond | None:
    """Prefer the place that the trigger leads to over the wide one that its subject comes from."""
    if best is None or best.site.place is None or best.site.rank < _WIDE_RANK or best.site.start >= trigger.end:
        return best
    code = best.site.place.country_code
    inside = [
        bond
        for bond in bonds
        if bond.score >= needed(trigger)
        and bond.site.start >= trigger.end
        and not bond.site.reference
        and bond.site.where is not None
        and bond.site.rank < best.site.rank
        and bond.site.where.country_code == code
    ]
    return max(inside, key=lambda bond: bond.score, default=best)


def _spelt_out(here: Passage, best: Bond | None, bonds: list[Bond], trigger: Trigger) -> Bond | None:
    """Prefer the towns that a clause goes on to name: "hit two bases inside Chad on Monday, at Abeche and at Faya"."""
    if best is None or best.site.place is None or best.site.rank < _WIDE_RANK or best.site.start < trigger.end:
        return best
    for bond in sorted(bonds, key=lambda bond: bond.site.start):
        site = bond.site
        if site.start <= best.site.end or site.where is None or not site.settled or site.reference:
            continue
        gap = here.text[best.site.end : site.start]
        inside = site.where.country_code == best.site.place.country_code and _SPELT_OUT.fullmatch(gap)
        if inside and not any(best.site.end <= other.start < site.start for other in here.triggers):
            return bond if bond.score >= needed(trigger) else best
    return best


def _of_another_time(here: Passage, trigger: Trigger, held: Stance, state: Discourse) -> bool:
    """Tell the dead of a date of their own, apart from that of the last event: they may have died anywhere."""
    last = state.dating_near(here.number)
    own = dated_in_sentence(
        here.text,
        trigger,
        here.sentence,
        spans=here.spans,
        triggers=here.triggers,
        published=here.published,
        status=held.status,
    )
    if last is None or own is None or not (own.start and own.end and last.start and last.end):
        return False
    return own.end < last.start or last.end < own.start


def _is_only_place(here: Passage, trigger: Trigger, best: Bond, held: Stance) -> bool:
    """Tell whether an act of violence may be taken to the only place that its sentence names, though far from it."""
    if len(here.sites) > 1 or best.site.place is None or not best.site.settled:
        return False
    if best.site.reference or best.site.aside:
        return False
    if best.site.preposition not in here.words.lists["strong prepositions"] or best.score < needed(trigger) - _LOOSE:
        return False
    if here.sentence.headline or held.status not in _TOLD or trigger.sense.type not in _CARRIED_TYPES:
        return False
    return not any(trigger.has(flag) for flag in ("state", "weak", "weapon", "subject"))


def _may_carry(here: Passage, trigger: Trigger, held: Stance) -> bool:
    """Tell whether a trigger without a place may take that of the event before it."""
    if here.sentence.headline or held.status not in _TOLD or trigger.sense.type not in _CARRIED_TYPES:
        return False
    if any(site.where is not None and not site.reference for site in here.sites):
        return False
    if any(trigger.has(flag) for flag in ("state", "weak", "weapon")):
        return False
    return not (trigger.has("casualty") and _TOLL.search(here.text, here.sentence.start, here.sentence.end))


def _dated(here: Passage, trigger: Trigger, placed: Placed, held: Stance, state: Discourse) -> Dating | None:
    """Date a trigger; None for a whole war that nothing dates, which is background."""
    text, sentence, sites = here.text, here.sentence, placed.sites
    own = dated_in_sentence(
        text, trigger, sentence, spans=here.spans, triggers=here.triggers, published=here.published, status=held.status
    )
    famous = own or cited(trigger, sites, here.published, text)
    if famous or trigger.has("state") or only_marks_time(text, trigger, sentence):
        return famous
    if held.status in _TOLD:
        before = inherited(
            text,
            sentence,
            state,
            number=here.number,
            same_place=state.dated_site is not None and any(site.where == state.dated_site.where for site in sites),
            carried=placed.carried,
            published=here.published,
        )
        if before:
            return before
    return assumed(here.published)
