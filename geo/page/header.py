"""The header: title, counts, search, link, export, About, theme."""

from __future__ import annotations

from typing import Any

from geo import __version__
from geo.page import components, deeds, publishing, session, shipped
from geo.page.library import Library
from geo.timemap import palette
from geo.views import about, telling, wording

_EXPORTS = (
    ("html", "Stand-alone page", "one file, works offline"),
    ("geojson", "GeoJSON", "web maps, QGIS"),
    ("csv", "CSV", "spreadsheets"),
    ("gpkg", "GeoPackage", "QGIS, ArcGIS"),
    ("parquet", "GeoParquet", "notebooks"),
    ("kml", "KML", "Google Earth"),
)


def draw(view: session.View, shelf: Library, *, theme: str) -> None:
    """Draw the header; a click changes the session's view before the next run."""
    counts = shelf.counts()
    components.renderer("header")(
        key="header",
        data={
            "title": "What was reported",
            "corpus": f"{wording.count(counts['articles'], 'article')}, "
            f"{wording.count(counts['events'], 'reported event')}, {wording.count(counts['places'], 'place')}",
            "q": view.query.q,
            "searches": view.searches,
            "theme": theme,
            "view": view.query.view,
            "exports": _exports(),
            "places_path": "api/places",
            "filters_path": "api/filters",
            "made": str(shelf.origin()),
            "about": about.about(__version__),
            "share": _share(view, shelf),
        },
        on_act_change=lambda: deeds.clicked("header", shelf),
    )


def _exports() -> list[dict[str, Any]]:
    return [{"path": f"api/export/{name}", "label": label, "text": text} for name, label, text in _EXPORTS]


def _share(view: session.View, shelf: Library) -> dict[str, Any]:
    """What the view is called, whose pages may frame it, and the stories that it can be added to."""
    counts = shelf.counts()
    return {
        "title": view.query.title,
        "note": view.query.note,
        "headline": telling.title(view.query, names=shelf.name),
        "timeless": telling.timeless(view.query, names=shelf.name),
        "framers": list(shelf.settings.embed),
        "editable": not shelf.settings.read_only,
        "stories": publishing.listed(shelf),
        "story": view.query.story,
        "step": view.query.step,
        "types": palette.types(),
        "scripts": [f"{shipped.address()}/publish/{name}.js" for name in ("vector", "picture", "film")],
        "credit": f"Read from {wording.count(counts['articles'], 'article')} by conflict-map {__version__}. "
        "What articles report, not what is known to have happened.",
    }
