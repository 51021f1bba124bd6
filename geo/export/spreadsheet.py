"""CSV for spreadsheets and notebooks: UTF-8, a row an event, lists joined by semicolons."""

from __future__ import annotations

import csv
import io
import re
from typing import Any, BinaryIO

from geo.export.about import About
from geo.export.rows import Rows, plain

# What makes a spreadsheet that is opened by a click read UTF-8; scripts stumble over it.
BOM = b"\xef\xbb\xbf"
# Characters that show nothing: controls, and Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt). A
# program that drops them on import begins the cell with what follows.
_UNSEEN = (
    r"\s\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# What a spreadsheet takes for a formula (OWASP, "CSV Injection"), full-width and small signs included.
FORMULA = re.compile(rf"[\t\r\n]|[{_UNSEEN}]*[=+\-@＝＋－＠﹦﹢﹣﹫]")


def write(rows: Rows, _: About, out: BinaryIO) -> None:
    """Write the events as CSV.

    A text that a spreadsheet would run as a formula gets an apostrophe in front, which spreadsheets show as plain
    text; numbers are left as they are.
    """
    for number, part in enumerate(rows.parts()):
        held = io.StringIO(newline="")
        # With RFC 4180's line ends the writer quotes a cell that holds half of one: no reader starts a row inside it.
        writer = csv.writer(held)
        if number == 0:
            writer.writerow(rows.names)
        writer.writerows([cell(value) for value in row.values()] for row, _ in plain(part))
        out.write(held.getvalue().encode())


def cell(value: Any) -> Any:
    """Give a value as a cell that is safe to open."""
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    if isinstance(value, str) and FORMULA.match(value):
        return "'" + value
    return "" if value is None else value
