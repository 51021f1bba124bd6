"""What is done to a store: reading into it, correcting by hand, backing up, restoring, upgrading."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from geo.model import Article, Record
from geo.pipeline import join_reports
from geo.store import Store, backups, checking, moving
from tests.kills.striking import Kind, Outcome, Said
from tests.store import former
from tests.store.specimens import TEXT, article, record

_ARTICLES = 6


def _article(number: int) -> Article:
    """One paper's account of the same shelling; what else it prints keeps it from being another's copy."""
    own = " ".join(f"a{number}w{word}" for word in range(60))
    return article(id=f"a{number}", title=f"Report {number}", text=f"{TEXT}\n\n{own}")


def _account(number: int) -> Record:
    return record(_article(number))


_EVENT = _account(0).events[0].id


def note(here: Path, store: str) -> None:
    """Note the address of a folder's store, where it is no file in it."""
    (here / "address").write_text(store, "utf-8")


def address(here: Path) -> str:
    """Give the address of a folder's store."""
    noted = here / "address"
    return noted.read_text("utf-8") if noted.exists() else str(here / "s.sqlite")


def made(here: Path, *, articles: int = 1, name: str | None = None) -> None:
    with Store(str(here / name) if name else address(here), create=True) as store:
        for number in range(articles):
            store.save(_account(number), pipeline="1")


def whole(at: Path | str) -> bool:
    with Store(str(at), read_only=True) as store:
        counts = store.counts()
        return checking.check(store).faults == () and counts.events == 2 * counts.articles


def _ingest(here: Path, said: Said) -> None:
    """New articles, then the same ones read by another version, then their reports joined."""
    with Store(address(here)) as store:
        for version in ("2", "3"):
            for number in range(_ARTICLES):
                store.save(_account(number), pipeline=version)
                said()
        join_reports(store)


def _ingested(here: Path, said: int) -> Outcome:
    with Store(address(here)) as store:
        read = store.pipelines()
        wanted = [str(2 + number // _ARTICLES) for number in range(said)]
        digests = [_article(n).digest for n in range(_ARTICLES)]
        kept = all(read.get(digests[n % _ARTICLES], "") >= version for n, version in enumerate(wanted))
        same = all(store.record(digest).events == record(store.article(digest)).events for digest in read)
        join_reports(store)
        joined = store.count_unjoined() == 0 and store.events()["incident"].nunique() == 1 + len(read)
    return Outcome(lost=not kept, half=not (same and joined and whole(address(here))))


def _correct(here: Path, said: Said) -> None:
    with Store(address(here)) as store:
        for number in range(8):
            store.correct(_EVENT, note=f"note {number}", by="Ann", session="a")
            said()
            if number % 3 == 2:
                store.undo(session="a")
                said()


def _corrected(here: Path, said: int) -> Outcome:
    with Store(address(here)) as store:
        changes = sum(entry.what in ("correct", "undo") for entry in store.journal())
        standing = len(store.corrections(event=_EVENT))
        undone = sum(entry.what == "undo" for entry in store.journal())
        note = store.events().set_index("id")["note"][_EVENT]
    shown = isinstance(note, str) == (standing > 0)
    half = standing != changes - 2 * undone or not shown or not whole(address(here))
    return Outcome(lost=changes not in (said, said + 1), half=half)


def _backup(here: Path, said: Said) -> None:
    for _ in range(3):
        backups.backup(str(here / "s.sqlite"), here / "backup.sqlite", replace=True)
        said()


def _backed_up(here: Path, said: int) -> Outcome:
    kept = here / "backup.sqlite"
    lost = bool(said) and not kept.exists()
    half = (kept.exists() and not whole(kept)) or not whole(here / "s.sqlite")
    backups.backup(str(here / "s.sqlite"), kept, replace=True)
    return Outcome(lost, half or {one.name for one in here.iterdir()} != {"s.sqlite", "backup.sqlite"})


def _two_stores(here: Path) -> None:
    made(here, articles=1)
    made(here, articles=3, name="other.sqlite")


def _restore(here: Path, said: Said) -> None:
    backups.restore(here / "other.sqlite", str(here / "s.sqlite"))
    said()


def _restored(here: Path, said: int) -> Outcome:
    path = here / "s.sqlite"
    with Store(str(path)) as store:
        held = store.counts().articles
        store.save(_account(9), pipeline="1")
    before = [one for one in here.glob("s.before-*") if whole(one)]
    lost = held != 3 if said else held not in (1, 3)
    return Outcome(lost or (held == 3 and not before), not whole(path) or not whole(here / "other.sqlite"))


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
    return Outcome(lost=lost, half=not whole(path))


def _copy(here: Path, said: Said) -> None:
    moving.move(str(here / "other.sqlite"), address(here), replace=True)
    said()


def _copied(here: Path, said: int) -> Outcome:
    with Store(address(here)) as store:
        held = store.counts().articles
    half = not whole(address(here)) or not whole(here / "other.sqlite")
    _copy(here, lambda: 0)
    with Store(address(here)) as store:
        again = store.counts().articles == 3
    return Outcome(held != 3 if said else held not in (1, 3), half or not again or not whole(address(here)))


INGEST = Kind(made, _ingest, _ingested)
CORRECT = Kind(made, _correct, _corrected)
BACKUP = Kind(made, _backup, _backed_up)
RESTORE = Kind(_two_stores, _restore, _restored)
MIGRATE = Kind(lambda here: former.make(here / "s.sqlite", 3), _migrate, _migrated)
COPY = Kind(_two_stores, _copy, _copied)
