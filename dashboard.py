"""The dashboard: ``streamlit run dashboard.py``.

The app with its routes and headers; the page itself is ``geo/page/main.py``.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from geo import page
from geo.page import routes
from geo.settings import Settings

SETTINGS = Settings.from_environment()

app = st.App(
    Path(page.__file__).with_name("main.py"),
    routes=routes.routes(SETTINGS, base=str(st.get_option("server.baseUrlPath") or "")),
    middleware=routes.middleware(SETTINGS),
)
