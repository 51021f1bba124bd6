"""Bytes to text: UTF-8 first, then what the file declares, then the best guess, which is told."""

from __future__ import annotations

import codecs
import re
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
# First bytes of what is not read, and what to do with it.
_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0", "an old office document", "Save it as .docx, .xlsx or plain text"),
    (b"Rar!", "a RAR archive", "Unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "Unpack it first"),
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


# Bytes beyond ASCII that stand together. In the alphabets of western Europe they are letters among ASCII ones, in those
# of the east whole words.
_RUN = re.compile(rb"[\x80-\xff]+")
_WESTERN = frozenset("àâäáãåæçèéêëìíîïñòóôõöøœùúûüýÿßÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØŒÙÚÛÜ¿¡«»–—‘’“”…€£°§·•©® ")
_CYRILLIC = ("cp1251", "koi8-r")
# A word of Cyrillic as people write it: in small letters, with a capital in front, or all in capitals. Read in the
# wrong one of the two encodings, small letters become capitals.
_WORD = re.compile(r"[а-яёіїєґў]+|[А-ЯЁІЇЄҐЎ][а-яёіїєґў]+|[А-ЯЁІЇЄҐЎ]+")
_SHORT_RUN = 2
_MOST_OF = 0.8


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


def marked(data: bytes) -> str | None:
    """Give the encoding that a byte order mark names; None where there is none."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """Decode a text whose encoding may be unknown.

    Parameters
    ----------
    declared
        The encoding that the file names itself (a web page's ``charset``), tried after UTF-8: a page that is valid
        UTF-8 and says otherwise is wrong far more often than right.
    """
    if encoding := marked(data):
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
    if plain := _by_runs(data[:_GUESS_BYTES]):
        return plain
    best = from_bytes(data[:_GUESS_BYTES]).best()
    # Windows' western encoding is the commonest by far where nothing else stands out.
    encoding = best.encoding if best and best.encoding not in ("ascii", "utf_8") else "cp1252"
    return encoding.replace("_", "-")


def _by_runs(data: bytes) -> str | None:
    """Tell western Europe's and Cyrillic encodings by how the bytes beyond ASCII stand together.

    A statistical guess needs more text than a short table or page holds.
    """
    runs = _RUN.findall(data)
    long = [run for run in runs if len(run) > _SHORT_RUN]
    if not long:
        read = b"".join(runs).decode("cp1252", errors="replace")
        return "cp1252" if all(sign in _WESTERN for sign in read) else None
    for encoding in _CYRILLIC:
        words = [run.decode(encoding, errors="replace") for run in long]
        if sum(bool(_WORD.fullmatch(word)) for word in words) >= _MOST_OF * len(words):
            return encoding
    return None
