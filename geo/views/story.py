"""A story as a page of its own tells it: what each step shows, and what the map is told at it."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

from geo.query import Query
from geo.store.stories import Story

_COUNTRY_CODE = 2


def views(story: Story) -> list[Query]:
    """Give what each step shows, in order."""
    return [Query.from_params(parse_qs(scene.link))[0] for scene in story.scenes]


def shown(query: Query, story: Story | None) -> list[Query]:
    """Give the views whose events are meant: the query's own, or all steps' of its story with that which it shows."""
    if story is None:
        return [query]
    return [*views(story), *([query] if query.step or not story.scenes else [])]


def told(story: Story) -> dict[str, Any]:
    """Give the story with, for each step, its words and the message to the map (`geo.timemap.Command`)."""
    steps = zip(story.scenes, views(story), strict=True)
    scenes = [{"title": scene.title, "text": scene.text, "view": _message(query)} for scene, query in steps]
    return {"title": story.title, "scenes": scenes}


def _message(query: Query) -> dict[str, Any]:
    countries = [place for place in query.places if len(place) == _COUNTRY_CODE]
    return {
        "from": query.start.isoformat() if query.start else None,
        "to": query.end.isoformat() if query.end else None,
        "axis": query.axis,
        "mode": query.mode,
        "types": list(query.types),
        "status": list(query.status),
        "tiers": list(query.tiers),
        "sources": list(query.sources) or None,
        "countries": countries if countries and len(countries) == len(query.places) else None,
        "longest": query.longest,
        "choice": {"event": query.event, "places": list(query.marked)},
        "look": {"lat": query.lat, "lng": query.lng, "z": query.z} if query.lat is not None else None,
    }
