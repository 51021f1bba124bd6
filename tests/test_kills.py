"""A few kills of each kind; ``python -m tests.kills`` makes hundreds, with ``--postgresql`` on a server."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from geo.store import Store
from tests import engines
from tests.gazetteer import part
from tests.kills import servers
from tests.kills.kinds import KINDS, LONG_ON_SERVER, SHORT
from tests.kills.striking import Kind, run
from tests.store.specimens import record

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes that fork here")


@pytest.fixture(scope="module")
def own_server() -> Iterator[engines.Server]:
    """A PostgreSQL of this module's own, as it is killed."""
    if reason := engines.why_not():
        pytest.skip(reason)
    with engines.server() as running:
        yield running


@pytest.fixture(scope="module")
def on_server(own_server: engines.Server) -> Mapping[str, Kind]:
    return servers.kinds(own_server)


@needs_fork
@pytest.mark.parametrize("kind", SHORT)
def test_a_process_that_is_killed_loses_nothing_and_leaves_nothing_half_done(kind: str, tmp_path: Path) -> None:
    (tmp_path / "packages").mkdir()
    (tmp_path / "kills").mkdir()
    with part.reading(part.write(tmp_path / "packages")):
        tally = run(KINDS[kind], 4, tmp_path / "kills", seed=kind)
    assert (tally.tried, tally.lost, tally.half, tally.crashed) == (4, 0, 0, 0)


@needs_fork
@pytest.mark.parametrize("kind", LONG_ON_SERVER)
def test_on_a_server_neither_a_killed_program_nor_the_killed_server_loses_anything(
    kind: str, on_server: Mapping[str, Kind], tmp_path: Path
) -> None:
    # One each: laying out a server's database takes longer than what is killed in it.
    tally = run(on_server[kind], 1, tmp_path, seed=kind)
    assert (tally.tried, tally.lost, tally.half, tally.crashed) == (1, 0, 0, 0)


def test_an_open_store_goes_on_when_its_server_was_killed_and_started_again(own_server: engines.Server) -> None:
    with Store(own_server.database(), create=True) as store:
        store.save(record(), pipeline="1")
        own_server.kill()
        own_server.start()
        assert store.counts().articles == 1
        store.correct(record().events[0].id, note="after it")
        assert len(store.corrections()) == 1
