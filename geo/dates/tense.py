"""Tense and plan cues: whether the clause around an expression tells of what was or of what will be."""

from __future__ import annotations

import re
from typing import Literal

from geo.dates.names import words

Tense = Literal["past", "future"]

_FUTURE = re.compile(
    r"\b(?:(?:is|are|due|set|planned|scheduled|expected) to(?: be \w+)?|"
    r"(?:will|shall|would)(?: not)?(?: be \w+)?|won['’]t|plan(?:s|ned)?|expect(?:s|ed)?|due|scheduled?|"
    r"slated|going to|wants? to|"
    r"hopes? to|"
    r"upcoming|ahead of|aims? to|intend\w*|next|about to|invited|to be held|takes? place|"
    r"(?<!the )(?<!a )(?:begins?|starts?)|"
    r"resumes?|meets?|likely)\b"
)
# "ordered them to return to their bases by 1 May": the date is that of the plan.
_DEADLINE = re.compile(
    r"\b(?:order|told|ask|agree|pledge|promis|urge|requir|instruct|undert|vow|want|decid|deadline|ultimatum|days|weeks)"
    r"\w*\b[^.;]{0,70}\bto (?!have\b|the\b|its\b|a\b)[a-z]+ (?:[\w'’-]+ ){0,6}(?:by|before|until) (?:the )?$"
)
# "postponed until Monday": the day is one to come, whatever was done.
_PUT_OFF = re.compile(
    rf"\b(?:(?:{'|'.join(sorted(words()['put off']))})\b[^.;,]{{0,40}}?\b(?:until|till|to)|(?:ha[sd]|have) until) "
    r"(?:(?:the|late|early|at least) )*$"
)
_PAST = re.compile(
    r"\b(?:was|were|had|has|have|did|said|told|after|since|ago|last|took|began|broke|fell|fought|held|met|came|went|"
    r"left|"
    r"struck|shot|saw|made|hit|won|lost|flew|kept|sent|spoke|drove|burnt|blew|led|rose|set off|(?<!\bbe )\w{3,}ed)\b"
)
# "It would be recalled that in July gunmen took ...": a manner of speaking.
_RECALLED = re.compile(r"\b(?:will|would) (?:be )?(?:recall|remember|forg[eo]t)\w*(?: that)?\b[^.;]{0,20}$")
_SAID_ON = re.compile(
    r"\b(?:said|told \w+|announced|says|reported|confirmed)\s+(?:on|late|early|late on|early on)?\s*$"
)
# A cue further away than this belongs to another clause: about twenty words to the left, eight to the right.
_LEFT, _RIGHT = 140, 60


def tense_at(text: str, start: int, end: int) -> Tense | None:
    """Give the tense of the clause around ``text[start:end]``: the nearest cue to the left, else one to the right."""
    floor = max(0, start - _LEFT)
    left = max(text.rfind(stop, floor, start) for stop in (". ", "\n", "! ", "? ", "; "))
    before = text[max(left + 1, floor) : start]
    stops = [text.find(stop, end, end + _RIGHT) for stop in (". ", "\n", ", ", "! ", "? ")]
    after = text[end : min([stop for stop in stops if stop != -1], default=end + _RIGHT)]
    if _DEADLINE.search(before) or _PUT_OFF.search(before):
        return "future"
    if _RECALLED.search(before):
        return "past"
    plans = [match.span() for match in _FUTURE.finditer(before)]
    future = [first for first, _ in plans]
    # "are to be held": the participle belongs to the plan.
    past = [match.start() for match in _PAST.finditer(before) if not any(a < match.start() < b for a, b in plans)]
    if future or past:
        if _SAID_ON.search(before):
            return "past"
        return "future" if max(future, default=-1) >= max(past, default=-1) else "past"
    if _FUTURE.search(after):
        return "future"
    return "past" if _PAST.search(after) else None
