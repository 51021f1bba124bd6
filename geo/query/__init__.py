"""One view of the data: time window, filters, map view; the URL that reproduces it; the rows that it shows."""

from geo.query.selection import Selection, select
from geo.query.view import AXES, DEFAULT_STATUS, MODES, TABS, THEMES, Query

__all__ = ["AXES", "DEFAULT_STATUS", "MODES", "TABS", "THEMES", "Query", "Selection", "select"]
