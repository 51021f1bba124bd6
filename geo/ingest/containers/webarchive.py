"""Web archives (WARC): each page that was answered with a text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator

from geo.ingest import plain, webpage
from geo.ingest.limits import size
from geo.ingest.problem import Problem, UnreadableError
from geo.ingest.source import Drafts, Reading, Source, bounded

_PAGES = ("text/html", "application/xhtml+xml")
_FOUND = "200"
_CHARSET = re.compile(r"""charset\s{0,9}=\s{0,9}["']?([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)


def drafts(source: Source, reading: Reading) -> Drafts:
    """Give the articles of a web archive. The day of the visit is no day of publication and is not used."""
    left: Counter[str] = Counter()
    number = 0
    try:
        with bounded(source.open(), reading.limits.unpacked, source.where) as stream:
            for record in _records(stream):
                if record.rec_type not in ("response", "resource"):
                    continue
                kind, status = _kind(record)
                if kind not in (*_PAGES, "text/plain") or status != _FOUND:
                    left[kind if status == _FOUND else f"answered {status}"] += 1
                    continue
                number += 1
                if number > reading.limits.members:
                    yield Problem(source.where, f"only its first {reading.limits.members:,} pages are read", "Split it")
                    break
                yield from _page(record, kind, number, source, reading)
    except _BrokenError as error:
        what = f"the web archive breaks off or is damaged ({error})"
        raise UnreadableError(Problem(source.where, what, "What came before was read")) from error
    if left:
        told = ", ".join(f"{count} × {kind}" for kind, count in left.most_common(6))
        yield Problem(source.where, f"records that are no pages were left out ({told})", severity="note")
    if not number:
        yield Problem(source.where, "a web archive without pages")


class _BrokenError(ValueError):
    """A record that warcio cannot read: it has no error of its own for most of what may be wrong with one."""


def _records(stream: BinaryIO) -> Iterator[Any]:
    records = iter(ArchiveIterator(stream))
    while (record := _asked(lambda: next(records, None))) is not None:
        yield record


def _asked(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except UnreadableError:
        raise
    except Exception as error:
        raise _BrokenError(str(error) or type(error).__name__) from error


def _kind(record: Any) -> tuple[str, str]:
    """Give what an answer holds, and its status."""
    headers = record.http_headers or record.rec_headers
    kind = (headers.get_header("Content-Type") or "").partition(";")[0].strip().lower() or "no kind"
    return kind, record.http_headers.get_statuscode() if record.http_headers else _FOUND


def _charset(record: Any) -> str | None:
    """Give the encoding that a server named beside its page."""
    headers = record.http_headers or record.rec_headers
    found = _CHARSET.search(headers.get_header("Content-Type") or "")
    return found[1] if found else None


def _page(record: Any, kind: str, number: int, source: Source, reading: Reading) -> Drafts:
    address = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    where = f"{source.where}/{address}" if address else f"{source.where}: page {number}"
    data = _asked(lambda: record.content_stream().read(reading.limits.file + 1))
    if len(data) > reading.limits.file:
        yield Problem(where, f"a page of more than {size(reading.limits.file)} is left out")
        return
    if not data.strip():
        return
    stem = f"{source.stem}-{number}"
    found = (
        webpage.drafts(data, where=where, stem=stem, declared=_charset(record))
        if kind in _PAGES
        else plain.drafts(data, where=where, stem=stem)
    )
    for item in found:
        yield item if isinstance(item, Problem) else replace(item, url=item.url or address or None)
