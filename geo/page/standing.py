"""The stand-alone page of a view: the map with its list, sentences, sources and filters, in one file."""

from __future__ import annotations

from dataclasses import replace

from geo import __version__
from geo.export import About, Rows, html
from geo.page.library import Library
from geo.query import Query
from geo.store.stories import Story
from geo.timemap import TimeMap, control
from geo.views import about as about_view
from geo.views import story as story_views
from geo.views import telling

_KEPT = ("from", "to", "axis", "mode", "lat", "lng", "z", "event")


def page(query: Query, rows: Rows, shelf: Library, *, about: About, story: Story | None) -> bytes:
    """Give the page of a view, with its story where it belongs to one; `rows` hold the events of all that it shows."""
    title = story.title if story and not query.title else telling.title(query, names=shelf.name)
    params, frame = query.to_params(), rows.events.whole()
    held = control.published(shelf.settings.control) if query.control == "on" else None
    drawn = TimeMap(
        frame,
        areas=rows.areas,
        radii=rows.radii,
        state={key: params[key] for key in _KEPT if key in params},
        theme="dark" if query.theme == "dark" else "light",
        legend="closed" if story else None,
        control=held,
        about=replace(about, title=title).to_dict(()),
    )
    told = html.Page(
        title=title,
        note="" if story else query.note,
        window="" if story else telling.window(query),
        licences=about_view.licences(held.credit if held else None),
        story=story_views.told(story) if story else None,
        program=f"conflict-map {__version__}",
    )
    return html.page(str(drawn.get_root().render()), frame, told)
