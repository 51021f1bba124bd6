"""What holds for the whole suite."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests import engines

# Property tests look for new examples on a developer's machine; in continuous integration they take the same ones every
# time, so that a red run is about the change. Machines are shared and noisy: no test is failed for its time.
settings.register_profile("developer", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "developer")


@pytest.fixture(scope="session")
def server() -> Iterator[engines.Server]:
    """A PostgreSQL with PostGIS; skipped with the reason where none can be started."""
    if reason := engines.why_not():
        pytest.skip(reason)
    with engines.server() as running:
        yield running


@pytest.fixture
def postgresql(server: engines.Server) -> Iterator[engines.Server]:
    """The same; what a test makes in it goes with the test."""
    yield server
    server.clear()


@pytest.fixture(params=engines.ENGINES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty place for a store, on one engine after the other: what a test holds, it holds on both."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'deep' / 'store.sqlite'}"
    running: engines.Server = request.getfixturevalue("postgresql")
    return running.database()
