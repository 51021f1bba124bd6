"""The page's own components: the header and the panel. Their code is ours and fixed; what they show comes as data."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

_ASSETS = Path(__file__).parent / "assets"


@lru_cache(maxsize=2)
def renderer(name: str) -> Any:
    """Give the component `name`, registered once a process: its script, its style and the shared tokens."""
    style = "\n".join((_ASSETS / part).read_text(encoding="utf-8") for part in ("tokens.css", f"{name}.css"))
    script = (_ASSETS / f"{name}.js").read_text(encoding="utf-8")
    return st.components.v2.component(f"conflict_map_{name}", css=style, js=script)


def page_style(theme: str) -> str:
    """Give the style of the page around the components: fonts, no padding, the full height."""
    return (_ASSETS / "page.css").read_text(encoding="utf-8").replace("__THEME__", theme)
