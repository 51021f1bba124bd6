"""The dashboard: ``streamlit run dashboard.py``.

The app with its routes and headers; the page itself is ``geo/page/main.py``.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import streamlit as st

from geo import page
from geo.page import guard, logs, routes, warming
from geo.settings import Settings, SettingsError
from geo.timemap import control

try:
    SETTINGS = Settings.from_environment()
    if SETTINGS.control:
        control.read(SETTINGS.control)  # a file that cannot be shown ends the start, not a page later
except (SettingsError, control.ControlError) as error:
    sys.exit(str(error))

logs.configure(SETTINGS.log)
NAMES = guard.own_names(st.get_option("server.address"), st.get_option("browser.serverAddress"))

app = st.App(
    Path(page.__file__).with_name("main.py"),
    routes=routes.routes(SETTINGS, base=str(st.get_option("server.baseUrlPath") or "")),
    middleware=routes.middleware(SETTINGS, names=NAMES),
    lifespan=warming.lifespan(SETTINGS),
    exception_handlers=routes.faults(),
)

# Streamlit looks for garbage after every run of the page's script. What was imported is none, and to go through it held
# up everybody for a sixth of a second after each click of anybody.
gc.freeze()
