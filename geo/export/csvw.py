"""What stands beside a CSV file: its metadata as the W3C's CSV on the Web lays them down, data dictionary included."""

from __future__ import annotations

import json
from typing import Any

from geo.export.about import NOTE, About, Column, credits_, described
from geo.export.rows import Rows

# "events.csv" has its metadata in "events.csv-metadata.json" (Model for Tabular Data, 5.3).
ENDING = "-metadata.json"
MEDIA_TYPE = "application/csvm+json"
_DATATYPES = {"text": "string", "number": "number", "integer": "integer", "date": "date", "list": "string"}


def encode(rows: Rows, about: About, *, url: str) -> bytes:
    """Give the metadata of a CSV file that is called `url`, seen from them."""
    held = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": url,
        "dc:title": about.title,
        **({"dc:created": about.made.isoformat()} if about.made else {}),
        "dc:description": f"{NOTE} {about.counts()}. A cell that a spreadsheet would run as a formula begins with '.",
        "dc:source": about.link,
        "dc:coverage": "; ".join(about.selection),
        "dc:rights": "; ".join(f"{one.credit} ({one.licence})" for one in credits_()),
        "dc:license": [{"@id": one.licence_url} for one in credits_() if one.licence_url],
        "dialect": {"encoding": "utf-8", "header": True},
        "tableSchema": {"columns": [_column(column) for column in described(rows.names)]},
    }
    return (json.dumps(held, ensure_ascii=False, indent=1) + "\n").encode()


def _column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "titles": column.name,
        "dc:description": f"{column.what} [{column.unit}]" if column.unit else column.what,
        "datatype": _DATATYPES[column.kind],
        **({"separator": "; "} if column.kind == "list" else {}),
    }
