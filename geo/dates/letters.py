"""Letters: a text whose days and months are written with a capital, whatever the article does, at the same offsets."""

from __future__ import annotations

import re

from geo.dates.words import MONTHS, WEEKDAYS

# A newline inside a hard-wrapped sentence is a space.
_SOFT_BREAK = re.compile(r"(?<=[^\n]{50}[\w,])\n(?=[a-z0-9])")
# A line in capitals: a ticker, a headline. Shorter ones are names.
_CAPITAL_LINE = re.compile(r"^[^a-z\n]{16,}$", re.MULTILINE)

# In small letters these are months only where their place says so.
_VERBS = frozenset({"may", "march", "august"})
_FULL = [*WEEKDAYS, *(name for name in MONTHS if len(name) > 4 or name in ("may", "june", "july"))]
_SHORT = [name for name in MONTHS if name not in _FULL]
# Literals first and alone, so that the search skips from one to the next; what stands around them is asked after.
_NAMES = re.compile("|".join(sorted([*_FULL, *(name.upper() for name in (*_FULL, *_SHORT))], reverse=True)))
_LEAD = re.compile(r"(?:\b(?:in|since|until|of|late|early)[ -]|\bmid-|\d )$", re.IGNORECASE)
_DAY_AFTER, _YEAR_AFTER = re.compile(r" \d\d?\b"), re.compile(r",? (?:1[89]|20)\d\d\b")
_FIGURE_BEFORE, _FIGURE_AFTER = re.compile(r"\d[ -]$"), re.compile(r"(?:\.? |-)\d")


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
    return _NAMES.sub(_capitalised, text)


def _capitalised(match: re.Match[str]) -> str:
    return match[0].capitalize() if _is_name(match.string, match[0], *match.span()) else match[0]


def _is_name(text: str, word: str, start: int, end: int) -> bool:
    """Tell whether a word in small letters or in capitals is a day's or a month's name where it stands."""
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    if any(letter.isalnum() or letter == "_" for letter in around):
        return False
    before = text[max(0, start - 7) : start]
    if word.lower() in _SHORT:
        return bool(_FIGURE_BEFORE.search(before) or _FIGURE_AFTER.match(text, end))
    if word in _VERBS or word == "MAY":
        dated = _DAY_AFTER.match(text, end) and (word == "MAY" or before.endswith("on "))
        return bool(dated or _LEAD.search(before) or _YEAR_AFTER.match(text, end))
    return not before.endswith(("'", "’", "-"))


def _lowered(match: re.Match[str]) -> str:
    line = match[0].lower()
    return line if len(line) == len(match[0]) else match[0]
