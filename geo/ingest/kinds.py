"""What kind of file something is: by its content where that is plain, else by the ending of its name."""

from __future__ import annotations

import re
import zipfile
from pathlib import PurePosixPath
from typing import Literal

from geo.ingest import added, encoding
from geo.ingest.problem import Problem, UnreadableError
from geo.ingest.source import DAMAGED_ZIP, Source

Kind = Literal[
    "plain",
    "webpage",
    "document",
    "lines",
    "table",
    "feed",
    "pdf",
    "docx",
    "odt",
    "rtf",
    "epub",
    "workbook",
    "mail",
    "mailbox",
    "saved page",
    "zip",
    "tar",
    "compressed",
    "web archive",
    "added",
]

KINDS: dict[str, Kind] = {
    ".txt": "plain",
    ".text": "plain",
    ".md": "plain",
    ".markdown": "plain",
    ".html": "webpage",
    ".htm": "webpage",
    ".xhtml": "webpage",
    ".json": "document",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".csv": "table",
    ".tsv": "table",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".odt": "odt",
    ".rtf": "rtf",
    ".epub": "epub",
    ".xlsx": "workbook",
    ".xlsm": "workbook",
    ".ods": "workbook",
    ".eml": "mail",
    ".mbox": "mailbox",
    ".mht": "saved page",
    ".mhtml": "saved page",
    ".zip": "zip",
    ".tar": "tar",
    ".tgz": "compressed",
    ".gz": "compressed",
    ".bz2": "compressed",
    ".xz": "compressed",
    ".warc": "web archive",
}
READ = (
    "text (.txt, .md), web pages (.html, .mht), .json, .jsonl, .csv, .tsv, .xlsx, .ods, feeds (.xml, .rss, .atom), "
    ".pdf, .docx, .odt, .rtf, .epub, mails (.eml, .mbox) and archives (.zip, .tar, .gz, .warc)"
)
# Kinds that are read as a stream, however long; the others are read as a whole.
STREAMED: frozenset[Kind] = frozenset(("lines", "table", "mailbox", "zip", "tar", "compressed", "web archive"))

_PROBE = 65_536
# X's archive keeps posts in scripts; other scripts are none of ours.
_POSTS = re.compile(r"(?:tweets?|note-tweet|community-tweet)(?:-part\d{1,4})?\.js")
_TAR = (257, b"ustar")
_PDF_WITHIN = 1024
# As mail programs keep their folders, in files without an ending: the line before a mail, then one of its headers.
_MAILBOX = re.compile(rb"From (?:-|\S{1,300}) [^\r\n]{0,60}\b\d{4}\r?\n[A-Za-z][\w-]{0,60}: ")
_BEGINNINGS: tuple[tuple[bytes, Kind], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "compressed"),
    (b"BZh", "compressed"),
    (b"\xfd7zXZ\x00", "compressed"),
    (b"{\\rtf", "rtf"),
    (b"WARC/", "web archive"),
)
# Endings that say more of a text than its content does.
_TEXTS = frozenset(("plain", "document", "lines", "table", "feed"))
_PAGE = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html)\b", re.IGNORECASE | re.DOTALL
)


def is_read(name: str) -> bool:
    """Tell by its name whether a file in a folder or an archive is read."""
    return (
        suffix(name) in KINDS
        or suffix(name) in added.endings()
        or _POSTS.fullmatch(name.replace("\\", "/").rpartition("/")[2]) is not None
    )


def suffix(name: str) -> str:
    """Give the ending of a name in small letters."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def of(source: Source) -> Kind:
    """Tell the kind of a source.

    Raises
    ------
    UnreadableError
        If it is empty, of a kind that is not read, or binary data that nothing is known of.
    """
    head = source.head(_PROBE)
    if not head.strip():
        raise UnreadableError(Problem(source.where, "the file is empty"))
    if source.suffix in added.endings() and source.suffix not in KINDS:
        return "added"
    named = KINDS.get(source.suffix) if source.suffix else "plain"
    named = "document" if _POSTS.fullmatch(source.name) else named
    found = _by_content(source, head)
    if found:
        return found
    if named is None:
        ending = source.suffix or "without an ending"
        raise UnreadableError(Problem(source.where, f"a file of unknown kind ({ending})", f"Read are {READ}"))
    if named not in (*_TEXTS, "webpage", "mail", "mailbox", "saved page"):
        what = f"its name ends in {source.suffix}, but it is none"
        raise UnreadableError(Problem(source.where, what, "Check where it comes from, or save it anew"))
    if binary := encoding.binary_kind(head):
        kind, advice = binary
        raise UnreadableError(Problem(source.where, f"this is {kind}", advice))
    if named == "plain" and _MAILBOX.match(head):
        return "mailbox"
    return "webpage" if named == "plain" and _PAGE.match(head) else named


def _by_content(source: Source, head: bytes) -> Kind | None:
    found: Kind | None = next((kind for beginning, kind in _BEGINNINGS if head.startswith(beginning)), None)
    if found == "zip":
        return _package(source)
    if found is None and b"%PDF-" in head[:_PDF_WITHIN] and not head[: head.find(b"%PDF-")].strip().isalpha():
        return "pdf"
    at, mark = _TAR
    return "tar" if found is None and head[at : at + len(mark)] == mark else found


def _package(source: Source) -> Kind:
    """Tell an office document from an archive by the names of its parts."""
    try:
        with source.open() as file, zipfile.ZipFile(file) as archive:
            names = set(archive.namelist()[:10_000])
            kind = archive.open("mimetype").read(100) if "mimetype" in names else b""
    except DAMAGED_ZIP:
        return "zip"
    if "word/document.xml" in names:
        return "docx"
    if any(name.startswith("xl/worksheets/") for name in names):
        return "workbook"
    if kind.strip() == b"application/epub+zip":
        return "epub"
    if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return "workbook"
    return "odt" if kind.startswith(b"application/vnd.oasis.opendocument.text") else "zip"
