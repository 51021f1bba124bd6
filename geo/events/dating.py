"""When an event happened: by its own sentence, a cited event, the sentence before, or the day of publication."""

from __future__ import annotations

import functools
import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from geo.events.clauses import borders
from geo.events.lexicon import Cited, lexicon
from geo.events.shifts import shifted
from geo.events.sites import Site
from geo.events.triggers import Trigger
from geo.model import DateBasis, DatePrecision, Published, Status, TimeSpan
from geo.text import Sentence

_TOLD = frozenset({"reported", "claimed"})
# An undated report of something past lies in these days up to publication.
ASSUMED_DAYS = 2
# A date further off than this, in the units below, belongs to something else.
_FARTHEST, _FARTHEST_STATE = 6.0, 1.6
_PER_WORD, _PER_BORDER, _PER_TRIGGER, _SPEECH, _REPEATED = 0.1, 1.0, 0.6, 1.2, 5.0
_SAID = re.compile(
    r"\b(?:said|told \w+|told (?:a|the) [\w ]{3,30}|says|announced|statement|reported|tweeted|briefing|conference|"
    r"interview|confirmed|claimed|warned|added)"
    r"(?: \w+)?(?:,? on| late| early| late on)*,? ?$"
)
# "Muttur, which changed hands in May": the month is that of the clause.
_RELATIVE_CLAUSE = re.compile(
    r", (?:which|who|whose|where|held|ruled|controlled|run|occupied|captured|seized|taken|destroyed|built|"
    r"founded|once|known)\b"
)
_COMPARED = re.compile(
    r"\b(?:first|worst|deadliest|bloodiest|biggest|largest|heaviest|fiercest|most \w+|latest|second|third)"
    r" (?:[\w-]+ ){0,3}$",
    re.IGNORECASE,
)
_SINCE_SPAN = re.compile(r"\b(?:since|in) ", re.IGNORECASE)
_SINCE = re.compile(r"\bsince (?:the |early |late |mid-?|at least )?$", re.IGNORECASE)
_UNTIL_NOW = re.compile(r"\b(?:until|till|before|by|pre|prior to)[ -](?:the )?$", re.IGNORECASE)
_PART_OF = re.compile(
    r" (?:[\w'’-]+ ){0,3}(?:villages?|towns?|positions?|posts?|checkpoints?|soldiers|fighters|men|hills?|districts?|"
    r"suburbs?|outskirts)\b"
)
_WHEN = re.compile(r",? when\b")
# "raids on the port since Moscow left the agreement on 17 July": they have gone on since that day.
_SINCE_CLAUSE = re.compile(r"[^,.;]{0,60}?\bsince (?:[\w'’-]+ ){2,10}(?:on|in) (?:the )?")
_COARSE: tuple[tuple[int, DatePrecision], ...] = (
    (3, "day"),
    (10, "week"),
    (45, "month"),
    (130, "season"),
    (800, "year"),
)


@dataclass(frozen=True, slots=True)
class Dating:
    """The days of an event and how they are known; `span` is the expression, where there is one."""

    start: date | None
    end: date | None
    precision: DatePrecision | None
    basis: DateBasis | None
    text: str | None
    reason: str
    span: TimeSpan | None = None


_MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
UNDATED = Dating(None, None, None, None, None, "nothing says when, and the day of publication is unknown")


def coarse(start: date, end: date) -> DatePrecision:
    """Name the precision that the length of an interval amounts to."""
    days = (end - start).days + 1
    return next((name for most, name in _COARSE if days <= most), "decade" if days > 3300 else "year")


def in_words(start: date, end: date) -> str:
    """Write an interval for the reader: "24 Jan 2015", "19-25 Jan 2015", "1 Jun - 12 Sep 2023"."""
    last = f"{end.day} {_MONTHS[end.month]} {end.year}"
    if start == end:
        return last
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}-{last}"
    return f"{start.day} {_MONTHS[start.month]}{'' if start.year == end.year else f' {start.year}'} - {last}"


def dated_in_sentence(
    text: str,
    trigger: Trigger,
    sentence: Sentence,
    *,
    spans: Sequence[TimeSpan],
    triggers: Sequence[Trigger],
    published: Published | None,
    status: Status,
) -> Dating | None:
    """Date an event by the nearest expression of its sentence; None where none is near enough."""
    counted_off = shifted(text, trigger, sentence, spans=spans, triggers=triggers, published=published)
    if counted_off:
        return _counted_off(counted_off, published)
    usable = [span for span in spans if span.date_start and not (trigger.start < span.end and span.start < trigger.end)]
    if trigger.noun and _COMPARED.search(text, sentence.start, trigger.start):
        # "the worst attack since May": the month is that of another.
        usable = [span for span in usable if not _SINCE_SPAN.search(text, trigger.end, span.start + 8)]
    if not usable:
        return None
    best = min(usable, key=lambda span: _distance(text, trigger, sentence, span, triggers))
    limit = _FARTHEST_STATE if trigger.has("state") else _FARTHEST
    if _distance(text, trigger, sentence, best, triggers) >= limit or best.date_start is None or best.date_end is None:
        return None
    if best.end <= trigger.start and _WHEN.match(text, best.end) and best.text.lower().startswith("since "):
        best = _first_of(best)  # "since 2003, when X was bombed": it was bombed in 2003
    start, end, precision = best.date_start, best.date_end, best.precision
    if start is None or end is None:
        return None
    counted = published and published.start and best.basis == "relative"
    day = in_words(published.end, published.end) if counted and published and published.end else ""
    before = text[max(sentence.start, best.start - 30) : best.start]
    reason = f"dated by “{_with_lead(text, best)}” = {in_words(start, end)}"
    if day:
        reason += f", counted from publication on {day}"
    if (
        (
            _SINCE.search(before)
            or best.text.lower().startswith(("since ", "ever since "))
            or (best.start > trigger.end and _SINCE_CLAUSE.fullmatch(text, trigger.end, best.start))
        )
        and published
        and published.end
        and published.end >= start
    ):
        end, precision = published.end, coarse(start, published.end)
        reason = f"dated by “since {_bare(best)}”, up to publication: {in_words(start, end)}"
    elif trigger.sense.type != "political" and precision == "day" and status in _TOLD and _SAID.search(before):
        told = in_words(start, end)
        start -= timedelta(days=ASSUMED_DAYS)
        reason = f"told of on {told} (“{best.text}”), so taken to have happened in the days up to it"
    if status in _TOLD and published and published.end and end > published.end:
        if start > published.end:
            return None
        end = published.end
    return Dating(start, end, precision, best.basis, best.text, reason, best)


def _first_of(span: TimeSpan) -> TimeSpan:
    """Give the day, month or year that a "since" begins with."""
    first = span.date_start
    if first is None or span.precision not in ("day", "month", "year"):
        return span
    last = {
        "day": first,
        "month": first.replace(day=monthrange(first.year, first.month)[1]),
        "year": date(first.year, 12, 31),
    }[span.precision]
    return replace(span, date_end=last, text=_bare(span))


def dated_by(span: TimeSpan, published: Published | None) -> Dating | None:
    """Date a past event by one expression; None where that lies after publication."""
    start, end = span.date_start, span.date_end
    if start is None or end is None:
        return None
    if published and published.end:
        if start > published.end:
            return None
        end = min(end, published.end)
    reason = f"dated by “{span.text}” = {in_words(start, end)}"
    return Dating(start, end, span.precision, span.basis, span.text, reason, span)


def _counted_off(found: tuple[date, date, str, TimeSpan | None], published: Published | None) -> Dating:
    start, end, words, base = found
    if published and published.end:
        end = min(end, published.end)
        start = min(start, end)
    origin = f"“{base.text}”" if base else "publication"
    reason = f"dated by “{words}”, counted from {origin}: {in_words(start, end)}"
    return Dating(start, end, coarse(start, end), "relative", words, reason, base)


def _bare(span: TimeSpan) -> str:
    return re.sub(r"^(?:ever )?since (?:the )?", "", span.text, flags=re.IGNORECASE)


def _with_lead(text: str, span: TimeSpan) -> str:
    lead = re.search(
        r"\b(?:on|in|since|during|by|from|over|at|until) (?:the "
        r")?$",
        text[max(0, span.start - 12) : span.start],
        re.IGNORECASE,
    )
    return (lead[0] if lead else "") + span.text


def _distance(text: str, trigger: Trigger, sentence: Sentence, span: TimeSpan, triggers: Sequence[Trigger]) -> float:
    first, last = (trigger.end, span.start) if span.start >= trigger.end else (span.end, trigger.start)
    total = len(text[first:last].split()) * _PER_WORD + borders(text, first, last) * _PER_BORDER
    total += sum(_PER_TRIGGER for other in triggers if other is not trigger and first <= other.start < last)
    before = text[max(sentence.start, span.start - 30) : span.start]
    if _SAID.search(before):
        total += _SPEECH
    if re.search(r"\b(?:every|each) $", before, re.IGNORECASE):
        total += _REPEATED
    if span.start >= trigger.end and _RELATIVE_CLAUSE.search(text, first, last):
        total += _FARTHEST
    if _UNTIL_NOW.search(before):
        total += 1.0
    return total


@functools.lru_cache(maxsize=4096)
def _cited_by(word: str) -> tuple[Cited, ...]:
    """Give the cited events that a trigger word may mean."""
    return tuple(event for event in lexicon().cited if event.trigger.fullmatch(word))


def cited(
    trigger: Trigger, sites: Sequence[Site], published: Published | None, text: str | None = None
) -> Dating | None:
    """Date a much-cited event by the data file: trigger and place, and publication after its start."""
    found = _cited_by(trigger.text.lower()) or _cited_by(trigger.lemma)
    if not found:
        return None
    if not trigger.noun and text is not None and _PART_OF.match(text, trigger.end):
        return None  # "captured villages east of the city" is not its fall
    names = [name for site in sites for name in (site.text, site.where.name if site.where else "") if name]
    for event in found:
        if published and published.end and event.start > published.end:
            continue
        if not any(event.place.fullmatch(name) for name in names):
            continue
        end = event.end or (published.end if published else None)
        if end is None or end < event.start:
            continue
        if published and published.end and end > published.end:
            end = published.end
        return Dating(
            event.start,
            end,
            coarse(event.start, end),
            "named",
            trigger.text,
            f"“{trigger.text} ... {sites[0].text}” is a much-cited event of {in_words(event.start, end)}",
        )
    return None


def assumed(published: Published | None) -> Dating:
    """Give the days up to publication to an undated report of something past."""
    if published is None or published.start is None or published.end is None:
        return UNDATED
    start, end = published.start - timedelta(days=ASSUMED_DAYS), published.end
    return Dating(
        start,
        end,
        coarse(start, end),
        "publication",
        None,
        f"no date is given, so it is assumed to lie in the days up to publication: {in_words(start, end)}",
    )
