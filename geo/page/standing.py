"""The stand-alone page of a view: the map with its list, sentences, sources and filters, in one file."""

from __future__ import annotations

from functools import reduce

from geo import __version__
from geo.export import html
from geo.page.library import Library
from geo.query import Query
from geo.store import stories
from geo.timemap import TimeMap
from geo.views import about, areas, telling
from geo.views import story as views_of

_KEPT = ("from", "to", "axis", "mode", "lat", "lng", "z", "event")


def page(query: Query, shelf: Library) -> bytes:
    """Give the page; of a view that belongs to a story, with the story and the events of all its views."""
    story = stories.get(shelf.store, query.story) if query.story else None
    scenes = views_of.views(story) if story else []
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
        story=views_of.told(story) if story else None,
        program=f"conflict-map {__version__}",
    )
    return html.page(str(drawn.get_root().render()), frame, told)
