"""WhatsApp's exported chats: a line a message, those of the program itself among them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from geo.ingest import day_forms
from geo.ingest.channels.post import Post

# "[14/03/2023, 08:10:12] Name: text" on one kind of telephone, "14/03/2023, 08:10 - Name: text" on the other.
_HEAD = re.compile(
    r"[\u200e\u200f\ufeff]*\[?(?P<day>\d{1,4}[./-]\d{1,2}[./-]\d{1,4})\.?,? (?P<time>\d{1,2}[:.]\d{2}(?:[:.]\d{2})?"
    r"(?:[\s\u202f]?[AaPp]\.?[Mm]\.?)?)(?:\] | [-–] )[\u200e\u200f]*(?:(?P<name>[^:\n]{1,80}): ?)?(?P<text>.*)"
)
_MEDIA = re.compile(
    r"[\u200e\s]*(?:<(?P<left>[^<>]{0,30}(?:omitted|ausgeschlossen|omitido|omis|без медиафайлов|опущен)[^<>]{0,20})>"
    r"|(?P<kind>image|video|audio|sticker|GIF|document) omitted|<attached: (?P<file>[^<>\n]{1,120})>"
    r"|(?P<name>[^\n]{1,120}\.\w{2,5}) \([^()\n]{1,40}\))\s*",
    re.IGNORECASE,
)
_EDITED = re.compile(r"\s*[\u200e]?<(?:This message was edited|Diese Nachricht wurde bearbeitet)[^<>]*>\s*$")
_LEAST = 2


def posts(text: str) -> Iterator[Post] | None:
    """Give the messages of a chat; None where it is another text."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    if not _HEAD.match(first) or sum(_HEAD.match(line) is not None for line in text.split("\n")) < _LEAST:
        return None
    return _messages(text)


def _messages(text: str) -> Iterator[Post]:
    heads: list[tuple[re.Match[str], list[str]]] = []
    for line in text.split("\n"):
        if found := _HEAD.match(line):
            heads.append((found, [found["text"]]))
        elif heads:
            heads[-1][1].append(line)
    order, _, _ = day_forms.learn(found["day"] for found, _ in heads)
    for number, (found, lines) in enumerate(heads, start=1):
        # The program's own lines (who came, who left) have no name.
        if found["name"] is None:
            continue
        words = "\n".join(lines).strip()
        edited = _EDITED.search(words)
        words = words[: edited.start()] if edited else words
        media = _MEDIA.match(words)
        days = day_forms.read(found["day"], order=order)
        yield Post(
            id=number,
            text=words[media.end() :] if media else words,
            when={"start": days[0], "end": days[1]} if days else found["day"],
            author=found["name"].strip("\u200e\u202a\u202c ~"),
            edited=bool(edited),
            media=[next(filter(None, itertools.chain(media.groups(), ["a file"])))] if media else [],
        )
