"""The map's own colours of the event types in light mode, for programs that draw an export."""

from __future__ import annotations

from geo.model import EVENT_TYPES

_LIGHT = ("#c92a0e", "#c97811", "#6e1d42", "#3f96ab", "#41724c", "#0b3d7c", "#814a9f")
COLOURS = dict(zip(EVENT_TYPES, _LIGHT, strict=True))
