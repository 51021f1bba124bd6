"""Reads diaries (.diary: entries under lines such as "== 2015-01-30") and writes events as a Markdown table."""

import re

from geo.export.added import Exporter
from geo.ingest.added import Draft, Problem, UnreadableError

HEAD = re.compile(r"^== (\d{4}-\d{2}-\d{2})[ \t]*$", re.MULTILINE)


def drafts(source, reading):
    """Give an article for each entry of a diary."""
    text = source.whole(reading.limits).decode("utf-8", "replace")
    heads = list(HEAD.finditer(text))
    if not heads:
        raise UnreadableError(Problem(source.where, "no entry in this diary", "Begin each with a line '== 2015-01-30'"))
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        yield Draft(
            where=f"{source.where}: {head[1]}",
            id=f"{source.stem}-{head[1]}",
            text=text[head.end() : following.start() if following else None].strip(),
            published=head[1],
            evidence="the entry's head",
        )


def encode(frame):
    """Give events as a table; what is text stays text."""
    rows = ["| day | place | type |", "| --- | --- | --- |"]
    for day, place, kind in zip(frame["date_start"], frame["place_text"], frame["type"], strict=True):
        shown = re.sub(r"([\\|<>`*_\[\]])", r"\\\1", " ".join(place.split()))
        rows.append(f"| {day.date() if day.year > 0 else ''} | {shown} | {kind} |")  # NaT has no year
    return ("\n".join(rows) + "\n").encode()


EXPORTER = Exporter(".md", "text/markdown", True, encode)
