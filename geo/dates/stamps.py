"""Stamps: the dateline and the dated heads of a live page or a diary, from which the words under them count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from geo.dates.missing_year import checked_date
from geo.dates.words import MONTH, WEEKDAY, YEAR, day_number, month_number

SHORT_WEEKDAY = r"(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\b\.?"
CLOCK = r"(?:(?:\s*[|,•·–-]|\s+at)?\s+\d\d?[:.]\d\d(?::\d\d)?(?: ?[apAP]\.?[mM]\.?)?(?: ?\(?[A-Z]{1,4}\)?)?)"
# A dateline's town, with its country or a second town: names only, no verb and no "on".
TOWN = r"[A-Z][\w.'’/-]*(?:,? (?:of |the |de |la |el |and )?[A-Z][\w.'’/-]*){0,4}"
_DATE = (
    rf"(?:(?P<y0>{YEAR})-(?P<n0>\d\d)-(?P<d0>\d\d)|(?P<d1>\d\d?)(?:st|nd|rd|th)? (?P<m1>{MONTH})|"
    rf"(?P<m2>{MONTH}) (?P<d2>\d\d?))(?:,? (?P<year>{YEAR}))?"
)
_HEAD = re.compile(
    rf"^[ \t]*(?:[-•*·–—]\s*)?(?P<date>(?:{WEEKDAY},? |{SHORT_WEEKDAY},? )?{_DATE})(?P<clock>{CLOCK})?"
    r"(?:[ \t]*(?P<alone>$)|[ \t]*[:–—|-](?=\s)|\.(?=[ \t]+[\"“‘(]?[A-Z]))",
    re.MULTILINE,
)
# A year alone on its line is that of the heads under it.
_YEAR_LINE = re.compile(rf"^[ \t]*(?P<year>{YEAR})[ \t]*:?[ \t]*$", re.MULTILINE)
_DATELINE = re.compile(
    rf"^\W{{0,3}}{TOWN},? \(?(?P<date>(?:{WEEKDAY},? )?{_DATE})\)?,?"
    r"\s*(?:\([\w .,/-]{2,40}\)\s*[-–—:]{1,2}|[-–—]{1,2}\s|:\s)",
    re.MULTILINE,
)
_HEAD_LENGTH = 600  # characters in which a dateline stands
# A dateline further from publication than this is another day's story, or no dateline.
_BEFORE, _AFTER = timedelta(days=14), timedelta(days=3)
# A head without its year is of the year in which it lies nearest to publication.
_NEAR = timedelta(days=120)

Kind = Literal["dateline", "stamp"]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A dated head: where its date stands, and up to where the words after it count from its day."""

    start: int
    end: int
    until: int
    day: date
    kind: Kind


def _day(match: re.Match[str], near: date | None, year: int | None = None) -> date | None:
    if match["n0"]:
        return checked_date(int(match["y0"]), int(match["n0"]), int(match["d0"]))
    month, number = month_number(match["m1"] or match["m2"]), day_number(match["d1"] or match["d2"])
    if match["year"]:
        return checked_date(int(match["year"]), month, number)
    if year is not None:
        return checked_date(year, month, number)
    if near is None:
        return None
    around = [checked_date(near.year + offset, month, number) for offset in (-1, 0, 1)]
    nearest = min((day for day in around if day), key=lambda day: abs(day - near), default=None)
    return nearest if nearest and abs(nearest - near) <= _NEAR else None


def stamps(text: str, published: date | None) -> tuple[Stamp, ...]:
    """Find the dateline and the dated heads of a text, in order.

    A head with text on its line dates that line; one alone on its line dates what follows up to the next, where it has
    a clock or is not the only one.

    Examples
    --------
    >>> head, = stamps("KYIV, March 5 (Wire) - Shells fell today.", date(2022, 3, 6))
    >>> head.kind, head.day.isoformat(), "KYIV, March 5 (Wire)"[head.start : head.end]
    ('dateline', '2022-03-05', 'March 5')
    """
    found: list[Stamp] = []
    line = _DATELINE.search(text, 0, _HEAD_LENGTH)
    day = _day(line, published) if line else None
    if line and day and (published is None or published - _BEFORE <= day <= published + _AFTER):
        found.append(Stamp(line.start("date"), line.end("date"), len(text), day, "dateline"))
    heads = list(_HEAD.finditer(text))
    years = [(match.start(), int(match["year"])) for match in _YEAR_LINE.finditer(text)]
    alone = sum(match["alone"] is not None for match in heads)
    for index, match in enumerate(heads):
        over = [year for start, year in years if start < match.start()]
        day = _day(match, published, over[-1] if over else None)
        if day is None or (match["alone"] is not None and not match["clock"] and alone < 2):
            continue
        if match["alone"] is None:
            until = text.find("\n", match.end())
        else:
            until = heads[index + 1].start() if index + 1 < len(heads) else -1
        found.append(Stamp(match.start("date"), match.end("date"), until if until != -1 else len(text), day, "stamp"))
    return tuple(found)


def counted_from(found: tuple[Stamp, ...], position: int, published: date | None) -> date | None:
    """Give the day that the words at `position` count from: the nearest stamp's above, else publication."""
    over = [stamp for stamp in found if stamp.start <= position < stamp.until]
    return over[-1].day if over else published
