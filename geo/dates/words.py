"""Month, weekday and number words, and the pattern pieces that the rules are made of."""

from __future__ import annotations

import calendar
import re

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "last": -1,
    "final": -1,
}

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
_TENS = "thirty forty fifty sixty seventy eighty ninety"
NUMBERS = {word: float(number) for number, word in enumerate(_ONES.split())}
NUMBERS |= {word: float(number) for number, word in zip(range(30, 100, 10), _TENS.split(), strict=True)}
# Vague counts: "a few" and "several" read as three, the usual choice of temporal taggers (HeidelTime, SUTime).
NUMBERS |= {"a": 1, "an": 1, "few": 3, "a few": 3, "several": 3, "some": 3, "many": 5, "half a": 0.5, "half an": 0.5}
NUMBERS |= {"a dozen": 12, "dozen": 12, "a hundred": 100, "hundred": 100}

MONTH_FULL = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
MONTH = rf"(?:{MONTH_FULL}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
SEASON = r"(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)"
YEAR = r"(?:1[0-9]\d\d|20\d\d)"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?: ?(?:st|nd|rd|th)\b)?"
NUMBER = (
    r"(?:\d+(?:\.\d+)?|(?:half )?an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
    r"fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:-(?:one|two|three|four|five|six|seven|eight|nine))?|a few|few|several|many|some|a dozen|a hundred|"
    r"(?:a )?couple(?: of)?)"
)
UNIT = (
    r"(?:days?|nights?|weekends?|weeks?|fortnights?|months?|quarters?|years?|decades?|centur(?:y|ies)|hours?|minutes?)"
)
PART = (
    r"(?:(?:very )?(?:[Ee]arly|[Ll]ate|[Mm]id|[Ee]arlier|[Ll]ater)[- ](?:in )?(?:the )?|"
    r"(?:[Tt]he )?(?:very )?(?:[Bb]eginning|[Ss]tart|[Ee]nd|[Mm]iddle|[Cc]lose|(?:opening|closing|last|final|first|"
    r"early)"
    r" (?:days|weeks|months)) of (?:the )?)"
)

ABOUT = (
    r"(?:(?:about|some|nearly|almost|more than|around|roughly|just over|just under|over|less than|at least|"
    r"approximately|"
    r"exactly|only|barely|just) )?"
)
# A count of years or decades back names a year, not a decade: "two decades ago" is that year.
FINER = {"decade": "year", "century": "decade"}


def count(words: str) -> float:
    """Read a number that `NUMBER` matched; a vague one gets its usual reading.

    Examples
    --------
    >>> count("twenty-one"), count("a couple of"), count("1.5")
    (21.0, 2.0, 1.5)
    """
    text = re.sub(r"\s+", " ", words.lower().strip())
    if text[:1].isdigit():
        return float(text)
    if "couple" in text:
        return 2.0
    if "-" in text:
        tens, ones = text.split("-", 1)
        return float(NUMBERS[tens]) + float(NUMBERS[ones])
    return float(NUMBERS[text])


def month_number(name: str) -> int:
    """Read a month's name or abbreviation."""
    return MONTHS[name.lower().rstrip(".")]


def day_number(digits: str) -> int:
    """Read a day of the month, with or without its ordinal ending."""
    return int(re.sub(r"\D", "", digits))
