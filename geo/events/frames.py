"""The world a sentence speaks of: sport, markets, culture, courts and nature borrow the words of war."""

from __future__ import annotations

import functools
import re

from geo.events.lexicon import alternation, lexicon
from geo.events.triggers import Trigger
from geo.text import Sentence

# An article with this many different words of arms is about arms; its plain verbs need no evidence beside them.
_ARMED_WORDS = 3
# In a short text two will do.
_SHORT, _ARMED_WORDS_SHORT = 900, 2
_ACTOR = re.compile(
    r"\b(?:presidents?|ministers?|leaders?|envoys?|diplomats?|officials?|delegat\w+|chancellor|secretar(?:y|ies)|"
    r"king|queen|"
    r"premier|ambassadors?|general|governments?|summit|foreign|parliament|lawmakers|senators?|counterparts?|"
    r"negotiat\w+|"
    r"mediators?|rebels?|generals|commanders?|chiefs?|pope|prince|sheikh|emir|sultan|talks|peace|truce|ceasefire|"
    r"accord|"
    r"treaty|agreement|referendum|election|parties|sides|opposition|government|UN|EU|NATO|African Union|G7|G20|OSCE|"
    r"ASEAN|"
    r"ECOWAS|Security Council)\b",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?<=[a-z,] )[A-Z][a-z]+ [A-Z][a-z]+|\b(?:Mr|Mrs|Ms|Dr|Sheikh|General) [A-Z]|"
    r"^[A-Z][a-z]+,? (?:[A-Z][a-z]+|on|who|has|had|was|told)\b"
)
_ON_TRIAL = re.compile(
    r"\b(?:sentenced|convicted|jailed|charged|tried|prosecuted|acquitted|indicted|guilty|on "
    r"trial)\b[^.;]{0,60}\b(?:for|of|with|over)"
    r"\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
# "at least 207 people", "sixty-nine peasants": nobody counts people in a figure of speech.
_COUNTED = re.compile(
    r"\b(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty(?:-\w+)?|dozens?(?: of)?|"
    r"scores of|hundreds? of|thousands? of|several|hundred|thousand)\s+(?:[\w-]+\s+){0,2}?(?:people|men|women|children|"
    r"civilians|villagers|peasants|residents|refugees|students|girls|boys|muslims|christians|inhabitants|"
    r"persons|others|"
    r"soldiers|policemen|officers|passengers|worshippers|workers|prisoners|inmates|migrants)\b",
    re.IGNORECASE,
)
# "A cameraman was killed": what is done to someone in so many words is meant.
_SUFFERED = re.compile(
    r"\b(?:was|were|been|being) (?:\w+ly )?(?:killed|wounded|murdered|shot|stabbed|abducted|kidnapped|beaten|executed|"
    r"tortured|raped|assassinated|lynched|slaughtered|massacred)\b(?! off\b)",
    re.IGNORECASE,
)
# What a film or a book tells of is no news.
_FICTION = re.compile(
    r"\b(?:films?|documentar(?:y|ies)|exhibitions?|novels?|series|movies?|dramas?|memoirs?|plays?|trilogy|"
    r"thriller|opera|musical|sitcom|comics?|epic|book)\b"
    r"[^.;]{0,50}\b(?:set in|set during|about|tells?|told|follows?|opens?|stars?|was shot|directed|based on|recounts|"
    r"adapt\w+|depict\w*|turns|premier\w+|portray\w*|explores|imagines)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_QUESTIONABLE = frozenset({"battle", "explosion", "violence_against_civilians", "strategic_development"})


@functools.cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternation(lexicon().lists[name])})\b", re.IGNORECASE)


def is_armed(text: str) -> bool:
    """Tell whether an article is about arms: it uses at least three different words of them."""
    wanted = _ARMED_WORDS_SHORT if len(text) < _SHORT else _ARMED_WORDS
    found: set[str] = set()
    for match in _words("arms").finditer(text):
        found.add(match[0].lower())
        if len(found) >= wanted:
            return True
    return False


def figurative(text: str, sentence: Sentence, trigger: Trigger, *, armed: bool) -> bool:
    """Tell whether a trigger is a figure of speech, a game, a mishap or a court case.

    It is one where another world's words stand in its sentence and none of arms but its own; where neither its sentence
    nor, by `armed`, its article speaks of arms or victims; or where someone stands trial for it.
    """
    if trigger.sense.type in ("protest", "riot"):
        crowd = _evidence(text, sentence, trigger, "arms") or _evidence(text, sentence, trigger, "victims")
        return _framed(text, sentence) and (not crowd or trigger.sense.sub_type == "strike")
    if trigger.sense.type not in _QUESTIONABLE:
        return False
    on_trial = _ON_TRIAL.search(text, max(sentence.start, trigger.start - 100), trigger.start)
    if on_trial and not _YEAR.search(text, sentence.start, sentence.end):
        return True
    said = text[sentence.start : sentence.end]
    if _evidence(text, sentence, trigger, "arms"):
        return False
    if _words("mishaps").search(said):
        return True
    if _words("frames").search(said) and not _evidence(text, sentence, trigger, "bloodshed"):
        return True
    if armed or _evidence(text, sentence, trigger, "victims") or _COUNTED.search(said) or _SUFFERED.search(said):
        return False
    return _words("self-evident").search(trigger.text) is None


def fictional(text: str, sentence: Sentence) -> bool:
    """Tell a sentence about a film, a book or a show: what those tell of is no news."""
    return _FICTION.search(text, sentence.start, sentence.end) is not None


def _framed(text: str, sentence: Sentence) -> bool:
    said = text[sentence.start : sentence.end]
    return _words("frames").search(said) is not None or _words("mishaps").search(said) is not None


def _evidence(text: str, sentence: Sentence, trigger: Trigger, name: str) -> bool:
    """Tell whether a word of the list stands in the sentence, outside the trigger unless that is a phrase."""
    return any(
        trigger.sense.phrase or match.end() <= trigger.start or match.start() >= trigger.end
        for match in _words(name).finditer(text, sentence.start, sentence.end)
    )


def has_actor(text: str, sentence: Sentence) -> bool:
    """Tell whether a sentence names anyone whose meeting or visit is political."""
    return bool(_ACTOR.search(text, sentence.start, sentence.end) or _NAME.search(text[sentence.start : sentence.end]))
