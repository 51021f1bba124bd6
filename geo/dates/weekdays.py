"""Days of the week: which Tuesday is meant."""

from __future__ import annotations

import re
from datetime import timedelta

from geo.dates import intervals
from geo.dates.rule import Context, Reading, relative
from geo.dates.words import WEEKDAYS


def which_weekday(match: re.Match[str], context: Context) -> Reading | None:
    """Read "last Tuesday", "next Monday", "the previous Friday"."""
    which, number = match["which"].lower(), WEEKDAYS[match["weekday"].lower()]
    base = context.day
    if which.startswith("the ") and context.previous:
        base = context.previous[1]
    if base is None:
        return relative(None, "day")
    if "last" in which or "past" in which or "previous" in which:
        moment = base - timedelta(days=(base.weekday() - number - 1) % 7 + 1)
    elif "next" in which or "following" in which or "coming" in which:
        moment = base + timedelta(days=(number - base.weekday() - 1) % 7 + 1)
    else:
        moment = base - timedelta(days=base.weekday()) + timedelta(days=number)
        if context.tense == "past" and moment > base:
            moment -= timedelta(days=7)
    return relative(intervals.day(moment), "day")


def weekday_of_week(match: re.Match[str], context: Context) -> Reading | None:
    """Read "Tuesday of last week": weeks begin on Monday."""
    if context.day is None:
        return relative(None, "day")
    offset = {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
    monday = context.day - timedelta(days=context.day.weekday()) + timedelta(days=7 * offset)
    return relative(intervals.day(monday + timedelta(days=WEEKDAYS[match["weekday"].lower()])), "day")


def weekday(match: re.Match[str], context: Context) -> Reading | None:
    """Read "on Tuesday": the nearest past one, the day of publication included, unless a plan stands nearer."""
    if context.day is None:
        return relative(None, "day")
    number = WEEKDAYS[match["weekday"].lower()]
    if context.tense == "future":
        moment = context.day + timedelta(days=(number - context.day.weekday()) % 7)
    else:
        moment = context.day - timedelta(days=(context.day.weekday() - number) % 7)
    return relative(intervals.day(moment), "day")
