"""Rules for expressions that count from the day of publication or from the date before them in the text."""

from __future__ import annotations

import re
from datetime import date, timedelta

from geo.dates import intervals, weekdays
from geo.dates.missing_year import checked_date
from geo.dates.rule import NOISE, Context, Reading, Rule, ongoing, relative
from geo.dates.words import (
    ABOUT,
    DAY,
    FINER,
    MONTH_FULL,
    NUMBER,
    PART,
    SEASON,
    SEASONS,
    UNIT,
    WEEKDAY,
    count,
    day_number,
    month_number,
)
from geo.model import DatePrecision


def _ago(match: re.Match[str], context: Context) -> Reading | None:
    unit = intervals.singular(match["unit"])
    if context.day is None:
        return relative(None, intervals.UNIT_PRECISION[unit])
    there = intervals.shifted(context.day, -count(match["number"]), unit)
    finer = FINER.get(unit, unit)
    return relative(intervals.around(there, finer), intervals.UNIT_PRECISION[finer])


def _ago_this(match: re.Match[str], context: Context) -> Reading | None:
    """Read "twenty years ago this month", "a year ago on Friday"."""
    unit = {"week": "week", "month": "month", "today": "day"}[match["within"].lower().removeprefix("this ")]
    if context.day is None:
        return relative(None, intervals.UNIT_PRECISION[unit])
    there = intervals.shifted(context.day, -count(match["number"]), match["unit"])
    return relative(intervals.around(there, unit), intervals.UNIT_PRECISION[unit])


def _ago_in(match: re.Match[str], context: Context) -> Reading | None:
    """Read "four years ago in May", "a year ago, on 3 May"."""
    digits = match["day"] or match["after"]
    precision: DatePrecision = "day" if digits else "month"
    years = count(match["number"])
    if context.day is None or not years.is_integer():
        return relative(None, precision)
    year, month = context.day.year - int(years), month_number(match["month"])
    if digits:
        moment = checked_date(year, month, day_number(digits))
        return relative(intervals.day(moment), "day") if moment else None
    return relative(intervals.month(year, month), precision)


def _plural_ago(match: re.Match[str], context: Context) -> Reading | None:
    unit = intervals.singular(match["unit"])
    if context.day is None:
        return relative(None, intervals.UNIT_PRECISION[unit])
    # "days ago": two to six of them.
    interval = intervals.shifted(context.day, -6, unit), intervals.shifted(context.day, -2, unit)
    return relative(interval, intervals.precision_of(interval))


def _unit(match: re.Match[str], context: Context) -> Reading | None:
    unit, words = match["unit"].lower(), match["which"].lower().removeprefix("the ")
    if match["fiscal"]:
        return NOISE
    precision = intervals.UNIT_PRECISION[unit]
    if context.day is None:
        return relative(None, precision)
    offset = {"last": -1, "previous": -1, "this": 0, "current": 0}.get(words, 1)
    if unit == "weekend" and offset == 0 and context.tense == "past" and context.day.weekday() < 5:
        # "this weekend" of something past, said on a Monday, is the one just over.
        offset = -1
    interval = intervals.narrowed(intervals.around(context.day, unit, offset), match["part"])
    if offset == 0 and match["part"] and re.search(r"begin|start|early", match["part"], re.IGNORECASE):
        # "since the beginning of this year" goes on to the day of writing; "early this year" may not pass it.
        if re.search(r"since (?:the )?$", context.before(), re.IGNORECASE):
            interval = interval[0], context.day
        elif context.tense != "future":
            interval = interval[0], max(interval[0], min(interval[1], context.day))
    return relative(interval, precision)


def _stretch(match: re.Match[str], context: Context) -> Reading | None:
    unit = intervals.singular(match["unit"])
    precision = intervals.UNIT_PRECISION[unit]
    plural = match["unit"].lower().endswith("s")
    words = match[0].lower()
    if (
        match["number"] is None
        and not plural
        and (match["which"].lower() == "recent" or not re.match(r"the |this |past ", words))
    ):
        return None
    if match["number"] is None and unit == "night":
        return _last_night(match, context)
    number = count(match["upper"] or match["number"]) if match["number"] else 3 if plural else 1
    if match["which"].lower() in ("next", "coming"):
        return relative((context.day, intervals.shifted(context.day, number, unit)) if context.day else None, precision)
    return relative(ongoing(context, number, unit), precision)


_NIGHT_NAMED = re.compile(r" (?:(?:from|on|of|into|to) )?(?:the )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")


def _last_night(match: re.Match[str], context: Context) -> Reading | None:
    if _NIGHT_NAMED.match(context.after()):
        return None  # "overnight from Saturday to Sunday": the days are named
    if context.day is None:
        return relative(None, "day")
    return relative((context.day - timedelta(days=1), context.day), "day")


def _season(match: re.Match[str], context: Context) -> Reading | None:
    which, name = match["which"].lower(), match["season"].lower()
    if name == "fall" and which not in ("last", "this", "next", "this past"):
        return None
    if name == "spring" and match["season"][0].isupper() and "Arab" in context.before(10):
        return None
    if context.day is None:
        return relative(None, "season")
    first, last = SEASONS[name]
    around = [
        (date(year, first, 1), intervals.month(year + (last < first), last)[1])
        for year in range(context.day.year - 2, context.day.year + 2)
    ]
    past = [season for season in around if season[0] <= context.day]
    if which in ("last", "this past"):
        chosen = [season for season in around if season[1] < context.day][-1]
    elif which == "next" or (which != "this" and context.tense == "future"):
        chosen = next(season for season in around if season[0] > context.day)
    elif which == "this":
        running = [season for season in around if season[0] <= context.day <= season[1]]
        chosen = running[0] if running else next(season for season in around if season[0].year == context.day.year)
    else:
        chosen = past[-1]
    return relative(intervals.narrowed(chosen, match["part"]), "season")


def _month(match: re.Match[str], context: Context) -> Reading | None:
    if context.day is None:
        return relative(None, "month")
    month, which, year = month_number(match["month"]), match["which"].lower(), context.day.year
    if which in ("last", "this past"):
        year -= month >= context.day.month
    elif which in ("next", "coming"):
        year += month <= context.day.month
    return relative(intervals.narrowed(intervals.month(year, month), match["part"]), "month")


def _of_some_year(match: re.Match[str], context: Context) -> Reading | None:
    """Read "May last year", "the spring of this year", "on 3 May last year"."""
    precision: DatePrecision = "season" if match["season"] else "month"
    if context.day is None:
        return relative(None, precision)
    year = context.day.year + {"last": -1, "this": 0, "next": 1}[match["which"]]
    if match["season"]:
        first, last = SEASONS[match["season"].lower()]
        interval = date(year, first, 1), intervals.month(year + (last < first), last)[1]
        return relative(intervals.narrowed(interval, match["part"]), precision)
    number = month_number(match["month"])
    digits = match["day"] or match["after"]
    if digits:
        moment = checked_date(year, number, day_number(digits))
        return relative(intervals.day(moment), "day") if moment else None
    return relative(intervals.narrowed(intervals.month(year, number), match["part"]), precision)


_DEICTIC = {"day before yesterday": -2, "yesterday": -1, "day after tomorrow": 2, "tomorrow": 1}


def _today(match: re.Match[str], context: Context) -> Reading | None:
    if context.day is None:
        return relative(None, "day")
    words = match[0].lower()
    offset = next((days for cue, days in _DEICTIC.items() if cue in words), 0)
    return relative(intervals.day(context.day + timedelta(days=offset)), "day")


def _this_morning(match: re.Match[str], context: Context) -> Reading | None:
    return relative(intervals.day(context.day) if context.day else None, "day")


def _weekend(match: re.Match[str], context: Context) -> Reading | None:
    if context.day is None:
        return relative(None, "day")
    over = context.day.weekday() < 5 and context.tense != "future"
    return relative(intervals.around(context.day, "weekend", -1 if over else 0), "day")


def _so_far(match: re.Match[str], context: Context) -> Reading | None:
    unit = match["unit"].lower()
    if context.day is None:
        return relative(None, intervals.UNIT_PRECISION[unit])
    return relative((intervals.around(context.day, unit)[0], context.day), intervals.UNIT_PRECISION[unit])


_I = re.IGNORECASE
_WHICH = r"(?P<which>(?i:last|this past|this|next|coming))"

RULES: tuple[Rule, ...] = (
    Rule("ago", "unit", re.compile(rf"\b{ABOUT}(?P<number>{NUMBER})[ -](?P<unit>{UNIT}) ago\b", _I), _ago, needs="ago"),
    Rule(
        "ago this",
        "unit",
        re.compile(
            rf"\b{ABOUT}(?P<number>{NUMBER})[ -](?P<unit>{UNIT}) ago (?P<within>this week|this month|today)\b", _I
        ),
        _ago_this,
        needs="ago",
    ),
    Rule(
        "ago in",
        "unit",
        re.compile(
            rf"\b{ABOUT}(?P<number>{NUMBER})[ -]years? ago,? (?:in|on) (?:(?P<day>{DAY})(?: of)? )?"
            rf"(?P<month>{MONTH_FULL})\b(?: (?P<after>\d\d?)\b)?(?!,? \d{{4}}\b)",
            _I,
        ),
        _ago_in,
        needs="ago",
    ),
    Rule("units ago", "unit", re.compile(r"\b(?P<unit>days|weeks|months|years) ago\b", _I), _plural_ago, needs="ago"),
    Rule(
        "unit",
        "unit",
        re.compile(
            rf"\b(?P<part>{PART})?(?P<which>(?<!the )last|(?:the )?(?:previous|coming|following|current)|this|next)"
            r"(?: calendar)?(?P<fiscal> financial| fiscal)? (?P<unit>day|week|weekend|month|year|quarter|decade|"
            r"century)\b",
            _I,
        ),
        _unit,
    ),
    Rule(
        "past stretch",
        "unit",
        re.compile(
            rf"\b(?:the |these |this )?(?P<which>last|past|previous|preceding|recent|next|coming)"
            rf"(?: {ABOUT}(?P<number>{NUMBER})(?:(?: or | to |-)(?P<upper>{NUMBER}))?)?[- ](?P<unit>{UNIT})\b",
            _I,
        ),
        _stretch,
    ),
    Rule(
        "so far",
        "unit",
        re.compile(r"\b(?:so far|thus far) this (?P<unit>week|month|year)\b", _I),
        _so_far,
        needs="far",
    ),
    Rule(
        "season",
        "season",
        re.compile(
            rf"\b(?P<part>{PART})?(?P<which>[Ll]ast|[Tt]his past|[Tt]his|[Nn]ext|[Tt]he|[Ii]n) "
            rf"(?P<season>{SEASON})\b(?! of \d| "
            rf"offensive)"
        ),
        _season,
    ),
    Rule(
        "of some year",
        "unit",
        re.compile(
            rf"\b(?P<part>{PART})?(?:(?P<day>{DAY})(?: of)? )?(?:(?P<month>{MONTH_FULL})|(?:the )?(?P<season>{SEASON}))"
            r"(?: (?P<after>\d\d?))?,? (?:of )?(?P<which>last|this|next) year\b"
        ),
        _of_some_year,
    ),
    Rule("which month", "month", re.compile(rf"\b(?P<part>{PART})?{_WHICH} (?P<month>{MONTH_FULL})"), _month),
    Rule(
        "which weekday",
        "weekday",
        re.compile(
            rf"\b(?P<which>[Ll]ast|[Tt]his past|[Tt]his|[Nn]ext|[Cc]oming|[Tt]he (?:previous|following)) "
            rf"(?P<weekday>{WEEKDAY})\b"
        ),
        weekdays.which_weekday,
        anaphoric=True,
    ),
    Rule(
        "weekday of week",
        "weekday",
        re.compile(rf"\b(?P<weekday>{WEEKDAY}) (?:of )?(?P<which>last|this|next) week\b"),
        weekdays.weekday_of_week,
    ),
    Rule(
        "weekday",
        "weekday",
        re.compile(
            rf"\b(?:(?:[Ee]arly|[Ll]ate|[Ll]ater|[Ee]arlier|[Mm]id) (?:on )?)?(?P<weekday>{WEEKDAY})\b(?: (?:morning|"
            rf"afternoon|evening|night|overnight))?"
        ),
        weekdays.weekday,
    ),
    Rule(
        "today",
        "word",
        re.compile(
            r"\b(?:(?:the )?day before yesterday|yesterday|today|tonight|(?:the )?day after tomorrow|tomorrow)\b(?: "
            r"(?:morning|afternoon|evening|night))?",
            _I,
        ),
        _today,
    ),
    Rule(
        "weekend",
        "unit",
        re.compile(r"(?<=\bat )(?P<unit>the weekend)\b|(?<=\bover )the weekend\b|(?<=\bon )the weekend\b", _I),
        _weekend,
        needs="weekend",
    ),
    Rule("this morning", "word", re.compile(r"\b(?:earlier )?this (?:morning|afternoon|evening)\b", _I), _this_morning),
    Rule("overnight", "word", re.compile(r"\b(?:last night|overnight)\b", _I), _last_night),
)
