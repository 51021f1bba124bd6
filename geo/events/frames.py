"""The world a sentence speaks of: sport, markets, culture and nature borrow the words of war."""

from __future__ import annotations

import functools
import re

from geo.events.lexicon import alternation, lexicon
from geo.events.triggers import Trigger
from geo.text import Sentence

_ACTOR = re.compile(
    r"\b(?:presidents?|ministers?|leaders?|envoys?|diplomats?|officials?|delegat\w+|chancellor|secretar(?:y|ies)|"
    r"king|queen|premier|"
    r"ambassadors?|general|governments?|summit|foreign|parliament|lawmakers|senators?|counterparts?|negotiat\w+|"
    r"mediators?|rebels?|"
    r"generals|commanders?|chiefs?|pope|prince|sheikh|emir|sultan|talks|peace|truce|ceasefire|accord|treaty|"
    r"agreement|referendum|"
    r"election|parties|sides|opposition|government|UN|EU|NATO|Nato|African Union|G7|G20|OSCE|ASEAN|ECOWAS|Security "
    r"Council)\b",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?<=[a-z,] )[A-Z][a-z]+ [A-Z][a-z]+|\b(?:Mr|Mrs|Ms|Dr|Sheikh|General) [A-Z]|^[A-Z][a-z]+,? (?:[A-Z][a-z]+|on|"
    r"who|has|had|was|told)\b"
)


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = lexicon().lists
    return tuple(re.compile(rf"\b(?:{alternation(lists[name])})\b", re.IGNORECASE) for name in ("war", "frames"))  # type: ignore[return-value]


def figurative(text: str, sentence: Sentence, trigger: Trigger) -> bool:
    """Tell whether a trigger is a figure of speech: another world's words around it, and none of war but its own."""
    war, frames = _patterns()
    if not frames.search(text, sentence.start, sentence.end):
        return False
    return not any(
        match.end() <= trigger.start or match.start() >= trigger.end
        for match in war.finditer(text, sentence.start, sentence.end)
    )


def has_actor(text: str, sentence: Sentence) -> bool:
    """Tell whether a sentence names anyone whose meeting or visit is political."""
    return bool(_ACTOR.search(text, sentence.start, sentence.end) or _NAME.search(text[sentence.start : sentence.end]))
