"""The year of a date that names none: "on 7 February", "in June"."""

from __future__ import annotations

from datetime import date

from geo.dates.rule import Context

# A date without a tense cue this many days ahead is an announcement, not an anniversary of last year.
_AHEAD_DAYS = 75
_AHEAD_MONTHS = 2


def checked_date(year: int, month: int, day: int) -> date | None:
    """Give the date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def guessed_year(context: Context, month: int, day: int | None = None, weekday: int | None = None) -> int | None:
    """Choose the year of a date that names none.

    The weekday decides where it fits one of the years around publication; then tense: a future date is the next one, a
    past one the last. Without a cue a date up to 75 days ahead counts as ahead, others as past. None without a day to
    count from.
    """
    if context.year is not None or context.day is None:
        return context.year
    now = context.day
    if day and weekday is not None:
        years = (now.year - 1, now.year, now.year + 1)
        fits = [day for day in (checked_date(year, month, day) for year in years) if day and day.weekday() == weekday]
        if fits:
            return min(fits, key=lambda moment: abs((moment - now).days)).year
    if context.tense == "future":
        return now.year if (month, day or 31) >= (now.month, now.day) else now.year + 1
    return now.year if _this_year(context, now, month, day) else now.year - 1


def _this_year(context: Context, now: date, month: int, day: int | None) -> bool:
    announced = context.tense != "past"
    if day is None:
        return month <= now.month or (announced and month - now.month <= _AHEAD_MONTHS)
    moment = checked_date(now.year, month, day)
    return moment is None or moment <= now or (announced and (moment - now).days <= _AHEAD_DAYS)
