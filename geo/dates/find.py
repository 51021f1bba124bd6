"""Find the dated expressions of a text: anchors, the rules that need them, one pass in reading order."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from dataclasses import replace
from datetime import date, timedelta

from geo.dates import (
    absolute,
    anaphora,
    durations,
    holidays,
    intervals,
    mentioned,
    numeric,
    ordinals,
    periods,
    relative,
    years,
)
from geo.dates.intervals import Interval
from geo.dates.letters import plain
from geo.dates.mentioned import from_named
from geo.dates.missing_year import FIRST_YEAR, LAST_YEAR
from geo.dates.periods import name_pattern
from geo.dates.ranges import follow, join_ranges, lend_year, reach_publication
from geo.dates.roles import headings, role_of
from geo.dates.rule import Context, Hit, Reading, Rule
from geo.dates.stamps import Stamp, counted_from, stamps
from geo.dates.story import (
    Story,
    follow_story,
    heading_year,
    heads_line,
    in_line,
    tells_news,
    told,
    under_heading,
)
from geo.dates.words import MONTHS
from geo.model import Published, TimeRole, TimeSpan

# Rules run only near a word without which they cannot match. The reach covers the longest expression on either side.
_BEFORE, _AFTER = 64, 48
# "two days later" counts from a date at most this far back: about three sentences.
_MEMORY = 500
# "that June" is of the year told at most this far back.
_LONG_MEMORY, _YEAR = 1500, timedelta(days=366)


@functools.cache
def _first_words() -> frozenset[str]:
    return periods.first_words() | holidays.first_words()


@functools.cache
def _months_in_names() -> frozenset[str]:
    return frozenset(words.split()[0] for words in _first_words()) & MONTHS.keys()


@functools.cache
def _anchors() -> re.Pattern[str]:
    # Every branch but the figures' begins at a word's edge: asked once, it spares the others most positions.
    return re.compile(
        r"\b(?:(?P<year>(?:1[0-9]|20)\d\d)(?!\d)|"
        r"(?-i:(?P<month>(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|January|February|March|April|May|June|July|"
        r"August|September|October|November|December)\b))|"
        r"(?-i:(?P<weekday>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)|"
        r"(?P<unit>day|night|week|fortnight|month|quarter|year|decade|centur|hour|minute|morning|afternoon|evening)|"
        r"(?P<season>(?:spring|summer|autumn|fall|winter)\b)|"
        r"(?P<word>(?:yesterday|today|tonight|tomorrow|overnight|this (?:morning|afternoon|evening)|last night|"
        r"dawn|daybreak|sunrise|dusk|nightfall|sunset|noon|midday|midnight)\b)|"
        rf"(?P<period>(?:{name_pattern(_first_words())})\b))|"
        r"(?P<number>\d\d?[/.]\d\d?[/.]\d|\d[:.]\d\d|\d{4} ?(?:GMT|UTC|h)|['’‘]?\d0['’]?s\b)|"
        r"(?P<ordinal>\d(?:st|nd|rd|th)\b)",
        re.IGNORECASE,
    )


@functools.cache
def _rules() -> tuple[Rule, ...]:
    return (
        *numeric.RULES,
        *absolute.RULES,
        *years.RULES,
        *ordinals.RULES,
        *mentioned.RULES,
        *anaphora.RULES,
        *relative.RULES,
        *durations.RULES,
        *periods.rules(),
        *holidays.rules(),
    )


@functools.cache
def _by_anchor() -> dict[str, tuple[tuple[int, Rule], ...]]:
    grouped: dict[str, list[tuple[int, Rule]]] = {}
    for order, rule in enumerate(_rules()):
        grouped.setdefault(rule.anchor, []).append((order, rule))
    return {anchor: tuple(rules) for anchor, rules in grouped.items()}


def _windows(text: str) -> dict[str, list[tuple[int, int]]]:
    """Give, for each kind of anchor, the merged stretches of text around its words."""
    windows: dict[str, list[tuple[int, int]]] = {}
    for match in _anchors().finditer(text):
        start, end = max(0, match.start() - _BEFORE), min(len(text), match.end() + _AFTER)
        while end < len(text) and text[end].isalnum():
            end += 1
        kinds = [match.lastgroup or ""]
        if kinds[0] == "year":
            kinds.append("number")
        elif kinds[0] == "month" and match[0].lower() in _months_in_names():
            # One word can open several kinds: "May Day", "October War".
            kinds.append("period")
        for kind in kinds:
            merged = windows.setdefault(kind, [])
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
    return windows


def _hits(text: str, day: date | None, heads: tuple[Stamp, ...]) -> list[Hit]:
    """Match and read; of overlapping hits the longest stays, then the one whose rule comes first."""
    found: list[Hit] = []
    for kind, windows in _windows(text).items():
        for order, rule in _by_anchor().get(kind, ()):
            for start, end in windows:
                if rule.needs and text.find(rule.needs, start, end) == -1:
                    continue
                for match in rule.pattern.finditer(text, start, end):
                    left, right = match.span()
                    while right > left and text[right - 1] in " -":
                        right -= 1
                    found.append(Hit(left, right, order, rule, match))
    found.sort(key=lambda hit: (hit.start - hit.end, hit.order, hit.start))
    starts: list[int] = []
    taken: list[Hit] = []
    for hit in found:
        place = bisect_right(starts, hit.start)
        if (place and taken[place - 1].end > hit.start) or (place < len(taken) and taken[place].start < hit.end):
            continue
        counted = counted_from(heads, hit.start, day) if heads else day
        hit.reading = hit.rule.read(hit.match, Context(text, hit.start, hit.end, counted))
        if hit.reading is not None:
            starts.insert(place, hit.start)
            taken.insert(place, hit)
    return taken


def _read_in_order(text: str, hits: list[Hit], day: date | None, heads: tuple[Stamp, ...]) -> None:
    """Read the expressions that count from the one before them."""
    previous: tuple[int, Interval] | None = None
    last: Hit | None = None
    story: Story | None = None
    year: int | None = None
    line: tuple[int, int] | None = None
    last_told: tuple[int, Interval] | None = None
    news = tells_news(hits, day)
    for index in range(1, len(hits)):
        lend_year(text, hits, index, day)
    for hit in hits:
        if last and hit.reading and hit.reading.yearless and text[last.end : hit.start] in (" and ", " or ", ", "):
            follow(text, last, hit, day)
        last = hit
        if (until := heads_line(text, hit)) is not None and hit.interval:
            line = hit.interval[0].year, until
        entry = in_line(text, hit, line, day) or under_heading(text, hit, year, day)
        hit.reading = entry or follow_story(text, hit, story, day, news=news) or hit.reading
        year = heading_year(text, hit, year)
        if hit.rule.anaphoric:
            end, near = previous if previous and hit.start - previous[0] <= _MEMORY else (-1, None)
            counted = counted_from(heads, hit.start, day) if heads else day
            told_end, calendar = last_told if last_told and hit.start - last_told[0] <= _LONG_MEMORY else (-1, None)
            context = Context(
                text,
                hit.start,
                hit.end,
                counted,
                previous=near,
                previous_end=end,
                told=calendar,
                told_end=told_end,
            )
            named = from_named(text, hit, hits)
            hit.reading = named or hit.rule.read(hit.match, context)
        reading = hit.reading
        if reading and reading.interval and _is_calendar(hit, reading):
            last_told = hit.end, reading.interval
        if reading and reading.interval and _counts(hit, reading):
            previous = hit.end, reading.interval
        story = told(text, hit, story, day)


def _is_calendar(hit: Hit, reading: Reading) -> bool:
    """Say whether an expression gives the year for "that June": a date of the calendar, at most a year long."""
    dated = reading.basis == "explicit" or reading.yearless or hit.rule.name.endswith("of told year")
    return dated and reading.interval is not None and reading.interval[1] - reading.interval[0] < _YEAR


def _counts(hit: Hit, reading: Reading) -> bool:
    """Say whether what follows may count from an expression: "two days later", "the same evening"."""
    return reading.precision in ("day", "week", "month") and reading.basis != "named" and not hit.rule.aside


def _tag(text: str, day: date | None) -> tuple[list[Hit], tuple[Stamp, ...]]:
    heads = stamps(text, day)
    hits = _hits(text, day, heads)
    _read_in_order(text, hits, day, heads)
    joined = [hit for hit in join_ranges(text, hits, day) if hit.reading and not hit.reading.noise]
    for hit in joined:
        reach_publication(text, hit, day)
    return joined, heads


def find(text: str, published: Published | None) -> tuple[TimeSpan, ...]:
    """Find the dated expressions of a text and the days they mean.

    Relative expressions count from publication. Where that is known only as an interval they become intervals too, from
    the earliest to the latest reading; where it is open or unknown they keep no dates.

    Parameters
    ----------
    text : str
    published : Published or None
        When the article appeared; None reads absolute dates only.

    Returns
    -------
    tuple of TimeSpan
        In reading order, not overlapping; dates are closed intervals of days. `date_start` is None for a duration or a
        repeated time, which dates nothing.

    Examples
    --------
    >>> from datetime import date
    >>> day = Published(date(2015, 1, 26), date(2015, 1, 26), "supplied")
    >>> span, = find("The town was shelled late last week, he said.", day)
    >>> span.text, span.date_start.isoformat(), span.date_end.isoformat()
    ('late last week', '2015-01-23', '2015-01-25')
    """
    first = published.start if published else None
    last = published.end if published else None
    if first is None or last is None or not FIRST_YEAR <= first.year <= last.year <= LAST_YEAR:
        first = last = None
    return _found(text, first, last)


# Of a text that says nothing of its publication, what it has for dates is asked twice: to infer a day from, and then.
# Between the two a phrase of it may be asked by itself.
@functools.lru_cache(maxsize=2)
def _found(text: str, first: date | None, last: date | None) -> tuple[TimeSpan, ...]:
    """Find them where publication is a closed interval of days that can be counted from, or None."""
    flat = plain(text)
    hits, heads = _tag(flat, last)
    under = headings(flat, hits)
    spans: dict[tuple[int, int], TimeSpan] = {}
    for hit in hits:
        spans[hit.start, hit.end] = _span(text, hit, role_of(flat, hit, heads, under))
    if first != last:
        earlier = {(hit.start, hit.end): _span(text, hit, "") for hit in _tag(flat, first)[0]}
        spans = {key: _widened(span, earlier.get(key)) for key, span in spans.items()}
    return tuple(spans[key] for key in sorted(spans))


def _span(text: str, hit: Hit, role: TimeRole) -> TimeSpan:
    reading = hit.reading
    if reading is None:
        raise ValueError(f"{text[hit.start : hit.end]!r} was never read")
    start, end = reading.interval or (None, None)
    return TimeSpan(hit.start, hit.end, text[hit.start : hit.end], start, end, reading.precision, reading.basis, role)


def _widened(span: TimeSpan, other: TimeSpan | None) -> TimeSpan:
    """Cover the readings from the earliest and from the latest possible day of publication."""
    if other is None or (span.date_start, span.date_end) == (other.date_start, other.date_end):
        return span
    starts = [moment for moment in (span.date_start, other.date_start) if moment]
    ends = [moment for moment in (span.date_end, other.date_end) if moment]
    if not starts or not ends:
        return span
    interval = min(starts), max(ends)
    return replace(span, date_start=interval[0], date_end=interval[1], precision=intervals.precision_of(interval))
