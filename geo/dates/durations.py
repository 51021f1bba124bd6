"""Rules for durations and repeated times: found, but dating nothing unless they reach up to the day of writing."""

from __future__ import annotations

import re

from geo.dates import intervals
from geo.dates.rule import NOISE, Context, Reading, Rule, ongoing, relative
from geo.dates.words import MONTH_FULL, NUMBER, SEASON, UNIT, WEEKDAY, count

# "the seven-year conflict", "18 months of war": such a stretch reaches up to the day of writing.
_LASTING = re.compile(
    r"[- ]?(?:long |old )?(?:of )?(?:[\w-]+ ){0,2}?(?:war|wars|conflict|fighting|insurgency|insurrection|rebellion|"
    r"siege|"
    r"blockade|occupation|crisis|violence|unrest|campaign|offensive|ceasefire|truce|rule|bombardment|hostilities|"
    r"clashes|protests)\b",
    re.IGNORECASE,
)
_REIGN = re.compile(
    r"\b(?:leader|ruler|president|in power|in office|rule|ruled|governed) (?:of|for|over)?\s*$", re.IGNORECASE
)
# "has been under siege for three weeks": perfect tense carries the stretch up to now.
_PERFECT = re.compile(r"\b(?:has|have|['’]s|['’]ve)\b(?: \w+){0,8}? (?:for|over)\s*(?:\w+ )?$", re.IGNORECASE)
# What follows the unit in an age, a sentence or a distance: "30-year-old", "ten years in prison".
_AGE = re.compile(
    r"[- ](?:old|olds)\b|s? of age\b|(?:['’]s?)? (?:in (?:prison|jail)|imprisonment|sentence)\b", re.IGNORECASE
)
_READING = re.compile(r"\b(?:[Rr]eading [Tt]ime|[Rr]ead|[Dd]uration|[Ll]ength):?\s*$")
_LONGEST_YEARS = 110


def _repeated(match: re.Match[str], context: Context) -> Reading | None:
    return relative(None, "day")


def _stretch(match: re.Match[str], context: Context) -> Reading | None:
    unit = intervals.singular(match["unit"])
    number = count(match["number"])
    if _AGE.match(context.text, match.end()) or _READING.search(context.before()):
        return NOISE
    if number * {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3650}.get(unit, 1) > _LONGEST_YEARS * 365:
        return None
    precision = intervals.UNIT_PRECISION[unit]
    lasting = _LASTING.match(context.text, match.end()) or _REIGN.search(context.before(30))
    perfect = context.after(1) != "-" and _PERFECT.search(context.before(70))
    return relative(ongoing(context, number, unit) if lasting or perfect else None, precision)


def _age(match: re.Match[str], context: Context) -> Reading | None:
    return NOISE


def _vague(match: re.Match[str], context: Context) -> Reading | None:
    unit = intervals.singular(match["unit"] or match["for"] or match["after"])
    return relative(None, intervals.UNIT_PRECISION[unit])


_I = re.IGNORECASE

RULES: tuple[Rule, ...] = (
    Rule(
        "every",
        "unit",
        re.compile(
            r"\b(?:(?:every|each)(?: (?:single|other|few|\w+))? (?:days?|nights?|weeks?|weekends?|months?|years?|"
            r"hours?|minutes?|"
            r"mornings?|evenings?|decades?)|(?:once|twice|three times) an? (?:day|week|month|year)|(?:daily|weekly|"
            r"monthly|annually|yearly|nightly)(?= basis))\b",
            _I,
        ),
        _repeated,
    ),
    Rule(
        "every weekday",
        "weekday",
        re.compile(rf"\b(?:[Ee]very|[Ee]ach) (?:other )?{WEEKDAY}\b|\bon {WEEKDAY}s\b"),
        _repeated,
    ),
    Rule(
        "every date",
        "month",
        re.compile(rf"\b(?:[Ee]very|[Ee]ach) (?:year (?:on|in) )?(?:\d\d? )?{MONTH_FULL}(?: \d\d?\b)?"),
        _repeated,
    ),
    Rule("every season", "season", re.compile(rf"\b(?:[Ee]very|[Ee]ach) {SEASON}\b"), _repeated),
    Rule(
        "age",
        "unit",
        re.compile(
            r"\b(?:\d+|[a-z]+)[- ](?:year|month|week|day)s?[- ]olds?\b(?! (?:war|conflict|crisis|dispute|civil|"
            r"insurgency))",
            _I,
        ),
        lambda match, context: NOISE,
        needs="old",
    ),
    Rule("stretch", "unit", re.compile(rf"\b(?P<number>{NUMBER})[- ](?P<unit>{UNIT})\b(?:[- ]long\b)?", _I), _stretch),
    Rule(
        "vague",
        "unit",
        re.compile(
            r"\b(?P<unit>decades|months|years|weeks|days|centuries|hours)(?:[- ](?:old|long))\b|"
            r"(?<=\bfor )(?P<for>decades|months|years|weeks|days)\b|(?<=\bafter )(?P<after>decades|months|years|"
            r"weeks|days)\b",
            _I,
        ),
        lambda match, context: relative(
            None, intervals.UNIT_PRECISION[intervals.singular(match["unit"] or match["for"] or match["after"])]
        ),
    ),
)
