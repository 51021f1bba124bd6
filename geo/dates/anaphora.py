"""Rules for expressions that count from the date before them in the text: "two days later", "the previous evening"."""

from __future__ import annotations

import re
from datetime import timedelta

from geo.dates import intervals
from geo.dates.intervals import Interval
from geo.dates.rule import Context, Reading, Rule, relative
from geo.dates.words import (
    ABOUT,
    FINER,
    MONTH,
    NUMBER,
    UNIT,
    WEEKDAY,
    count,
)

_I = re.IGNORECASE
# Without an earlier date in this many characters, "two days later" has nothing to count from.
_VAGUE_DAYS = 4


def _from_previous(match: re.Match[str], context: Context) -> Reading | None:
    unit, words = intervals.singular(match["unit"]), match[0].lower()
    sign = -1 if re.search(r"earlier|before|previously|prior", words) else 1
    base = context.previous or ((context.day, context.day) if context.day and sign < 0 else None)
    if (
        context.told
        and context.told_end > context.previous_end
        and (base is None or context.told[1] < base[0] or base[1] < context.told[0])
    ):
        # "In 1984 he ... Four months later": of which month is not said.
        base = context.told if unit in ("year", "decade") else None
    if base is None:
        return relative(None, intervals.UNIT_PRECISION[unit])
    digits = match.groupdict().get("number")
    number = count(digits) if digits else None
    finer = FINER.get(unit, unit)
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


# A clause's end between a date and "a day after": the count is from another date.
_BREAK = re.compile(r"[.!?;\n]")
_SAME_CLAUSE = 60


def _from_clause(match: re.Match[str], context: Context) -> Reading | None:
    """Read "fled on Sunday, a day after the truce": the day of what follows, counted back from the date before it.

    "Two weeks after gunmen came, the market is empty" counts from the day that the text tells of, or of publication.
    """
    unit = intervals.singular(match["unit"])
    precision = intervals.UNIT_PRECISION[unit]
    base = _same_clause(context) or _from_now(match, context)
    if base is None:
        return relative(None, precision)
    sign = -1 if match["side"].lower() == "after" else 1
    there = intervals.shifted(base[0], sign * count(match["number"]), unit)
    return relative(intervals.around(there, "day" if unit in ("week", "fortnight") else unit), precision)


def _same_clause(context: Context) -> Interval | None:
    """Give the day that stands before the expression in its clause."""
    gap = context.text[max(0, context.previous_end) : context.start]
    base = context.previous
    known = base is not None and base[0] == base[1] and len(gap) <= _SAME_CLAUSE and not _BREAK.search(gap)
    return base if known else None


def _from_now(match: re.Match[str], context: Context) -> Interval | None:
    """Give the day from which a sentence counts back that says no day of its own before: it opens so, or "came" so."""
    if match["side"].lower() != "after" or context.day is None or not _COUNTS.search(context.before()):
        return None
    told = context.previous
    near = told is not None and told[0] == told[1] and context.start - context.previous_end <= _SAME_DAY
    return told if near and not _AS_OF_NOW.match(context.text, context.end) else intervals.day(context.day)


# "Three days after rebels entered Goma, its people have come out": how things stand now.
_AS_OF_NOW = re.compile(r"[^.!?;\n,]*(?:, [^.!?;\n,]*?)?, [^.!?;\n,]*?\b(?:is|are|has|have|remains?|still)\b")


# "They left two days after the raid" says neither day; "Two days after the raid the streets are empty" says both.
_COUNTS = re.compile(
    r"(?:^|[.!?\n][\"”’]?\s*|\b(?:came|comes|coming|happened|took place|occurred|followed|"
    r"follows|began|begins|started) )$",
    _I,
)

# How many days before "days after" a raid was, at least and at most; the same of weeks, months.
_VAGUELY = {"hour": (0, 1), "day": (1, 6), "week": (7, 28), "month": (30, 180)}


def _vaguely_from_clause(match: re.Match[str], context: Context) -> Reading | None:
    """Read "spoke on Monday, days after troops left": some days back from the date before it."""
    unit = match["unit"].lower()
    base = _same_clause(context)
    if base is None:
        return relative(None, intervals.UNIT_PRECISION[unit])
    near, far = (timedelta(days=number) for number in _VAGUELY[unit])
    interval = base[0] - far, base[0] - near
    return relative(interval, intervals.precision_of(interval))


def _part_of_day(match: re.Match[str], context: Context) -> Reading | None:
    """Read "shortly before dawn", alone, as the day told of before it."""
    base = context.previous
    near = context.start - context.previous_end <= _SAME_DAY
    return relative(base if base and base[0] == base[1] and near else None, "day")


# No day follows that the part would be of: "at dawn on Monday", "in the morning of 9 March".
_ALONE = rf"(?!,? (?:(?:on|of) )?(?:the \d|\d\d? {MONTH}|{MONTH} \d|{WEEKDAY}|yesterday|today|that))"

# About two sentences: so far the day told of goes on.
_SAME_DAY = 300

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
    if unit == "day" and (context.previous[1] - context.previous[0]).days > 1:
        return relative(None, precision)  # "that evening" of a week
    return relative(context.previous if unit == "day" else intervals.around(context.previous[0], unit), precision)


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


RULES: tuple[Rule, ...] = (
    Rule(
        "from clause",
        "unit",
        re.compile(rf"\b{ABOUT}(?P<number>{NUMBER}) (?P<unit>{UNIT}) (?P<side>after|before)\b(?! that\b|[.,;]|$)", _I),
        _from_clause,
        anaphoric=True,
        aside=True,
    ),
    Rule(
        "vaguely from clause",
        "unit",
        re.compile(
            r"\b(?:(?:a few|just|only|some|barely) )?(?P<unit>hour|day|week|month)s after\b(?! that\b|[.,;]|$)", _I
        ),
        _vaguely_from_clause,
        anaphoric=True,
        aside=True,
    ),
    Rule(
        "turn of day",
        "word",
        re.compile(
            r"\b(?:(?:shortly|just|soon) )?(?:before|after|at|by|around|until) (?:dawn|daybreak|sunrise|dusk|nightfall|"
            rf"sunset|noon|midday|midnight)\b(?! prayers?\b){_ALONE}",
            _I,
        ),
        _part_of_day,
        anaphoric=True,
    ),
    Rule(
        "part of day",
        "unit",
        re.compile(
            r"\b(?:(?:later|earlier|late|early) )?(?:in|by|during|through|throughout) the (?:(?:late|early) )?"
            r"(?:morning|afternoon|evening|early hours|day)\b"
            rf"(?! (?:before|after|to)\b){_ALONE}",
            _I,
        ),
        _part_of_day,
        anaphoric=True,
    ),
    Rule(
        "from previous",
        "unit",
        re.compile(
            rf"\b{ABOUT}(?P<number>{NUMBER}) (?P<unit>{UNIT}) (?:later|earlier|previously|afterwards?|(?:before|"
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
            r"\b(?:the|a) (?P<unit>day|morning|afternoon|evening|night|week|month|year) (?P<which>before|after)\b"
            r"(?=[.,;]|$| (?:in|at|near|when)\b)",
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
)
