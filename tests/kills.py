"""Kill a process with signal 9 at any moment of what it does to a store, and look what it left.

``python -m tests.kills`` runs the long form and prints a table; `tests.test_kills` runs a few of each. The process that
dies is a fork, so that nothing of its own is put in order at its end. Nothing here measures time: when the signal comes
is drawn at random within what the same work took before.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from geo.model import Article, Record
from geo.pipeline import join_reports
from geo.store import Store, backups, checking
from tests.store import former
from tests.store.specimens import TEXT, article, record

LONG = {"ingest": 200, "correct": 50, "backup": 20, "restore": 20, "migrate": 20}
_ARTICLES = 6


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one kill left: `lost`, something that was said to be kept is not there; `half`, something is not whole."""

    lost: bool = False
    half: bool = False


@dataclass(slots=True)
class Tally:
    """What came of all kills of one kind; `struck` of them hit the process before it was done."""

    tried: int = 0
    struck: int = 0
    lost: int = 0
    half: int = 0
    crashed: int = 0

    @property
    def held(self) -> int:
        """Kills after which everything was there and whole."""
        return self.tried - self.lost - self.half - self.crashed


Said = Callable[[], None]
Kind = tuple[Callable[[Path], object], Callable[[Path, Said], None], Callable[[Path, int], Outcome]]


def run(kind: str, times: int, folder: Path, *, seed: int = 0) -> Tally:
    """Kill `times` processes in the middle of one kind of work."""
    prepare, work, look = KINDS[kind]
    chance = random.Random(f"{kind}{seed}")
    tally = Tally()
    longest = _timed(prepare, work, folder / "whole")
    for number in range(times):
        here = folder / str(number)
        here.mkdir()
        prepare(here)
        said, killed = _killed(work, here, chance.uniform(0.0, longest))
        tally.tried += 1
        tally.struck += killed
        try:
            outcome = look(here, said)
        except Exception as error:
            print(f"{kind} {number}: {type(error).__name__}: {error}")
            tally.crashed += 1
        else:
            tally.lost += outcome.lost
            tally.half += outcome.half
        shutil.rmtree(here)
    return tally


def _timed(prepare: Callable[[Path], object], work: Callable[[Path, Said], None], here: Path) -> float:
    here.mkdir()
    prepare(here)
    began = time.monotonic()
    _killed(work, here, None)
    return time.monotonic() - began


def _killed(work: Callable[[Path, Said], None], here: Path, after: float | None) -> tuple[int, bool]:
    """Let a fork do the work and kill it after some seconds; give how much it said to be done, and whether it was hit.

    None lets it live.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        try:
            work(here, lambda: os.write(writing, b"."))
            os._exit(0)
        except BaseException as error:
            os.write(2, f"{type(error).__name__}: {error}\n".encode())
            os._exit(1)
    os.close(writing)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as told:
        said = len(told.read())
    return said, os.WIFSIGNALED(status)


def _article(number: int) -> Article:
    """One paper's account of the same shelling; what else it prints keeps it from being another's copy."""
    own = " ".join(f"a{number}w{word}" for word in range(60))
    return article(id=f"a{number}", title=f"Report {number}", text=f"{TEXT}\n\n{own}")


def _account(number: int) -> Record:
    return record(_article(number))


_EVENT = _account(0).events[0].id


def _store(here: Path, *, articles: int = 1, name: str = "s.sqlite") -> Path:
    with Store(str(here / name), create=True) as made:
        for number in range(articles):
            made.save(_account(number), pipeline="1")
    return here / name


def _whole(path: Path) -> bool:
    with Store(str(path), read_only=True) as store:
        counts = store.counts()
        return checking.check(store).faults == () and counts.events == 2 * counts.articles


def _ingest(here: Path, said: Said) -> None:
    """New articles, then the same ones read by another version, then their reports joined."""
    with Store(str(here / "s.sqlite")) as store:
        for version in ("2", "3"):
            for number in range(_ARTICLES):
                store.save(_account(number), pipeline=version)
                said()
        join_reports(store)


def _ingested(here: Path, said: int) -> Outcome:
    path = here / "s.sqlite"
    with Store(str(path)) as store:
        read = store.pipelines()
        wanted = [str(2 + number // _ARTICLES) for number in range(said)]
        digests = [_article(n).digest for n in range(_ARTICLES)]
        kept = all(read.get(digests[n % _ARTICLES], "") >= version for n, version in enumerate(wanted))
        same = all(store.record(digest).events == record(store.article(digest)).events for digest in read)
        join_reports(store)
        joined = store.count_unjoined() == 0 and store.events()["incident"].nunique() == 1 + len(read)
    return Outcome(lost=not kept, half=not (same and joined and _whole(path)))


def _correct(here: Path, said: Said) -> None:
    with Store(str(here / "s.sqlite")) as store:
        for number in range(8):
            store.correct(_EVENT, note=f"note {number}", by="Ann", session="a")
            said()
            if number % 3 == 2:
                store.undo(session="a")
                said()


def _corrected(here: Path, said: int) -> Outcome:
    path = here / "s.sqlite"
    with Store(str(path)) as store:
        changes = sum(entry.what in ("correct", "undo") for entry in store.journal())
        standing = len(store.corrections(event=_EVENT))
        undone = sum(entry.what == "undo" for entry in store.journal())
        note = store.events().set_index("id")["note"][_EVENT]
    shown = isinstance(note, str) == (standing > 0)
    half = standing != changes - 2 * undone or not shown or not _whole(path)
    return Outcome(lost=changes not in (said, said + 1), half=half)


def _backup(here: Path, said: Said) -> None:
    for _ in range(3):
        backups.backup(str(here / "s.sqlite"), here / "backup.sqlite", replace=True)
        said()


def _backed_up(here: Path, said: int) -> Outcome:
    kept = here / "backup.sqlite"
    lost = bool(said) and not kept.exists()
    half = (kept.exists() and not _whole(kept)) or not _whole(here / "s.sqlite")
    backups.backup(str(here / "s.sqlite"), kept, replace=True)
    return Outcome(lost, half or {one.name for one in here.iterdir()} != {"s.sqlite", "backup.sqlite"})


def _two_stores(here: Path) -> None:
    _store(here, articles=1)
    _store(here, articles=3, name="other.sqlite")


def _restore(here: Path, said: Said) -> None:
    backups.restore(here / "other.sqlite", str(here / "s.sqlite"))
    said()


def _restored(here: Path, said: int) -> Outcome:
    path = here / "s.sqlite"
    with Store(str(path)) as store:
        held = store.counts().articles
        store.save(_account(9), pipeline="1")
    before = [one for one in here.glob("s.before-*") if _whole(one)]
    lost = held != 3 if said else held not in (1, 3)
    return Outcome(lost or (held == 3 and not before), not _whole(path) or not _whole(here / "other.sqlite"))


def _migrate(here: Path, said: Said) -> None:
    Store(str(here / "s.sqlite")).close()
    said()


def _migrated(here: Path, said: int) -> Outcome:
    path = here / "s.sqlite"
    with closing(sqlite3.connect(path)) as db:
        version = db.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()[0]
    kept = list(here.glob("s.version-3*.sqlite"))
    with Store(str(path)) as store:
        there = store.article(article().digest) == article() and len(store.corrections()) == 1
    lost = not there or (bool(said) and version == "3") or (version != "3" and not kept)
    return Outcome(lost=lost, half=not _whole(path))


KINDS: dict[str, Kind] = {
    "ingest": (_store, _ingest, _ingested),
    "correct": (_store, _correct, _corrected),
    "backup": (_store, _backup, _backed_up),
    "restore": (_two_stores, _restore, _restored),
    "migrate": (lambda here: former.make(here / "s.sqlite", 3), _migrate, _migrated),
}


def rows(tallies: dict[str, Tally]) -> Iterator[str]:
    """Give the table of what came of all kills."""
    yield f"{'kill -9 during':<16}{'tried':>7}{'struck':>8}{'lost':>6}{'half':>6}{'crashed':>9}{'held':>6}"
    for kind, tally in tallies.items():
        yield (
            f"{kind:<16}{tally.tried:>7}{tally.struck:>8}{tally.lost:>6}{tally.half:>6}{tally.crashed:>9}{tally.held:>6}"
        )


def main() -> None:
    """Run the long form, or as many kills of each kind as are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    for kind, times in LONG.items():
        parser.add_argument(f"--{kind}", type=int, default=times, metavar="N", help="default: %(default)s")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tallies = {}
        for kind in KINDS:
            (Path(folder) / kind).mkdir()
            tallies[kind] = run(kind, getattr(options, kind), Path(folder) / kind, seed=options.seed)
            print(f"{kind}: {tallies[kind]}", flush=True)
    print("\n".join(rows(tallies)))


if __name__ == "__main__":
    main()
