"""Where the map's tests look: a month of the specimens, and a town in it."""

from __future__ import annotations

JANUARY = {"from": "2015-01-01", "to": "2015-01-31", "lat": 47.5, "lng": 37.0, "z": 6}
DEBALTSEVE = (38.4086, 48.3376)  # longitude, latitude
