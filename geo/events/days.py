"""The days of an event: of the dated expressions the likeliest, or the days up to publication."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from geo.events.kinds import cited
from geo.events.meant import BUT_SINCE, REASON
from geo.events.proposals import SHOWN, Proposal
from geo.events.rules import ALL, Rules
from geo.model import DateBasis, DatePrecision, Published, TimeSpan
from geo.text import Sentence

# An undated report of something past lies in these days up to publication.
ASSUMED_DAYS = 2
# Reports appear the day before what they tell of: the clock of an early edition runs behind that of the place.
_AHEAD = timedelta(days=1)
# What the reader's own opinion of an expression weighs, and what is added for where it stands, in log-odds: in its
# sentence, the last head or post before it with a date, the last expression before it, an earlier one, a later one,
# none. Set on annotated news, of whose events 82 % get the right expression; by opinion and sentence alone 79 %.
_OPINION = 0.6
_OWN, _HEAD, _LAST, _BEFORE, _AFTER, _UNSTATED = 3.0, 2.5, -2.0, -3.0, -2.0, 0.5
_LEAST = 1e-4
# Added where a clause of the sentence says whose days an expression gives, either way: "three days after troops left"
# dates the leaving, and nothing else of its sentence; "Mazar fell on Saturday and Jalalabad on Sunday" dates each.
_CLAUSE, _BESIDE, _ANOTHER = 4.0, 2.0, -6.0
# A count from what follows it; "the day before" counts from what stands before it.
_COUNTED = re.compile(r"^(?!the ).*\b(?:after|before)$", re.IGNORECASE)
# "held in Homs since April": what lasts there, not what is told.
_LASTING = re.compile(r"(?:since|until|till|from)\b", re.IGNORECASE)
_BREAK = re.compile(r"[,.;:\n]")
_PARTED = re.compile(r"[,.;:\n]|\b(?:and|or|but|while)\b")
# A clause about a place, or about a person, is told beside the word before it, with days of its own.
_CLAUSED = re.compile(r"\bwhere\b|[A-Z][\w'’-]*,? which\b|\bwho (?:had|have|has)\b")
# What lies no further back than this is the news itself.
_NEWS = timedelta(days=7)
_BUT_SINCE = re.compile(BUT_SINCE, re.IGNORECASE)
# Characters before a date in which it may be told that something is only measured by it.
_COMPARED = 110
# "the blast of 4 August 2020", "Friday's massacre": the date is the word's own.
_OF_ITS, _ITS_OWN = re.compile(r" of (?:the )?"), re.compile(r"['’]s(?: [a-z-]+){0,2} ")
_OWN_DAY = 6.0
# So far behind a place a date may stand that is its own: "at Zolote in late October".
_NEAR = 16
# So far from its place a word may stand that cites an event: "the annexation of the Crimean peninsula".
_CITED_NEAR = 24
_COARSE: tuple[tuple[int, DatePrecision], ...] = (
    (3, "day"),
    (10, "week"),
    (45, "month"),
    (130, "season"),
    (800, "year"),
)
_MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Days:
    """The days of an event and how they are known.

    Attributes
    ----------
    p : float
        How likely the reader finds this reading of all.
    span : TimeSpan or None
        The expression, where there is one.
    """

    start: date | None
    end: date | None
    precision: DatePrecision | None
    basis: DateBasis | None
    text: str | None
    reason: str
    p: float
    span: TimeSpan | None = None


def days(
    proposal: Proposal,
    sentences: Sequence[Sentence],
    times: Sequence[TimeSpan],
    published: Published | None,
    *,
    text: str,
    place: tuple[int, int],
    rules: Rules = ALL,
) -> Days:
    """Choose the days of a proposed event.

    Parameters
    ----------
    text : str
        The article's text.
    place : (int, int)
        Offsets of the words that name its place.
    """
    sentence = sentences[proposal.sentence]
    past = proposal.status in SHOWN
    bounded = past and rules.not_later
    usable = [
        (at, p)
        for at, p in proposal.times
        if times[at].date_start is not None and not (bounded and _is_later(times[at], published))
    ]
    before = [at for at, _ in usable if times[at].start < sentence.start]
    last, head = max(before, default=None), _head(before, times, text, sentence)
    unstated = _UNSTATED if rules.standing else 0.0
    scores: list[tuple[float, int]] = [(_OPINION * math.log(max(proposal.unstated, _LEAST)) + unstated, -1)]
    for at, p in usable:
        where = _where(times[at], sentence, last=at == last, head=at == head) if rules.standing else 0.0
        if rules.clauses and sentence.start <= times[at].start < sentence.end:
            where += _tied(times[at], text, proposal.trigger, place, published)
        scores.append((_OPINION * math.log(max(p, _LEAST)) + where, at))
    whole = sum(math.exp(score) for score, _ in scores)
    best, at = max(scores, key=lambda entry: (entry[0], -entry[1]))
    likely = math.exp(best) / whole
    if at < 0:
        return _unstated(published, likely, past=past)
    return _said(times[at], published, likely, bounded=bounded, own=sentence.start <= times[at].start < sentence.end)


def _head(before: Sequence[int], times: Sequence[TimeSpan], text: str, sentence: Sentence) -> int | None:
    """Give the expression that heads a sentence: the last date alone on its line, or one that opens the sentence's own.

    In a line that a date opens ("1983 - July 23: ...") the last date of the line counts.
    """
    for at in sorted(before, reverse=True):
        if times[at].role != "stamp":
            continue
        line = text.find("\n", times[at].end)
        if line < 0 or line >= sentence.start:
            return max(before)
        if not any(letter.isalnum() for letter in text[times[at].end : line]):
            return at
    return None


def _where(span: TimeSpan, sentence: Sentence, *, last: bool, head: bool) -> float:
    if span.start >= sentence.end:
        return _AFTER
    if span.start >= sentence.start:
        return _OWN
    return _HEAD if head else _LAST if last else _BEFORE


def _tied(
    span: TimeSpan, text: str, trigger: tuple[int, int], place: tuple[int, int], published: Published | None
) -> float:
    """Give what the clause in which an expression stands says for its dating an event, in log-odds."""
    if _COUNTED.search(span.text):
        word = min(trigger[0], place[0])
        return _CLAUSE if span.end <= word and not _BREAK.search(text, span.end, word) else -_CLAUSE
    if _OF_ITS.fullmatch(text, trigger[1], span.start) or _ITS_OWN.fullmatch(text, span.end, trigger[0]):
        return _OWN_DAY
    if trigger[1] <= span.start:
        between = text[trigger[1] : span.start]
        # "shelled Agdam, where four died on Saturday" is the news of Saturday; what a clause says of last year is not.
        beside = _opens(_CLAUSED, between) and not _is_recent(span, published)
        if beside or _opens(REASON, between) or _is_compared(text, span, trigger):
            return _ANOTHER
    behind = 0 <= span.start - place[1] <= _NEAR and not _PARTED.search(text, place[1], span.start)
    return _BESIDE if behind and not _LASTING.match(span.text) else 0.0


def _opens(opening: re.Pattern[str], between: str) -> bool:
    """Tell whether a clause opens between a word and a date, and goes on up to it: ", where 40 died in May"."""
    opened = None
    for opened in opening.finditer(between):  # noqa: B007  (the last one counts)
        pass
    return opened is not None and "," not in between[opened.end() :]


def _is_recent(span: TimeSpan, published: Published | None) -> bool:
    start, end = published.start if published else None, span.date_end
    return start is not None and end is not None and end >= start - _NEWS


def _is_compared(text: str, span: TimeSpan, trigger: tuple[int, int]) -> bool:
    """Tell whether what is told is only measured from a date: "the deadliest attack since the invasion of 2003"."""
    since = _BUT_SINCE.search(text, max(0, span.start - _COMPARED), span.start + len("since"))
    return since is not None and trigger[1] <= since.end()


def _is_later(span: TimeSpan, published: Published | None) -> bool:
    return bool(published and published.end and span.date_start and span.date_start > published.end + _AHEAD)


def _said(span: TimeSpan, published: Published | None, p: float, *, bounded: bool, own: bool) -> Days:
    start, end = span.date_start, span.date_end
    if start is None or end is None:  # pragma: no cover  (the caller chose one with days)
        raise ValueError(f"{span.text!r} gives no days")
    precision = span.precision
    if bounded and published and published.end and end > published.end and start <= published.end:
        end = published.end
    reason = f"dated by “{span.text}” = {in_words(start, end)}"
    if span.basis == "relative" and published and published.end:
        reason += f", counted from publication on {in_words(published.end, published.end)}"
    if not own:
        reason += ", taken over from another sentence"
    return Days(start, end, precision, span.basis if own else "inherited", span.text, reason, p, span)


def _unstated(published: Published | None, p: float, *, past: bool) -> Days:
    if not past:
        return Days(None, None, None, None, None, "nothing says when it would be", p)
    if published is None or published.start is None or published.end is None:
        return Days(None, None, None, None, None, "nothing says when, and the day of publication is unknown", p)
    start, end = published.start - timedelta(days=ASSUMED_DAYS), published.end
    reason = f"no date is given, so it is assumed to lie in the days up to publication: {in_words(start, end)}"
    return Days(start, end, coarse(start, end), "publication", None, reason, p)


def of_renown(
    text: str, trigger: tuple[int, int], place: tuple[int, int], names: Sequence[str], published: Published | None
) -> Days | None:
    """Date a much-cited event ("the annexation of Crimea") by the table of such, where it is one.

    Its word and its place stand close by: who "captured villages east of the city" did not take the city.

    Parameters
    ----------
    trigger, place : (int, int)
        Offsets in the text.
    names : sequence of str
        What the place is called.
    """
    word = text[slice(*trigger)]
    found = cited(word, names, published.end if published else None)
    if found is None or max(place[0] - trigger[1], trigger[0] - place[1]) > _CITED_NEAR:
        return None
    start, end = found
    reason = f"“{word} ... {names[0]}” is a much-cited event of {in_words(start, end)}"
    return Days(start, end, coarse(start, end), "named", word, reason, 1.0)


def coarse(start: date, end: date) -> DatePrecision:
    """Name the precision that the length of an interval amounts to."""
    length = (end - start).days + 1
    return next((name for most, name in _COARSE if length <= most), "decade" if length > 3300 else "year")


def in_words(start: date, end: date) -> str:
    """Write an interval for the reader: "24 Jan 2015", "19-25 Jan 2015", "1 Jun - 12 Sep 2023"."""
    last = f"{end.day} {_MONTHS[end.month]} {end.year}"
    if start == end:
        return last
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}-{last}"
    return f"{start.day} {_MONTHS[start.month]}{'' if start.year == end.year else f' {start.year}'} - {last}"
