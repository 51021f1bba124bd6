"""Records to rows and back. A record read back equals the one stored, up to the rounding of its JSON form."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from geo.model import (
    Alternative,
    Article,
    Event,
    Mention,
    NotPlotted,
    PlaceRef,
    Published,
    Record,
    TimeSpan,
    content_id,
)

Row = dict[str, Any]

# Made once: `json.dumps` with options of its own makes one for every call.
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

# The fields of an event that a row holds as they are.
_UNCHANGED = (
    *("id", "type", "sub_type", "status", "speaker", "tier", "confidence", "place_text"),
    *("date_precision", "date_basis", "date_text"),
    *("trigger", "trigger_start", "trigger_end", "sentence_start", "sentence_end"),
    *("actor", "actor_kind", "target", "target_kind", "casualties_text"),
    *("killed_low", "killed_high", "wounded_low", "wounded_high"),
)


def article_row(record: Record, *, pipeline: str) -> Row:
    """Give the row of an article; the publication date is the record's, which may be inferred."""
    article = record.article
    published = (record.published or Published(None, None, "unknown")).to_dict()
    return {
        "digest": article.digest,
        "id": article.id,
        "title": article.title,
        "text": article.text,
        "text_digest": content_id(article.text),
        "url": article.url,
        "source": article.source,
        **{f"published_{key}": value for key, value in published.items()},
        "pipeline": pipeline,
    }


def mention_rows(record: Record) -> list[Row]:
    """Give the rows of an article's mentions: its names, then its nominals."""
    digest = record.article.digest
    return [
        {
            "article": digest,
            "ordinal": ordinal,
            "start": mention.start,
            "end": mention.end,
            "text": mention.text,
            "usage": mention.usage,
            **place_row(mention.place),
            "score": mention.score,
            "reasons": _json(mention.reasons),
            "alternatives": _json([_alternative(other) for other in mention.alternatives]),
            "lifted": mention.lifted,
            "offset_km": mention.offset_km,
            "nominal": ordinal >= len(record.mentions),
        }
        for ordinal, mention in enumerate((*record.mentions, *record.nominals))
    ]


def _alternative(other: Alternative) -> Row:
    # `asdict` copies deeply, which is a tenth of the time that storing an article takes.
    return {"id": other.id, "name": other.name, "lon": other.lon, "lat": other.lat, "score": other.score}


def time_rows(record: Record) -> list[Row]:
    """Give the rows of an article's dated expressions."""
    digest = record.article.digest
    return [{"article": digest, "ordinal": n, **span.to_dict()} for n, span in enumerate(record.times)]


def alone(event: str) -> str:
    """Give the id of the incident of an event that no other report tells of, by the event's id."""
    return content_id("incident", event)


def event_rows(record: Record) -> list[Row]:
    """Give the rows of an article's events: the record's columns, the sentence, and each an incident alone."""
    digest, text = record.article.digest, record.article.text
    return [
        {
            "article": digest,
            "ordinal": ordinal,
            **event.to_dict(),
            "reasons": _json(event.reasons),
            "incident": alone(event.id),
            "snippet": text[event.sentence_start : event.sentence_end],
        }
        for ordinal, event in enumerate(record.events)
    ]


def content_of(rows: list[Row]) -> str:
    """Give the digest of what some rows hold: equal rows, equal digests."""
    return hashlib.sha256(_json(rows).encode("utf-8", "surrogatepass")).hexdigest()


def not_plotted_rows(record: Record) -> list[Row]:
    """Give the rows of what did not become a pin."""
    digest = record.article.digest
    return [
        {
            "article": digest,
            "ordinal": n,
            "start": item.start,
            "end": item.end,
            "text": item.text,
            "reason": item.reason,
        }
        for n, item in enumerate(record.not_plotted)
    ]


def to_article(row: Row) -> Article:
    """Give the article of a row. Its `digest` is the row's, not the property's, where the date was inferred."""
    start, end = _day(row["published_start"]), _day(row["published_end"])
    published = Published(start, end, row["published_basis"], row["published_text"] or "")
    return Article(
        id=row["id"],
        text=row["text"],
        title=row["title"],
        url=row["url"],
        source=row["source"],
        published=None if published.basis == "unknown" else published,
    )


def to_mention(row: Row) -> Mention:
    """Give the mention of a row."""
    return Mention(
        start=row["start"],
        end=row["end"],
        text=row["text"],
        usage=row["usage"],
        place=place(row),
        score=row["score"],
        reasons=tuple(json.loads(row["reasons"])),
        alternatives=tuple(Alternative(**other) for other in json.loads(row["alternatives"])),
        lifted=bool(row["lifted"]),
        offset_km=row["offset_km"],
    )


def to_time(row: Row) -> TimeSpan:
    """Give the dated expression of a row."""
    return TimeSpan(
        start=row["start"],
        end=row["end"],
        text=row["text"],
        date_start=_day(row["date_start"]),
        date_end=_day(row["date_end"]),
        precision=row["precision"],
        basis=row["basis"],
        role=row["role"],
    )


def to_event(row: Row) -> Event:
    """Give the event of a row."""
    return Event(
        **{name: row[name] for name in _UNCHANGED},
        reasons=tuple(json.loads(row["reasons"])),
        place=place(row),
        date_start=_day(row["date_start"]),
        date_end=_day(row["date_end"]),
    )


def to_not_plotted(row: Row) -> NotPlotted:
    """Give what did not become a pin, of a row."""
    return NotPlotted(start=row["start"], end=row["end"], text=row["text"], reason=row["reason"])


def place_row(place: PlaceRef | None) -> Row:
    """Give the columns of a place."""
    return {
        "place": place.name if place else None,
        "place_id": place.id if place else None,
        "place_kind": place.kind if place else None,
        "place_precision": place.precision if place else None,
        "country_code": place.country_code if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "admin1": place.admin1 if place else None,
    }


def place(row: Row) -> PlaceRef | None:
    """Give the place of a row; None where it holds none."""
    if row["place_id"] is None:
        return None
    return PlaceRef(
        id=row["place_id"],
        name=row["place"],
        kind=row["place_kind"],
        lon=row["lon"],
        lat=row["lat"],
        country_code=row["country_code"],
        admin1=row["admin1"],
        precision=row["place_precision"],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _json(value: Any) -> str:
    return _ENCODER.encode(value)
