"""Rules for expressions that count from the day of publication or from the date before them in the text."""

from __future__ import annotations

import re
from datetime import date, timedelta

from geo.dates import intervals, weekdays
from geo.dates.rule import NOISE, Context, Reading, Rule, ongoing, relative
from geo.dates.words import MONTH_FULL, NUMBER, PART, SEASON, SEASONS, UNIT, WEEKDAY, count, month_number

_ABOUT = (
    r"(?:(?:about|some|nearly|almost|more than|around|roughly|just over|just under|over|less than|at least|"
    r"approximately|"
    r"exactly|only|barely|just) )?"
)
# A count of years or decades back names a year, not a decade: "two decades ago" is that year.
_FINER = {"decade": "year", "century": "decade"}
# Without an earlier date in this many characters, "two days later" has nothing to count from.
_VAGUE_DAYS = 4


def _ago(match: re.Match[str], context: Context) -> Reading | None:
    unit = intervals.singular(match["unit"])
    if context.day is None:
        return relative(None, intervals.UNIT_PRECISION[unit])
    there = intervals.shifted(context.day, -count(match["number"]), unit)
    finer = _FINER.get(unit, unit)
    return relative(intervals.around(there, finer), intervals.UNIT_PRECISION[finer])


def _ago_this(match: re.Match[str], context: Context) -> Reading | None:
    """Read "twenty years ago this month", "a year ago on Friday"."""
    unit = {"week": "week", "month": "month", "today": "day"}[match["within"].lower().removeprefix("this ")]
    if context.day is None:
        return relative(None, intervals.UNIT_PRECISION[unit])
    there = intervals.shifted(context.day, -count(match["number"]), match["unit"])
    return relative(intervals.around(there, unit), intervals.UNIT_PRECISION[unit])


def _plural_ago(match: re.Match[str], context: Context) -> Reading | None:
    unit = intervals.singular(match["unit"])
    if context.day is None:
        return relative(None, intervals.UNIT_PRECISION[unit])
    # "days ago": two to six of them.
    interval = intervals.shifted(context.day, -6, unit), intervals.shifted(context.day, -2, unit)
    return relative(interval, intervals.precision_of(interval))


def _from_previous(match: re.Match[str], context: Context) -> Reading | None:
    unit, words = intervals.singular(match["unit"]), match[0].lower()
    sign = -1 if re.search(r"earlier|before|previously|prior", words) else 1
    base = context.previous or ((context.day, context.day) if context.day and sign < 0 else None)
    if base is None:
        return relative(None, intervals.UNIT_PRECISION[unit])
    digits = match.groupdict().get("number")
    number = count(digits) if digits else None
    finer = _FINER.get(unit, unit)
    if unit in ("week", "fortnight") and base[0] == base[1]:
        finer = "day"  # "a week later" counts seven days
    if number is None:
        near, far = (
            base[1 if sign > 0 else 0],
            intervals.shifted(base[1 if sign > 0 else 0], sign * _VAGUE_DAYS, unit),
        )
        interval = (near, far) if sign > 0 else (far, near)
        return relative(interval, intervals.precision_of(interval))
    first = intervals.around(intervals.shifted(base[0], sign * number, unit), finer)
    last = intervals.around(intervals.shifted(base[1], sign * number, unit), finer)
    interval = first[0], last[1]
    return relative(interval, intervals.UNIT_PRECISION[finer])


_PART_OF_DAY = {"morning": "day", "afternoon": "day", "evening": "day", "night": "day"}


def _next_unit(match: re.Match[str], context: Context) -> Reading | None:
    word = match["unit"].lower()
    unit = _PART_OF_DAY.get(word, word)
    precision = intervals.UNIT_PRECISION[unit]
    back = match["which"].lower() in ("previous", "before")
    base = context.previous or (intervals.day(context.day) if context.day and back else None)
    if base is None:
        return relative(None, precision)
    return relative(intervals.around(base[0 if back else 1], unit, -1 if back else 1), precision)


def _units_after(match: re.Match[str], context: Context) -> Reading | None:
    """Read "in the following days": some of them after the date before."""
    unit = intervals.singular(match["unit"] or match["followed"])
    if context.previous is None:
        return relative(None, intervals.UNIT_PRECISION[unit])
    start = context.previous[1]
    interval = start, intervals.shifted(start, _VAGUE_DAYS, unit)
    if context.day and interval[0] <= context.day < interval[1]:
        interval = start, context.day
    return relative(interval, intervals.precision_of(interval))


def _same_unit(match: re.Match[str], context: Context) -> Reading | None:
    word = match["unit"].lower()
    unit = _PART_OF_DAY.get(word, word)
    precision = intervals.UNIT_PRECISION[unit]
    if context.previous is None:
        return relative(None, precision)
    return relative(context.previous if unit == "day" else intervals.around(context.previous[0], unit), precision)


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


_NIGHT_NAMED = re.compile(r" (?:from|on|of|into|to) (?:the )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")


def _last_night(match: re.Match[str], context: Context) -> Reading | None:
    if _NIGHT_NAMED.match(context.after()):
        return None  # "overnight from Saturday to Sunday": the days are named
    if context.day is None:
        return relative(None, "day")
    return relative((context.day - timedelta(days=1), context.day), "day")


def _earlier(match: re.Match[str], context: Context) -> Reading | None:
    unit = match["unit"].lower()
    precision = intervals.UNIT_PRECISION[unit]
    deictic = (match["which"] or "").lower() == "this"
    now = intervals.day(context.day) if context.day else None
    base = now if deictic else context.previous or (now if match["which"] is None else None)
    if base is None:
        return relative(None, precision)
    whole = intervals.around(base[0], unit)
    if match["side"].lower() == "earlier":
        return relative((whole[0], max(whole[0], base[0])), precision)
    return relative((base[1], max(base[1], whole[1])), precision)


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
_WHICH = r"(?P<which>last|this past|this|next|coming)"

RULES: tuple[Rule, ...] = (
    Rule("ago", "unit", re.compile(rf"\b{_ABOUT}(?P<number>{NUMBER})[ -](?P<unit>{UNIT}) ago\b", _I), _ago),
    Rule(
        "ago this",
        "unit",
        re.compile(
            rf"\b{_ABOUT}(?P<number>{NUMBER})[ -](?P<unit>{UNIT}) ago (?P<within>this week|this month|today)\b", _I
        ),
        _ago_this,
    ),
    Rule("units ago", "unit", re.compile(r"\b(?P<unit>days|weeks|months|years) ago\b", _I), _plural_ago),
    Rule(
        "from previous",
        "unit",
        re.compile(
            rf"\b{_ABOUT}(?P<number>{NUMBER}) (?P<unit>{UNIT}) (?:later|earlier|previously|afterwards?|(?:before|"
            rf"after)(?= "
            rf"that\b|[.,;]|$))",
            _I,
        ),
        _from_previous,
        anaphoric=True,
    ),
    Rule(
        "units later",
        "unit",
        re.compile(r"\b(?P<unit>days|weeks|months|years) (?:later|earlier|previously)\b", _I),
        _from_previous,
        anaphoric=True,
    ),
    Rule(
        "next unit",
        "unit",
        re.compile(
            r"\bthe (?P<which>next|following|previous) (?P<unit>day|week|month|year|morning|afternoon|evening|night)\b",
            _I,
        ),
        _next_unit,
        anaphoric=True,
    ),
    Rule(
        "units after",
        "unit",
        re.compile(
            r"\bthe (?:following|ensuing|subsequent) (?:few )?(?P<unit>days|weeks|months|years)\b|"
            r"\bthe (?P<followed>days|weeks|months|years) (?:that followed|which followed|afterwards?|thereafter)\b",
            _I,
        ),
        _units_after,
        anaphoric=True,
    ),
    Rule(
        "unit before",
        "unit",
        re.compile(
            r"\b(?:the|a) (?P<unit>day|night|week|month|year) (?P<which>before|after)\b(?=[.,;]|$| (?:in|at|near|"
            r"when)\b)",
            _I,
        ),
        _next_unit,
        anaphoric=True,
    ),
    Rule(
        "same unit",
        "unit",
        re.compile(
            r"\b(?:that|the same|that same|that very) (?P<unit>day|night|morning|afternoon|evening|week|month|year)\b",
            _I,
        ),
        _same_unit,
        anaphoric=True,
    ),
    Rule(
        "earlier",
        "unit",
        re.compile(
            r"\b(?P<side>earlier|later) (?:(?P<which>this|that)|in the) (?P<unit>week|month|year|day|decade)\b", _I
        ),
        _earlier,
        anaphoric=True,
    ),
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
            rf"(?: {_ABOUT}(?P<number>{NUMBER})(?:(?: or | to |-)(?P<upper>{NUMBER}))?)?[- ](?P<unit>{UNIT})\b",
            _I,
        ),
        _stretch,
    ),
    Rule("so far", "unit", re.compile(r"\b(?:so far|thus far) this (?P<unit>week|month|year)\b", _I), _so_far),
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
    ),
    Rule("this morning", "word", re.compile(r"\b(?:earlier )?this (?:morning|afternoon|evening)\b", _I), _this_morning),
    Rule("overnight", "word", re.compile(r"\b(?:last night|overnight)\b", _I), _last_night),
)
