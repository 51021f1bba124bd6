"""Rules for calendar dates: days, months, seasons, years, decades, with and without their year."""

from __future__ import annotations

import re
from datetime import timedelta

from geo.dates import intervals
from geo.dates.missing_year import checked_date, guessed_year
from geo.dates.names import in_name
from geo.dates.numeric import exact
from geo.dates.rule import NOISE, Context, Reading, Rule, explicit, relative
from geo.dates.words import (
    DAY,
    MONTH,
    MONTH_FULL,
    ORDINALS,
    PART,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    day_number,
    month_number,
)
from geo.model import DatePrecision

# "May", "March" and the like are months only after one of these words; elsewhere they are verbs and names.
_MONTH_LEAD = re.compile(
    r"(?:\b(?:in|since|by|until|till|last|of|for|from|to|between|through|throughout|during|and|late|early|mid|before|"
    r"after|this|next|on|around|or|end|beginning|middle|start|every|each|on)[ -]+(?:the )?|[(,–-]\s?)$",
    re.IGNORECASE,
)
_NAME = re.compile(r" ?[A-Z]")


def _day_month_year(match: re.Match[str], context: Context) -> Reading | None:
    return exact(int(match["year"]), month_number(match["month"]), day_number(match["day"]))


_STRETCH = re.compile(r"\b(?:from|between) (?:the )?$", re.IGNORECASE)
_LIST_DAYS = 3


def _day_range(match: re.Match[str], context: Context) -> Reading | None:
    month, first, last = month_number(match["month"]), day_number(match["first"]), day_number(match["last"])
    year = int(match["year"]) if match["year"] else guessed_year(context, month, last)
    if year is None:
        return relative(None, "day", yearless=True)
    start, end = checked_date(year, month, first), checked_date(year, month, last)
    if not start or not end or start > end:
        return None
    stretch = match[0].startswith(("from ", "between ")) or _STRETCH.search(context.before())
    listed = " and " in match[0] and not stretch
    if listed and (end - start).days > _LIST_DAYS:
        return None  # "3 and 14 March" are two days
    precision = intervals.precision_of((start, end))
    return explicit((start, end), precision) if match["year"] else relative((start, end), precision, yearless=True)


# "In April 25 people died"
_PEOPLE = re.compile(r" (?:people|civilians|soldiers|men|women|children|others|protesters|villagers|were|died|have)\b")


def _day_month(match: re.Match[str], context: Context) -> Reading | None:
    if not match["weekday"] and in_name(context.text, context.start, context.end):
        return NOISE
    counted = match.start("month") < match.start("day") and _PEOPLE.match(context.after()) is not None
    if counted and context.before(3).lower() == "in ":
        return _month_before_count(match, context)
    month, day = month_number(match["month"]), day_number(match["day"])
    weekday = WEEKDAYS[match["weekday"].lower()] if match["weekday"] else None
    year = guessed_year(context, month, day, weekday)
    moment = checked_date(year, month, day) if year else None
    if year and moment is None:
        return None
    return relative(intervals.day(moment) if moment else None, "day", yearless=True)


def _last_day_month(match: re.Match[str], context: Context) -> Reading | None:
    """Read "last April 18"."""
    if context.day is None:
        return relative(None, "day")
    month, day = month_number(match["month"]), day_number(match["day"])
    moments = [checked_date(context.day.year - back, month, day) for back in (0, 1)]
    past = [moment for moment in moments if moment and moment < context.day]
    return relative(intervals.day(past[0]) if past else None, "day")


def _month_before_count(match: re.Match[str], context: Context) -> Reading | None:
    """Read "In April 25 people died" as the month and a number of people."""
    month = month_number(match["month"])
    year = guessed_year(context, month)
    return relative(intervals.month(year, month) if year else None, "month", yearless=False)


def _month_year(match: re.Match[str], context: Context) -> Reading | None:
    return explicit(
        intervals.narrowed(intervals.month(int(match["year"]), month_number(match["month"])), match["part"]), "month"
    )


def _month_alone(match: re.Match[str], context: Context) -> Reading | None:
    name = match["month"]
    lead = context.text[max(0, context.start - 24) : match.start("month")]
    verb_or_name = name in ("May", "March") or (name in ("April", "June", "August") and _NAME.match(context.after(3)))
    if verb_or_name and not _MONTH_LEAD.search(lead):
        return None
    year = guessed_year(context, month_number(name))
    interval = intervals.narrowed(intervals.month(year, month_number(name)), match["part"]) if year else None
    return relative(interval, "month", yearless=True)


def _half_or_week_of_month(match: re.Match[str], context: Context) -> Reading | None:
    month = month_number(match["month"])
    year = int(match["year"]) if match["year"] else guessed_year(context, month)
    if year is None:
        return relative(None, "month")
    first, last = intervals.month(year, month)
    ordinal = ORDINALS[match["ordinal"].lower()]
    if match["piece"] == "half":
        interval = intervals.half((first, last), 2 if ordinal in (-1, 2) else 1)
    else:
        span = {"week": 7, "ten days": 10, "weekend": 7, "days": 4}[match["piece"]]
        if ordinal == -1:
            interval = (last - timedelta(days=span - 1), last)
        else:
            start = first + timedelta(days=span * (ordinal - 1))
            interval = (start, min(last, start + timedelta(days=span - 1)))
    precision: DatePrecision = "week" if match["piece"] != "half" else "month"
    return explicit(interval, precision) if match["year"] else relative(interval, precision, yearless=True)


_THE_DAY = rf"(?:(?P<weekday>{WEEKDAY}),? )?(?:the )?(?P<day>{DAY})(?: of)? (?P<month>{MONTH})"
_MONTH_DAY = rf"(?:(?P<weekday>{WEEKDAY}),? )?(?P<month>{MONTH}) (?:the )?(?P<day>{DAY})"
_TO = r"(?: ?[-–—/] ?| to | and | until | through )"

RULES: tuple[Rule, ...] = (
    Rule("day month year", "month", re.compile(rf"\b{_THE_DAY},? (?P<year>{YEAR})\b"), _day_month_year),
    Rule("month day year", "month", re.compile(rf"\b{_MONTH_DAY},? (?P<year>{YEAR})\b"), _day_month_year),
    Rule(
        "month day range",
        "month",
        re.compile(
            rf"\b(?:from |between )?(?P<month>{MONTH}) (?P<first>{DAY}){_TO}(?P<last>{DAY})(?:,? "
            rf"(?P<year>{YEAR}))?\b(?![:.,]\d)"
        ),
        _day_range,
    ),
    Rule(
        "day range month",
        "month",
        re.compile(
            rf"\b(?:from |between )?(?:the )?(?P<first>{DAY}){_TO}(?:the )?(?P<last>{DAY})(?: of)? "
            rf"(?P<month>{MONTH})(?:,? (?P<year>{YEAR}))?"
        ),
        _day_range,
    ),
    Rule(
        "last month day",
        "month",
        re.compile(rf"\b(?P<which>[Ll]ast|[Tt]his past) (?P<month>{MONTH_FULL}) (?P<day>{DAY})\b(?![:.,]?\d)"),
        _last_day_month,
    ),
    Rule("month day", "month", re.compile(rf"\b{_MONTH_DAY}\b(?![:.]\d|,\d|\d)"), _day_month),
    Rule("day month", "month", re.compile(rf"\b{_THE_DAY}"), _day_month),
    Rule(
        "month year",
        "month",
        re.compile(rf"\b(?P<part>{PART})?(?P<month>{MONTH})(?: of)?,? (?P<year>{YEAR})\b"),
        _month_year,
    ),
    Rule("month", "month", re.compile(rf"\b(?P<part>{PART})?(?P<month>{MONTH_FULL})"), _month_alone),
    Rule(
        "piece of month",
        "month",
        re.compile(
            rf"\b(?:the )?(?P<ordinal>first|second|third|fourth|last|final) (?P<piece>half|week|weekend|ten days|"
            rf"days) (?:of|in) "
            rf"(?P<month>{MONTH_FULL})(?:,? (?P<year>{YEAR}))?\b"
        ),
        _half_or_week_of_month,
    ),
)
