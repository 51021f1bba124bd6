"""Mails (.eml), mailboxes (.mbox) and pages that browsers saved as one mail (.mht)."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.message import EmailMessage
from typing import Any, TypeVar

from geo.ingest import encoding, kinds, webpage
from geo.ingest.draft import Draft
from geo.ingest.limits import size
from geo.ingest.main_text import text_of
from geo.ingest.problem import Problem, UnreadableError
from geo.ingest.source import Drafts, Reading, Source

_FROM = b"From "
# A plain part that holds less than this share of the HTML part's text only says that there is one.
_STUB = 0.5
_DEEPEST = 20

_Told = TypeVar("_Told")


def message(source: Source, reading: Reading) -> Drafts:
    """Give the article of a mail, and those of its attachments."""
    yield from _articles(source, source.whole(reading.limits), source.stem, reading)


def mailbox(source: Source, reading: Reading) -> Drafts:
    """Give the articles of a mailbox's mails (mboxrd), read one at a time."""
    read = 0
    for number, data in _messages(source, reading):
        here = replace(source, where=f"{source.where}: message {number}", depth=source.depth + 1)
        if number > reading.limits.members:
            yield Problem(here.where, f"only the first {reading.limits.members:,} mails are read", "Split it")
            return
        if len(data) > reading.limits.file:
            yield Problem(here.where, f"a mail of more than {size(reading.limits.file)} is left out")
            continue
        read += 1
        yield from _articles(here, data, f"{source.stem}-{number}", reading)
    if not read:
        raise UnreadableError(Problem(source.where, "a mailbox without mails"))


def saved_page(source: Source, reading: Reading) -> Drafts:
    """Give the article of a page that a browser saved as MHTML."""
    mail = _parsed(source.whole(reading.limits), source.where)
    address = _header(mail, "Snapshot-Content-Location") or _header(mail, "Content-Location")
    parts = _parts(mail, source.where)
    pages = [part for part in parts if _told(part.get_content_type) in ("text/html", "application/xhtml+xml")]
    # Frames are pages, too, and may come first; the one that was saved has the address of the whole.
    pages.sort(key=lambda part: address is None or _header(part, "Content-Location") != address)
    for part in pages[:1]:
        charset = _told(part.get_content_charset)
        for item in webpage.drafts(_payload(part), where=source.where, stem=source.stem, declared=charset):
            if isinstance(item, Problem):
                yield item
            else:
                title = item.title or _header(mail, "Subject")
                yield replace(item, url=item.url or address, title=title)
        return
    raise UnreadableError(Problem(source.where, "a saved page without its page", "Save it anew, as a web page"))


def _messages(source: Source, reading: Reading) -> Iterator[tuple[int, bytes]]:
    """Give the mails of a mailbox with their numbers; of one that is too long only its beginning."""
    most = reading.limits.file
    lines: list[bytes] = []
    length, number, blank = 0, 0, True
    with source.open() as file:
        while line := file.readline(most):
            if blank and line.startswith(_FROM):
                if number:
                    yield number, b"".join(lines)
                number, lines, length = number + 1, [], 0
            elif number and length <= most:
                # A line of the text that begins with "From " was given a > in front.
                lines.append(line[1:] if line.lstrip(b">").startswith(_FROM) and line.startswith(b">") else line)
                length += len(line)
            blank = not line.strip()
    if number:
        yield number, b"".join(lines)


def _articles(source: Source, data: bytes, stem: str, reading: Reading) -> Drafts:
    mail = _parsed(data, source.where)
    bodies: dict[str, str] = {}
    attached: list[tuple[str, bytes]] = []
    for part in _parts(mail, source.where):
        kind = _told(part.get_content_type) or "text/plain"
        name = _told(part.get_filename)
        if _told(part.get_content_disposition) == "attachment" or (name and not kind.startswith("text/")):
            attached.append((name or "unnamed", _payload(part)))
        elif kind in ("text/plain", "text/html") and kind not in bodies:
            text = encoding.decode(_payload(part), declared=_told(part.get_content_charset)).text
            bodies[kind] = text_of(text) if kind == "text/html" else text.replace("\r\n", "\n").strip()
    plain, html = bodies.get("text/plain", ""), bodies.get("text/html", "")
    text = plain if plain and len(plain) >= _STUB * len(html) else html or plain
    if text.strip():
        yield Draft(
            where=source.where,
            id=stem,
            text=text,
            title=_header(mail, "Subject"),
            source=_sender(_told(lambda: mail.get("From"))),
            published=_header(mail, "Date"),
            evidence="the mail's date",
        )
    readable = [(name, content) for name, content in attached if kinds.is_read(name)]
    for name, content in readable:
        yield from reading.inner(source.member(name, content))
    if not text.strip() and not readable:
        yield Problem(source.where, "a mail without text")


def _parsed(data: bytes, where: str) -> EmailMessage:
    try:
        return email.message_from_bytes(data, policy=email.policy.default)
    except Exception as error:  # as of headers: none of its own
        what = f"a damaged mail ({type(error).__name__})"
        raise UnreadableError(Problem(where, what, "Save its text")) from error


def _parts(mail: EmailMessage, where: str) -> Iterator[EmailMessage]:
    """Give the leaves of a mail; a mail within it is its parts."""
    waiting: list[tuple[Any, int]] = [(mail, 0)]
    while waiting:
        part, depth = waiting.pop()
        if depth > _DEEPEST:
            raise UnreadableError(Problem(where, f"mails more than {_DEEPEST} deep within one another"))
        if part.is_multipart():
            waiting += [(inner, depth + 1) for inner in reversed(part.get_payload())]
        else:
            yield part


def _payload(part: EmailMessage) -> bytes:
    found = _told(lambda: part.get_payload(decode=True))
    return found if isinstance(found, bytes) else b""


def _told(read: Callable[[], _Told | None]) -> _Told | None:
    """Give what the library reads out of a header; None where it cannot, for which it has no error of its own."""
    try:
        return read()
    except Exception:
        return None


def _header(mail: EmailMessage, name: str) -> str | None:
    """Give a header's words; None where there are none."""
    value = _told(lambda: mail.get(name))
    return str(value) if value else None


def _sender(header: Any) -> str | None:
    addresses = getattr(header, "addresses", ())
    return next((one.display_name or one.addr_spec for one in addresses if one.display_name or one.addr_spec), None)
