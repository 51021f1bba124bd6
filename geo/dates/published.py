"""When an article was published: what its source says, what stands at its head, what its text lets one infer."""

from __future__ import annotations

import re
from datetime import date

from geo.dates.inferred import inferred
from geo.dates.letters import named
from geo.dates.numeric import FIGURES, in_figures
from geo.dates.stamps import CLOCK, SHORT_WEEKDAY, TOWN
from geo.dates.words import DAY, MONTH, WEEKDAY, YEAR, day_number, month_number
from geo.model import Article, Published

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
    rf"^\W{{0,3}}(?P<town>{TOWN}),? \(?(?P<date>(?:{WEEKDAY},? )?(?:{MONTH} \d\d?|\d\d? "
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
_FILE_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")


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
        return in_figures(words)
    if match["y1"]:
        return _make(match["y1"], month_number(match["m1"]), match["d1"])
    return _make(match["y2"], month_number(match["m2"]), match["d2"])


def _on(day: date, text: str) -> Published:
    return Published(day, day, "explicit", text)


def _at_head(head: str) -> Published | None:
    for match in _LABEL.finditer(head):
        day = _full_date(match["date"])
        if day:
            found = _ISO.search(match["date"]) or _FULL.search(match["date"]) or FIGURES.search(match["date"])
            return _on(day, head[match.start() : match.start("date") + (found.end() if found else 0)].strip())
    return None


def _lone_line(head: str) -> Published | None:
    for match in _LONE_LINE.finditer(head):
        words = match["date"].strip()
        found = _ISO.fullmatch(words) or _FULL.fullmatch(words) or FIGURES.fullmatch(words)
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
    head = named(article.text[:_HEAD])
    found = _at_head(head) or _lone_line(head) or _head_line(head) or _in_file_name(file_name)
    if found:
        return found
    bounds = inferred(article.text)
    return _dateline(head, bounds.start) or bounds
