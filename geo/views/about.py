"""What the About box says: what this is, how accurate, whose data, under which licence."""

from __future__ import annotations

import csv
from typing import Any

from gazetteer.shipped import DATA

_CONTROL = "Control areas"


def about(version: str) -> dict[str, Any]:
    """Give the About box: a title and parts, each with a heading and lines or a table (its first row the head)."""
    return {
        "title": "About this map",
        "parts": [
            {
                "lines": [
                    "This map shows what a pile of articles reports to have happened: places are looked up in a "
                    "gazetteer on this machine, events and dates are read from the text by rules that give their "
                    "reasons. It says nothing of what no article reports, and it can misread: open a mark to see "
                    "the sentence and why it stands there.",
                    f"Version {version}. Nothing leaves this machine: the page makes no request to any other host.",
                    "Borders follow the position of the United Nations General Assembly; disputed lines are dashed.",
                ]
            },
            {"heading": "How accurate", "rows": _table("accuracy.csv")},
            {"heading": "Data and licences", "rows": licences()},
        ],
    }


def licences(control: str | None = None) -> list[list[str]]:
    """Give what the data of the map are, what they are used for, and their licence and credit; the head first.

    `control` is the credit of the control areas that a map holds, which may be empty; None where it holds none.
    """
    found = _table("sources.csv")
    if control is None:
        return found
    own = [_CONTROL, "who holds what, and when", control or "a file of whoever made this map"]
    return [*found, own + [""] * (len(found[0]) - len(own))]


def _table(name: str) -> list[list[str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return [row for row in csv.reader(file) if row and not row[0].startswith("#")]
