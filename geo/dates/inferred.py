"""What a text lets one infer of its own publication: its latest past date, the age of the war it tells of."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geo.dates import intervals
from geo.dates.find import find
from geo.dates.periods import DATA
from geo.dates.tense import tense_at
from geo.dates.words import MONTH, NUMBER, YEAR, count
from geo.lexicon import LexiconError
from geo.model import Published
from geo.tables import read_table

_OLDEST = 1900  # older years in a text tell nothing of its own date
_AFTER_DATE = re.compile(
    rf"\b(?P<number>{NUMBER}) (?P<unit>years|months) (?:after|since) (?:[\w-]+ ){{0,4}}?(?P<date>(?:(?:of|in|on) "
    rf")?(?:\d\d? )?{MONTH} {YEAR})",
    re.IGNORECASE,
)
# An election, a summit or a new year named as next: the year before the one it falls in.
_NEXT_US_ELECTION = re.compile(r"next year['’]s (?:US|U\.S\.|American) (?:presidential )?election")


@dataclass(frozen=True, slots=True)
class Since:
    """A war whose age dates a text."""

    context: re.Pattern[str]
    stretch: re.Pattern[str]
    start: date


@functools.cache
def load_since(path: Path = DATA / "durations_since.csv") -> tuple[Since, ...]:
    """Read the wars whose age dates a text.

    Raises
    ------
    LexiconError
        Where a row names no context or noun, or its start is not ``YYYY-MM-DD``.
    """
    wars = []
    for line, row in read_table(path, ("context", "nouns", "start", "note")):
        if not row["context"] or not row["nouns"]:
            raise LexiconError(path, line, "context and nouns must each name something")
        try:
            start = date.fromisoformat(row["start"])
        except ValueError as error:
            raise LexiconError(path, line, f"start must be YYYY-MM-DD; {error}") from error
        nouns = "|".join(re.escape(noun) for noun in row["nouns"].split("|"))
        wars.append(
            Since(
                re.compile(rf"\b(?:{row['context']})"),
                re.compile(
                    rf"\b(?P<number>{NUMBER})[- ](?P<unit>day|week|month|year)s?(?:-old|-long|-plus| long)?"
                    rf"(?: of| into the| into)?[- ](?:[\w-]+ ){{0,2}}?(?:{nouns})\b|"
                    rf"\b(?:day|Day) (?P<day>\d+) of (?:the |its |[\w'’]+ ){{0,3}}(?:{nouns})\b|"
                    rf"\b(?P<nth>\d+)(?:st|nd|rd|th) (?P<of>day|week|month) of (?:[\w'’-]+ ){{0,3}}(?:{nouns})\b",
                    re.IGNORECASE,
                ),
                start,
            )
        )
    return tuple(wars)


def _latest_past(text: str) -> tuple[date, str] | None:
    """Give the first day of the latest explicit date that the text speaks of as past."""
    past = [
        (span.date_start, span.text)
        for span in find(text, None)
        if span.date_start
        and span.basis == "explicit"
        and span.date_start.year >= _OLDEST
        and tense_at(text, span.start, span.end) != "future"
        and not re.search(r"\b(?:by|until|before|for)\s+(?:the )?$", text[max(0, span.start - 12) : span.start])
    ]
    return max(past, default=None)


def _years_after(text: str) -> tuple[date, date, str] | None:
    """Read "three years after the peace of November 2016" as bounds of half a year on either side."""
    for match in _AFTER_DATE.finditer(text):
        spans = [span for span in find(match["date"], None) if span.date_start and span.basis == "explicit"]
        if spans and spans[0].date_start and spans[0].date_end:
            number, unit = count(match["number"]), match["unit"]
            margin = 6 if unit.lower().startswith("year") else 1
            early = intervals.months_after(intervals.shifted(spans[0].date_start, number, unit), -margin)
            late = intervals.months_after(intervals.shifted(spans[0].date_end, number, unit), margin)
            return early, late, match[0]
    return None


def inferred(text: str) -> Published:
    """Give the bounds that a text sets to its own publication; ``unknown`` where it sets none."""
    evidence: list[str] = []
    first: date | None = None
    last: date | None = None
    latest = _latest_past(text)
    if latest:
        first = latest[0]
        evidence.append(f"the latest past date is “{latest[1]}”")
    for war in load_since():
        if not war.context.search(text):
            continue
        for match in war.stretch.finditer(text):
            if match["number"]:
                number, unit = count(match["number"]), match["unit"]
            else:
                number, unit = float(match["day"] or match["nth"]), "day" if match["day"] else match["of"]
            centre = intervals.shifted(war.start, number, unit)
            margin = {"day": (2, "day"), "week": (10, "day"), "month": (1, "month"), "year": (12, "month")}[
                unit.lower()
            ]
            early, late = intervals.shifted(centre, -margin[0], margin[1]), intervals.shifted(centre, *margin)
            if (first and late < first) or (last and early > last):
                continue
            first, last = max(first or early, early), min(last or late, late)
            evidence.append(f"“{match[0]}” counted from {war.start}")
    after = _years_after(text)
    if after and not (last and after[0] > last) and not (first and after[1] < first):
        first, last = max(first or after[0], after[0]), min(last or after[1], after[1])
        evidence.append(f"“{after[2]}”")
    election = _NEXT_US_ELECTION.search(text)
    if election and first:
        year = first.year + (3 - first.year) % 4  # American presidents are elected in years divisible by four
        bounds = date(year, 1, 1), date(year, 12, 31)
        if last is None or bounds[0] <= last:
            first, last = max(first, bounds[0]), min(last or bounds[1], bounds[1])
            evidence.append(f"“{election[0]}”")
    if first is None and last is None:
        return Published(None, None, "unknown", "nothing in the text says when it was written")
    return Published(first, last, "inferred", "; ".join(evidence))
