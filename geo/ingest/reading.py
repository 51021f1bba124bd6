"""Reads any number of inputs into articles, one after another; what is wrong comes between them and stops nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path

from geo.ingest import documents, encoding, feed, paths, plain, table, webpage
from geo.ingest.draft import Draft, finish
from geo.ingest.limits import Limits, too_big
from geo.ingest.problem import Problem, UnreadableError, unexpected
from geo.ingest.supplied import Dates
from geo.ingest.table import Columns
from geo.model import Article

Given = Article | Problem

_PROBE = 65_536
_log = logging.getLogger(__name__)
_AT_MOST_NAMED = 5


def read(
    inputs: Iterable[str | Path],
    *,
    dates: Dates | None = None,
    columns: Columns | None = None,
    limits: Limits | None = None,
) -> Iterator[Given]:
    """Read files, folders and patterns.

    Parameters
    ----------
    inputs
        Paths; a folder is read with its subfolders; ``*``, ``?`` and ``**`` are understood.
    dates
        Publication dates supplied beside the files; they count before the files' own.
    columns
        What the columns of tables and the fields of JSON objects are called.

    Yields
    ------
    Article or Problem
        In the order of `inputs` and of each file. A problem of severity ``skipped`` stands for an input of which no
        article came, a ``note`` precedes its article.
    """
    dates, columns, limits = dates or Dates(), columns or Columns(), limits or Limits()
    first_use: dict[str, str] = {}
    for path in paths.files(inputs):
        if isinstance(path, Problem):
            yield path
            continue
        try:
            for item in _drafts(path, columns=columns, limits=limits):
                if isinstance(item, Problem):
                    yield item
                    continue
                for given in finish(item, dates=dates, limits=limits):
                    if isinstance(given, Article) and first_use.setdefault(given.id, item.where) != item.where:
                        what = f"its id '{given.id}' was used before, by {first_use[given.id]}"
                        yield Problem(item.where, what, "Both are read; give ids of their own", "note")
                    yield given
        except UnreadableError as error:
            yield error.problem
        except OSError as error:
            yield paths.unopened(str(path), error)
        except Exception as error:
            # A fault of ours, or of a library that an odd file has found: it costs that file.
            _log.debug("file %s", path, exc_info=True)
            yield unexpected(str(path), error)
    unused = [key for key in dates.by_id if key not in first_use]
    if unused:
        named = ", ".join(map(repr, unused[:_AT_MOST_NAMED])) + (" …" if unused[_AT_MOST_NAMED:] else "")
        what = f"{len(unused)} of {len(dates.by_id)} ids have no article ({named})"
        yield Problem(dates.origin, what, "A text file's id is its name without the ending", "note")


def _drafts(path: Path, *, columns: Columns, limits: Limits) -> Iterator[Draft | Problem]:
    where, stem = str(path), path.stem
    kind = paths.KINDS.get(path.suffix.lower(), "plain" if not path.suffix else "")
    if not kind:
        raise UnreadableError(paths.unknown_kind(path))
    with path.open("rb") as file:
        head = file.read(_PROBE)
    if not head.strip():
        raise UnreadableError(Problem(where, "the file is empty"))
    if binary := encoding.binary_kind(head):
        name, advice = binary
        raise UnreadableError(Problem(where, f"this is {name}", advice))
    if kind == "lines":
        return documents.line_drafts(path, where=where, stem=stem, columns=columns, limits=limits)
    if kind == "table":
        return table.drafts(path, where=where, stem=stem, columns=columns, limits=limits)
    data = _whole(path, where, limits)
    if kind == "document":
        return documents.drafts(data, where=where, stem=stem, columns=columns)
    if kind == "webpage":
        return webpage.drafts(data, where=where, stem=stem)
    if kind == "feed":
        return feed.drafts(data, where=where, stem=stem)
    return plain.drafts(data, where=where, stem=stem)


def _whole(path: Path, where: str, limits: Limits) -> bytes:
    """Read a whole file; never more than the limit, whatever its size was a moment ago."""
    size = path.stat().st_size
    if size > limits.file:
        raise too_big(where, size, limits.file)
    with path.open("rb") as file:
        data = file.read(limits.file + 1)
    if len(data) > limits.file:
        raise too_big(where, len(data), limits.file)
    return data
