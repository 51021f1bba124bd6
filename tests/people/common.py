"""Anchors for passages: the trigger by its words."""

from __future__ import annotations

from geo.model import EventType
from geo.people.anchor import Anchor
from geo.text import sentence_at


def anchor(text: str, trigger: str, type: EventType = "explosion", place: str | None = None) -> Anchor:
    """Give the anchor of the first place where the trigger's words stand."""
    start = text.index(trigger)
    sentence = sentence_at(text, start)
    assert sentence is not None
    where = (text.index(place), text.index(place) + len(place)) if place else None
    return Anchor.of(sentence, start, start + len(trigger), type=type, place=where)
