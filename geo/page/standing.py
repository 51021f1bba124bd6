"""The stand-alone page of a view: the map with its list, sentences, sources and filters, in one file."""

from __future__ import annotations

from functools import reduce
from typing import Any
from urllib.parse import parse_qs

from geo import __version__
from geo.export import html
from geo.page.library import Library
from geo.query import Query
from geo.store import stories
from geo.store.stories import Story
from geo.timemap import TimeMap
from geo.views import about, areas, telling

_KEPT = ("from", "to", "axis", "mode", "lat", "lng", "z", "event")


def page(query: Query, shelf: Library) -> bytes:
    """Give the page; of a view that belongs to a story, with the story and the events of all its views."""
    story = stories.get(shelf.store, query.story) if query.story else None
    scenes = _scenes(story) if story else []
    every = shelf.events()
    shown = reduce(lambda kept, one: kept | shelf.selection(one).shown, scenes, shelf.selection(query).shown)
    frame = every[shown]
    params = query.to_params()
    drawn = TimeMap(
        frame,
        areas=areas.outlines(frame, shelf.gazetteer),
        radii=areas.radii(frame, shelf.gazetteer),
        state={key: params[key] for key in _KEPT if key in params},
        theme="dark" if query.theme == "dark" else "light",
        legend="closed" if story else None,
    )
    told = html.Page(
        title=story.title if story and not query.title else telling.title(query, names=shelf.name),
        note="" if story else query.note,
        window="" if story else telling.window(query),
        licences=about.licences(),
        story=_told(story, scenes) if story else None,
        program=f"conflict-map {__version__}",
    )
    return html.page(str(drawn.get_root().render()), frame, told)


def _scenes(story: Story) -> list[Query]:
    return [Query.from_params(parse_qs(scene.link))[0] for scene in story.scenes]


def _told(story: Story, scenes: list[Query]) -> dict[str, Any]:
    steps = zip(story.scenes, scenes, strict=True)
    told = [{"title": scene.title, "text": scene.text, "view": _view(query)} for scene, query in steps]
    return {"title": story.title, "scenes": told}


def _view(query: Query) -> dict[str, Any]:
    """What the map is told at a step (`geo.timemap.Command`)."""
    countries = [place for place in query.places if len(place) == 2]
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
