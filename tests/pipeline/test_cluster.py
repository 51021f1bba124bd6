"""Articles read by the worker processes of a real Dask cluster on this machine, some of which are killed."""

from __future__ import annotations

import itertools
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from gazetteer.index import Gazetteer
from geo.cli import main
from geo.ingest import Problem, read
from geo.model import Article, Record
from geo.pipeline import ClusterError, cluster, ingest, records
from geo.settings import ARTICLES
from geo.store import Store
from tests import waiting

dask = pytest.importorskip("dask", reason="Dask is not installed")
distributed = pytest.importorskip("distributed", reason="Dask is not installed")


@pytest.fixture(autouse=True)
def _however_busy_the_machine_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who answers late answers; where nobody does, a test sets its own limit."""
    monkeypatch.setattr(cluster, "_REACH", waiting.GIVE_UP)


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    with Gazetteer.open(quiet=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    """Short articles with events: the first paragraphs of the demo articles."""
    whole = itertools.islice((item for item in read([ARTICLES]) if isinstance(item, Article)), 24)
    return [Article(id=one.id, text=one.text[:400], title=one.title, published=one.published) for one in whole]


@pytest.fixture(scope="module")
def workers() -> Iterator[Any]:
    """Two worker processes, each of which is started anew when it dies."""
    # While it starts only: a scheduler that is gone is to be missed sooner.
    with dask.config.set({f"distributed.comm.timeouts.{what}": waiting.GIVE_UP for what in ("connect", "tcp")}):
        local = distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0")
    with local:
        yield local


def test_a_cluster_gives_the_records_of_one_machine_in_their_order(
    gazetteer: Gazetteer, articles: list[Article], workers: Any
) -> None:
    given = [articles[0], Problem("x", "is empty"), *articles[1:12], Problem("y", "is empty")]
    told: list[str] = []
    found = list(cluster.records(given, gazetteer, workers.scheduler_address, tell=told.append))
    assert found == list(records(given, gazetteer, jobs=1))
    assert told == ["Cluster: 2 workers read."]


def test_a_store_filled_by_a_cluster_whose_worker_was_killed_is_that_of_one_machine(
    gazetteer: Gazetteer, articles: list[Article], workers: Any, tmp_path: Path
) -> None:
    told: list[str] = []
    killed: list[str] = []

    def given() -> Iterator[Article]:
        yield from articles[:16]
        with distributed.Client(workers.scheduler_address, set_as_default=False) as client:
            # Reading the first two tasks takes far longer than asking this: each worker holds one, or its outcome.
            processes = client.run(os.getpid)
            address = next(iter(processes))
            os.kill(processes[address], signal.SIGKILL)
            killed.append(address)
            while address in client.scheduler_info(n_workers=-1)["workers"]:
                pass  # the scheduler has not noticed yet
        yield from articles[16:]

    there, here = tmp_path / "there.sqlite", tmp_path / "here.sqlite"
    with Store(str(there), create=True) as store:
        report = ingest(
            given(), store, gazetteer, data_set="x", scheduler=workers.scheduler_address, tell=told.append
        )  # fmt: skip
    assert killed
    assert (report.added, report.problems) == (len(articles), ())
    with Store(str(here), create=True) as store:
        ingest(articles, store, gazetteer, data_set="x", jobs=1)
    assert _content(there) == _content(here)


def _content(store: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of what was read, with its number in the store; what says when and in which store is left out."""
    found = {}
    with closing(sqlite3.connect(store)) as opened:
        tables = [name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in tables:
            columns = [row[1] for row in opened.execute(f"PRAGMA table_info({name})")]
            kept = [f'"{one}"' for one in columns if (name, one) not in _OF_ITS_OWN]
            if name != "meta":
                found[name] = sorted(opened.execute(f"SELECT {', '.join(kept)} FROM {name}"), key=repr)
    assert len(found["events"]) > len(found["articles"]) / 2
    return found


_OF_ITS_OWN = {("journal", "made"), ("journal", "previous"), ("journal", "digest")}


@dataclass(frozen=True)
class _Deadly(Article):
    """Ends the process that unpickles it, as the system does to one that fills the memory."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (1,)


def test_an_article_at_which_workers_die_is_named_and_the_others_are_read(
    gazetteer: Gazetteer, articles: list[Article], workers: Any
) -> None:
    workers.scheduler.allowed_failures = 0
    deadly = _Deadly(id="deadly", text="No place.")
    found = list(cluster.records([articles[0], deadly, articles[1]], gazetteer, workers.scheduler_address))
    assert [item for item in found if isinstance(item, Record)] == list(records(articles[:2], gazetteer, jobs=1))
    assert isinstance(found[1], Problem)
    assert "deadly: one worker after the other died as it read it." in str(found[1])


def test_a_worker_that_would_read_otherwise_is_refused(
    gazetteer: Gazetteer, articles: list[Article], workers: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "version", lambda _: "0.0.1-other")
    with pytest.raises(ClusterError, match=r"the worker tcp://.* reads otherwise \(.*, here 0\.0\.1-other\)\. Install"):
        list(cluster.records(articles[:1], gazetteer, workers.scheduler_address))


def test_a_cluster_without_workers_is_told_and_waited_for_only_so_long(
    gazetteer: Gazetteer, articles: list[Article]
) -> None:
    told: list[str] = []
    with distributed.LocalCluster(n_workers=0, processes=True, dashboard_address=":0") as empty:
        reading = cluster.records(articles, gazetteer, empty.scheduler_address, tell=told.append, patience=0.0)
        with pytest.raises(ClusterError, match=r"it has no worker\. What was read before is kept\. Start"):
            list(reading)
    assert told == ["Cluster: waiting for a worker."]


def test_without_dask_the_extra_is_named(
    gazetteer: Gazetteer, articles: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"pip install 'conflict-map\[cluster\]'"):
        list(cluster.records(articles, gazetteer, "tcp://127.0.0.1:9"))


def test_without_a_scheduler_the_command_says_what_to_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cluster, "_REACH", 0.2)
    given = ["ingest", str(ARTICLES / "2015-01-30-debaltseve-vuhlehirsk.txt"), "--store", str(tmp_path / "s.sqlite")]
    assert main([*given, "--scheduler", "tcp://127.0.0.1:9"]) == 2
    assert "tcp://127.0.0.1:9: no scheduler answers there" in capsys.readouterr().err
    assert main([*given, "--scheduler", "tcp://127.0.0.1:9", "--jobs", "2"]) == 2
    assert "--jobs is for this machine, --scheduler for a cluster" in capsys.readouterr().err


def test_a_scheduler_that_is_killed_ends_the_reading_with_what_to_do(
    gazetteer: Gazetteer, articles: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_REACH", 15.0)  # for as long it is looked for after its end, too
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    with subprocess.Popen([*command, "--no-dashboard"], stderr=subprocess.PIPE, text=True) as scheduler:
        assert scheduler.stderr is not None
        line = next(line for line in scheduler.stderr if "Scheduler at:" in line)
        address = line.rpartition("at:")[2].strip()

        def killed(told: str) -> None:
            assert told == "Cluster: waiting for a worker."
            scheduler.kill()

        with pytest.raises(ClusterError, match=r"its scheduler is gone\. What was read before is kept\. Start"):
            list(cluster.records(articles, gazetteer, address, tell=killed))
