"""Reads any number of inputs into articles, one after another; what is wrong comes between them and stops nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from geo.deadline import TimeSpentError, within
from geo.ingest import added, channels, documents, feed, kinds, paths, plain, table, webpage
from geo.ingest.containers import archive, mail, webarchive
from geo.ingest.draft import finish
from geo.ingest.dumps import apart
from geo.ingest.limits import MEGABYTE, Limits
from geo.ingest.office import epub, pdf, rtf, word, workbook
from geo.ingest.problem import Problem, UnreadableError, unexpected
from geo.ingest.source import Drafts, Reading, Source
from geo.ingest.supplied import Dates
from geo.ingest.table_columns import Columns, TableForm
from geo.model import Article

Given = Article | Problem

_log = logging.getLogger(__name__)
_AT_MOST_NAMED = 5


def read(
    inputs: Iterable[str | Path],
    *,
    dates: Dates | None = None,
    columns: Columns | None = None,
    form: TableForm | None = None,
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
    form
        How tables are written, where it is not to be found out.

    Yields
    ------
    Article or Problem
        In the order of `inputs` and of each file. A problem of severity ``skipped`` stands for an input of which no
        article came, a ``note`` precedes its article.
    """
    dates, columns, limits = dates or Dates(), columns or Columns(), limits or Limits()
    form = form or TableForm()
    reading = Reading(columns, form, limits, lambda member: _inner(member, reading))
    first_use: dict[str, str] = {}
    for path in paths.files(inputs):
        if isinstance(path, Problem):
            yield path
            continue
        try:
            for item in drafts(Source.of_path(path), reading):
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


def drafts(source: Source, reading: Reading) -> Drafts:
    """Give the articles of one source by its kind; a source that is read as a whole has a time budget.

    Raises
    ------
    UnreadableError
        If nothing, or nothing more, of it can be read.
    """
    if source.depth > reading.limits.depth:
        what = f"more than {reading.limits.depth} archives or mails within one another"
        raise UnreadableError(Problem(source.where, what, "Unpack it and give the files"))
    kind = kinds.of(source)
    if kind in kinds.STREAMED:
        yield from _READERS[kind](source, reading)
        return
    seconds = reading.limits.seconds * (1 + len(source.whole(reading.limits)) // MEGABYTE)
    try:
        found = within(seconds, lambda: list(_whole(source, kind, reading)))
    except TimeSpentError:
        what = "reading it would take too long, and it was left out"
        raise UnreadableError(Problem(source.where, what, "Save it as plain text")) from None
    yield from found


def _whole(source: Source, kind: kinds.Kind, reading: Reading) -> Drafts:
    found = _READERS[kind](source, reading)
    return _apart(found) if kind in _TEXTS else found


def _apart(found: Drafts) -> Drafts:
    """Take chats and dumps apart into their articles."""
    for item in found:
        yield from (item,) if isinstance(item, Problem) else channels.of_text(item) or apart(item)


def _page(data: bytes, *, where: str, stem: str) -> Drafts:
    return channels.of_page(data, where=where, stem=stem) or webpage.drafts(data, where=where, stem=stem)


def _inner(source: Source, reading: Reading) -> Drafts:
    """Give the articles of a member of an archive or a mail; what is wrong with it costs that member."""
    try:
        yield from drafts(source, reading)
    except UnreadableError as error:
        yield error.problem
    except Exception as error:
        _log.debug("member %s", source.where, exc_info=True)
        yield unexpected(source.where, error)


def _of_data(reader: Callable[..., Drafts]) -> Callable[[Source, Reading], Drafts]:
    """Make a reader of bytes one of sources."""
    return lambda source, reading: reader(source.whole(reading.limits), where=source.where, stem=source.stem)


# What people save news databases' downloads and collections of notes as.
_TEXTS = frozenset(("plain", "rtf", "docx", "odt"))
_READERS: dict[kinds.Kind, Callable[[Source, Reading], Drafts]] = {
    "plain": _of_data(plain.drafts),
    "webpage": _of_data(_page),
    "feed": _of_data(feed.drafts),
    "document": documents.drafts,
    "lines": documents.line_drafts,
    "table": table.drafts,
    "pdf": pdf.drafts,
    "docx": word.docx,
    "odt": word.odt,
    "rtf": rtf.drafts,
    "epub": epub.drafts,
    "workbook": workbook.drafts,
    "mail": mail.message,
    "mailbox": mail.mailbox,
    "saved page": mail.saved_page,
    "zip": archive.zipped,
    "tar": archive.tarred,
    "compressed": archive.compressed,
    "web archive": webarchive.drafts,
    "added": added.drafts,
}
