"""The sheet: the table over the map, with the same events, filters and window; the time bar stays below it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import streamlit as st

from geo.page import components, deeds, session
from geo.page.library import Library
from geo.query import Selection
from geo.timemap import palette
from geo.views import table, wording

# What of the link decides the rows; the rest would only make the browser ask for the same rows again.
_OTHERS = ("lat", "lng", "z", "event", "at", "tab", "view", "theme", "title", "note", "story", "step", "embed")


def draw(view: session.View, shelf: Library, selection: Selection, *, theme: str) -> None:
    """Draw the table; its rows are fetched as they come into sight."""
    total = int(selection.shown.sum())
    link = {key: value for key, value in view.query.to_params().items() if key not in _OTHERS}
    data: dict[str, Any] = {
        "theme": theme,
        "types": palette.types(),
        "columns": [{"key": key, "label": label} for key, label in table.COLUMNS],
        "sort": view.query.sort,
        "selected": view.query.event,
        "total": total,
        "summary": f"{total:,} of {wording.count(shelf.counts()['events'], 'reported event')}",
        "rows_path": "api/rows?" + urlencode(link | {"version": shelf.version()}),
    }
    with st.container(key="sheet"):
        components.renderer("sheet")(key="table", data=data, on_act_change=lambda: deeds.clicked("table", shelf))
