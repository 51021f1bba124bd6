"""Bytes to text: UTF-8 first, then what the file declares, then the best guess, which is told."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from charset_normalizer import from_bytes

# (byte order mark, encoding that drops it); UTF-32 first, its mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# First bytes of what people rename to .txt, and what to do with it.
_SIGNATURES = (
    (b"%PDF-", "a PDF", "Save its text first, with pdftotext or from a viewer"),
    (b"PK\x03\x04", "a ZIP archive or an office document", "Unpack it, or save it as plain text"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "Save it as plain text"),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first"),
    (b"\x89PNG", "a PNG picture", "Give the text instead"),
    (b"\xff\xd8\xff", "a JPEG picture", "Give the text instead"),
    (b"GIF8", "a GIF picture", "Give the text instead"),
    (b"SQLite format 3\x00", "a SQLite database", "Export its texts as CSV or JSON Lines"),
    (b"\x7fELF", "a program", "Give a text instead"),
)
_ALLOWED_CONTROLS = frozenset(b"\t\n\r\x0b\x0c\x1b\x1a\x85")
# Text in any 8-bit encoding holds next to no control characters; compressed data has some 10 %.
_CONTROL_SHARE = 0.02
_PROBE = 65_536
# A guess on more bytes than this takes seconds and changes nothing.
_GUESS_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text; `note` is set where its encoding had to be guessed."""

    text: str
    encoding: str
    note: str | None = None


def binary_kind(data: bytes) -> tuple[str, str] | None:
    """Say what `data` (the beginning of a file is enough) is if it is not text, and what to do; None: text."""
    for signature, kind, advice in _SIGNATURES:
        if data.startswith(signature):
            return kind, advice
    if any(data.startswith(mark) for mark, _ in _MARKS):
        return None
    probe = data[:_PROBE]
    controls = sum(byte < 0x20 and byte not in _ALLOWED_CONTROLS for byte in probe)
    if b"\x00" in probe or controls > _CONTROL_SHARE * len(probe):
        return "binary data, not text", "Save it as plain text in UTF-8"
    return None


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """Decode a text whose encoding may be unknown.

    Parameters
    ----------
    declared
        The encoding that the file names itself (a web page's ``charset``), tried after UTF-8: a page that is valid
        UTF-8 and says otherwise is wrong far more often than right.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data.decode(encoding, errors="replace")
            note = "some bytes are no valid text in it and were replaced" if "\ufffd" in text else None
            return Decoded(text, encoding, note)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        position = error.start
    if declared:
        try:
            return Decoded(data.decode(declared), declared)
        except (LookupError, UnicodeDecodeError):
            pass
    encoding = _guess(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        encoding, text = "utf-8", data.decode("utf-8", errors="replace")
        return Decoded(text, encoding, f"invalid UTF-8 from byte {position} on: those bytes were replaced by \ufffd")
    return Decoded(text, encoding, f"not UTF-8 (byte {position}); read as {encoding}, which is a guess")


def _guess(data: bytes) -> str:
    # A mostly-UTF-8 file with a stray byte is damaged UTF-8, not another encoding.
    stray = data.decode("utf-8", errors="ignore")
    beyond_ascii = sum(character > "\x7f" for character in stray)
    lost = len(data) - len(stray.encode("utf-8"))
    if beyond_ascii > 10 * lost:
        return "utf-8"
    best = from_bytes(data[:_GUESS_BYTES]).best()
    # Windows' western encoding is the commonest by far where nothing else stands out.
    encoding = best.encoding if best and best.encoding not in ("ascii", "utf_8") else "cp1252"
    return encoding.replace("_", "-")
