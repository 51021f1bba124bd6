"""Two dates that belong together: "from March to June 2015", "February and March"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from geo.dates import intervals
from geo.dates.intervals import Interval
from geo.dates.rule import Context, Hit, Reading
from geo.dates.story import heads_line

_BETWEEN = re.compile(r"\b(?:between|from|night of|overnight)\s+$", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:ever )?since (?:the |at least )?$", re.IGNORECASE)
# "the worst since last November, when a bomb killed eleven", "since Friday's attack": the days of that, not up to now.
_OF_THAT = re.compile(r"['’]s\b|,? (?:when|in which)\b", re.IGNORECASE)
_TO = re.compile(r"\s?(?:(?:and )?into|to|until|till|through|-|–|—)\s?(?:the )?", re.IGNORECASE)
_OF = ("'s", "’s")
_AND = re.compile(r" and (?:the )?", re.IGNORECASE)


def follow(text: str, first: Hit, hit: Hit, day: date | None) -> None:
    """Read "March" in "February and March" as the one after that February."""
    before = first.interval
    if before is None or first.reading is None or not first.reading.yearless or first.rule is not hit.rule:
        return
    for year in (before[0].year, before[0].year + 1):
        again = hit.rule.read(hit.match, Context(text, hit.start, hit.end, day).with_year(year))
        if again and again.interval and again.interval[0] >= before[0]:
            hit.reading = again
            return


def lend_year(text: str, hits: list[Hit], index: int, day: date | None) -> None:
    """Read "late August" in "late August and early September 1945" with the year at the end of the list."""
    final = hits[index].reading
    if final is None or final.interval is None or final.basis != "explicit" or final.precision not in ("day", "month"):
        return
    gaps: tuple[str, ...] = (" and ", " or ", ", and ")
    after, year = hits[index], final.interval[0].year
    for hit in reversed(hits[:index]):
        if text[hit.end : after.start] not in gaps or hit.reading is None or not hit.reading.yearless:
            return
        again = hit.rule.read(hit.match, Context(text, hit.start, hit.end, day).with_year(year))
        if again is None or again.interval is None or again.interval[0] > final.interval[1]:
            return
        hit.reading = again
        after, gaps = hit, (", ", " and ", " or ")


def join_ranges(text: str, hits: list[Hit], day: date | None) -> list[Hit]:
    """Make one of the two ends of a range; the year passes to the end that lacks it."""
    joined: list[Hit] = []
    for hit in hits:
        last = joined[-1] if joined else None
        if last and hit.reading and _is_range(text, last, hit):
            first, final = _start_of_range(text, last, hit, day), hit.interval
            if first and final and _weekdays(last, hit):
                first = intervals.day(final[0] - timedelta(days=(final[0] - first[0]).days % 7))
            if first and final and first[0] <= final[1] and first != final:
                span = first[0], final[1]
                last.end = hit.end
                last.reading = Reading(span, intervals.precision_of(span), hit.reading.basis)
                continue
        joined.append(hit)
    return joined


def reach_publication(text: str, hit: Hit, day: date | None) -> None:
    """Let "since July" begin at its "since" and reach up to the day counted from."""
    lead = _SINCE.search(text, max(0, hit.start - 20), hit.start)
    if lead is None or hit.reading is None or hit.interval is None or day is None or hit.interval[0] > day:
        return
    if lead[0].lower().rstrip().endswith("the") and hit.reading.basis == "explicit":
        return  # "since the 2013 protests": the year only says which
    if _OF_THAT.match(text, hit.end) and not _opens(text, lead.start()):
        return
    span = hit.interval[0], day
    hit.start = lead.start()
    hit.reading = Reading(span, hit.reading.precision, hit.reading.basis)


def _opens(text: str, at: int) -> bool:
    """Tell whether a sentence begins: "Since Monday, when rebels took Sake, shells have fallen", and go on falling."""
    before = text[max(0, at - 4) : at].rstrip(' "“”’')
    return not before or before[-1] in ".!?\n"


def _is_range(text: str, last: Hit, hit: Hit) -> bool:
    if last.interval is None or hit.interval is None:
        return False
    gap = text[last.end : hit.start]
    if heads_line(text, last) is not None and last.rule.name != hit.rule.name:
        return False  # "1996 - Jan. 31: a lorry rams the bank"
    if (_weekdays(last, hit) and _TO.fullmatch(gap)) or _on_end(text, last, hit, gap):
        return True
    introduced = _BETWEEN.search(text, max(0, last.start - 12), last.start)
    if _TO.fullmatch(gap):
        return bool(introduced) or gap.strip() in "-–—"
    return bool(introduced and _AND.fullmatch(gap))


def _weekdays(last: Hit, hit: Hit) -> bool:
    return last.rule.name == "weekday" and hit.rule.name in ("weekday", "weekday of week")


def _on_end(text: str, last: Hit, hit: Hit, gap: str) -> bool:
    """Tell whether "Friday and Saturday" or "2006 and 2007" are one stretch, unlike "Friday and Saturday's attack"."""
    if not (last.rule.name == hit.rule.name and hit.rule.name in ("weekday", "year")):
        return False
    if last.interval is None or hit.interval is None or text[hit.end : hit.end + 2] in _OF:
        return False
    return _AND.fullmatch(gap) is not None and hit.interval[0] - last.interval[1] == timedelta(days=1)


def _start_of_range(text: str, last: Hit, hit: Hit, day: date | None) -> Interval | None:
    """Give the first end's days, its year taken from the other end where it has none of its own."""
    start, end = last.reading, hit.reading
    if start is None or end is None or end.interval is None:
        return None
    if start.yearless and end.basis == "explicit":
        context = Context(text, last.start, last.end, day)
        for year in (end.interval[1].year, end.interval[1].year - 1):
            again = last.rule.read(last.match, context.with_year(year))
            if again and again.interval and again.interval[0] <= end.interval[1]:
                return again.interval
    return start.interval
