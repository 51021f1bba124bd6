"""Rules for seasons, quarters, years, decades and centuries that are named by their number."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from geo.dates import intervals
from geo.dates.intervals import Interval
from geo.dates.rule import NOISE, Context, Reading, Rule, explicit, relative
from geo.dates.words import ORDINALS, PART, SEASON, SEASONS, YEAR

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
# "In 1995 members of the sect ...": who opens a sentence so gives a year.
_OPENS, _ARE = re.compile(r"(?:^|[.!?][\"”’]? )In $"), re.compile(r" [a-z]")
_OLDEST = 1900  # Older years must say that they are years: "in 1783".


def _season_year(match: re.Match[str], context: Context) -> Reading | None:
    first, last = SEASONS[match["season"].lower()]
    year = int(match["year"])
    interval = date(year, first, 1), intervals.month(year + (last < first), last)[1]
    return explicit(intervals.narrowed(interval, match["part"]), "season")


def _of_year(match: re.Match[str], context: Context) -> Reading | None:
    number, piece = _ordinal(match["ordinal"] or match["n"]), _piece(match["piece"] or match["q"])
    return explicit(piece(int(match["year"] or match["of"]), number), "season")


def _of_some_year(match: re.Match[str], context: Context) -> Reading | None:
    """Read "the first half of the year", "in the third quarter"."""
    if context.day is None:
        return relative(None, "season")
    number, piece = _ordinal(match["ordinal"] or match["bare"]), _piece(match["piece"] or "quarter")
    which = (match["which"] or "").lower()
    interval = piece(context.day.year - (which == "last"), number)
    if not which and context.tense != "future" and interval[0] > context.day:
        interval = piece(context.day.year - 1, number)
    return relative(interval, "season")


def _ordinal(word: str) -> int:
    return int(word) if word.isdecimal() else ORDINALS[word.lower()]


def _piece(word: str) -> Callable[[int, int], Interval]:
    return _half if word.lower() in ("half", "h") else _quarter


def _half(year: int, ordinal: int) -> Interval:
    first = 1 if ordinal == 1 else 7
    return date(year, first, 1), intervals.month(year, first + 5)[1]


def _quarter(year: int, ordinal: int) -> Interval:
    quarter = 4 if ordinal == -1 else ordinal
    return date(year, quarter * 3 - 2, 1), intervals.month(year, quarter * 3)[1]


def _decade(match: re.Match[str], context: Context) -> Reading | None:
    digits = match["decade"]
    first = int(digits) if len(digits) == 4 else 1900 + int(digits)
    return explicit(intervals.narrowed((date(first, 1, 1), date(first + 9, 12, 31)), match["part"]), "decade")


_CENTURIES = {
    "sixteenth": 16,
    "seventeenth": 17,
    "eighteenth": 18,
    "nineteenth": 19,
    "twentieth": 20,
    "twenty-first": 21,
}


def _century(match: re.Match[str], context: Context) -> Reading | None:
    number = int(match["number"]) if match["number"] else _CENTURIES[match["word"].lower()]
    first = (number - 1) * 100
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
    lead = context.text[max(0, match.start("year") - 24) : match.start("year")].rpartition("\n")[2]
    if _COUNTED.match(context.text, match.end()) and not (
        _OPENS.search(lead) and _ARE.match(context.text, match.end())
    ):
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


RULES: tuple[Rule, ...] = (
    Rule(
        "season year",
        "season",
        re.compile(rf"\b(?P<part>{PART})?(?:the )?(?P<season>{SEASON})(?: of|,)? (?P<year>{YEAR})\b"),
        _season_year,
    ),
    Rule(
        "quarter or half of a year",
        "year",
        re.compile(
            rf"\b(?:the )?(?P<ordinal>first|second|third|fourth|last|final)[- ](?P<piece>quarter|half)(?: of)? "
            rf"(?P<year>{YEAR})\b|\b(?P<q>[QH])(?P<n>[1-4])[ -](?P<of>{YEAR})\b",
            re.IGNORECASE,
        ),
        _of_year,
    ),
    Rule(
        "quarter or half",
        "unit",
        re.compile(
            r"\b(?:the )?(?P<ordinal>first|second|third|fourth|last|final)[- ](?P<piece>quarter|half) of "
            r"(?:the|(?P<which>this|last)) year\b|(?<=\bin )the (?P<bare>first|second|third|fourth) quarter\b(?! of)",
            re.IGNORECASE,
        ),
        _of_some_year,
    ),
    Rule(
        "decade",
        "year",
        re.compile(rf"\b(?:the )?(?P<part>{PART})?(?:the )?(?P<decade>(?:1[5-9]|20)\d0)['’]?s\b"),
        _decade,
        needs="0",
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
        re.compile(
            rf"\b(?P<part>{PART})?(?:the )?"
            rf"(?:(?P<number>\d\d)(?:st|nd|rd|th)|(?P<word>{'|'.join(_CENTURIES)}))[- ]century\b",
            re.IGNORECASE,
        ),
        _century,
        needs="entury",
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
