"""Who died and who was hurt, as the article says: ranges with their words, never added up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from geo.events.clauses import borders
from geo.events.draft import Draft
from geo.events.figures import NUMBER, Range, figure, number
from geo.events.parties import is_person, parties_lexicon
from geo.model import Event
from geo.text import Sentence

Harm = Literal["killed", "wounded"]

_BE = (
    r"(?:were|was|are|is|have been|has been|had been|being|have|had)"
    r"(?: also| reportedly| later| already| either| since)?"
)
_SLAIN = (
    r"(?:killed|slain|murdered|massacred|slaughtered|executed|beheaded|shot dead|shot and killed|gunned down|lynched|"
    r"(?:hacked|stabbed|beaten|burned|burnt|clubbed) to death|burned alive|burnt alive)"
)
_HURT = r"(?:(?:seriously |badly |lightly |critically |gravely |slightly )?(?:wounded|injured|hurt|maimed))"
_WHO = r"(?P<who>(?:,? (?!died\b|killed\b|wounded\b|injured\b|hurt\b|dead\b)[\w'’-]+){0,8}?)"
_N = rf"(?<![\w,.-])(?P<n>{NUMBER})(?![\w%]|,\d)"
_WORDED: tuple[tuple[Harm, str], ...] = (
    ("killed", rf"{_N}{_WHO},? {_BE} {_SLAIN}(?! (?:or|and wounded|and injured))"),
    ("killed", rf"{_N}{_WHO},? (?:died|perished|lost their lives|lay dead|were dead|are dead)\b"),
    (
        "killed",
        rf"\b(?:killed|killing|kills|murdered|murdering|executed|executing|beheaded|beheading|massacred|"
        rf"slaughtered|"
        rf"slaughtering|gunned down|shot dead|hacked to death|claim(?:ed|ing) the lives of|slit the throats of)"
        rf"(?: and (?:wounded|injured))? {_N}(?P<who>(?: [\w'’-]+){{0,6}})",
    ),
    ("killed", rf"\b(?:shot|shooting) {_N}(?P<who>(?: [\w'’-]+){{1,4}}?) dead\b"),
    ("killed", rf"\bclaim(?:ed|ing|s)? {_N}(?P<who>) lives\b"),
    ("killed", rf"\b(?:stabbed|hacked|beat|clubbed|burned|tortured) {_N}(?P<who>(?: [\w'’-]+){{1,4}}?) to death\b"),
    ("killed", rf"\b(?:left|leaving|leaves) {_N}(?P<who>(?: [\w'’-]+){{0,4}}?) dead\b"),
    (
        "killed",
        rf"\bdeath toll (?:(?:has|had) )?(?:risen|rose|climbed|stood|stands|reached|passed|is|was)?(?: to|"
        rf" at)? ?{_N}(?P<who>)",
    ),
    ("killed", rf"{_N}(?P<who>(?: people| civilians| soldiers)?) (?:killed|dead)\b(?! or)"),
    ("killed", rf"{_N}(?P<who>(?: \w+)?) deaths\b"),
    ("wounded", rf"{_N}{_WHO},? {_BE} {_HURT}\b"),
    ("wounded", rf"\b(?:wounded|wounding|injured|injuring|hurt|hurting) {_N}(?P<who>(?: [\w'’-]+){{0,6}})"),
    ("wounded", rf"{_N}(?P<who>(?: (?!and\b|or\b|killed\b|dead\b)[\w'’-]+){{0,2}}?) {_HURT}\b"),
)
_PATTERNS = tuple((harm, re.compile(pattern, re.IGNORECASE)) for harm, pattern in _WORDED)
# "14,000 killed or wounded" says neither.
_EITHER = re.compile(r"\bkilled or (?:wounded|injured|hurt)\b|\bdead or (?:wounded|injured)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_ALSO = re.compile(rf" and (?:(?:her|his|their) )?(?P<n>{NUMBER})\b| and (?:her|his|their) \w+", re.IGNORECASE)
_VERB = re.compile(r"\b(?:is|was|were|are|has|had|said|to|which|that)\b", re.IGNORECASE)
_FAMILY = re.compile(rf"^ family of (?P<n>{NUMBER})\b", re.IGNORECASE)
_NO_PERSON = re.compile(
    r"^,? (?:unknown|undisclosed|unspecified|crowd|group|number|family|lot|third|series|total|result|"
    r"missile|shell|bomb|strike|attack|raid|blast|rocket|"
    r"day|week|month|year|hour|km|kilomet|mile|per ?cent|house|home|car|vehicle|building|tank|drone|"
    r"suicide|car|roadside)",
    re.IGNORECASE,
)
# A toll of a war, of a year or of all of it belongs to no single event.
_TOLL = re.compile(
    r"\bsince\b|\bso far\b|\bin total\b|\bthe war\b|\bthe conflict\b|\bper cent\b|\bthis year\b|"
    r"\bover the (?:past|last)\b|"
    r"\bduring the (?:war|conflict)\b",
    re.IGNORECASE,
)
_BODILY = frozenset({"battle", "explosion", "violence_against_civilians", "riot", "protest"})
_NEXT_SENTENCES = 2
_PER_BORDER, _CLEARLY = 6, 3


@dataclass(frozen=True, slots=True)
class Loss:
    """A number of dead or hurt in a sentence; half-open offsets into the article's text."""

    start: int
    end: int
    harm: Harm
    count: Range


def losses(text: str, sentence: Sentence) -> tuple[Loss, ...]:
    """Find the numbers of dead and hurt of a sentence, in reading order; one for each stretch of words."""
    said = text[sentence.start : sentence.end]
    if not _HARMED.search(said):
        return ()
    either = [match.span() for match in _EITHER.finditer(said)]
    found: list[Loss] = []
    for harm, pattern in _PATTERNS:
        for match in pattern.finditer(said):
            if any(match.start() < end and start < match.end() for start, end in either):
                continue
            if any(loss.harm == harm and match.start("n") + sentence.start < loss.end and
                   loss.start < match.end("n") + sentence.start for loss in found):  # fmt: skip
                continue
            count = _count(match)
            if count is not None:
                found.append(Loss(sentence.start + match.start(), sentence.start + match.end(), harm, count))
    return tuple(sorted(found, key=lambda loss: loss.start))


_HARMED = re.compile(
    r"kill|slain|murder|massacre|slaughter|execut|behead|dead|died|death|perish|lives|gunned|hurt|wound|"
    r"injur|throats|maim|"
    r"lynch",
    re.IGNORECASE,
)


def _names_person(who: str) -> bool:
    """Tell "a Dutch cameraman" from "a gas attack is said to have"."""
    heads = [match["head"] for match in parties_lexicon().pattern.finditer(who) if match["head"]]
    return bool(heads) and is_person(heads[-1]) and not _VERB.search(who)


def _count(match: re.Match[str]) -> Range | None:
    words, who = match["n"], match["who"] or ""
    family = _FAMILY.match(who)
    if family:
        return figure(family["n"])
    if _YEAR.fullmatch(words) and not who.strip():
        return None
    if words.lower() in ("a", "an") and not _names_person(who):
        return None
    if _NO_PERSON.match(who):
        return None
    count = figure(words)
    also = _ALSO.search(who)
    if count is None or also is None:
        return count
    others = number(also["n"]) if also["n"] else None
    least = max(value for value in (count[0], others, 0) if value is not None)
    return (least, None) if least else None


def with_casualties(
    text: str, cut: Sequence[Sentence], drafts: Sequence[Draft], events: Sequence[Event]
) -> tuple[Event, ...]:
    """Give the events with the dead and hurt that their own sentence, or the next ones going on about them, tell.

    `drafts` and `events` run in parallel. What could belong to several events is given to none.
    """
    told: dict[int, dict[Harm, list[Loss]]] = {}
    by_sentence: dict[int, list[int]] = {}
    for index, draft in enumerate(drafts):
        by_sentence.setdefault(draft.sentence.start, []).append(index)
    heard = -_NEXT_SENTENCES - 1
    for order, sentence in enumerate(cut):
        heard = order if sentence.start in by_sentence else heard
        if order - heard > _NEXT_SENTENCES:
            continue
        for loss in losses(text, sentence):
            if _TOLL.search(text, sentence.start, sentence.end):
                continue
            home = _home(text, loss, order, cut, drafts, by_sentence)
            if home is not None:
                told.setdefault(home, {}).setdefault(loss.harm, []).append(loss)
    return tuple(_filled(text, event, told.get(index, {})) for index, event in enumerate(events))


def _home(
    text: str,
    loss: Loss,
    number: int,
    cut: Sequence[Sentence],
    drafts: Sequence[Draft],
    by_sentence: dict[int, list[int]],
) -> int | None:
    """Give the event that a loss belongs to."""
    here = by_sentence.get(cut[number].start, [])
    own = [index for index in here if drafts[index].type in _BODILY]
    if own:
        return _nearest(text, loss, own, drafts)
    if here:
        return None
    for back in range(1, _NEXT_SENTENCES + 1):
        if number - back < 0:
            return None
        before = by_sentence.get(cut[number - back].start, [])
        bodily = [index for index in before if drafts[index].type in _BODILY and drafts[index].told]
        if before:
            return bodily[0] if len(bodily) == 1 else None
    return None


def _nearest(text: str, loss: Loss, own: Sequence[int], drafts: Sequence[Draft]) -> int | None:
    spread = {}
    for index in own:
        trigger = drafts[index].trigger
        if trigger.start < loss.end and loss.start < trigger.end:
            gap = 0.0
        else:
            first, last = sorted((trigger.start, loss.end)) if trigger.start > loss.start else (trigger.end, loss.start)
            gap = len(text[first:last].split()) + _PER_BORDER * borders(text, first, last)
        spread[index] = gap
    ranked = sorted(own, key=lambda index: spread[index])
    if len(ranked) > 1:
        first, second = ranked[0], ranked[1]
        if drafts[first].trigger == drafts[second].trigger or spread[second] - spread[first] < _CLEARLY:
            return None
    return ranked[0]


def _filled(text: str, event: Event, told: dict[Harm, list[Loss]]) -> Event:
    if not told:
        return event
    killed = told["killed"][0].count if "killed" in told else (None, None)
    wounded = told["wounded"][0].count if "wounded" in told else (None, None)
    parts = sorted((found[0] for found in told.values()), key=lambda loss: loss.start)
    words = " ... ".join(text[loss.start : loss.end].strip() for loss in parts)
    if len(parts) > 1 and parts[0].end >= parts[1].start - 40:
        words = text[parts[0].start : max(parts[0].end, parts[1].end)]
    return replace(
        event,
        killed_low=killed[0],
        killed_high=killed[1],
        wounded_low=wounded[0],
        wounded_high=wounded[1],
        casualties_text=re.sub(r"\s+", " ", words),
    )
