"""Corrections as CSV: readable, editable in a spreadsheet, and read back with file and line named on a fault."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, NamedTuple, TypeVar

from gazetteer.place import KINDS
from geo.corrections import ACTIONS, Correction, Key, Standing
from geo.export.spreadsheet import FORMULA, cell
from geo.model import DATE_PRECISIONS, EVENT_TYPES, PLACE_PRECISIONS, PlaceRef

_Word = TypeVar("_Word", bound=str)

_KEY = ("article", "trigger_start", "trigger_end", "place_text")
_PLACE = ("place_id", "place", "place_kind", "place_precision", "country_code", "admin1", "lat", "lon")
_OTHER = tuple(f"other_{name}" for name in _KEY)
COLUMNS = (
    *("action", "title", "trigger", *_PLACE, "date_start", "date_end", "date_precision", "type", "note", "by", "made"),
    *("article_id", *_KEY, *_OTHER, "event"),
)
_NEEDED = ("action", *_KEY)
_MOST_FAULTS = 20
# Offsets into a text; any longer number is refused by databases.
_LONGEST_NUMBER = 9
# Longer than the limit of the csv module is no cell that a person wrote.
_BYTES = 50_000_000
_QUOTED = re.compile(r"'(?=')")


class CorrectionsFileError(ValueError):
    """A file of corrections that cannot be read; nothing of it was taken in.

    Attributes
    ----------
    faults : tuple of str
        What is wrong, each with file and line.
    """

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        shown = list(self.faults[:_MOST_FAULTS])
        if len(self.faults) > len(shown):
            shown.append(f"... and {len(self.faults) - len(shown):,} more")
        super().__init__("\n".join([*shown, "Nothing was taken in. Mend the file and import it again."]))


def encode(found: Iterable[Standing]) -> bytes:
    """Give corrections as CSV (UTF-8), a row a correction; `decode` reads it back.

    The last column, ``event``, is the event that the correction is laid over at present; empty where there is none.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for standing in found:
        row = _row(standing)
        writer.writerow([_protected(row[name]) for name in COLUMNS])
    return out.getvalue().encode()


def decode(raw: bytes, *, name: str) -> tuple[Standing, ...]:
    """Read corrections from CSV.

    Parameters
    ----------
    raw
        The file's bytes: UTF-8, separated by commas, semicolons or tabs (spreadsheets differ).
    name
        What the file is called in messages.

    Raises
    ------
    CorrectionsFileError
        If anything in it cannot be read; all faults are named with their lines.
    """
    if len(raw) > _BYTES:
        raise CorrectionsFileError([f"{name}: {len(raw):,} bytes are more than {_BYTES:,}"])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise CorrectionsFileError([f"{name}:{line}: this is not UTF-8. Save the file as CSV in UTF-8"]) from error
    first = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    try:
        names = reader.fieldnames or ()
    except csv.Error as error:
        raise CorrectionsFileError([f"{name}:1: {error}"]) from error
    missing = [column for column in _NEEDED if column not in names]
    if missing:
        found = ", ".join(names) or "nothing"
        raise CorrectionsFileError([f"{name}:1: the columns {', '.join(missing)} are missing; found {found[:200]}"])
    return _rows(reader, name)


def _rows(reader: csv.DictReader[str], name: str) -> tuple[Standing, ...]:
    read, faults = [], []
    line = reader.line_num + 1
    while True:
        try:
            row = next(reader, None)
            if row is None:
                break
            # Cells beyond the header's stand under None.
            read.append(_standing({str(key): _bare(value or "") for key, value in row.items() if key is not None}))
        except csv.Error as error:
            # What follows a broken row cannot be told from it.
            faults.append(f"{name}:{line}: {error}")
            break
        except ValueError as error:
            faults.append(f"{name}:{line}: {error}")
        line = reader.line_num + 1
    if faults:
        raise CorrectionsFileError(faults)
    return tuple(read)


def _row(standing: Standing) -> dict[str, Any]:
    made = standing.correction
    place = asdict(made.place) if made.place else {}
    place = {f"place_{key}" if key in ("id", "kind", "precision") else key: value for key, value in place.items()}
    other = made.other._asdict() if made.other else {}
    return {
        **dict.fromkeys(COLUMNS),
        **{key: getattr(made, key) for key in ("action", "date_precision", "type", "note", "by", "made")},
        **{name: value for name, value in place.items() if name != "name"},
        "place": place.get("name"),
        **{name: day.isoformat() if (day := getattr(made, name)) else None for name in ("date_start", "date_end")},
        **{name: getattr(standing, name) for name in ("title", "trigger", "article_id", "event")},
        **made.key._asdict(),
        **{f"other_{name}": value for name, value in other.items()},
    }


def _protected(value: Any) -> Any:
    """Give a cell that no spreadsheet runs, told apart from one that began with an apostrophe before."""
    if isinstance(value, str) and value.startswith("'") and (FORMULA.match(value[1:]) or _QUOTED.match(value)):
        return "'" + value
    return cell(value)


def _bare(text: str) -> str:
    return text[1:] if text.startswith("'") and (FORMULA.match(text[1:]) or _QUOTED.match(text)) else text


def _standing(row: Mapping[str, str]) -> Standing:
    """Read one row; ValueError says what is wrong with it."""
    cells = _Cells(row)
    action = cells.among("action", ACTIONS)
    made = Correction(
        key=cells.key(""),
        action=action,
        place=cells.place() if action == "place" else None,
        date_start=cells.day("date_start") if action == "date" else None,
        date_end=cells.day("date_end") if action == "date" else None,
        date_precision=cells.among("date_precision", DATE_PRECISIONS) if cells.text("date_precision") else None,
        type=cells.among("type", EVENT_TYPES) if action == "type" else None,
        note=cells.text("note") if action == "note" else "",
        other=cells.key("other_") if action == "same_event" else None,
        by=cells.text("by"),
        made=cells.text("made")[:20],
    )
    return Standing(made, None, cells.text("trigger"), cells.text("article_id"), cells.text("title") or None)


class _Cells(NamedTuple):
    """The cells of one row by column; one that the file lacks is empty."""

    row: Mapping[str, str]

    def text(self, name: str) -> str:
        return self.row.get(name, "")

    def key(self, prefix: str) -> Key:
        article = self.text(f"{prefix}article")
        if not re.fullmatch(r"[0-9a-f]{16}", article):
            raise ValueError(f"{prefix}article: expected the article's 16 digits (0-9, a-f); got {article[:60]!r}")
        start, end = (int(self._number(f"{prefix}trigger_{edge}", whole=True)) for edge in ("start", "end"))
        return Key(article, start, end, self.text(f"{prefix}place_text"))

    def place(self) -> PlaceRef:
        if not self.text("place_id") or not self.text("place"):
            raise ValueError("a corrected place needs place and place_id")
        precision = self.among("place_precision", PLACE_PRECISIONS, "town")
        return PlaceRef(
            id=self.text("place_id")[:80],
            name=self.text("place"),
            kind=self.among("place_kind", KINDS, "town"),
            lon=self._number("lon"),
            lat=self._number("lat"),
            country_code=self.text("country_code")[:2] or None,
            admin1=self.text("admin1") or None,
            precision=precision,
        )

    def day(self, name: str) -> date | None:
        text = self.text(name)
        if text and not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            raise ValueError(f"{name}: expected a day such as 2015-01-26; got {text[:60]!r}")
        try:
            return date.fromisoformat(text) if text else None
        except ValueError as error:
            raise ValueError(f"{name}: {text!r} is not in the calendar") from error

    def among(self, name: str, allowed: tuple[_Word, ...], default: _Word | None = None) -> _Word:
        text = self.text(name)
        found = next((word for word in allowed if word == text), None if text else default)
        if found is None:
            raise ValueError(f"{name}: expected one of {', '.join(allowed)}; got {text[:60]!r}")
        return found

    def _number(self, name: str, *, whole: bool = False) -> float:
        text = self.text(name).strip()
        try:
            if whole and len(text) > _LONGEST_NUMBER:
                raise ValueError
            return int(text) if whole else float(text)
        except ValueError as error:
            kind = "a whole number" if whole else "degrees such as 48.34"
            raise ValueError(f"{name}: expected {kind}; got {text[:60]!r}") from error
