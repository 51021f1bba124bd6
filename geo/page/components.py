"""The page's own components: header, panel, table. Their code is ours and fixed; what they show comes as data."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from geo.page import shipped
from geo.timemap import palette

_ASSETS = Path(__file__).parent / "assets"
# The files of each component, in the order in which they are read: a script knows what stands before it.
_SCRIPTS = {
    "address": ("address",),
    "caption": ("dom", "caption"),
    "head": ("dom", "head"),
    "header": ("dom", "publish", "story", "share", "header"),
    "notice": ("dom", "notice"),
    "panel": (
        "dom",
        "lists",
        "correct",
        "reader",
        "articles",
        "mapping",
        "blocks",
        "missing",
        "bring",
        "layers",
        "panel",
    ),
    "sheet": ("dom", "sheet"),
}

_STYLES: dict[str, tuple[str, ...]] = {
    "address": (),
    "caption": ("caption",),
    "head": ("head",),
    "header": ("header", "share"),
    "notice": ("notice",),
    "panel": ("panel", "correct", "mapping", "missing", "layers"),
    "sheet": ("sheet",),
}


@lru_cache(maxsize=len(_SCRIPTS))
def renderer(name: str) -> Any:
    """Give the component `name`, registered once a process: its script, its style and the shared tokens."""
    parts = [(_ASSETS / f"{part}.css").read_text(encoding="utf-8") for part in ("tokens", *_STYLES[name])]
    style = "\n".join([palette.style(":host, .desk-root", '.desk-root[data-theme="dark"]'), *parts])
    script = "\n".join((_ASSETS / f"{part}.js").read_text(encoding="utf-8") for part in _SCRIPTS[name])
    return st.components.v2.component(f"conflict_map_{name}", css=style, js=script)


def page_style(theme: str) -> str:
    """Give the style of the page around the components: fonts, no padding, the full height."""
    text = (_ASSETS / "page.css").read_text(encoding="utf-8").replace("__THEME__", theme)
    return text.replace("url(assets/", f"url({shipped.address()}/")
