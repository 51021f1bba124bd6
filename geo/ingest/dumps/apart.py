"""Takes a text apart where it is a dump of a known form; says so where it looks like one of another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from geo.ingest.draft import Draft
from geo.ingest.dumps import factiva, lexis, notes, proquest
from geo.ingest.dumps.piece import day_of
from geo.ingest.problem import Problem

_FORMS = (
    ("LexisNexis", lexis.lexis),
    ("Nexis Uni", lexis.nexis),
    ("Factiva", factiva.tagged),
    ("Factiva", factiva.printed),
    ("ProQuest", proquest.split),
    ("notes between rulers", notes.split),
)
# "KYIV, March 14 (Agency) -": agencies begin so, once an article.
_DATELINE = re.compile(
    r"^[ \t]*[A-Z][A-Z .'-]{2,30}(?:, [A-Z][\w .'-]{2,20})?,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})"
    r"(?:, \d{4})? ?(?:\([^)\n]{2,40}\))? ?[-–—]",
    re.MULTILINE,
)
_SEVERAL = 3


def apart(draft: Draft) -> Iterator[Draft | Problem]:
    """Give the articles of a text: the draft itself, unless it is a dump.

    A draft that brought its own date, from front matter for instance, is one article.
    """
    text = draft.text
    if not isinstance(text, str) or draft.published:
        yield draft
        return
    for form, split in _FORMS:
        if pieces := split(text):
            if len(pieces) > 1:
                yield Problem(draft.where, f"taken apart into {len(pieces):,} articles ({form})", severity="note")
            for number, piece in enumerate(pieces, start=1):
                several = len(pieces) > 1
                yield replace(
                    draft,
                    where=f"{draft.where}: article {number}" if several else draft.where,
                    id=f"{draft.id}-{number}" if several else draft.id,
                    text=piece.text,
                    title=piece.title or draft.title,
                    source=piece.source or draft.source,
                    published=piece.published,
                    url=piece.url or draft.url,
                    evidence=f"the article's own head ({form})",
                )
            return
    days = sum(day_of(line) is not None for line in text.split("\n"))
    datelines = len(_DATELINE.findall(text))
    if max(days, datelines) >= _SEVERAL:
        found = f"{datelines} datelines" if datelines >= _SEVERAL else f"{days} lines that are only a date"
        what = f"it may hold several articles ({found}), and was read as one"
        yield Problem(draft.where, what, "Give them apart, or put a line of --- between them", "note")
    yield draft
