"""Who did it and to whom: the parties around a trigger, by voice, preposition and coordination."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from geo.events.clauses import borders
from geo.events.parties import Party
from geo.events.triggers import Trigger
from geo.model import ActorKind, Mention
from geo.text import Sentence

_PASSIVE = re.compile(
    r"\b(?:was|were|is|are|been|being|be|got)(?: \w+ly| also| later| again| then| reportedly)? $", re.IGNORECASE
)
_MOST_WORDS = 9
# What may stand between a subject and its verb.
_SUBJECT_GAP = re.compile(
    r"(?:,? (?:who|which|that))?(?:,? (?:in|from|near|on|at|of|based in|led by|backed by|armed with|dressed|wearing|on "
    r"motorcycles|loyal to)\b[^,;:]{1,45}?,?)?(?: (?:on|late|early|before|at|overnight)? ?[A-Z]\w+day\w*)?"
    r"(?: (?:has|have|had|also|then|later|again|reportedly|allegedly|\w+ly|said|says|claimed|it|they|he|were|was))*\s?",
)
_SHARED = re.compile(r"[^.;:]{0,110}\b(?:and|,) (?:\w+ly |then |also )?$")
_BORDERS = re.compile(r"\b(?:after|when|where|as|while|because|since|that|although)\b|[;:]", re.IGNORECASE)
_BY = re.compile(r"[^.;:,]{0,45}? by (?:the |an? )?$")
_AT = re.compile(r" (?:(?:on|at|against|into|upon|with|of|from|in) )?(?:the )?$|\s?$", re.IGNORECASE)
_ON = re.compile(r"(?: [\w-]+){0,2}? (?:on|at|against|of|into|with|upon) (?:the )?$", re.IGNORECASE)
_IN_THING = re.compile(r" (?:outside|in|near|inside) ")
_FROM = re.compile(r"[^.;:,]{0,40} (?:from|out of) (?:the )?$")
_BETWEEN = re.compile(r"[^.;:,]{0,20} between (?:the )?$")
_AND = re.compile(r" and (?:the )?$")
_TWO_SIDED = frozenset({"clash", "battle", "fight", "skirmish", "fighting", "firefight", "gunfight", "gunbattle"})
_ONE_SIDED = frozenset({"ambush", "raid", "attack", "assault"})
_WEAPON = re.compile(r"\b(?:missiles?|drones?|rockets?|shells?|bombs?)$", re.IGNORECASE)
_SHOT_DOWN = ("<shoot> down", "<bring> down", "intercept", "destroy", "downed", "hit", "strike")
_DONE_TO = frozenset(
    {"arrest", "evacuation", "overthrow", "siege", "intercept", "seizure", "coup", "prisoner exchange", "disarmament"}
)
_JOINED = re.compile(r",? and (?:the |her |his |their )?$")
_TAKEN = frozenset({"territory changes hands", "advance"})
_KILLED = re.compile(
    r"\b(?:killed|killing|wounded|wounding|injured|injuring|murdered|executed)\b(?! or\b)", re.IGNORECASE
)
_GENERIC = re.compile(r"\b(?:people|others|persons?|men)$", re.IGNORECASE)
# People who march and rally are protesters, whatever else they are.
_CROWD_TYPES = frozenset({"protest", "riot"})


@dataclass(frozen=True, slots=True)
class Who:
    """The parties of an event, each with its words and its kind."""

    actor: str | None = None
    actor_kind: ActorKind | None = None
    target: str | None = None
    target_kind: ActorKind | None = None


def who(
    text: str,
    trigger: Trigger,
    sentence: Sentence,
    *,
    parties: Sequence[Party],
    mentions: Sequence[Mention],
    triggers: Sequence[Trigger],
    kind: str,
) -> Who:
    """Read who acts and who suffers off the words around a trigger; where that is not plain, nobody is named.

    Parameters
    ----------
    parties : sequence of Party
        Those that the sentence names, as `coordinated` gives them.
    mentions : sequence of Mention
        The place mentions of the sentence: "Iran launched", "an Israeli strike" name a state.
    triggers : sequence of Trigger
        The triggers of the sentence.
    kind : str
        The type of the event.
    """
    if trigger.noun:
        actor, target = _of_noun(text, trigger, sentence, parties, mentions)
    else:
        actor, target = _of_verb(text, trigger, sentence, parties, mentions, triggers)
    if target and not _may_suffer(target, trigger, kind):
        target = None
    sudden = trigger.lemma in _ONE_SIDED or kind in ("explosion", "violence_against_civilians")
    if target is None and sudden and trigger.noun:
        target = _victim(text, trigger, sentence, parties, actor)
    if actor and target and actor.start == target.start:
        target = None
    actor_kind = actor.kind if actor else None
    if actor and kind in _CROWD_TYPES and actor.kind == "civilians" and actor.person:
        actor_kind = "protesters"
    return Who(_words(text, actor), actor_kind, _words(text, target), target.kind if target else None)


def coordinated(text: str, parties: Sequence[Party]) -> tuple[Party, ...]:
    """Make one of "a woman and her two children", unless they stand on two sides ("between")."""
    joined: list[Party] = []
    for party in parties:
        last = joined[-1] if joined else None
        lead = text[max(0, last.start - 12) : last.start].rstrip() if last else ""
        between = lead.endswith(("between", "between the"))
        if last and last.person and party.person and not between and _JOINED.fullmatch(text[last.end : party.start]):
            joined[-1] = Party(last.start, party.end, text[last.start : party.end], last.kind, True)
        else:
            joined.append(party)
    return tuple(joined)


def _may_suffer(target: Party, trigger: Trigger, kind: str) -> bool:
    """Tell a target from a weapon that is fired, troops that are sent and whoever is met."""
    if _WEAPON.search(target.text):
        return trigger.lemma.startswith(_SHOT_DOWN)
    return kind != "strategic_development" or trigger.sense.sub_type in _DONE_TO


def _words(text: str, party: Party | None) -> str | None:
    return re.sub(r"\s+", " ", text[party.start : party.end]) if party else None


def _of_verb(
    text: str,
    trigger: Trigger,
    sentence: Sentence,
    parties: Sequence[Party],
    mentions: Sequence[Mention],
    triggers: Sequence[Trigger],
) -> tuple[Party | None, Party | None]:
    passive = _PASSIVE.search(text, max(sentence.start, trigger.start - 30), trigger.start)
    if passive:
        target = _subject(text, passive.start(), sentence, parties, mentions, triggers)
        actor = next((party for party in parties if _BY.fullmatch(_lead(text, trigger.end, party))), None)
        return actor, target
    actor = _subject(text, trigger.start, sentence, parties, mentions, triggers)
    if trigger.has("casualty") and trigger.lemma in ("die", "perish"):
        return None, actor
    behind = [party for party in parties if party.start >= trigger.end]
    target = next((party for party in behind[:1] if _AT.fullmatch(_lead(text, trigger.end, party))), None)
    if target is None:
        inside = [party for party in parties if trigger.start < party.start < trigger.end]
        target = inside[-1] if inside else None
    if target is None and trigger.sense.sub_type in _TAKEN:
        target = next((party for party in behind[:2] if _FROM.fullmatch(_lead(text, trigger.end, party))), None)
    if trigger.sense.sub_type in ("forced displacement", "surrender") and trigger.lemma in ("flee", "surrender"):
        return (None, actor) if trigger.lemma == "flee" else (actor, None)
    return actor, target


def _lead(text: str, start: int, party: Party) -> str:
    return text[start : party.start]


def _subject(
    text: str,
    end: int,
    sentence: Sentence,
    parties: Sequence[Party],
    mentions: Sequence[Mention],
    triggers: Sequence[Trigger],
) -> Party | None:
    """Give the party that is the subject of what begins at `end`."""
    before = [party for party in parties if party.end <= end]
    states = [
        Party(mention.start, mention.end, mention.text, "state_forces", False)
        for mention in mentions
        if mention.end <= end
        and mention.usage == "metonym"
        and not any(party.start <= mention.start < party.end for party in parties)
    ]
    for party in sorted(before + states, key=lambda party: -party.end):
        gap = text[party.end : end]
        if _after_preposition(text, party, sentence):
            if _BORDERS.search(gap):
                return None
            continue
        if not party.person and party.kind == "civilians" and not _SUBJECT_GAP.fullmatch(gap):
            continue
        if _SUBJECT_GAP.fullmatch(gap):
            return party
        shared = _SHARED.fullmatch(gap) and not _BORDERS.search(gap)
        if shared and any(party.end <= other.start < end and not other.noun for other in triggers):
            return party
        return None
    return None


_PREPOSITION = re.compile(
    r"\b(?:in|on|at|by|to|from|with|against|for|of|into|over|near|among|between|under|about|including) "
    r"(?:the |an? )?$",
    re.IGNORECASE,
)


def _after_preposition(text: str, party: Party, sentence: Sentence) -> bool:
    return _PREPOSITION.search(text, max(sentence.start, party.start - 16), party.start) is not None


def _of_noun(
    text: str, trigger: Trigger, sentence: Sentence, parties: Sequence[Party], mentions: Sequence[Mention]
) -> tuple[Party | None, Party | None]:
    behind = [party for party in parties if party.start >= trigger.end]
    for one, other in itertools.pairwise(behind):
        if _BETWEEN.fullmatch(_lead(text, trigger.end, one)) and _AND.fullmatch(text[one.end : other.start]):
            return one, other
    actor = next((party for party in behind if _BY.fullmatch(_lead(text, trigger.end, party))), None)
    if actor is None and trigger.sense.phrase:
        # "Ugandan troops crossed into": the phrase begins with its subject.
        actor = next((party for party in parties if party.start <= trigger.start < party.end), None)
        actor = None if actor and _WEAPON.search(actor.text) else actor
    if actor is None:
        actor = _adjectival(text, trigger, sentence, mentions)
    direct = _AT if trigger.sense.phrase else _ON
    target = next((party for party in behind[:1] if direct.fullmatch(_lead(text, trigger.end, party))), None)
    target = target or next((party for party in behind[:1] if _ON.fullmatch(_lead(text, trigger.end, party))), None)
    if target is actor:
        target = None
    return actor, target


def _adjectival(text: str, trigger: Trigger, sentence: Sentence, mentions: Sequence[Mention]) -> Party | None:
    """Give the nation in "an Israeli air strike"."""
    for mention in mentions:
        gap = text[mention.end : trigger.start]
        if mention.usage == "adjectival" and 0 < len(gap) <= 14 and re.fullmatch(r" (?:[a-z-]+ )?", gap):
            return Party(mention.start, mention.end, mention.text, "state_forces", False)
    return None


def _victim(
    text: str, trigger: Trigger, sentence: Sentence, parties: Sequence[Party], actor: Party | None
) -> Party | None:
    """Give those whom the sentence says an attack killed or hurt, where they are more than "people"."""
    for match in _KILLED.finditer(text, sentence.start, sentence.end):
        if borders(text, *sorted((match.start(), trigger.start))) > 1:
            continue
        passive = _PASSIVE.search(text, max(sentence.start, match.start() - 30), match.start())
        if passive:
            found = [party for party in parties if party.person and party.end == passive.start() - 1]
        else:
            found = [party for party in parties if party.person and 0 <= party.start - match.end() <= 2]
        for party in found:
            both = text[max(sentence.start, party.start - 5) : party.start].endswith(" and ")
            if party is not actor and not _GENERIC.search(party.text) and not both:
                return party
    return None
