"""The year of a story told in the past: "on 4 May 1982 ... on 21 May" is still 1982."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from geo.dates.intervals import Interval
from geo.dates.names import known_event
from geo.dates.rule import Context, Hit, Reading

# A story's year holds for this many characters after the last date that gave or took it.
_REACH = 600
# A guess this close before publication is news, whatever the story before it.
_NEWS = timedelta(days=45)
# A story may step back this far; further back, its date is the next year's.
_STEP_BACK = timedelta(days=60)
_PLUPERFECT = re.compile(r"\bhad\b")
_SENTENCE = re.compile(r"[.!?]\s")
# "In ", "By early ", "Back in ": so much may stand before the date that opens a sentence.
_OPENING = 12


# A story with days or months of its own goes on within its paragraph, whatever news the text tells elsewhere.
_TOLD, _BREAK = timedelta(days=100), re.compile(r"\n")
# "1990 - The last troops leave", "1991: ...", "1992. ...": the year before such a mark heads its line.
_HEADS_LINE = re.compile(r"\s*[-–—:](?=\s)|\.(?=\s+[\"“‘(]?[A-Z])")


# What may stand on a line beside a heading or before an entry's date.
_MARKS = " \t-•*·–—:[]()"


@dataclass(frozen=True, slots=True)
class Story:
    """The last past date that a text gave with its year, and where it stood.

    `background` is a month or a year in the middle of a sentence ("the town, seized in 2014, was"): what follows may
    well be news.
    """

    end: int
    days: Interval
    background: bool = False


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
    elsewhere = news and not back and not _goes_on(text, hit, story)
    if (ahead and Context(text, hit.start, hit.end, day).tense == "future") or elsewhere:
        return None
    recent = day is not None and guess is not None and not ahead and day - guess[1] <= _NEWS
    if recent and (news or story.background):
        return None
    if day and guess and not ahead and guess[0].year <= story.days[0].year:
        return None
    year = story.days[1].year if back else story.days[0].year
    for candidate in (year, year - 1) if back else (year, year + 1):
        again = hit.rule.read(hit.match, Context(text, hit.start, hit.end, day).with_year(candidate))
        if again is None or again.interval is None:
            continue
        if (again.interval[0] <= story.days[1]) if back else (again.interval[1] >= story.days[0] - _STEP_BACK):
            return again if day is None or again.interval[1] <= day else None
    return None


def _goes_on(text: str, hit: Hit, story: Story) -> bool:
    """Tell whether a date goes on with a story: in its paragraph, or, where that has but a year, in its sentence."""
    short, between = story.days[1] - story.days[0] <= _TOLD, text[story.end : hit.start]
    return not story.background and not (_BREAK if short else _SENTENCE).search(between)


def told(text: str, hit: Hit, story: Story | None, day: date | None) -> Story | None:
    """Give the story after a hit: a past year begins or goes on with one, news ends it."""
    reading = hit.reading
    if reading is None or reading.interval is None:
        return story
    if day is not None and abs(day - reading.interval[1]) <= _NEWS:
        return None
    if reading.precision != "day" and (known_event(text, hit.start, hit.end) or _since(text, hit)):
        return story
    if reading.basis == "explicit" and reading.precision in ("day", "month", "year"):
        opening = _opens_sentence(text, hit)
        return Story(hit.end, reading.interval, reading.precision != "day" and not opening)
    if (reading.yearless or hit.rule.anaphoric) and story is not None:
        return Story(hit.end, reading.interval)
    return story


def _told_back(text: str, hit: Hit) -> bool:
    """Tell whether the sentence so far is in the pluperfect."""
    floor = max(0, hit.start - 160)
    stops = [match.end() for match in _SENTENCE.finditer(text, floor, hit.start)]
    return _PLUPERFECT.search(text, stops[-1] if stops else floor, hit.start) is not None


def _since(text: str, hit: Hit) -> bool:
    return text[max(0, hit.start - 12) : hit.start].lower().rstrip().endswith(("since", "since the"))


def _opens_sentence(text: str, hit: Hit) -> bool:
    """Tell whether at most a word or two stand before the date: "In 1982", but not "Since 1982"."""
    floor = max(0, hit.start - 40)
    stops = [match.end() for match in _SENTENCE.finditer(text, floor, hit.start)]
    line = text.rfind("\n", floor, hit.start) + 1
    before = text[max(line, floor, *stops) : hit.start]
    return len(before) <= _OPENING and "since" not in before.lower()


def heading_year(text: str, hit: Hit, year: int | None) -> int | None:
    """Give the year of the headings so far: a year or a month of one, alone on its line, holds up to the next."""
    reading = hit.reading
    if reading is None or reading.interval is None or reading.basis != "explicit" or reading.precision == "day":
        return year
    first, last = reading.interval
    return first.year if first.year == last.year and not _line_around(text, hit).strip(_MARKS) else year


def under_heading(text: str, hit: Hit, year: int | None, day: date | None) -> Reading | None:
    """Read an entry's date, which opens its line, as one of the heading's year."""
    if year is None or hit.reading is None or not hit.reading.yearless:
        return None
    line = text.rfind("\n", 0, hit.start) + 1
    if text[line : hit.start].strip(_MARKS):
        return None
    return hit.rule.read(hit.match, Context(text, hit.start, hit.end, day).with_year(year))


def heads_line(text: str, hit: Hit) -> int | None:
    """Give where the line ends that a year or a month heads ("1990 - The last troops leave"); None where none does."""
    reading = hit.reading
    if reading is None or reading.interval is None or hit.rule.name not in ("year", "month year"):
        return None
    line = text.rfind("\n", 0, hit.start) + 1
    if text[line : hit.start].strip(_MARKS) or not _HEADS_LINE.match(text, hit.end):
        return None
    end = text.find("\n", hit.end)
    return end if end != -1 else len(text)


def in_line(text: str, hit: Hit, line: tuple[int, int] | None, day: date | None) -> Reading | None:
    """Read a date as one of the year that heads its line: `line` is the year, and where the line ends.

    "Overnight" in it is no night of now.
    """
    if line is None or hit.start >= line[1] or hit.reading is None:
        return None
    if hit.reading.basis == "relative" and not hit.reading.yearless and not hit.rule.anaphoric:
        return replace(hit.reading, interval=None)
    if not hit.reading.yearless:
        return None
    return hit.rule.read(hit.match, Context(text, hit.start, hit.end, day).with_year(line[0]))


def _line_around(text: str, hit: Hit) -> str:
    end = text.find("\n", hit.end)
    return text[text.rfind("\n", 0, hit.start) + 1 : hit.start] + text[hit.end : end if end != -1 else len(text)]
