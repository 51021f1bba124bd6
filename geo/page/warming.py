"""What the first visit would wait for is made before it comes: from the start of the app, in a thread beside it.

The server listens when that is done, at the latest after a second: with a small store it answers the first visit as it
does the next, and with a large one it does not keep anybody waiting for what its map needs later.
"""

from __future__ import annotations

import importlib
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from threading import Thread
from typing import Any

from starlette.concurrency import run_in_threadpool

from gazetteer.errors import GazetteerError
from geo.page import connections, shipped, stopping
from geo.page.library import library
from geo.settings import Settings
from geo.store import StoreError

_PATIENCE = 1.0  # seconds: the demo's 1,036 events take two thirds of that, of the processor
# What the page's script imports and the app does not. `geo.page.stage` is left to the script: what it imports,
# `streamlit_folium`, declares its component to the script that runs then.
_SCRIPT = ("folium.plugins", *(f"geo.page.{name}" for name in ("header", "panel", "publishing", "sheet", "steps")))


def lifespan(settings: Settings) -> Callable[[Any], AbstractAsyncContextManager[dict[str, Any]]]:
    """Give the lifespan of the app that shows what `settings` name; the server waits for it `_PATIENCE` at most."""

    @asynccontextmanager
    async def warmed(app: Any) -> AsyncGenerator[dict[str, Any]]:
        async with connections.lifespan(app) as state:
            thread = Thread(target=warm, args=(settings,), name="warming", daemon=True)
            stopping.started(thread)
            await run_in_threadpool(thread.join, _PATIENCE)
            yield state

    return warmed


def warm(settings: Settings) -> None:
    """Import and make, in the order of its use, what the first visit asks for; a stop ends it after the next step."""
    shipped.packed()
    for name in _SCRIPT:
        importlib.import_module(name)
    try:
        for make in library(settings).first_asked():
            if stopping.asked():
                return
            make()
    except (StoreError, GazetteerError):
        return  # whoever asks is told
