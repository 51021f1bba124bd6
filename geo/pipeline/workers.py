"""Reads many articles in several processes and gives the records in the order of the articles."""

from __future__ import annotations

import gc
import itertools
import logging
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from gazetteer.errors import GazetteerError
from gazetteer.index import Gazetteer
from gazetteer.plugins import PluginError
from geo.events import added
from geo.ingest.problem import Problem, unexpected
from geo.lexicon import LexiconError
from geo.model import Article, Record
from geo.pipeline.article import parse
from geo.pipeline.budget import OverBudgetError, read_within

# Articles in flight for each process: enough that none waits, few enough that a corpus never lies in memory.
_AHEAD = 4
# A process starts in a second or two, in which one reads some fifty articles.
_FEW = 60
# Each process holds the models; past this the memory of a laptop is the limit.
_MOST_JOBS = 8

_log = logging.getLogger(__name__)
_own: dict[str, Gazetteer] = {}
Read = tuple[Record | Problem, ...]


class WorkerLostError(RuntimeError):
    """A worker process died, as a rule because the memory was full."""

    def __init__(self, jobs: int) -> None:
        advice = "What was read before is kept. Run it again with fewer --jobs"
        super().__init__(f"one of {jobs} worker processes died; the memory may have been full. {advice}.")
        self.jobs = jobs


def records(
    given: Iterable[Article | Problem], gazetteer: Gazetteer, *, jobs: int | None = None
) -> Iterator[Record | Problem]:
    """Parse articles as they come; problems pass through in their place.

    Parameters
    ----------
    jobs
        How many processes read; 1 reads in this one. None: one for each core, but only this one for a few articles,
        which it has read before another has started.

    Raises
    ------
    WorkerLostError
        If a process dies.
    OSError, geo.lexicon.LexiconError, gazetteer.errors.GazetteerError, gazetteer.plugins.PluginError
        If a model, a word list, the gazetteer or our own reader is missing or broken: no article could be read.
    """
    if jobs is not None and jobs < 1:
        raise ValueError(f"jobs must be at least 1; got {jobs}")
    yield from unread_by()
    if jobs is None:
        given = iter(given)
        first = list(itertools.islice(given, _FEW + 1))
        jobs = 1 if len(first) <= _FEW else min(os.cpu_count() or 1, _MOST_JOBS)
        given = itertools.chain(first, given)
    if jobs == 1:
        for item in given:
            yield from (item,) if isinstance(item, Problem) else read_one(item, gazetteer)
        return
    # Spawned, not forked: a forked process would share open database files and another thread's locks.
    pool = ProcessPoolExecutor(
        jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_start, initargs=(gazetteer,)
    )
    waiting: deque[Future[Read] | Problem] = deque()
    try:
        for item in given:
            waiting.append(item if isinstance(item, Problem) else pool.submit(_work, item))
            while len(waiting) > jobs * _AHEAD:
                yield from _result(waiting.popleft())
        while waiting:
            yield from _result(waiting.popleft())
    except BrokenProcessPool as error:
        raise WorkerLostError(jobs) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def unread_by() -> Iterator[Problem]:
    """Tell once of each reader that a package adds and that cannot be loaded: the articles are read without it."""
    for fault in added.faults():
        yield Problem("readers of events", fault, "The articles are read without it", "note")


def _result(item: Future[Read] | Problem) -> Read:
    return (item,) if isinstance(item, Problem) else item.result()


def _start(gazetteer: Gazetteer) -> None:
    threading.Thread(target=_die_with_parent, name="parent", daemon=True).start()
    # Ctrl-C reaches every process of the terminal; the first one alone decides what to do.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _own["gazetteer"] = gazetteer


def _die_with_parent() -> None:
    """End this process when the one that started it ends, however that came: nobody would take its records."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _work(article: Article) -> Read:
    read = read_one(article, _own["gazetteer"])
    keep_models()
    return read


def keep_models() -> None:
    """Look no more for garbage in what the first article has loaded: called after it in a process that only reads."""
    if not gc.get_freeze_count():
        # Models and word lists stay: looking through them again and again takes a tenth of the time.
        gc.collect()
        gc.freeze()


def read_one(article: Article, gazetteer: Gazetteer) -> Read:
    """Parse one article; a fault of ours costs that article only, and no article takes longer than its budget."""
    told: dict[str, None] = {}  # once, however often it was tried
    try:
        record, left_out = read_within(article, lambda one: parse(one, gazetteer, tell=told.setdefault))
    except (OSError, LexiconError, GazetteerError, PluginError):
        # Something that every article needs is missing or broken.
        raise
    except OverBudgetError as error:
        return (Problem(article.id, str(error), "If it is a table or a list of names, leave it out"),)
    except Exception as error:
        _log.debug("article %s", article.id, exc_info=True)
        return (unexpected(article.id, error),)
    notes = tuple(Problem(article.id, what, severity="note") for what in told)
    if left_out is None:
        return (*notes, record)
    what = f"read to character {left_out:,} of {len(article.text):,}; the rest would have taken too long"
    return (*notes, Problem(article.id, what, "Split it, one article each", severity="note"), record)
