"""One view of the data: time window, filters, map view; the URL that reproduces it; the rows that it shows."""

from geo.query.selection import Selection, holding, search_words, select
from geo.query.view import AXES, CONTROLS, DEFAULT_STATUS, DRAWS, MAINS, MODES, SORTS, TABS, THEMES, WIDEST_DAYS, Query

__all__ = [
    "AXES",
    "CONTROLS",
    "DEFAULT_STATUS",
    "DRAWS",
    "MAINS",
    "MODES",
    "SORTS",
    "TABS",
    "THEMES",
    "WIDEST_DAYS",
    "Query",
    "Selection",
    "holding",
    "search_words",
    "select",
]
