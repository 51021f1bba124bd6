"""KML for Google Earth and its kin: a Placemark an event, with its time span, coloured by type."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any, BinaryIO

import shapely
from shapely.geometry.base import BaseGeometry

from geo.export.about import About
from geo.export.colours import COLOURS
from geo.export.rows import Rows, plain

_NAMESPACE = "http://www.opengis.net/kml/2.2"
# Characters that XML 1.0 cannot hold, escaped or not.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPECIAL = re.compile(f'[&<>"\r]|{_FORBIDDEN.pattern}')
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})


def write(rows: Rows, about: About, out: BinaryIO) -> None:
    """Write the events as a KML document. A viewer reads a description as HTML, so text is escaped twice there."""
    told = "<br/>".join(map(html.escape, about.lines()))
    out.write(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="{_NAMESPACE}"><Document>\n'
        f"{_tag('name', about.title)}{_tag('description', _unfilled(told))}\n".encode()
    )
    for kind, colour in COLOURS.items():
        # KML writes a colour backwards: alpha, blue, green, red.
        backwards = colour[5:7] + colour[3:5] + colour[1:3]
        out.write(
            f'<Style id="{kind}"><IconStyle><color>ff{backwards}</color></IconStyle>'
            f"<LineStyle><color>ff{backwards}</color></LineStyle><PolyStyle><color>40{backwards}</color></PolyStyle>"
            "</Style>\n".encode()
        )
    out.write(f"{_data({'about': about.to_json(rows.names)})}\n".encode())
    for part in rows.parts():
        out.write("".join(_placemark(row, shape) for row, shape in plain(part)).encode())
    out.write(b"</Document></kml>\n")


def _placemark(row: dict[str, Any], shape: BaseGeometry | None) -> str:
    when = ""
    if row["date_start"] and row["date_end"]:
        when = f"<TimeSpan><begin>{row['date_start']}</begin><end>{row['date_end']}</end></TimeSpan>"
    name = f"{row['place'] or row['place_text']}: {row['sub_type'] or row['type']}"
    return (
        f"<Placemark>{_tag('name', name)}{_tag('description', _description(row))}{when}"
        f"<styleUrl>#{row['type']}</styleUrl>{_data(row)}{_shape(shape)}</Placemark>\n"
    )


def _data(row: dict[str, Any]) -> str:
    held = [
        f'<Data name="{name}"><value>{_said(value)}</value></Data>' for name, value in row.items() if value is not None
    ]
    return f"<ExtendedData>{''.join(held)}</ExtendedData>"


def _said(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    return _text("; ".join(map(str, value))) if isinstance(value, list) else str(value)


def _shape(shape: BaseGeometry | None) -> str:
    if shape is None:
        return ""
    if shape.geom_type == "Point":
        return f"<Point><coordinates>{shape.x},{shape.y}</coordinates></Point>"
    return f"<MultiGeometry>{''.join(_polygon(one) for one in shapely.get_parts(shape))}</MultiGeometry>"


def _polygon(shape: Any) -> str:
    inner = "".join(f"<innerBoundaryIs>{_ring(ring.coords)}</innerBoundaryIs>" for ring in shape.interiors)
    return f"<Polygon><outerBoundaryIs>{_ring(shape.exterior.coords)}</outerBoundaryIs>{inner}</Polygon>"


def _ring(points: Iterable[tuple[float, ...]]) -> str:
    return f"<LinearRing><coordinates>{' '.join(f'{x:.6f},{y:.6f}' for x, y, *_ in points)}</coordinates></LinearRing>"


def _description(row: dict[str, Any]) -> str:
    when = " to ".join(dict.fromkeys(day for day in (row["date_start"], row["date_end"]) if day)) or "no date"
    where = f"{row['place_text']} ({row['place_precision'] or 'not placed'})"
    who = f"{row['status']} by {row['speaker']}" if row["speaker"] else row["status"]
    lines = (row["snippet"], f"{where}, {when}; {who}", row["title"], row["source"], row["url"])
    return _unfilled("<br/>".join(html.escape(line) for line in lines if line))


def _unfilled(text: str) -> str:
    """Break up ``$[name]``, which a viewer would fill in."""
    return text.replace("$[", "&#36;[")


def printable(text: str) -> str:
    """Replace what XML cannot hold, escaped or not."""
    return _FORBIDDEN.sub("\ufffd", text)


def _tag(name: str, text: str) -> str:
    return f"<{name}>{_text(text)}</{name}>"


def _text(text: str) -> str:
    # Most of an event's forty texts hold nothing to escape: to look is a third of the time of rewriting them.
    return printable(text).translate(_MARKUP) if _SPECIAL.search(text) else text
