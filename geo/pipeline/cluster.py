"""Reads many articles on the workers of a Dask cluster and gives the records in the order of the articles.

The workers only read; this process alone opens the store. A task is a few articles and gives what reading them on one
machine gives, whichever worker does it and however often, so a worker that dies costs nothing but what it was reading.
"""

from __future__ import annotations

import pickle
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gazetteer.errors import GazetteerError
from gazetteer.index import Gazetteer
from gazetteer.plugins import PluginError
from geo.ingest.problem import Problem
from geo.lexicon import LexiconError
from geo.model import Article, Record
from geo.pipeline.version import version
from geo.pipeline.workers import Read, keep_models, read_one, unread_by
from geo.settings import Settings

# A task is so many articles, or fewer long ones: sending it takes a millisecond, reading it a second or so.
_ARTICLES = 8
_CHARACTERS = 40_000
# Tasks in flight for each thread of a worker: enough that none waits for the slowest of those whose turn it is.
_AHEAD = 8
# Seconds: to reach the scheduler; between looks at who works, and while nobody does; for a task between such looks;
# without any worker until that is said to be the end.
_REACH = 10.0
_LOOK, _AGAIN, _WAIT = 2.0, 0.2, 10.0
_PATIENCE = 60.0

_Task = tuple[Article | Problem, ...]

_lock = threading.Lock()
_opened: dict[_Reading, Gazetteer] = {}


class ClusterError(RuntimeError):
    """The cluster cannot be used, or not any more."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """With what a worker is to read: where the gazetteer lies here, and the version that its records must be of."""

    gazetteer: Path
    places: Path | None
    version: str


def records(
    given: Iterable[Article | Problem],
    gazetteer: Gazetteer,
    scheduler: str,
    *,
    tell: Callable[[str], None] | None = None,
    patience: float = _PATIENCE,
) -> Iterator[Record | Problem]:
    """Parse articles on a cluster as they come; problems pass through in their place.

    A worker opens the gazetteer that lies where this one does, or else the one that its own environment names; one
    whose program, models or gazetteer are others is refused. An article at which one worker after the other dies is
    left out and named.

    Parameters
    ----------
    scheduler
        The address of a Dask scheduler, ``tcp://host:8786``; ``tls://`` takes its certificates from Dask's own
        configuration.
    tell
        Called with a sentence when the workers are other ones than before.
    patience
        For how many seconds there may be no worker at all.

    Raises
    ------
    ClusterError
        If Dask is not installed, the scheduler cannot be reached, no worker is left, or one of them cannot read.
    """
    reading = _Reading(gazetteer.path.resolve(), gazetteer.places and gazetteer.places.resolve(), version(gazetteer))
    distributed = _dask()
    yield from unread_by()
    with _connected(distributed, scheduler) as client:
        work = _Work(client, _Crew(client, scheduler, tell, patience), reading, distributed.scheduler.KilledWorker)
        waiting: deque[tuple[_Task, Any]] = deque()
        for task in _tasks(given):
            waiting.append((task, work.submit(task)))
            while len(waiting) > work.crew.threads() * _AHEAD:
                yield from work.settled(*waiting.popleft())
        while waiting:
            yield from work.settled(*waiting.popleft())


def _dask() -> Any:
    try:
        import distributed  # noqa: PLC0415  (an extra requirement, and a second of time)
    except ModuleNotFoundError:
        raise ClusterError("--scheduler needs Dask: pip install 'conflict-map[cluster]'") from None
    return distributed


def _connected(distributed: Any, scheduler: str) -> Any:
    try:
        return distributed.Client(scheduler, timeout=_REACH, set_as_default=False)
    except (OSError, ValueError) as error:
        advice = "Start one with: dask scheduler"
        raise ClusterError(f"{scheduler}: no scheduler answers there ({error}). {advice}") from None


class _Crew:
    """Who works at present, looked up now and then."""

    def __init__(self, client: Any, scheduler: str, tell: Callable[[str], None] | None, patience: float) -> None:
        self._client, self._scheduler, self._patience = client, scheduler, patience
        self._tell = tell or (lambda _: None)
        self._threads: dict[str, int] = {}
        self._looked = float("-inf")
        self._manned: float | None = None

    def threads(self) -> int:
        """Count the threads that read, at least one; waits for a worker where there is none.

        Raises
        ------
        ClusterError
            If none comes, or the scheduler is gone.
        """
        while time.monotonic() - self._looked > _LOOK:
            self._look()
            if not self._threads:
                time.sleep(_AGAIN)
        return max(1, sum(self._threads.values()))

    def _look(self) -> None:
        before, now = self._threads, time.monotonic()
        try:
            self._threads = dict(self._client.nthreads())
        except OSError:
            raise self.ended("its scheduler is gone") from None
        if self._manned is None:
            self._manned = now
            self._tell(_in_words(len(self._threads), 0))
        elif lost := len(before.keys() - self._threads.keys()):
            self._tell(_in_words(len(self._threads), lost))
        elif self._threads.keys() != before.keys():
            self._tell(_in_words(len(self._threads), 0))
        if self._threads:
            self._looked = self._manned = now
        elif now - self._manned > self._patience:
            raise self.ended("it has no worker")

    def ended(self, why: str) -> ClusterError:
        """Say why this is the end."""
        advice = "What was read before is kept. Start what is missing (dask scheduler, dask worker) and run it again"
        return ClusterError(f"{self._scheduler}: {why}. {advice}")


def _in_words(workers: int, lost: int) -> str:
    what = f"{workers:,} workers read" if workers > 1 else "one worker reads" if workers else "waiting for a worker"
    return f"Cluster: {what}; {lost:,} lost, whose articles are read again." if lost else f"Cluster: {what}."


def _tasks(given: Iterable[Article | Problem]) -> Iterator[_Task]:
    """Cut what is given into tasks, in order."""
    task: list[Article | Problem] = []
    characters = 0
    for item in given:
        task.append(item)
        characters += len(item.text) if isinstance(item, Article) else 0
        if len(task) >= _ARTICLES or characters >= _CHARACTERS:
            yield tuple(task)
            task, characters = [], 0
    if task:
        yield tuple(task)


class _Work:
    """Sends tasks to the workers and gives what came of them."""

    def __init__(self, client: Any, crew: _Crew, reading: _Reading, killed: type[Exception]) -> None:
        self._client, self.crew, self._reading, self._killed = client, crew, reading, killed

    def submit(self, task: _Task) -> Any:
        """Send the articles of a task; None where there are none."""
        articles = [item for item in task if isinstance(item, Article)]
        # As bytes, which the scheduler passes on as they are. Not pure: no article comes twice.
        return self._client.submit(_work, pickle.dumps(articles), self._reading, pure=False) if articles else None

    def settled(self, task: _Task, future: Any) -> Iterator[Record | Problem]:
        """Give what came of a task, each article and problem in its place."""
        if future is None:
            yield from (item for item in task if isinstance(item, Problem))
            return
        try:
            reads = iter(self._awaited(future))
        except self._killed:
            reads = map(self._alone, (item for item in task if isinstance(item, Article)))
        for item in task:
            yield from (item,) if isinstance(item, Problem) else next(reads)

    def _alone(self, article: Article) -> Read:
        """Read an article of a task at which workers died apart from the others: one of them was the cause."""
        try:
            return self._awaited(self.submit((article,)))[0]
        except self._killed:
            advice = "Their memory may have been full. If it is a table or a list of names, leave it out"
            return (Problem(article.id, "one worker after the other died as it read it", advice),)

    def _awaited(self, future: Any) -> tuple[Read, ...]:
        """Wait for a task; as long as anybody works it will come, as a task of a worker that dies goes to another."""
        while True:
            self.crew.threads()
            try:
                found: tuple[Read, ...] = future.result(timeout=_WAIT)
            except TimeoutError:
                continue
            except CancelledError:
                raise self.crew.ended("its scheduler is gone") from None
            return found


def _work(articles: bytes, reading: _Reading) -> tuple[Read, ...]:
    """Read the articles of a task; this runs on a worker."""
    # From the program that sends the tasks, whose code runs here anyway.
    given: list[Article] = pickle.loads(articles)  # noqa: S301  (see above)
    try:
        gazetteer = _gazetteer(reading)
        reads = tuple(read_one(article, gazetteer) for article in given)
    except (OSError, LexiconError, GazetteerError, PluginError, ValueError) as error:
        raise ClusterError(f"{_own_address()} cannot read: {error}") from None
    keep_models()
    return reads


def _gazetteer(reading: _Reading) -> Gazetteer:
    with _lock:  # a worker may have several threads
        if reading not in _opened:
            here = reading.gazetteer if reading.gazetteer.exists() else Settings.from_environment().gazetteer
            gazetteer = Gazetteer.open(here, places=reading.places, quiet=True)
            if (own := version(gazetteer)) != reading.version:
                advice = "Install the same program with the same gazetteer, models and places there"
                raise ClusterError(f"{_own_address()} reads otherwise ({own}, here {reading.version}). {advice}")
            _opened[reading] = gazetteer
        return _opened[reading]


def _own_address() -> str:
    import distributed  # noqa: PLC0415  (on a worker it is there)

    return f"the worker {distributed.get_worker().address}"
