"""Dates counted from another clause: "bombed on Saturday, a day after troops had attacked"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from geo.events.clauses import borders
from geo.events.triggers import Trigger
from geo.model import Published, TimeSpan
from geo.text import Sentence

_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "twenty": 20, "thirty": 30,
}  # fmt: skip
_DAYS = {"minute": 0, "hour": 0, "day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}
_SHIFT = re.compile(
    r"\b(?:(?P<number>\d{1,3}|"
    + "|".join(_NUMBERS)
    + r") )?(?P<unit>minute|hour|day|week|fortnight|month|year)(?P<many>s?)"
    r" (?P<side>after|before|since)\b(?! that\b|[.,;])",
    re.IGNORECASE,
)
# "days after": from one of them to this many.
_VAGUE = 6


def shifted(
    text: str,
    trigger: Trigger,
    sentence: Sentence,
    *,
    spans: Sequence[TimeSpan],
    triggers: Sequence[Trigger],
    published: Published | None,
) -> tuple[date, date, str, TimeSpan | None] | None:
    """Date a trigger in one clause by the date of the other, where "three days after" joins the two.

    Returns
    -------
    (date, date, str, TimeSpan or None) or None
        The days, the words that join the clauses, and the expression counted from (None: publication).
    """
    for match in _SHIFT.finditer(text, sentence.start, sentence.end):
        vague = match["number"] is None and match["unit"].lower() in ("month", "year", "minute")
        if vague or (match["number"] is None and not match["many"]):
            continue
        inside = trigger.start >= match.end()
        if any(match.end() <= other.start < trigger.start for other in triggers if not other.noun) and inside:
            continue
        there = [span for span in spans if span.start >= match.end() and span.date_start]
        here = [span for span in spans if span.end <= match.start() and span.date_start]
        if inside:
            if any(not borders(text, *sorted((trigger.end, span.start))) for span in there):
                return None  # its clause has a date of its own
            base = here[-1] if here else None
            days = _base(base, published)
            back = match["side"].lower() != "before"
        else:
            if here or not there or match.start() < trigger.end:
                continue
            base = there[0]
            days = _base(base, published)
            back = match["side"].lower() == "before"
        if days is None:
            continue
        near, far = _count(match)
        first, last = (-far, -near) if back else (near, far)
        return days[0] + timedelta(first), days[1] + timedelta(last), match[0], base
    return None


def _base(span: TimeSpan | None, published: Published | None) -> tuple[date, date] | None:
    if span is not None:
        if span.date_start is None or span.date_end is None or span.precision not in ("day", "week"):
            return None
        return span.date_start, span.date_end
    if published is None or published.start is None or published.end is None:
        return None
    return published.start - timedelta(days=1), published.end


def _count(match: re.Match[str]) -> tuple[int, int]:
    """Give the least and the most days that the words may mean."""
    unit = _DAYS[match["unit"].lower()]
    if match["number"] is None:
        return unit, unit * _VAGUE
    word = match["number"].lower()
    number = _NUMBERS.get(word) or int(word)
    slack = {30: 8, 365: 15}.get(unit, 0)
    return max(0, number * unit - slack), number * unit + slack
