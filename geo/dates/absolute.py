"""Rules for calendar dates: days, months, seasons, years, decades, with and without their year."""

from __future__ import annotations

import re
from datetime import date, timedelta

from geo.dates import intervals
from geo.dates.missing_year import checked_date, guessed_year
from geo.dates.rule import NOISE, Context, Reading, Rule, explicit, relative
from geo.dates.words import (
    DAY,
    MONTH,
    MONTH_FULL,
    ORDINALS,
    PART,
    SEASON,
    SEASONS,
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
# A four-digit number with one of these on either side counts something or tells the time of day.
_COUNTED = re.compile(
    r"[,.:]\d|[%º°]|/\d|\s?(?:people|men|soldiers|troops|civilians|fighters|refugees|km|kilomet\w+|miles?|met(?:re|"
    r"er)s?|kg|"
    r"tons?|tonnes?|feet|points?|dollars?|euros?|pesos|GMT|UTC|hours?|hrs|local time|homes|houses|shares|rounds|others|"
    r"women|children|police|members|jobs|workers|yards|square|million|billion|percent|per cent|rpm|hp|dead|deaths|"
    r"inhabitants|residents|families|prisoners|hostages|casualties|victims|pupils|students|bodies|cases|vehicles|tanks|"
    r"rockets|missiles|shells|pages|residents|migrants|delegates|[A-Z]?[a-z]+s (?:were|have been) )"
)
_CLOCK_LEAD = re.compile(
    r"(?:\b(?:at|around|about|approximately|some|than|over|nearly|almost|up to|No\.?|Flight|[Rr]esolution)|"
    r"[$£€#.,/:\d-])\s?$"
)
_YEAR_LEAD = re.compile(
    r"(?:\b(?:in|since|by|until|from|of|to|and|between|during|before|after|around|circa|early|late|mid|the)[ -]*|"
    r"[(,–-]\s?)$",
    re.I,
)
# "bus 1999", "locker 1968": a number after a common noun is its number, but for nouns that go with years.
_NUMBERED = re.compile(
    r"(?<![\w-])(?!(?:in|since|by|until|till|from|of|to|and|between|during|before|after|around|circa|"
    r"early|late|mid|the|year|years|summer|"
    r"spring|autumn|fall|winter|quarter|half|elections?|season|than|or|for|on|this|last|next|through|"
    r"throughout|is|was|as|at|"
    r"pre|post|that|when|about|like|not|only|back|with|via|into|its|a|an|another|date|some|over|nearly|"
    r"almost|up)\s)[a-z]{3,}\s$"
)
_NAME = re.compile(r" ?[A-Z]")
_OLDEST = 1900  # Older years must say that they are years: "in 1783".


def _full_year(digits: str) -> int:
    number = int(digits)
    return number if number > 99 else (1900 if number > 50 else 2000) + number


def _exact(year: int, month: int, day: int) -> Reading | None:
    moment = checked_date(year, month, day)
    return explicit(intervals.day(moment), "day") if moment else None


def _iso(match: re.Match[str], context: Context) -> Reading | None:
    return _exact(int(match[1]), int(match[2]), int(match[3]))


def _slashes(match: re.Match[str], context: Context) -> Reading | None:
    first, second, year = int(match[1]), int(match[2]), _full_year(match[3])
    # Month first unless it cannot be: wire copy with slashes is mostly American.
    return _exact(year, first, second) or _exact(year, second, first)


def _dots(match: re.Match[str], context: Context) -> Reading | None:
    return _exact(_full_year(match[3]), int(match[2]), int(match[1]))


def _day_month_year(match: re.Match[str], context: Context) -> Reading | None:
    return _exact(int(match["year"]), month_number(match["month"]), day_number(match["day"]))


def _day_range(match: re.Match[str], context: Context) -> Reading | None:
    month, first, last = month_number(match["month"]), day_number(match["first"]), day_number(match["last"])
    year = int(match["year"]) if match["year"] else guessed_year(context, month, last)
    if year is None:
        return relative(None, "day")
    start, end = checked_date(year, month, first), checked_date(year, month, last)
    if not start or not end or start > end:
        return None
    precision = intervals.precision_of((start, end))
    return explicit((start, end), precision) if match["year"] else relative((start, end), precision, yearless=True)


# "In April 25 people died"
_PEOPLE = re.compile(r" (?:people|civilians|soldiers|men|women|children|others|protesters|villagers|were|died|have)\b")


def _day_month(match: re.Match[str], context: Context) -> Reading | None:
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


def _season_year(match: re.Match[str], context: Context) -> Reading | None:
    first, last = SEASONS[match["season"].lower()]
    year = int(match["year"])
    interval = date(year, first, 1), intervals.month(year + (last < first), last)[1]
    return explicit(intervals.narrowed(interval, match["part"]), "season")


def _quarter_or_half(match: re.Match[str], context: Context) -> Reading | None:
    year = int(match["year"]) if match["year"] else context.day.year if context.day else None
    if year is None:
        return relative(None, "season")
    ordinal = ORDINALS[match["ordinal"].lower()]
    if match["piece"] == "half":
        interval = intervals.half(intervals.year(year), 2 if ordinal == -1 else ordinal)
    else:
        quarter = 4 if ordinal == -1 else ordinal
        interval = date(year, quarter * 3 - 2, 1), intervals.month(year, quarter * 3)[1]
    return explicit(interval, "season") if match["year"] else relative(interval, "season")


def _decade(match: re.Match[str], context: Context) -> Reading | None:
    digits = match["decade"]
    first = int(digits) if len(digits) == 4 else 1900 + int(digits)
    return explicit(intervals.narrowed((date(first, 1, 1), date(first + 9, 12, 31)), match["part"]), "decade")


def _century(match: re.Match[str], context: Context) -> Reading | None:
    first = (int(match["number"]) - 1) * 100
    if first < 100:
        return None
    return explicit(intervals.narrowed((date(first, 1, 1), date(first + 99, 12, 31)), match["part"]), "decade")


def _years(match: re.Match[str], context: Context) -> Reading | None:
    first = int(match["first"])
    last = int(match["last"]) if len(match["last"]) == 4 else first // 100 * 100 + int(match["last"])
    if last < first or last - first > 120:
        return None
    return explicit(
        (date(first, 1, 1), date(last, 12, 31)), intervals.precision_of((date(first, 1, 1), date(last, 12, 31)))
    )


def _year(match: re.Match[str], context: Context) -> Reading | None:
    number = int(match["year"])
    lead = context.text[max(0, match.start("year") - 24) : match.start("year")]
    if _COUNTED.match(context.text, match.end()):
        return NOISE
    if match["part"] is None and _NUMBERED.search(lead):
        return NOISE
    if _CLOCK_LEAD.search(lead) and not _YEAR_LEAD.search(lead):
        return NOISE
    if (number < _OLDEST or number > 2050) and not _YEAR_LEAD.search(lead):
        return None
    return explicit(intervals.narrowed(intervals.year(number), match["part"]), "year")


def _fiscal(match: re.Match[str], context: Context) -> Reading | None:
    return NOISE


def _short_decade(match: re.Match[str], context: Context) -> Reading:
    first = 1900 + int(match["decade"] or match["bare"])
    return explicit(intervals.narrowed((date(first, 1, 1), date(first + 9, 12, 31)), match["part"]), "decade")


_THE_DAY = rf"(?:(?P<weekday>{WEEKDAY}),? )?(?:the )?(?P<day>{DAY})(?: of)? (?P<month>{MONTH})"
_MONTH_DAY = rf"(?:(?P<weekday>{WEEKDAY}),? )?(?P<month>{MONTH}) (?:the )?(?P<day>{DAY})"
_TO = r"(?: ?[-–—] ?| to | and | until | through )"

RULES: tuple[Rule, ...] = (
    Rule("iso", "number", re.compile(r"\b(\d{4})-(\d\d)-(\d\d)(?=\b|T)"), _iso),
    Rule("slashes", "number", re.compile(r"(?<![\d/])(\d\d?)/(\d\d?)/(\d{4}|\d\d)(?![\d/])"), _slashes),
    Rule("dots", "number", re.compile(r"(?<![\d.])(\d\d?)\.(\d\d?)\.(\d{4})(?![\d.])"), _dots),
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
    Rule(
        "season year",
        "season",
        re.compile(rf"\b(?P<part>{PART})?(?:the )?(?P<season>{SEASON})(?: of|,)? (?P<year>{YEAR})\b"),
        _season_year,
    ),
    Rule(
        "quarter",
        "unit",
        re.compile(
            rf"\b(?:the )?(?P<ordinal>first|second|third|fourth|last|final)[- ](?P<piece>quarter)(?: of)? "
            rf"(?P<year>{YEAR})\b"
        ),
        _quarter_or_half,
    ),
    Rule(
        "half year",
        "year",
        re.compile(rf"\b(?:the )?(?P<ordinal>first|second) (?P<piece>half) of (?P<year>{YEAR})\b"),
        _quarter_or_half,
    ),
    Rule(
        "decade",
        "year",
        re.compile(rf"\b(?:the )?(?P<part>{PART})?(?:the )?(?P<decade>(?:1[5-9]|20)\d0)['’]?s\b"),
        _decade,
    ),
    Rule(
        "short decade",
        "number",
        re.compile(
            rf"(?:\b(?P<part>{PART})(?:the )?|\bthe )['’‘]?(?P<decade>[2-9]0)['’]?s\b|(?<!\w)['’‘](?P<bare>[2-9]0)s\b"
        ),
        _short_decade,
    ),
    Rule(
        "century",
        "unit",
        re.compile(rf"\b(?P<part>{PART})?(?:the )?(?P<number>\d\d)(?:st|nd|rd|th)[- ]century\b"),
        _century,
    ),
    Rule(
        "years", "year", re.compile(rf"(?<![-\d])(?P<first>{YEAR})\s?[-–/]\s?(?P<last>{YEAR}|\d\d)\b(?![-/]\d)"), _years
    ),
    Rule("year", "year", re.compile(rf"\b(?P<part>{PART})?(?<![$£€#.,/:\d])(?P<year>{YEAR})\b"), _year),
    Rule(
        "fiscal",
        "year",
        re.compile(
            rf"\b(?:fiscal|financial)(?: year)? {YEAR}\b|\bFY ?{YEAR}\b|\b{YEAR} (?:fiscal|financial) year\b|"
            rf"\b[Vv]ision {YEAR}\b"
        ),
        _fiscal,
    ),
    Rule(
        "clock",
        "number",
        re.compile(
            r"\b\d{1,2}[:.]\d\d ?(?:[ap]\.?m\.?|GMT|UTC|local time)|\b\d{4} ?(?:GMT|UTC|hours|hrs|local time)\b"
        ),
        _fiscal,
    ),
)
