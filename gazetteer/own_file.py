"""Writes a place into the file of a user's own places: checked first, and whole or not at all.

A line that waits to be filled in, as `gazetteer missing` writes them, is filled in; else the place comes last. What the
file holds beside it stays as it is.
"""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gazetteer import own
from gazetteer.errors import OwnPlacesError
from gazetteer.names import fold
from gazetteer.place import Place

COLUMNS = ("name", "lat", "lon", "kind", "country", "aliases")
_MARK = "\ufeff"
# What a spreadsheet reads as a formula, where a cell begins with it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Given:
    """A place as somebody typed it: nothing of it is checked yet.

    Attributes
    ----------
    lat, lon
        WGS84 degrees.
    aliases
        Other spellings, parted by semicolons.
    """

    name: str
    lat: str
    lon: str
    kind: str = ""
    country: str = ""
    aliases: str = ""

    def row(self) -> dict[str, str]:
        """Give the place as the cells of a table, each one line without blanks around it."""
        return {column: " ".join(str(getattr(self, column)).split()) for column in COLUMNS}


def put(path: Path, given: Given) -> Place:
    """Write a place into a file of own places, which is made where there is none.

    Parameters
    ----------
    path
        ``.csv``, ``.geojson`` or ``.json``.

    Returns
    -------
    Place
        The place as the file now holds it; the units that it lies in are not filled in.

    Raises
    ------
    OwnPlacesError
        If the file has a fault already, the place makes no sense, or the file cannot be written. The message names file
        and line, and the file is as it was.
    """
    row = given.row()
    for column in ("name", "aliases"):
        if any(part.strip().startswith(_FORMULA) for part in row[column].split(";")):
            raise OwnPlacesError(f"{path}: {row[column]}: no name begins with {' '.join(_FORMULA[:4])}")
    ending = path.suffix.lower()
    if ending not in (".csv", ".geojson", ".json"):
        raise OwnPlacesError(f"{path}: only CSV and GeoJSON are written; put the places into such a file")
    if path.exists():
        own.read(path)  # a file with a fault is told, not written to
    text = _read(path)
    written, where = _in_table(path, text, row) if ending == ".csv" else _in_features(path, text, row)
    place = own.place(where, row, path.name)
    _write(path, written)
    return place


def _read(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return file.read()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as fault:
        raise OwnPlacesError(f"{path}: it cannot be read ({fault})") from fault


def _in_table(path: Path, text: str, row: Mapping[str, str]) -> tuple[str, str]:
    """Give the table with the row in it, and where that stands."""
    mark, body = (_MARK, text[1:]) if text.startswith(_MARK) else ("", text)
    ending = "\r\n" if "\r\n" in body else "\n"
    table = csv.DictReader(body.splitlines())
    # A column that the table lacks is added only where there is something to say in it.
    columns = list(table.fieldnames or COLUMNS)
    columns += [column for column, cell in row.items() if cell and column not in columns]
    rows = list(table)
    waiting = next((at for at, other in enumerate(rows) if _waits(other, row["name"])), len(rows))
    filled = (dict(rows[waiting]) if waiting < len(rows) else {}) | {key: cell for key, cell in row.items() if cell}
    rows[waiting : waiting + 1] = [filled]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, restval="", extrasaction="ignore", lineterminator=ending)
    writer.writeheader()
    lines = 0
    for at, one in enumerate(rows):
        writer.writerow(one)
        if at == waiting:
            lines = out.getvalue().count(ending)
    return mark + out.getvalue(), f"{path}:{lines}"


def _waits(row: Mapping[str, Any], name: str) -> bool:
    """Tell whether a line has this name and no position yet."""
    empty = not any(str(row.get(column) or "").strip() for column in ("lat", "lon"))
    return empty and fold(str(row.get("name") or "")) == fold(name)


def _in_features(path: Path, text: str, row: Mapping[str, str]) -> tuple[str, str]:
    whole: dict[str, Any] = json.loads(text.removeprefix(_MARK)) if text else {"type": "FeatureCollection"}
    features: list[dict[str, Any]] = whole.setdefault("features", [])
    where = f"{path}: feature {len(features) + 1}"
    place = own.place(where, row, path.name)
    properties = {column: cell for column, cell in row.items() if cell and column not in ("lat", "lon")}
    point = {"type": "Point", "coordinates": [place.lon, place.lat]}
    features.append({"type": "Feature", "geometry": point, "properties": properties})
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n", where


def _write(path: Path, text: str) -> None:
    """Put the new text in the file's place in one step, so that no reader meets half of it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        target = path.resolve()  # a link stays one
        number, beside = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        try:
            with os.fdopen(number, "w", encoding="utf-8", newline="") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            # A file made for this alone is nobody else's to read; the table keeps the rights that it had.
            Path(beside).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o644)
            Path(beside).replace(target)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
    except OSError as fault:
        raise OwnPlacesError(f"{path}: it cannot be written ({fault.strerror or fault})") from fault
