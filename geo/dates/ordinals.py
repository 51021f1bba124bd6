"""Rules for days that are named by their number alone: "on the 15th" of the month that is meant."""

from __future__ import annotations

import re
from datetime import date

from geo.dates import intervals
from geo.dates.missing_year import checked_date
from geo.dates.rule import Context, Reading, Rule, relative
from geo.dates.words import MONTH, WEEKDAY, WEEKDAYS, day_number

# What may follow a day's number; after anything else ("the 5th district", "the 24th Brigade") it counts something.
_ENDS = re.compile(
    r"\s*(?:[.,;:!?)”\"–—-]|$|\n)|\s(?:and|or|at|in|near|when|while|as|after|before|with|by|to|the|a|an|he|she|they|it|"
    r"his|her|their|there|but|that|from|for|during|over|outside|inside|around|was|were|had|also|again|\w+ing)\b"
)
# A text goes on more often than back: "fell on the 26th; it was retaken on the 25th" is the rarer order.
_BACK = 1.5
# A weekday falls on a number of the month again within so many months.
_YEAR = 12
_THE_DAY = re.compile(
    r"(?:(?<=\b[Oo]n )|(?<=\b[Bb]y )|(?<=\b[Ss]ince )|(?<=\b[Uu]ntil )|(?<=\b[Ff]rom )|(?<=\b[Nn]ight of ))"
    r"the (?P<day>3[01]|[12]?\d)(?:st|nd|rd|th)\b"
    r"(?: (?:day )?of (?P<which>this|last|that|the same) month\b)?"
)


def _the_day(match: re.Match[str], context: Context) -> Reading | None:
    if not _ENDS.match(context.text, match.end()):
        return None
    number = day_number(match["day"])
    if context.previous and match["which"] in (None, "that", "the same"):
        moment = _near(context.previous[0], number)
    elif context.day is None:
        moment = None
    elif match["which"]:
        moment = _from(intervals.around(context.day, "month", -1 if match["which"] == "last" else 0)[0], number, 1)
    else:
        moment = _from(context.day, number, 1 if context.tense == "future" else -1)
    if moment and context.day and moment > context.day and context.tense != "future":
        moment = _from(context.day, number, -1)
    return relative(intervals.day(moment) if moment else None, "day")


def _weekday_the_day(match: re.Match[str], context: Context) -> Reading | None:
    """Read "on Friday the 26th": the nearest Friday with that number, behind publication but for what is planned."""
    if context.day is None:
        return relative(None, "day")
    number, weekday = day_number(match["day"]), WEEKDAYS[match["weekday"].lower()]
    month, step = context.day.replace(day=1), 1 if context.tense == "future" else -1
    for months in range(_YEAR):
        there = intervals.months_after(month, step * months)
        moment = checked_date(there.year, there.month, number)
        if moment and moment.weekday() == weekday and (moment - context.day).days * step >= 0:
            return relative(intervals.day(moment), "day")
    return relative(None, "day")


def _near(told: date, number: int) -> date | None:
    """Give the day of that number that goes on from `told`, or lies shortly before it in its month."""
    month = told.replace(day=1)
    back, on = (checked_date(one.year, one.month, number) for one in (month, intervals.months_after(month, 1)))
    if back is None or (on and _BACK * (told - back).days > (on - told).days):
        return on or _from(told, number, 1)
    return back


def _from(start: date, number: int, step: int) -> date | None:
    """Give the first day of that number on the way from `start`, itself included."""
    for months in range(4):
        month = intervals.months_after(start.replace(day=1), step * months)
        moment = checked_date(month.year, month.month, number)
        if moment and (moment >= start if step > 0 else moment <= start):
            return moment
    return None


RULES: tuple[Rule, ...] = (
    Rule("day of month", "ordinal", _THE_DAY, _the_day, anaphoric=True),
    Rule(
        "weekday the day",
        "ordinal",
        re.compile(rf"\b(?P<weekday>{WEEKDAY}),? the (?P<day>3[01]|[12]?\d)(?:st|nd|rd|th)\b(?! (?:of )?{MONTH})"),
        _weekday_the_day,
    ),
)
