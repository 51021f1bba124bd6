"""Layers on the map: which there are for this page, and what of them goes to the browser."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from geo.model import Layer
from geo.page.compressing import Blob
from geo.page.library import Library
from geo.store import layers
from geo.timemap import packed
from geo.views import wording

# What a mark needs, and no more: the words of a row are shown one row at a time.
_DRAWN = ("type", "place", "lon", "lat", "place_precision", "date_start", "date_end")
_KEPT = 8


def shown(shelf: Library) -> tuple[Layer, ...]:
    """Give the layers that this page may show: where it is for others to look at, none that must not be passed on."""
    return tuple(layer for layer in layers.listed(shelf.store) if not (layer.restricted and shelf.settings.read_only))


def named(shelf: Library, number: int) -> Layer | None:
    """Give a layer that this page may show by its number; None where there is none."""
    return next((layer for layer in shown(shelf) if layer.number == number), None)


def listed(shelf: Library, *, app: str, embed: bool) -> list[dict[str, Any]]:
    """Give the layers as the map takes them; in a frame of another page, none that must not be passed on.

    `app` leads from the map's frame to the app.
    """
    return [
        {
            "key": str(layer.number),
            "name": layer.name,
            "credit": credit(layer),
            "url": f"{app}api/layers/{layer.number}.bin?store={shelf.version().partition('-')[0]}",
        }
        for layer in shown(shelf)
        if not (layer.restricted and embed)
    ]


def span(shelf: Library, *, embed: bool) -> tuple[str, str] | None:
    """Give the first and the last day of the layers that the map shows, as ISO dates; None where there are none."""
    there = [layer for layer in shown(shelf) if not (layer.restricted and embed)]
    first = [layer.first_day for layer in there if layer.first_day]
    last = [layer.last_day for layer in there if layer.last_day]
    return (min(first).isoformat(), max(last).isoformat()) if first and last else None


def credit(layer: Layer) -> str:
    """Give whom to cite and under which terms, as far as anybody said."""
    said = " · ".join(part for part in (layer.citation, layer.licence) if part)
    return said or f"{wording.count(layer.rows, 'event')} from {', '.join(layer.files)}"


@lru_cache(maxsize=_KEPT)
def packed_layer(shelf: Library, layer: Layer) -> Blob:
    """Give what the map draws of a layer: places, days and types; an event's id is its ordinal in hexadecimal."""
    frame = layers.frame(shelf.store, layer, _DRAWN)
    return Blob.of(packed.pack(drawn(frame, numbers=frame["ordinal"])))


def drawn(frame: Any, *, numbers: Any) -> Any:
    """Give rows as the map packs them: each position a place, each row's number its id."""
    # Of no rows, pandas would make numbers of the texts.
    lon, lat = (frame[name].map("{:.4f}".format).astype(str) for name in ("lon", "lat"))
    return frame.assign(
        place_id=lon + "," + lat + " " + frame["place_precision"].astype(str),
        id=numbers.map("{:016x}".format).astype(str),
    )
