"""Whether an event is told as done, claimed, planned, supposed or denied, and who vouches for it."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from geo.events.clauses import clause_start
from geo.events.lexicon import alternation, cue, lexicon
from geo.events.triggers import Trigger
from geo.model import Status
from geo.people.speakers import speaker
from geo.text import Sentence

_PLAN = cue("plan")
_PLAN_NOUN = cue("plan nouns", after=r"\s+(?:[\w-]+\s+){0,3}$")
_PLAN_AFTER = cue("plan after", before=r"[^,.;]{0,60}?\s")
_CALLED_OFF = cue(
    "called off", after=r"\s+(?:(?!(?:after|before|over|because|amid|as|when|despite|to)\s)[\w'’-]+\s+){0,4}$"
)
_HYPOTHESIS = cue("hypothesis")
# A denial reaches at most five words forward, and not over a clause border.
_DENIAL = cue("denial", after=r"(?:\W+\w+){0,5}\W*$")
_DENIED_AFTER = cue("denied after", before=r"[^,.;]{0,60}?\s")
# "denied reports that troops had seized X": the denial covers all that the report says.
_DENIED_REPORT = re.compile(
    r"\b(?:den(?:y|ies|ied)|reject(?:s|ed)?|dismiss(?:es|ed)?|refut(?:es|ed)|disput(?:es|ed))\b(?:\W+\w+){0,3}?\W+"
    r"(?:reports?|claims?|allegations?|accusations?|rumou?rs|suggestions|that|having|any|it|its|his|their)\b"
    r"(?:(?!\b(?:and|but) (?:\w+ )?(?:said|says|claimed|added|insisted|told|accused|blamed|reported)\b)[^.;])*$",
    re.IGNORECASE,
)
_DENYING = re.compile(r"\b(?:den(?:y|ies|ied)|reject(?:s|ed)|dismiss(?:es|ed)|refut(?:es|ed)|disput(?:es|ed))\b", re.I)
# "spoke of a blast, and later denied that there had been one"
_DENIED_LATER = re.compile(
    r"[^.;]*\b(?:den(?:y|ies|ied)|said|says) (?:that )?(?:there|it) (?:had|has|was|were|never)\b[^.,;]{0,12}"
    r"\b(?:one|any|none|happened|took place|occurred)\b",
    re.IGNORECASE,
)
# "without insignia" tells how they looked; "without a fight" that there was none.
_WITHOUT = re.compile(r"\bwithout\b", re.IGNORECASE)
# "demanded that the troops leave": the bare verb is what is asked for.
_ASKED_THAT = re.compile(
    r"\b(?:demand|request|propos|urg|recommend|requir|stipulat|order|ask|insist|suggest)\w* that (?:[\w'’-]+ ){1,9}$",
    re.IGNORECASE,
)
# "warned last month of", "had warned for weeks of"
_WARNED_OF = re.compile(
    r"\bwarn(?:s|ed|ing|ings)?\b (?:[\w'’-]+ ){0,6}?(?:of|about|against)\b (?:[\w'’-]+ ){0,5}$", re.IGNORECASE
)
# "the encircled town": what is taken for granted, whatever is planned there.
_ATTRIBUTE = re.compile(r"\b(?:the|a|an|its|his|her|their|this|that|these|those) $", re.IGNORECASE)
_CONTRACTED = re.compile(r"n['’]t\b(?:\W+\w+){0,4}\W*$", re.IGNORECASE)
_DONE_AFTER_ALL = cue("done after all", after=r"\s+(?:\w+\s+)?$")
_INFINITIVE = re.compile(r"\bto (?!have |has |had )(?:\w+ )?$", re.IGNORECASE)
# "the second leader to be killed": it has happened.
_NTH_TO = re.compile(r"\b(?:first|second|third|\w+th|last|latest|only) (?:[\w'’-]+ ){1,6}to (?:be )?$", re.IGNORECASE)
# "threatened on Sunday to resume"
_ON_A_DAY = re.compile(r" (?:late |early )?(?:on )?(?:late |early )?[A-Z][a-z]+day(?: \w+)?(?= to )")
_SPLIT_MODAL = re.compile(r"\W*(?:\w+ ){0,3}?(?:would|could|might|may|will)\b(?! have\b)", re.IGNORECASE)
_UNTHINKABLE = re.compile(r"[^.;]{0,60}?\b(?:imagine|unthinkable|inconceivable)\b", re.IGNORECASE)
# "leaders will gather": the modal stands inside the phrase.
_INNER_MODAL = re.compile(r"\s(?:will|would|could|may|might|to) ")
_POSSIBLE = re.compile(
    r"\b(?:possible|potential|feared|threatened|hypothetical|simulated|"
    r"mock)\s+(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
_DISCUSSING = re.compile(r"\b(?:to|will) (?:discuss|talk about)\b", re.IGNORECASE)
_NOT_DENIED = re.compile(
    r"\b(?:not only|no fewer|no less|not far|no sooner|nor? longer|not yet clear|not "
    r"immediately|not clear|no doubt|not just|did not say|not known)\b",
    re.IGNORECASE,
)
_NOT_SAID = re.compile(r"claim(?:s|ed)? (?:[\w-]+ ){0,4}(?:lives|victims|responsibility)\b|added to\b", re.IGNORECASE)
_HEARSAY = re.compile(r"reportedly|allegedly|alleged|alleges|claim|according|purported|apparently", re.IGNORECASE)
_ASIDE = re.compile(
    r",\s*(?:(?:[\w-]+ ){1,3}(?:after|before)|after|following|as|when|while|amid|despite|who|which|where)\b",
    re.IGNORECASE,
)
_WHO = re.compile(r",\s*(?:who|which)\b[^,;]*$")
_NEXT_CLAUSE = re.compile(r",? (?:and|but|while|though|although) |, (?:as|when) |[;:]", re.IGNORECASE)
_ENDS = re.compile(r"(?: (?:on|late|early|in|at|to|by|during|earlier|later|yesterday) [\w ]{1,40})?\s*(?:[.,;:”\"]|$)")
_IN_WHICH = re.compile(r"\b(?:in|during|after|of|from) which\b", re.IGNORECASE)
# "were reported in", "reports of": nobody in particular speaks.
_PASSIVE_SAID = re.compile(r"\b(?:was|were|been|being|are|is) (?:also |widely )?$")
_REPORTS_OF = re.compile(r"reports of\b", re.IGNORECASE)
# What these verbs govern is taken for true, unless a party to the fighting says it.
_FACTIVE = frozenset({"announced", "confirmed", "described", "recounted"})
_PARTY = re.compile(
    r"\b(?:army|military|ministry|troops|forces|rebels?|militants?|group|militia|junta|commanders?|"
    r"generals?|insurgents|"
    r"separatists|fighters|guerrillas|government|regime|president|leader|moscow|kyiv|kiev|tehran|israel|"
    r"russia|secretary|minister|our|we)\b",
    re.IGNORECASE,
)
_DEFINITE = re.compile(r"\b(?:his|her|its|their|the|this|that|ongoing|[\w]+['’]s?) (?:[\w-]+ ){0,2}$")
_MEANWHILE = re.compile(r",\s*(?:on|during|after|at|while|in)\b[^,;]*$|,\s*$")
_BACK_TO_SPEECH = re.compile(
    r"[^,;]{0,60},\s*(?:has |have |had |also )?(?:said|says|claimed|told|added|warned|announced|insisted|accused)\b"
)
_OWN_VOICE = re.compile(r"\b(?:that|which|who) (?:has|have) (?:\w+ ){0,2}$", re.IGNORECASE)
_BACKSHIFTED = re.compile(r"\b(?:had|were|was|would)\b", re.IGNORECASE)
# "would no longer take part in peace talks": there are talks to leave.
_LEAVING = re.compile(
    r"\b(?:no longer take part in|withdraw(?:ing|n)? from|pull(?:ing)? out of|boycott(?:ing)?|"
    r"walk(?:ing)? out of|quit(?:ting)?"
    r"|leav(?:e|ing)) (?:the |its |their )?$",
    re.IGNORECASE,
)
_LEFT, _RIGHT = 110, 90


@functools.cache
def _speech() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternation(lexicon().lists['speech'])})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stance:
    """An event's status, who vouches for it, and the words that say so."""

    status: Status
    speaker: str | None
    cue: str | None


def stance(text: str, trigger: Trigger, sentence: Sentence) -> Stance:
    """Tell how a sentence vouches for one of its triggers.

    A denial before the trigger wins over supposition, that over a plan, that over mere attribution.
    """
    start = trigger.start
    left = text[max(sentence.start, start - _LEFT) : start]
    clause = max(clause_start(text, sentence.start, start) - 12, sentence.start, start - _LEFT)
    near = _ON_A_DAY.sub("", text[clause:start])
    if trigger.sense.phrase and _INNER_MODAL.search(trigger.text):
        near += trigger.text
    denial = _denied(text, trigger, sentence, near)
    if denial and not _NOT_DENIED.search(left):
        return Stance("denied", _denier(text, trigger, sentence), denial[0].strip())
    if _DONE_AFTER_ALL().search(near):
        return _told(text, trigger, sentence)
    if trigger.noun and _LEAVING.search(near):
        return _told(text, trigger, sentence)
    if _is_participle(trigger) and _ATTRIBUTE.search(left):
        return _told(text, trigger, sentence)
    supposed = (
        _last(_HYPOTHESIS(), near) or _POSSIBLE.search(left) or (trigger.noun and _WARNED_OF.search(left)) or None
    )
    if trigger.noun and not supposed:
        supposed = _SPLIT_MODAL.match(text, trigger.end, min(sentence.end, trigger.end + 40))
        supposed = supposed or _UNTHINKABLE.match(text, trigger.end, sentence.end)
    if supposed:
        return Stance("hypothetical", speaker(text, sentence), supposed[0].strip())
    planned = _last(_PLAN(), near) or _PLAN_NOUN().search(left) or (trigger.noun and _CALLED_OFF().search(left)) or None
    if planned and trigger.noun and planned[0].lower() == "due to":
        planned = None  # "due to heavy shelling" gives a cause
    if planned is None and trigger.noun:
        planned = _PLAN_AFTER().match(text, trigger.end, min(sentence.end, trigger.end + 90))
    if planned is None and not trigger.noun and _is_bare(trigger, left) and not _NTH_TO.search(left):
        planned = _INFINITIVE.search(left) or _ASKED_THAT.search(left)
    if planned and not (trigger.sense.type == "political" and _DISCUSSING.search(near)):
        return Stance("planned", speaker(text, sentence), planned[0].strip())
    return _told(text, trigger, sentence)


def _denied(text: str, trigger: Trigger, sentence: Sentence, near: str) -> re.Match[str] | None:
    """Find the words that deny a trigger, before it or, of a noun, after it."""
    denial = _DENIAL().search(near)
    if denial and _WITHOUT.match(denial[0]) and not (trigger.noun or trigger.text.lower().endswith("ing")):
        denial = None
    denial = denial or _CONTRACTED.search(near) or _DENIED_REPORT.search(text[sentence.start : trigger.start])
    if denial is None and trigger.noun:
        reach = min(sentence.end, trigger.end + _RIGHT)
        denial = _DENIED_AFTER().match(text, trigger.end, reach) or _DENIED_LATER.match(text, trigger.end, sentence.end)
    return denial


def _denier(text: str, trigger: Trigger, sentence: Sentence) -> str | None:
    """Name who denies it, else who speaks."""
    verbs = list(_DENYING.finditer(text, sentence.start, sentence.end))
    before = [verb for verb in verbs if verb.start() < trigger.start]
    nearest = before[-1:] or verbs[:1]
    return speaker(text, sentence, nearest[0].start() if nearest else None)


def _is_participle(trigger: Trigger) -> bool:
    return not trigger.noun and not trigger.sense.phrase and trigger.text.lower().endswith("ed")


def _is_bare(trigger: Trigger, left: str) -> bool:
    """Tell the verb of "to attack" and "to be signed" from the noun of "in answer to attacks"."""
    word = trigger.text.lower()
    inflected = word.endswith(("s", "ed", "ing")) and word != trigger.lemma
    return trigger.sense.phrase or not inflected or left.endswith("be ")


def _told(text: str, trigger: Trigger, sentence: Sentence) -> Stance:
    """Tell a claim from a statement: the words of speech must reach the trigger; a meeting needs hearsay to be one."""
    if _presupposed(text, trigger, sentence):
        return Stance("reported", None, None)
    found: re.Match[str] | None = None
    for said in _speech().finditer(text, sentence.start, sentence.end):
        merely = said[0].lower() == "reported" and _PASSIVE_SAID.search(text, sentence.start, said.start())
        if merely or _REPORTS_OF.match(text, said.start()):
            continue
        if said[0].lower() in _FACTIVE and not _PARTY.search(text, sentence.start, said.start()):
            continue
        if _NOT_SAID.match(text, said.start()) or (trigger.sense.type == "political" and not _HEARSAY.match(said[0])):
            continue
        if said.start() < trigger.end:
            between = text[said.end() : trigger.start]
            reaches = _ASIDE.search(between) is None
            # "claimed they had lost men in an offensive that has made slow progress": the writer says how it goes now.
            reaches = reaches and not (_OWN_VOICE.search(between) and _BACKSHIFTED.search(between))
        else:
            # "Kuleba, who met him there, said": the aside is the article's own.
            reaches = _WHO.search(text, max(sentence.start, trigger.start - 80), trigger.start) is None
            # "The town fell on Monday, and the mayor said that ...": a clause of its own, about something else.
            reaches = reaches and not (
                _NEXT_CLAUSE.search(text, trigger.end, said.start()) and not _ENDS.match(text, said.end(), sentence.end)
            )
            # "... mortar fire in which, according to the hospital, four people died": only the deaths are told.
            reaches = reaches and not _IN_WHICH.search(text, trigger.end, said.start())
        if reaches and (found is None or said.start() < trigger.start):
            found = said  # of several before it the nearest
    if found is None:
        return Stance("reported", None, None)
    return Stance("claimed", speaker(text, sentence, found.start()), found[0])


def _presupposed(text: str, trigger: Trigger, sentence: Sentence) -> bool:
    """Tell what a speaker takes for granted: "its war in X", the visit during which he spoke."""
    before = text[max(sentence.start, trigger.start - 40) : trigger.start]
    if (trigger.has("state") or trigger.has("of")) and trigger.noun and _DEFINITE.search(before):
        return True
    return bool(_MEANWHILE.search(before) and _BACK_TO_SPEECH.match(text, trigger.end, sentence.end))


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    # "May" is a month; the modal is lower case except at the head of a sentence.
    matches = [match for match in pattern.finditer(text) if match[0] != "May"]
    return matches[-1] if matches else None
