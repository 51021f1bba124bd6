"""What users bring: uploaded files and pasted text, read into the store while the page tells how far it is."""

from __future__ import annotations

import json
import logging
import queue
import secrets
import threading
import weakref
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from gazetteer.errors import GazetteerError
from geo import languages, pipeline
from geo.ingest import Columns, Problem, TableForm, read_uploads
from geo.ingest.limits import MEGABYTE, size
from geo.page import stopping, watch
from geo.page.library import Library
from geo.store import StoreError

MOST_BYTES = 50 * MEGABYTE
MOST_FILES = 1000
MOST_WAITING = 4  # uploads: each is held in memory until those before it are read
LONGEST_NAME = 80
DATA_SET = "Your articles"
PASTED = "the pasted text"
COMMAND = "conflict-map ingest FOLDER"
_MOST_PROBLEMS = 200
Tell = Callable[[dict[str, Any]], None]

_log = logging.getLogger(__name__)

# Given to the page over its own connection and asked back with every upload: no other site can know it.
TOKEN = secrets.token_urlsafe(24)

_places = threading.BoundedSemaphore(MOST_WAITING)


@dataclass(frozen=True, slots=True)
class Upload:
    """What was brought: files (name and bytes) that join a data set; and what the columns of tables hold."""

    data_set: str
    files: Sequence[tuple[str, bytes]]
    columns: Columns = field(default_factory=Columns)
    form: TableForm = field(default_factory=TableForm)

    @classmethod
    def of_text(cls, data_set: str, *, text: str, title: str, published: str, source: str) -> Upload:
        """Give the upload of a pasted text; empty fields are left out."""
        fields = {"text": text, "title": title, "published": published, "source": source}
        record = {name: value.strip() for name, value in fields.items() if value.strip()}
        body = json.dumps({"text": ""} | record, ensure_ascii=False).encode()
        return cls(data_set, [("pasted.json", body)])


def too_large(amount: int, command: str = COMMAND) -> str:
    """Say that an upload is too large, and what to do instead."""
    return (
        f"These files hold {size(amount)}; at most {size(MOST_BYTES)} are taken at once. "
        f"Send them in parts, or put them into a folder and run: {command}"
    )


def too_many() -> str:
    """Say that there are too many files, and what to do instead."""
    return (
        f"At most {MOST_FILES:,} files are taken at once. "
        f"Send them in parts, or put them into a folder and run: {COMMAND}"
    )


BUSY = "Other articles are being read in. Nothing was taken; add these again in a minute."
STOPPED = "The dashboard was stopped while it read. What was read is kept; add the same files again to go on."


def is_ours(token: str) -> bool:
    """Tell whether a token is the one that our page was given; anything may be asked."""
    return secrets.compare_digest(token.encode("utf-8", "replace"), TOKEN.encode())


def take_place() -> bool:
    """Take one of the few places for uploads; False where all are taken. `read` gives it back when it is done."""
    return _places.acquire(blocking=False)


def give_place_back() -> None:
    """Give back a place that was taken for an upload that is not read."""
    _places.release()


class Held(Iterator[dict[str, Any]]):
    """Messages for which a place was taken: given back at their end, or when their reader has left.

    Not by the generator that makes them: of one whose reader left before it began, no line is ever run.
    """

    def __init__(self, messages: Iterator[dict[str, Any]]) -> None:
        self._messages = messages
        self._give_back = weakref.finalize(self, give_place_back)  # once, whoever is the first to ask for it
        self._asked = threading.Lock()
        self._left = False

    def __next__(self) -> dict[str, Any]:
        """Give the next message."""
        try:
            with self._asked:
                return next(self._messages)
        except BaseException:
            self._give_back()
            raise
        finally:
            if self._left:
                self._give_back()

    def leave(self) -> None:
        """Say that nobody asks any more: the place is free at once, or when the message that is being made is done."""
        self._left = True
        if self._asked.acquire(blocking=False):
            self._give_back()
            self._asked.release()


def read(upload: Upload, shelf: Library) -> Iterator[dict[str, Any]]:
    """Read an upload, whose place was taken, into the store in a thread of its own, one upload at a time.

    It goes on to its end even where nobody listens any more; told to stop, to the end of the article it is at.

    Yields
    ------
    dict
        While it reads ``{"done": 3, "total": 12, "events": 7}``; at the end ``{"report": {...}}`` with the counts of
        `geo.pipeline.Report` and the problems, or ``{"fault": "..."}``.
    """
    return working(lambda tell: _ingest(upload, shelf, tell), shelf)


def working(work: Callable[[Tell], dict[str, Any]], shelf: Library) -> Iterator[dict[str, Any]]:
    """Do work on the store in a thread of its own, one at a time; give what it tells, and at the end what it gives.

    A place was taken for it (`take_place`), and is given back.
    """
    told: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
    stopping.started(threading.Thread(target=_work, args=(work, shelf, told), name="intake", daemon=True))
    return iter(told.get, None)


def _work(
    work: Callable[[Tell], dict[str, Any]], shelf: Library, told: queue.SimpleQueue[dict[str, Any] | None]
) -> None:
    outcome = "fault"
    try:
        told.put({"done": 0, "total": 0, "events": 0})
        with shelf.reading_in:
            end = work(told.put)
        outcome = "stopped" if end.get("fault") == STOPPED else "fault" if "fault" in end else "read"
        told.put(end)
    except (StoreError, GazetteerError, OSError) as error:
        told.put({"fault": str(error)})
    except Exception:
        _log.exception("an upload could not be read")
        told.put({"fault": "The articles could not be read. What went wrong stands in the terminal of the dashboard."})
    finally:
        watch.UPLOADS.labels(outcome).inc()
        give_place_back()
        told.put(None)


def progress(tell: Tell, total: int, *, before: int = 0) -> Callable[[pipeline.Report], None]:
    """Give what tells how far a reading is, after `before` articles, and breaks it off where the app is stopped."""
    passed = before

    def told(report: pipeline.Report) -> None:
        nonlocal passed
        if stopping.asked():
            raise KeyboardInterrupt  # how a reading is broken off: what is stored stays and is joined
        passed += 1
        tell({"done": passed + report.unchanged, "total": total, "events": report.events})

    tell({"done": before, "total": total, "events": 0})
    return told


def _ingest(upload: Upload, shelf: Library, tell: Tell) -> dict[str, Any]:
    given = list(read_uploads(upload.files, columns=upload.columns, form=upload.form))
    report = pipeline.ingest(
        given,
        shelf.store,
        shelf.gazetteer,
        data_set=upload.data_set,
        jobs=1,
        progress=progress(tell, len(given)),
    )
    problems = report.problems
    watch.UPLOADED.labels("added").inc(report.added + report.replaced)
    watch.UPLOADED.labels("unchanged").inc(report.unchanged)
    watch.UPLOADED.labels("skipped").inc(len(report.skipped))
    if report.interrupted:
        return {"fault": STOPPED}
    return {
        "report": {
            "data_set": upload.data_set,
            "articles": report.articles,
            "added": report.added,
            "unchanged": report.unchanged,
            "set_aside": languages.set_aside(report.set_aside),
            "events": report.events,
            "located": report.located,
            "seconds": round(report.seconds, 1),
            "problems": [_problem(item) for item in problems[:_MOST_PROBLEMS]],
            "more_problems": max(0, len(problems) - _MOST_PROBLEMS),
        }
    }


def _problem(problem: Problem) -> dict[str, str]:
    where = problem.where.replace("pasted.json", PASTED)
    return {
        "where": where,
        "what": problem.what,
        "advice": problem.advice,
        "severity": problem.severity,
        "about": problem.about,
    }
