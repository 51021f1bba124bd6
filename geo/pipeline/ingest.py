"""Many articles into a store: only what is new or was read by another version is read; the rest is left as it is."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from gazetteer.index import Gazetteer
from geo import languages
from geo.ingest import Problem
from geo.model import Article
from geo.pipeline import cluster
from geo.pipeline.interrupts import heard
from geo.pipeline.joining import join_reports
from geo.pipeline.version import version
from geo.pipeline.workers import records
from geo.store import Store

# Unchanged articles join a data set in batches: a transaction each would take longer than reading them.
_BATCH = 500
# So many articles are asked for one by one, whatever the store holds; of more, all at once is faster.
_FEW = 64


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a reading, so far or in the end.

    Attributes
    ----------
    added, replaced
        Articles stored: new ones, and ones that another version had read.
    unchanged
        Articles that were stored already.
    set_aside
        How many of the stored ones, by the code of their language, were not read for events (`geo.languages`).
    events, located, dated
        Events of the stored articles; those with a place, those with a date.
    problems
        What was skipped, and notes on what was not; in the final report only.
    interrupted
        True if the reading was broken off; what is counted here is safe in the store.
    """

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    set_aside: Mapping[str, int] = field(default_factory=dict)
    events: int = 0
    located: int = 0
    dated: int = 0
    problems: tuple[Problem, ...] = ()
    interrupted: bool = False
    seconds: float = 0.0

    @property
    def articles(self) -> int:
        """Articles that are in the store now, stored by this reading or before."""
        return self.added + self.replaced + self.unchanged

    @property
    def skipped(self) -> tuple[Problem, ...]:
        """The problems because of which something was not read."""
        return tuple(problem for problem in self.problems if problem.severity == "skipped")


def ingest(
    given: Iterable[Article | Problem],
    store: Store,
    gazetteer: Gazetteer,
    *,
    data_set: str,
    jobs: int | None = None,
    scheduler: str | None = None,
    progress: Callable[[Report], None] | None = None,
    tell: Callable[[str], None] | None = None,
) -> Report:
    """Read articles into a store, one transaction each; then join the reports of one event over the whole store.

    Broken off by Ctrl-C, it keeps what is stored, and the same call goes on from there: what is stored is known by
    its content and skipped.

    Parameters
    ----------
    given
        What `geo.ingest.read` gives.
    data_set
        The set that the articles join.
    jobs
        How many processes read; None: one for each core, or just this one for a few articles.
    scheduler
        The address of a Dask scheduler whose workers read instead (`geo.pipeline.cluster`); this process stores.
    progress
        Called after each article with the report so far.
    tell
        Called with a sentence whenever workers came or went.

    Raises
    ------
    geo.store.StoreError
        If the store cannot be written to.
    geo.pipeline.WorkerLostError
        If a worker process dies; what was stored before is kept.
    geo.pipeline.ClusterError
        If the cluster cannot be used, or has no worker any more; what was stored before is kept.
    """
    began = time.monotonic()
    sifter = _Sifter(given, store, version(gazetteer), data_set)
    report = Report()
    problems: list[Problem] = []
    set_aside: Counter[str] = Counter()
    if scheduler is None:
        reading = records(sifter.new(), gazetteer, jobs=jobs)
    else:
        reading = cluster.records(sifter.new(), gazetteer, scheduler, tell=tell)
    try:
        with heard() as interrupts:
            for item in reading:
                if isinstance(item, Problem):
                    problems.append(item)
                else:
                    store.save(item, pipeline=sifter.pipeline, data_set=data_set)
                    known = item.article.digest in sifter.outdated
                    if item.language and not languages.is_read(item.language):
                        set_aside[item.language] += 1
                    report = replace(
                        report,
                        added=report.added + (not known),
                        replaced=report.replaced + known,
                        events=report.events + len(item.events),
                        located=report.located + sum(event.place is not None for event in item.events),
                        dated=report.dated + sum(event.date_start is not None for event in item.events),
                    )
                report = replace(report, unchanged=sifter.unchanged, seconds=time.monotonic() - began)
                if progress:
                    progress(report)
                interrupts.check()
    except KeyboardInterrupt:
        report = replace(report, interrupted=True)
    sifter.join()
    join_reports(store)
    return replace(
        report,
        unchanged=sifter.unchanged,
        set_aside=dict(set_aside.most_common()),
        problems=tuple(problems),
        seconds=time.monotonic() - began,
    )


class _Sifter:
    """Passes on what must be read, and lets what is stored already join the data set."""

    def __init__(self, given: Iterable[Article | Problem], store: Store, pipeline: str, data_set: str) -> None:
        self.pipeline = pipeline
        self.outdated: set[str] = set()
        self.unchanged = 0
        self._known: Mapping[str, str] | None = None
        self._given = given
        self._store = store
        self._data_set = data_set
        self._joining: list[str] = []

    def new(self) -> Iterator[Article | Problem]:
        """Give problems, and the articles that are new, or known but read by another version; each once."""
        seen: set[str] = set()
        for item in self._given:
            if isinstance(item, Article):
                digest = item.digest
                if digest in seen:
                    yield Problem(item.id, "the same text, title and date came before", "It is kept once", "note")
                    continue
                seen.add(digest)
                read_by = self._reader_of(digest, len(seen))
                if read_by == self.pipeline:
                    self.unchanged += 1
                    self._joining.append(digest)
                    if len(self._joining) >= _BATCH:
                        self.join()
                    continue
                if read_by is not None:
                    self.outdated.add(digest)
            yield item

    def _reader_of(self, digest: str, asked: int) -> str | None:
        """Give the version of what read an article; None where it is new. Few are asked for each, many all at once."""
        if self._known is None and asked > _FEW:
            self._known = self._store.pipelines()
        known = self._store.pipelines(only=[digest]) if self._known is None else self._known
        return known.get(digest)

    def join(self) -> None:
        """Let the unchanged articles found so far join the data set."""
        if self._joining:
            self._store.join(self._joining, data_set=self._data_set)
            self._joining = []
