"""What the first visit asks for is there before it comes, and is made once whoever asks."""

from __future__ import annotations

import asyncio
import json
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from geo.page import stopping, warming
from geo.page.library import library
from geo.settings import Settings
from tests.browser import stories
from tests.browser.dashboard import serving
from tests.waiting import until


def test_a_server_that_nobody_visited_has_its_gazetteer_open(tmp_path: Path) -> None:
    """The first visit waited a second longer than the next: for imports, events, gazetteer and outlines."""
    with serving(stories.make_store(tmp_path / "store.sqlite"), tmp_path / "log") as address:

        def state() -> str:
            with urllib.request.urlopen(f"{address}healthz", timeout=30) as answer:  # noqa: S310 (our own server)
                return str(json.load(answer)["gazetteer"])

        until(lambda: state() == "ok")


def test_the_server_listens_when_what_the_first_visit_asks_for_is_there_or_after_a_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The app that ends here asks its own process alone to stop, not the tests that come after.
    monkeypatch.setattr(stopping, "_asked", threading.Event())
    settings = Settings(store=stories.make_store(tmp_path / "store.sqlite"))

    async def waited() -> tuple[bool, float]:
        began = time.monotonic()
        async with warming.lifespan(settings)(None):
            return library(settings).opened, time.monotonic() - began

    opened, took = asyncio.run(waited())
    assert opened or took >= 1
    library(settings).store.close()


def test_all_who_ask_at_once_get_what_was_made_once(tmp_path: Path) -> None:
    settings = Settings(store=stories.make_store(tmp_path / "store.sqlite"))
    together = threading.Barrier(4)

    def ask(_: int) -> tuple[object, ...]:
        together.wait()
        shelf = library(settings)
        return shelf, shelf.events(), shelf.gazetteer, shelf.areas(), shelf.packed()

    with ThreadPoolExecutor(4) as pool:
        first, *others = pool.map(ask, range(4))
    assert all(one is other for asked in others for one, other in zip(first, asked, strict=True))
    library(settings).store.close()


def test_what_cannot_be_read_is_left_to_whoever_asks(tmp_path: Path) -> None:
    missing = Settings(store=f"sqlite:///{tmp_path / 'nothing.sqlite'}", read_only=True)
    warming.warm(missing)
    assert not (tmp_path / "nothing.sqlite").exists()
