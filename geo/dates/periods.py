"""Named periods, such as "World War Two", from ``data/lexicons/dates``."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geo.dates import intervals
from geo.dates.intervals import Interval
from geo.dates.rule import Context, Reading, Rule
from geo.lexicon import DIRECTORY, LexiconError
from geo.tables import read_table

DATA = DIRECTORY / "dates"

# A few months on either side of a period's edge count as its start or end; "the very end" as one month.
_EDGE_MONTHS = 6
_PART = (
    r"(?P<part>(?:the )?(?:very |immediate )?(?:early |late |end of |start of |beginning of |outbreak of |close of |"
    r"height of |"
    r"aftermath of |eve of |(?:first|last|early|final|opening|closing) (?:days|weeks|months|years) of )(?:the )?)?"
)


# "the 2013 Euromaidan protests": the year dates them, and the name only says which.
_YEAR_BEFORE = re.compile(r"\b\d{4}\s+(?:the )?$")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of history with the names it goes by; `interval` is closed."""

    names: tuple[str, ...]
    interval: Interval


def load_periods(path: Path = DATA / "named_periods.csv") -> tuple[Period, ...]:
    """Read the named periods.

    Raises
    ------
    LexiconError
        Where a row has no name, or a date that is not ``YYYY-MM-DD``, or an end before its start.
    """
    periods = []
    for line, row in read_table(path, ("names", "start", "end", "note")):
        names = tuple(name.strip() for name in row["names"].split("|") if name.strip())
        try:
            interval = date.fromisoformat(row["start"]), date.fromisoformat(row["end"])
        except ValueError as error:
            raise LexiconError(path, line, f"start and end must be YYYY-MM-DD; {error}") from error
        if not names or interval[0] > interval[1]:
            raise LexiconError(path, line, "a period needs a name, and a start not after its end")
        periods.append(Period(names, interval))
    return tuple(periods)


def name_pattern(names: Iterable[str]) -> str:
    """Give an alternation of names in which a hyphen is a space and any apostrophe will do, the longest first."""
    longest_first = sorted(names, key=len, reverse=True)
    return "|".join(re.escape(name).replace("'", "['’]").replace(r"\ ", "[ -]") for name in longest_first)


def name_key(name: str) -> str:
    """Give the form of a name by which it is looked up."""
    return name.lower().replace("’", "'").replace("-", " ")


@functools.cache
def rules() -> tuple[Rule, ...]:
    """Give the rule that reads the data file; loaded once."""
    periods = {name_key(name): period.interval for period in load_periods() for name in period.names}

    def period(match: re.Match[str], context: Context) -> Reading | None:
        if _YEAR_BEFORE.search(context.before()):
            return None
        first, last = periods[name_key(match["name"])]
        part = (match["part"] or "").lower()
        if "end" in part or "close" in part or "closing" in part or "final" in part or "last" in part:
            months = -1 if "very" in part or "days" in part else -_EDGE_MONTHS
            last = intervals.month(last.year, last.month)[1]
            first = max(first, intervals.months_after(last.replace(day=1), months))
        elif "aftermath" in part:
            first, last = last, intervals.months_after(last, _EDGE_MONTHS)
        elif "early" in part or "late" in part or "height" in part:
            first, last = intervals.narrowed((first, last), "middle" if "height" in part else part)
        elif part.removeprefix("the ").strip():
            last = min(last, intervals.months_after(first, _EDGE_MONTHS))
        return Reading((first, last), intervals.precision_of((first, last)), "named")

    return (
        Rule(
            "period",
            "period",
            re.compile(rf"\b{_PART}(?:the )?(?P<name>{name_pattern(periods)})(?![\w-])", re.IGNORECASE),
            period,
        ),
    )


def first_words() -> frozenset[str]:
    """Give the first two words of all names, the quick test before the rule runs."""
    return frozenset(opening(name) for period in load_periods() for name in period.names)


def opening(name: str) -> str:
    """Give the first two words of a name: one alone is too common ("first", "us")."""
    return " ".join(name_key(name).split()[:2])
