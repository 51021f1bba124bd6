"""Passages whose nouns stand for places: "the town", "there", "the X refinery"; and whether each was laid right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from geo.reader.candidates import Candidate
from tests.suites.items import Half, Point, point, rows, spans


@dataclass(frozen=True, slots=True)
class ExpectedNoun:
    """A noun, or the name of a facility, and the place where it stands; None where nothing may be laid there."""

    start: int
    end: int
    text: str
    place: Point | None


@dataclass(frozen=True, slots=True)
class NounsItem:
    """A passage with the nouns in it that stand for places."""

    id: str
    war: str
    phenomenon: str
    text: str
    nouns: tuple[ExpectedNoun, ...]


def load(half: Half) -> tuple[NounsItem, ...]:
    """Read one half of the passages."""
    return tuple(rows("nouns", half, _item))


def faults(item: NounsItem, found: Sequence[Candidate]) -> tuple[str, ...]:
    """Compare the nouns of a passage with what the reader of events is given there."""
    return tuple(fault for asked in item.nouns if (fault := _fault(asked, found)))


def _fault(asked: ExpectedNoun, found: Sequence[Candidate]) -> str | None:
    laid = [one for one in found if one.start < asked.end and asked.start < one.end and one.place is not None]
    if asked.place is None:
        return f"{asked.text!r} stands for no place, laid at {_said(laid)}" if laid else None
    if not laid:
        return f"{asked.text!r} not laid; want {asked.place.name}"
    if any(one.place and asked.place.holds(one.place.lon, one.place.lat) for one in laid):
        return None
    return f"{asked.text!r}: want {asked.place.name} {asked.place.lon},{asked.place.lat}, got {_said(laid)}"


def _said(laid: Sequence[Candidate]) -> str:
    places = (one.place for one in laid)
    return "; ".join(f"{place.name} {place.lon:.2f},{place.lat:.2f}" for place in places if place)


def _item(row: dict[str, Any]) -> NounsItem:
    text = row["text"]
    nouns = []
    for entry in row["nouns"]:
        hits, nth = spans(text, entry["text"]), entry.get("nth", 1)
        if len(hits) < nth or ("nth" not in entry and len(hits) != 1):
            raise ValueError(f"expected {entry['text']!r} once, or its 'nth'")
        place = entry["place"]
        nouns.append(ExpectedNoun(*hits[nth - 1], entry["text"], point(place) if place else None))
    if not nouns:
        raise ValueError("expected a noun")
    return NounsItem(row["id"], row["war"], row["phenomenon"], text, tuple(nouns))
