"""The year of a story told in the past: "on 4 May 1982 ... on 21 May" is still 1982."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from geo.dates.intervals import Interval
from geo.dates.rule import Context, Hit, Reading

# A story's year holds for this many characters after the last date that gave or took it.
_REACH = 600
# A guess this close before publication is news, whatever the story before it.
_NEWS = timedelta(days=45)
_PLUPERFECT = re.compile(r"\bhad\b")
_SENTENCE = re.compile(r"[.!?]\s")


@dataclass(frozen=True, slots=True)
class Story:
    """The last past date that a text gave with its year, and where it stood."""

    end: int
    days: Interval


def tells_news(hits: list[Hit], day: date | None) -> bool:
    """Tell whether a text has a date of the days before publication that is sure: a weekday, "last week"."""
    readings = [hit.reading for hit in hits if hit.reading and not hit.reading.yearless and not hit.rule.anaphoric]
    return day is not None and any(
        reading.basis == "relative" and reading.interval is not None and abs(day - reading.interval[1]) <= _NEWS
        for reading in readings
    )


def follow_story(text: str, hit: Hit, story: Story | None, day: date | None, *, news: bool) -> Reading | None:
    """Read a date without a year as part of the story before it; None where it is news or there is no story.

    The date is the first one after the story's own, or, in the pluperfect, the last one before it. `news` says whether
    the text tells of the days before publication at all: a retrospective appears on the anniversary.
    """
    reading = hit.reading
    if story is None or reading is None or not reading.yearless or hit.start - story.end > _REACH:
        return None
    guess = reading.interval
    ahead = day is not None and guess is not None and guess[1] > day
    back = _told_back(text, hit)
    if (ahead and Context(text, hit.start, hit.end, day).tense == "future") or (news and not back):
        return None
    if day and guess and not ahead and ((news and day - guess[1] <= _NEWS) or guess[0].year <= story.days[0].year):
        return None
    year = story.days[1].year if back else story.days[0].year
    for candidate in (year, year - 1) if back else (year, year + 1):
        again = hit.rule.read(hit.match, Context(text, hit.start, hit.end, day).with_year(candidate))
        if again is None or again.interval is None:
            continue
        if (again.interval[0] <= story.days[1]) if back else (again.interval[1] >= story.days[0]):
            return again if day is None or again.interval[1] <= day else None
    return None


def told(hit: Hit, story: Story | None, day: date | None) -> Story | None:
    """Give the story after a hit: a past year begins or goes on with one, news ends it."""
    reading = hit.reading
    if reading is None or reading.interval is None:
        return story
    if day is not None and abs(day - reading.interval[1]) <= _NEWS:
        return None
    if reading.basis == "explicit" and reading.precision in ("day", "month", "year"):
        return Story(hit.end, reading.interval)
    if reading.yearless and story is not None:
        return Story(hit.end, reading.interval)
    return story


def _told_back(text: str, hit: Hit) -> bool:
    """Tell whether the sentence so far is in the pluperfect."""
    floor = max(0, hit.start - 160)
    stops = [match.end() for match in _SENTENCE.finditer(text, floor, hit.start)]
    return _PLUPERFECT.search(text, stops[-1] if stops else floor, hit.start) is not None
