"""The reader: an article with everything found in it marked, and why an event stands where and when it does."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from geo.model import Alternative, Article, Event, Mention, PlaceRef, TimeSpan
from geo.views import wording

Mark = tuple[int, int, str]

# What the recognition of names (geo.recognise) says in its own terms: whether a name is known, how it is used, and why.
_PLAIN = {
    "in the gazetteer": "a known place",
    "not in the gazetteer": "no known place",
    "literal: nothing says otherwise": "the place itself is meant: nothing speaks against it",
}
_USAGES = {
    "literal": "the place itself is meant",
    "metonym": "it speaks for whoever is there",
    "adjectival": "it says whose, not where",
    "organisation": "it is part of a name",
}

# Where the reasons of a place (geo.resolve.explain) name a country by its code.
_CODE = re.compile(r"(?<=\bcountry )[A-Z]{2}\b|(?<=^in )[A-Z]{2}(?=,)|^[A-Z]{2}(?= stands beside)")

_TIER = {
    "A": ("Firm", "The reader is sure of event, place and days."),
    "B": ("Weaker", "Less sure, or laid in an area. Drawn dotted."),
}
_BASIS = {
    "explicit": "A full date in the text.",
    "relative": "Counted from the day of publication.",
    "named": "A named period or a much-cited event.",
    "inherited": "No date in this sentence: carried over from a neighbouring one.",
    "publication": "Nothing says when: assumed to lie in the days up to publication.",
}


def paragraphs(text: str, marks: Iterable[Mark]) -> list[list[tuple[str, str]]]:
    """Cut a text into paragraphs of marked pieces.

    Parameters
    ----------
    text
        The article's text.
    marks
        ``(start, end, class)``: half-open spans of Python string offsets; they may overlap and nest.

    Returns
    -------
    list of list of (str, str)
        A list of ``(words, classes)`` for each paragraph; the pieces of a paragraph join to its text.
    """
    spans = [(max(0, start), min(len(text), end), name) for start, end, name in marks]
    cuts = {0, len(text)}
    for start, end, _ in spans:
        cuts |= {start, end}
    for position, character in enumerate(text):
        if character == "\n":
            cuts |= {position, position + 1}
    edges = sorted(cuts)
    out: list[list[tuple[str, str]]] = []
    current: list[tuple[str, str]] = []
    live: list[Mark] = []
    pending = sorted(spans)
    taken = 0
    for left, right in itertools.pairwise(edges):
        while taken < len(pending) and pending[taken][0] <= left:
            live.append(pending[taken])
            taken += 1
        live = [mark for mark in live if mark[1] > left]
        piece = text[left:right]
        if piece == "\n":
            if current:
                out.append(current)
            current = []
            continue
        if piece:
            current.append((piece, " ".join(dict.fromkeys(mark[2] for mark in live))))
    return [*out, current] if current else out


def marks(
    mentions: Iterable[Mention],
    times: Iterable[TimeSpan],
    *,
    event: Event | None = None,
    target: tuple[int, int] | None = None,
) -> list[Mark]:
    """Give the marks of an article: every mention and date by kind, and those of the opened event on top.

    Parameters
    ----------
    event
        The opened event: its sentence, trigger, place and date are set off.
    target
        Start and end of a passage to point at (of a word that was not plotted).
    """
    out: list[Mark] = []
    if event:
        out.append((event.sentence_start, event.sentence_end, "sentence"))
        out.append((event.trigger_start, event.trigger_end, "trigger"))
    for mention in mentions:
        out.append((mention.start, mention.end, "mention" if mention.usage == "literal" else "elsewise"))
        if event and mention is place_mention(event, [mention]):
            out.append((mention.start, mention.end, "place"))
    for span in times:
        out.append((span.start, span.end, "time"))
        inside = event and event.sentence_start <= span.start < event.sentence_end
        if event and inside and event.date_text == span.text:
            out.append((span.start, span.end, "date"))
    if target:
        out.append((*target, "target"))
    return out


def place_mention(event: Event, mentions: Iterable[Mention]) -> Mention | None:
    """Find the mention that gave an event its place: the same words, as near to the trigger as any."""
    same = [mention for mention in mentions if mention.text == event.place_text]
    here = [mention for mention in same if event.sentence_start <= mention.start < event.sentence_end] or same
    return min(here, key=lambda mention: abs(mention.start - event.trigger_start), default=None)


def heading(event: Event) -> str:
    """Name an event by its place and its date: ``Debaltseve, 25–26 Jan 2015``."""
    place = event.place.name if event.place else event.place_text
    if event.place and event.place_text and event.place.precision == "region" and event.place.name != event.place_text:
        place = f"{event.place_text} ({event.place.name})"
    if event.date_start and event.date_end:
        return f"{place}, {wording.interval(event.date_start, event.date_end)}"
    return f"{place}, no date"


def entries(
    event: Event,
    mentions: Iterable[Mention],
    *,
    automatic: Event | None = None,
    names: Callable[[str], str] = str,
    within: Callable[[str], str] = lambda _: "",
) -> list[dict[str, Any]]:
    """Give the "why here, why then" of an event: its reasons in words, the runners-up, who, how many, the tie.

    Parameters
    ----------
    automatic
        The event as it was read, where `event` was corrected by hand.
    names
        Gives the name of a country by its code.
    within
        Says where a place of the gazetteer lies, by its id: ``Donetsk Oblast, Ukraine``.

    Returns
    -------
    list of dict
        ``key`` (what a correction would change), ``label``, ``strong``, ``lines``; ``places`` with the runners-up.
        ``brief`` marks what is shown where the rest is folded away.
    """
    read = automatic or event
    mention = place_mention(read, mentions)
    label, tie = _TIER[event.tier]
    reasons = [reason for reason in event.reasons if automatic is None or reason in automatic.reasons]
    return [
        _where(event, mention, read, names=names, within=within) | {"brief": True},
        _when(event, read) | {"brief": True},
        *_people(event),
        *_casualties(event),
        {
            "label": "Tie",
            "strong": f"{label} · confidence {event.confidence:.2f}",
            "lines": [tie, _sentence(reasons, names)] if reasons else [tie],
        },
    ]


def _people(event: Event) -> list[dict[str, Any]]:
    sides = (("By", event.actor, event.actor_kind), ("Against", event.target, event.target_kind))
    told = [(label, name, wording.ACTOR_LABELS[kind] if kind else "") for label, name, kind in sides if name or kind]
    return [
        {"label": label, "strong": name or kind, "lines": [kind] if name and kind else []} for label, name, kind in told
    ]


def _casualties(event: Event) -> list[dict[str, Any]]:
    told = (
        (wording.figure(event.killed_low, event.killed_high), "killed"),
        (wording.figure(event.wounded_low, event.wounded_high), "wounded"),
    )
    figures = ", ".join(f"{number} {what}" for number, what in told if number)
    if not figures:
        return []
    said = [f"“{event.casualties_text}”"] if event.casualties_text else []
    return [{"label": "Casualties", "strong": figures[:1].upper() + figures[1:], "lines": said}]


def _sentence(reasons: Iterable[str], names: Callable[[str], str]) -> str:
    """Join reasons to one sentence: they come as clauses, and name countries by their codes."""
    clauses = (_CODE.sub(lambda code: names(code[0]), reason.rstrip(".")) for reason in reasons)
    text = "; ".join(_plain(clause) for clause in clauses)
    return text[:1].upper() + text[1:] + "."


def _plain(clause: str) -> str:
    usage, colon, why = clause.partition(": ")
    if clause in _PLAIN or not colon or usage not in _USAGES:
        return _PLAIN.get(clause, clause)
    return f"{_USAGES[usage]}: {why}"


def _where(
    event: Event,
    mention: Mention | None,
    read: Event,
    *,
    names: Callable[[str], str],
    within: Callable[[str], str],
) -> dict[str, Any]:
    by_hand = event.place != read.place
    rivals = _rivals(event, mention, read, names=names, within=within)
    if by_hand and event.place:
        strong = f"Placed by hand: {_within(event.place, names)}."
        return {"key": "place", "label": "Why here", "strong": strong, "lines": [], "places": rivals}
    if event.place is None:
        return {
            "key": "place",
            "label": "Why not here",
            "strong": f"No place in the gazetteer fits “{event.place_text}”.",
            "lines": ["The event is listed, not mapped."],
        }
    return {
        "key": "place",
        "label": "Why here",
        "strong": f"“{event.place_text}” is {_within(event.place, names)}.",
        "lines": [_sentence(mention.reasons, names)] if mention and mention.reasons else [],
        "places": rivals,
    }


def _within(place: PlaceRef, names: Callable[[str], str]) -> str:
    """Name a place with what it lies in: ``Debaltseve, Donetsk Oblast, Ukraine``."""
    country = names(place.country_code) if place.country_code else None
    return ", ".join(dict.fromkeys(part for part in (place.name, place.admin1, country) if part))


def _rivals(
    event: Event,
    mention: Mention | None,
    read: Event,
    *,
    names: Callable[[str], str],
    within: Callable[[str], str],
) -> list[dict[str, Any]]:
    """The place that was found and its runners-up, with their scores; the one that counts is marked."""
    here = event.place.id if event.place else None
    found: list[tuple[PlaceRef | Alternative, float]] = []
    if read.place:
        found.append((read.place, mention.score if mention else read.confidence))
    found += [(other, other.score) for other in (mention.alternatives if mention else ())]
    return [
        {
            "id": place.id,
            "name": place.name,
            "within": _beyond_name(place, names) if isinstance(place, PlaceRef) else within(place.id),
            "score": score,
            "chosen": place.id == here,
            "lat": place.lat,
            "lon": place.lon,
        }
        for place, score in found
    ]


def _beyond_name(place: PlaceRef, names: Callable[[str], str]) -> str:
    return _within(place, names).removeprefix(place.name).removeprefix(", ")


def _when(event: Event, read: Event) -> dict[str, Any]:
    if (event.date_start, event.date_end) != (read.date_start, read.date_end):
        strong = f"Dated by hand: {_dates(event) or 'no known day'}."
        return {"key": "date", "label": "Why then", "strong": strong, "lines": []}
    if not (event.date_start and event.date_end and event.date_basis):
        strong = "Nothing says when."
        return {"key": "date", "label": "Why not then", "strong": strong, "lines": ["It is not on the time bar."]}
    days = (event.date_end - event.date_start).days + 1
    length = "One day." if days == 1 else f"{days:,} days, both ends included."
    said = f"“{event.date_text}”. " if event.date_text else ""
    return {"key": "date", "label": "Why then", "strong": said + _BASIS[event.date_basis], "lines": [length]}


def _dates(event: Event) -> str:
    return wording.interval(event.date_start, event.date_end) if event.date_start and event.date_end else ""


def source_line(article: Article) -> str:
    """Say who published an article, when, and how the date is known."""
    source = article.source or "No source given"
    published = article.published
    if published is None or published.basis == "unknown" or not (published.start or published.end):
        return f"{source} · date of publication unknown"
    return f"{source} · published {_published(published.start, published.end)} ({published.basis})"


def _published(start: date | None, end: date | None) -> str:
    if start and end:
        return wording.interval(start, end)
    return f"since {wording.day(start)}" if start else f"before {wording.day(end)}" if end else "at an unknown date"


def safe_url(url: str | None) -> str | None:
    """Give an article's address if it is one of the web; anything else (``javascript:`` ...) is no link."""
    return url if url and url.lower().startswith(("https://", "http://")) else None
