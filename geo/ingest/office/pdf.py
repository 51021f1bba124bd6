"""PDF: its text layer, its lines put together to paragraphs. Pictures of text are told, not read."""

from __future__ import annotations

import io
import logging
import statistics
from collections.abc import Sequence

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError

from geo.ingest.draft import Draft
from geo.ingest.problem import Problem, UnreadableError
from geo.ingest.source import Drafts, Reading, Source

_MOST_PAGES = 2000
# A line that is much shorter than the others ends a paragraph where a sentence ends with it; a still shorter one is a
# heading or the end of one.
_SHORT, _VERY_SHORT = 0.8, 0.55
_ENDS = (".", "!", "?", "”", '"', "’", ":", ";", "»")
# It logs every oddity of a file; what matters is told as a problem.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def drafts(source: Source, reading: Reading) -> Drafts:
    """Give the article of a PDF."""
    where = source.where
    try:
        document = PdfReader(io.BytesIO(source.whole(reading.limits)))
        if document.is_encrypted and not document.decrypt(""):
            raise FileNotDecryptedError
        pages = [page.extract_text() or "" for page in document.pages[:_MOST_PAGES]]
        count, named = len(document.pages), (document.metadata and document.metadata.title) or ""
    except (FileNotDecryptedError, DependencyError) as error:
        raise UnreadableError(Problem(where, "a PDF that is locked", "Save it without a password")) from error
    except UnreadableError:
        raise
    except Exception as error:  # what a damaged file lacks surfaces in the library as any of them
        what = f"a damaged PDF ({type(error).__name__})"
        raise UnreadableError(Problem(where, what, "Print it to a new PDF, or save its text")) from error
    text = paragraphs([line for page in pages for line in page.splitlines()])
    if not text.strip():
        what = f"a PDF without a text layer ({count:,} pages, as a scanner makes them)"
        raise UnreadableError(Problem(where, what, "Run text recognition over it first, with ocrmypdf for instance"))
    if count > _MOST_PAGES:
        what = f"of its {count:,} pages the first {_MOST_PAGES:,} were read"
        yield Problem(where, what, "Split it", "note")
    empty = sum(not page.strip() for page in pages)
    if empty:
        yield Problem(where, f"{empty:,} of its {count:,} pages are pictures and were not read", severity="note")
    # The field is often the name of some file; a headline stands on the page.
    squeezed = " ".join(named.split())
    title = squeezed if squeezed and squeezed.lower() in " ".join(text[:2000].split()).lower() else None
    yield Draft(where=where, id=source.stem, text=text, title=title)


def paragraphs(lines: Sequence[str]) -> str:
    """Put lines of print together to paragraphs, and words that were parted at a line's end."""
    widths = [len(line.strip()) for line in lines if line.strip()]
    # The width of a full line: the upper quarter is not misled by headings and ends of paragraphs.
    full = statistics.quantiles(widths, n=4)[2] if len(widths) > 1 else 0
    found: list[str] = []
    going_on = False
    for line in (line.strip() for line in lines):
        if not line:
            going_on = False
            continue
        if not going_on:
            found.append(line)
        elif found[-1].endswith("-") and len(found[-1]) > 1 and found[-1][-2].islower() and line[0].islower():
            found[-1] = found[-1][:-1] + line
        else:
            found[-1] += f" {line}"
        ends = len(line) < _SHORT * full and line.endswith(_ENDS)
        going_on = not (ends or len(line) < _VERY_SHORT * full)
    return "\n".join(found)
