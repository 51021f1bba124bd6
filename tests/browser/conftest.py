"""The browser of all tests, and the map opened from a file: one for all tests that need nothing special.

How a test asks what it sees stands in `tests.browser.asking`: again, until it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from geo.timemap import TimeMap
from tests.browser import stories
from tests.browser.dashboard import Room, Visit, serving
from tests.browser.stage import JANUARY
from tests.timemap import specimens
from tests.timemap.chromium import DESKTOP, Shown, chromium


@pytest.fixture(scope="package")
def started() -> Iterator[Any]:
    """One browser for all modules: the start of one costs a second, and it keeps what a server lets it keep."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def browser(started: Any) -> Iterator[Any]:
    """The browser; what tests of a module leave open, those that failed above all, does not go on beside the next."""
    yield started
    Room.sweep(started)


@pytest.fixture(scope="module")
def usual(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """One map for all tests that need nothing special: opening one costs more than the test."""
    path = tmp_path_factory.mktemp("map") / "usual.html"
    TimeMap(specimens.events(), state=JANUARY, areas=specimens.AREAS, radii=specimens.RADII).save(path)
    shown = Shown(browser, path)
    yield shown
    shown.close()


@pytest.fixture
def show(browser: Any, usual: Shown, tmp_path: Path) -> Iterator[Callable[..., Shown]]:
    opened: list[Shown] = []

    def open_map(frame: Any = None, *, size: dict[str, int] = DESKTOP, touch: bool = False, **options: Any) -> Shown:
        state = options.pop("state", JANUARY)
        if frame is None and size == DESKTOP and not options:
            return usual.reset(state)
        path = tmp_path / f"map{len(opened)}.html"
        options = {"areas": specimens.AREAS, "radii": specimens.RADII} | options
        TimeMap(specimens.events() if frame is None else frame, state=state, **options).save(path)
        opened.append(Shown(browser, path, size=size, touch=touch))
        return opened[-1]

    yield open_map
    for shown in opened:
        shown.close()


@pytest.fixture(scope="package")
def address(started: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One dashboard for all modules that only look at its stories; what needs another store has an own `address`."""
    folder = tmp_path_factory.mktemp("dashboard")
    with serving(stories.make_store(folder / "store.sqlite"), folder / "log") as at:
        yield at


@contextmanager
def visits(browser: Any, address: str) -> Iterator[Callable[..., Visit]]:
    """Visits to an address, closed at the end."""
    made: list[Visit] = []

    def go(link: str = "", **options: Any) -> Visit:
        made.append(Visit(browser, address + link, **options))
        return made[-1]

    yield go
    for each in made:
        each.close()


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Callable[..., Visit]]:
    """Visits to the dashboard at `address`; they change nothing that is stored."""
    with visits(browser, address) as go:
        yield go


@pytest.fixture(scope="package")
def workroom(started: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """One dashboard for all tests that change what is stored, and the file of its store."""
    folder = tmp_path_factory.mktemp("workroom")
    store = stories.make_store(folder / "store.sqlite")
    with serving(store, folder / "log", CONFLICT_MAP_EMBED="news.example") as at:
        yield at, folder / "store.sqlite"


@pytest.fixture
def work(browser: Any, workroom: tuple[str, Path], tmp_path: Path) -> Iterator[Callable[..., Visit]]:
    """Visits that change what is stored: each test has a store of its own, put in the place of the one before."""
    at, path = workroom
    stories.make_store(tmp_path / "store.sqlite")
    (tmp_path / "store.sqlite").replace(path)
    with visits(browser, at) as go:
        yield go
