"""When an article was published: what its source says, what stands at its head, what its text lets one infer."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geo.dates import intervals
from geo.dates.find import find
from geo.dates.periods import DATA
from geo.dates.stamps import CLOCK, SHORT_WEEKDAY
from geo.dates.tense import tense_at
from geo.dates.words import DAY, MONTH, NUMBER, WEEKDAY, YEAR, count, day_number, month_number
from geo.lexicon import LexiconError
from geo.model import Article, Published
from geo.tables import read_table

_OLDEST = 1900  # older years in a text tell nothing of its own date
_HEAD = 600  # characters in which a labelled date or a dateline stands
_LABEL = re.compile(
    r"^\W{0,3}(?:(?:first )?(?:date|published|publication date|posted|updated|last updated|issued|created|pubdate|"
    r"dated?)"
    r"(?: on| at)?)\s*[:=\-–]?\s*(?P<date>[^\n]{6,40})",
    re.IGNORECASE | re.MULTILINE,
)
_LONE_LINE = re.compile(
    rf"^\s*(?:{WEEKDAY},? |{SHORT_WEEKDAY},? )?(?P<date>[^\n]{{8,24}}?)"
    rf"(?:T\d\d:\d\d[\d:.]*(?:Z|[+-]\d\d:?\d\d)?|{CLOCK}|\s*[|,•·-]\s*[\d:. apmAPMGUTCEST]+)?\s*$",
    re.MULTILINE,
)
# A line of its own near the head that ends in a full date: "TBILISI, August 11, 2008", "By A. Writer | 3 March 2020".
_HEAD_LINE = re.compile(
    rf"^[ \t]*(?P<who>By [^\n|•·]{{3,60}}?|[A-Z][A-Z.'’ -]{{2,40}}(?:, [A-Z][\w.'’ -]{{2,40}})?|"
    rf"(?:[A-Z][\w.'’-]+[ ,]+){{0,3}}[A-Z][\w.'’-]+)\s*[,|•·–—-]+\s*(?:{WEEKDAY},? |{SHORT_WEEKDAY},? )?"
    rf"(?P<date>(?:{MONTH} {DAY},? {YEAR}|{DAY} {MONTH},? {YEAR}))(?:{CLOCK})?[ \t]*$",
    re.MULTILINE,
)
_DATELINE = re.compile(
    rf"^\W{{0,3}}(?P<town>[A-Z][\w .,'’/-]{{2,50}}?),? \(?(?P<date>(?:{WEEKDAY},? )?(?:{MONTH} \d\d?|\d\d? "
    rf"{MONTH})(?:,? {YEAR})?)\)?,?"
    r"\s*(?:\([\w .,/-]{2,40}\)|[-–—]{1,2}|:)",
    re.MULTILINE,
)
_LEAD_WEEKDAY = re.compile(rf"\bon ({WEEKDAY})\b")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ISO = re.compile(r"\b((?:19|20)\d\d)[-/]([01]?\d)[-/]([0-3]?\d)\b")
_FULL = re.compile(
    rf"(?:(?P<d1>\d\d?)(?:st|nd|rd|th)? (?P<m1>{MONTH}),? (?P<y1>{YEAR})|(?P<m2>{MONTH}) (?P<d2>\d\d?)(?:st|nd|rd|"
    rf"th)?,? (?P<y2>{YEAR}))"
)
_PARTIAL = re.compile(rf"(?:(?P<d1>\d\d?) (?P<m1>{MONTH})|(?P<m2>{MONTH}) (?P<d2>\d\d?))")
_AFTER_DATE = re.compile(
    rf"\b(?P<number>{NUMBER}) (?P<unit>years|months) (?:after|since) (?:[\w-]+ ){{0,4}}?(?P<date>(?:(?:of|in|on) "
    rf")?(?:\d\d? )?{MONTH} {YEAR})",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
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


def _make(year: str, month: int, day: str) -> date | None:
    try:
        return date(int(year), month, day_number(day))
    except ValueError:
        return None


def _full_date(words: str) -> date | None:
    match = _ISO.search(words)
    if match:
        return _make(match[1], int(match[2]), match[3])
    match = _FULL.search(words)
    if not match:
        return None
    if match["y1"]:
        return _make(match["y1"], month_number(match["m1"]), match["d1"])
    return _make(match["y2"], month_number(match["m2"]), match["d2"])


def _on(day: date, text: str) -> Published:
    return Published(day, day, "explicit", text)


def _at_head(head: str) -> Published | None:
    for match in _LABEL.finditer(head):
        day = _full_date(match["date"])
        if day:
            found = _ISO.search(match["date"]) or _FULL.search(match["date"])
            return _on(day, head[match.start() : match.start("date") + (found.end() if found else 0)].strip())
    return None


def _lone_line(head: str) -> Published | None:
    for match in _LONE_LINE.finditer(head):
        words = match["date"].strip()
        found = _ISO.fullmatch(words) or _FULL.fullmatch(words)
        day = _full_date(words) if found else None
        if day:
            return _on(day, words)
    return None


def _head_line(head: str) -> Published | None:
    match = _HEAD_LINE.search(head)
    day = _full_date(match["date"]) if match else None
    return _on(day, f"line “{match[0].strip()}”") if match and day else None


def _in_file_name(name: str | None) -> Published | None:
    match = _FILE_NAME.search(name or "")
    day = _make(match[1], int(match[2]), match[3]) if match else None
    return _on(day, f"file name {name}") if day else None


def _dateline(head: str, floor: date | None) -> Published | None:
    match = _DATELINE.search(head)
    if not match:
        return None
    words = match["date"]
    day = _full_date(words)
    if day:
        return _on(day, f"dateline “{match[0].strip()}”")
    partial = _PARTIAL.search(words)
    if not partial or floor is None:
        return None
    # The year is the first one in which the dateline's day is not before what the text already tells of, and in which
    # the lead's weekday is that day or the day before, as news agencies write; failing that, the first one.
    month, number = month_number(partial["m1"] or partial["m2"]), partial["d1"] or partial["d2"]
    years = range(floor.year, floor.year + 3)
    days = [day for day in (_make(str(year), month, number) for year in years) if day and day >= floor]
    if not days:
        return None
    lead = _LEAD_WEEKDAY.search(head, match.end())
    filed = [day for day in days if lead and (day.weekday() - _WEEKDAYS.index(lead[1])) % 7 <= 1]
    why = f"the first after {floor} whose weekday fits “{lead[0]}”" if lead and filed else f"in the year after {floor}"
    moment = (filed or days[:1])[0]
    return Published(moment, moment, "inferred", f"dateline “{match[0].strip()}”, {why}")


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


def _inferred(text: str) -> Published:
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


def publication_date(article: Article, *, file_name: str | None = None) -> Published | None:
    """Give the day an article was published, with the evidence.

    In order: what its source supplied (metadata, the user); a labelled date or a line of its own at the head; a date in
    the file's name; a dateline; bounds inferred from the text. Neither today's date nor the file's time is ever used.

    Parameters
    ----------
    article : Article
        Its `published`, where set, comes from the user or from metadata and wins.
    file_name : str, optional
        Name of the file that the article came from.

    Returns
    -------
    Published or None
        A closed interval of days; ``inferred`` may be open at one end. ``unknown`` where nothing is known;
        None only for an empty text.

    Examples
    --------
    >>> publication_date(Article("a", "KABUL, 15 August 2021 (Wire) - Fighters entered the city.")).start
    datetime.date(2021, 8, 15)
    """
    if article.published is not None and article.published.basis != "unknown":
        return article.published
    if not article.text.strip():
        return None
    head = article.text[:_HEAD]
    found = _at_head(head) or _lone_line(head) or _head_line(head) or _in_file_name(file_name)
    if found:
        return found
    inferred = _inferred(article.text)
    return _dateline(head, inferred.start) or inferred
