"""The year of a date that names none: "on 7 February", "in June"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from geo.dates.intervals import Interval
from geo.dates.rule import Context

# No calendar day of another year is read, nor counted from: a century either way must still be a date.
FIRST_YEAR, LAST_YEAR = 1000, 2999
# A date without a tense cue this many days ahead is an announcement, not an anniversary of last year.
_AHEAD_DAYS = 75
_AHEAD_MONTHS = 2
# Published in another time zone, or the evening before: a past day this little ahead is today's news, not last year's.
_EARLY_EDITION_DAYS = 3


def checked_date(year: int, month: int, day: int) -> date | None:
    """Give the date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def guessed_year(context: Context, month: int, day: int | None = None, weekday: int | None = None) -> int | None:
    """Choose the year of a date that names none.

    The weekday decides where it fits one of the years around publication; then tense: a future date is the next one, a
    past one the last, but for a day that publication comes just before. Without a cue a date up to 75 days ahead counts
    as ahead, others as past. None without a day to count from.
    """
    if context.year is not None or context.day is None:
        return context.year
    now = context.day
    if day and weekday is not None:
        years = (now.year - 1, now.year, now.year + 1)
        fits = [day for day in (checked_date(year, month, day) for year in years) if day and day.weekday() == weekday]
        if fits:
            return min(fits, key=lambda moment: abs((moment - now).days)).year
    for year in (now.year, now.year + 1):
        moment = checked_date(year, month, day) if day else None
        if moment and 0 < (moment - now).days <= _EARLY_EDITION_DAYS:
            return year
    if context.tense == "future":
        return now.year if (month, day or 31) >= (now.month, now.day) else now.year + 1
    return now.year if _this_year(context, now, month, day) else now.year - 1


def _this_year(context: Context, now: date, month: int, day: int | None) -> bool:
    announced = context.tense != "past"
    if day is None:
        return month <= now.month or (announced and month - now.month <= _AHEAD_MONTHS)
    moment = checked_date(now.year, month, day)
    return moment is None or moment <= now or (announced and (moment - now).days <= _AHEAD_DAYS)


def last_or_next(context: Context, days: Sequence[Interval]) -> Interval | None:
    """Choose among the days that a name has had, in order, as `guessed_year` does among years."""
    now = context.day
    if now is None:
        return None
    if context.year is not None:
        return next((each for each in days if each[0].year == context.year), None)
    past = [each for each in days if each[0] <= now + timedelta(days=_EARLY_EDITION_DAYS)]
    ahead = [each for each in days if each[0] > now]
    soon = ahead and context.tense is None and (ahead[0][0] - now).days <= _AHEAD_DAYS
    if ahead and (context.tense == "future" or (soon and past and now - past[-1][1] > ahead[0][0] - now)):
        return ahead[0]
    return past[-1] if past else None
