"""Rules for what counts from what a text told before, by name or by year: "ten days after Buffalo", "that June"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from geo.dates import intervals
from geo.dates.missing_year import checked_date
from geo.dates.rule import Context, Hit, Reading, Rule, relative
from geo.dates.words import DAY, MONTH_FULL, SEASON, SEASONS, count, day_number, month_number

# "Ten days after Buffalo", "two days after the Kuriga raid": what is counted from was told before, by its place.
_NAMED = re.compile(
    r" (?:the )?(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*)"
    r"(?: (?:raid|attack|bombing|blast|massacre|killings?|shooting|fighting|clashes|battle))?(?=[,.;])"
)
_SENTENCE_END = re.compile(r"[.!?][\"”’]?\s|\n")
# Characters of a sentence on either side of a name in which its day stands, and how many mentions of it are looked at.
_SENTENCE, _MENTIONS = 400, 6


def from_named(text: str, hit: Hit, hits: Sequence[Hit]) -> Reading | None:
    """Read "ten days after Buffalo" as ten days after the day of the last sentence that names it with one.

    The expression then reaches up to the end of the name: it dates what its own clause tells. None where the name
    stands in no earlier sentence with one day of its own.
    """
    if hit.rule.name != "from clause" or hit.match["side"].lower() != "after":
        return None
    named = _NAMED.match(text, hit.match.end())
    base = _day_of(text, named["name"], hit, hits) if named else None
    if named is None or base is None:
        return None
    unit = intervals.singular(hit.match["unit"])
    hit.end = named.end()
    there = intervals.shifted(base, count(hit.match["number"]), unit)
    return relative(intervals.around(there, "day" if unit in ("week", "fortnight") else unit), "day")


def _day_of(text: str, name: str, before: Hit, hits: Sequence[Hit]) -> date | None:
    """Give the one day of the last sentence with one that names something, among the few before an expression."""
    at = text.rfind(name, 0, before.start)
    for _ in range(_MENTIONS):
        if at < 0:
            return None
        floor = max(0, at - _SENTENCE)
        first = max((found.end() for found in _SENTENCE_END.finditer(text, floor, at)), default=floor)
        stop = _SENTENCE_END.search(text, at, at + _SENTENCE)
        end = min(stop.end() if stop else at + _SENTENCE, before.start)
        known = hits[bisect_left(hits, first, key=_start) : bisect_left(hits, end, key=_start)]
        days = [other.interval for other in known if other.interval]
        if len(days) == 1 and days[0][0] == days[0][1]:
            return days[0][0]
        at = text.rfind(name, 0, first)
    return None


def _start(hit: Hit) -> int:
    return hit.start


def _of_told_year(match: re.Match[str], context: Context) -> Reading | None:
    """Read "that June", "on April 4 of that year": of the year that the text told of last."""
    if context.told is None:
        return relative(None, "month")
    year, month = context.told[1].year, month_number(match["month"] or match["other"])
    if number := match["first"] or match["day"]:
        moment = checked_date(year, month, day_number(number))
        return relative(intervals.day(moment) if moment else None, "day")
    return relative(intervals.month(year, month), "month")


def _next_month(match: re.Match[str], context: Context) -> Reading | None:
    """Read "the previous November", "the following June": the first one before, or after, what was told last."""
    back = match["which"].lower() == "previous"
    base = context.told or (intervals.day(context.day) if context.day and back else None)
    if base is None:
        return relative(None, "month")
    month, start = month_number(match["month"]), base[0] if back else base[1]
    year = start.year - (start.month <= month) if back else start.year + (start.month >= month)
    return relative(intervals.month(year, month), "month")


def _season_of_told_year(match: re.Match[str], context: Context) -> Reading | None:
    """Read "that autumn": of the year that the text told of last."""
    if context.told is None:
        return relative(None, "season")
    (first, last), year = SEASONS[match["season"].lower()], context.told[1].year
    return relative((intervals.month(year, first)[0], intervals.month(year + (last < first), last)[1]), "season")


RULES: tuple[Rule, ...] = (
    Rule(
        "of told year",
        "month",
        re.compile(
            rf"\b(?:(?:(?P<first>{DAY}) )?(?P<month>{MONTH_FULL})(?: (?P<day>{DAY}))?,? (?:of )?"
            r"(?:that|the same) year\b|"
            rf"[Tt]hat (?:(?:same|very) )?(?P<other>{MONTH_FULL}))"
        ),
        _of_told_year,
        anaphoric=True,
    ),
    Rule(
        "next month of that name",
        "month",
        re.compile(rf"\b[Tt]he (?P<which>next|following|previous) (?P<month>{MONTH_FULL})(?! \d)"),
        _next_month,
        anaphoric=True,
    ),
    Rule(
        "season of told year",
        "season",
        re.compile(rf"\b[Tt]hat (?:(?:same|very) )?(?P<season>{SEASON})\b"),
        _season_of_told_year,
        anaphoric=True,
    ),
)
