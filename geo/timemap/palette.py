"""The one palette: colours and glyphs of the event types, colours of page and map, light and dark.

They stand in ``assets/palette.json``; the map's scripts and styles and the page's own components read them from here.
The order of the types is fixed everywhere. Their colours are told apart at full-strength colour blindness (Machado
2009): no two are nearer than 0.094 in OKLab. A type whose colour has less than 3 : 1 on the light sea has an
``edge``, a darker rim that has.
"""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path
from typing import Any, cast

from geo import model

FILE = Path(__file__).parent / "assets" / "palette.json"
THEMES = ("light", "dark")
_COLOUR = re.compile("#[0-9a-f]{6}")


@functools.cache
def read() -> dict[str, Any]:
    """Read the palette.

    Raises
    ------
    ValueError
        Types are missing or out of order, or a type's colour is not written as ``#rrggbb``.
    """
    palette = cast(dict[str, Any], json.loads(FILE.read_text(encoding="utf-8")))
    if tuple(palette["types"]) != model.EVENT_TYPES:
        raise ValueError(f"{FILE}: the types must be {', '.join(model.EVENT_TYPES)}, in this order")
    for name, kind in palette["types"].items():
        for theme in THEMES:
            if not _COLOUR.fullmatch(kind[theme]):
                raise ValueError(f"{FILE}: the {theme} colour of {name} must be #rrggbb; got {kind[theme]!r}")
    return palette


def types() -> dict[str, dict[str, object]]:
    """Give label and glyph of every type; a glyph is a list of SVG shapes (tag, attributes) in a 16 x 16 box."""
    return {
        name: {
            "label": kind["label"],
            "glyph": [
                ("path", {"d": shape["d"]} | ({"class": "stroke"} if shape.get("stroked") else {}))
                for shape in kind["glyph"]
            ],
        }
        for name, kind in read()["types"].items()
    }


def style(light: str, dark: str) -> str:
    """Give the colours as custom properties, for two selectors: ``--ink``, ``--t-battle`` and so on."""
    return f"{light} {{ {_properties('light')} }}\n{dark} {{ {_properties('dark')} }}"


def _properties(theme: str) -> str:
    palette = read()
    colours = {f"t-{name}": kind[theme] for name, kind in palette["types"].items()}
    colours |= palette[theme]["page"] | {"sea": palette[theme]["map"]["sea"]}
    return " ".join(f"--{name}: {colour};" for name, colour in colours.items()) + f" color-scheme: {theme};"


def script() -> str:
    """Give the palette as a script for the map."""
    return f"(window.TM = window.TM || {{}}).PALETTE = {json.dumps(read(), separators=(',', ':'))};"
