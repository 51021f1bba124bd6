"""Letters: a text whose days and months are written with a capital, whatever the article does, at the same offsets."""

from __future__ import annotations

import re

from geo.dates.words import MONTHS, WEEKDAYS

# A newline inside a hard-wrapped sentence is a space.
_SOFT_BREAK = re.compile(r"(?<=[^\n]{50}[\w,])\n(?=[a-z0-9])")
# A line in capitals: a ticker, a headline. Shorter ones are names.
_CAPITAL_LINE = re.compile(r"^[^a-z\n]{16,}$", re.MULTILINE)

# "may", "march" and "august" are months in small letters only where their place says so.
_VERBS = ("may", "march", "august")
_SURE = [*WEEKDAYS, *(name for name in MONTHS if len(name) > 4 and name not in _VERBS)]
_SHORT = [name for name in MONTHS if len(name) in (3, 4) and name not in ("may", "june", "july")]
_LEAD = (
    r"(?:(?<=\bin )|(?<=\bIn )|(?<=\bsince )|(?<=\buntil )|(?<=\bof )|(?<=\blate )|(?<=\bearly )|(?<=\bmid-)|(?<=\d ))"
)
_NAMES = re.compile(
    rf"(?<![\w'’-])(?:{'|'.join(word for name in [*_SURE, 'june', 'july'] for word in (name, name.upper()))}|"
    rf"MARCH|AUGUST)(?![a-z0-9_])|"
    rf"{_LEAD}(?:{'|'.join(_VERBS)}|MAY)\b|"
    rf"\b(?:{'|'.join(_VERBS)}|MAY)(?=,? (?:1[89]|20)\d\d\b)|"
    rf"(?<=\bon )(?:{'|'.join(_VERBS)})(?= \d\d?\b)|\bMAY(?= \d\d?\b)|"
    rf"(?<=\d[ -])(?:{'|'.join(name.upper() for name in _SHORT)})\b|"
    rf"\b(?:{'|'.join(name.upper() for name in _SHORT)})(?=\.? \d)"
)


def plain(text: str) -> str:
    """Give the text as the rules read it: whole lines, no capitals but a name's; every offset stays.

    Examples
    --------
    >>> plain("SHELLS HIT TAIZ LATE ON MONDAY"), plain("it fell on monday, as they may march in march")
    ('shells hit taiz late on Monday', 'it fell on Monday, as they may march in March')
    """
    return named(_CAPITAL_LINE.sub(_lowered, _SOFT_BREAK.sub(" ", text)))


def named(text: str) -> str:
    """Give the days and months of a text their capital and their small letters."""
    return _NAMES.sub(lambda match: match[0].capitalize(), text)


def _lowered(match: re.Match[str]) -> str:
    line = match[0].lower()
    return line if len(line) == len(match[0]) else match[0]
