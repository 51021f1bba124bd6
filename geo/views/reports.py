"""Reports of the same event, side by side: what each says of when, where and how many; nothing is averaged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from geo.views import listing, wording
from geo.views.table import whole

_MOST = 12
_ROWS = ("Reported on", "When", "Where", "Killed", "Wounded", "Who", "How it is told")
# What follows from the report rather than from what it says; a difference there is no disagreement.
_FORMAL = ("Reported on",)
_NEAR_DAYS, _NEAR_KM = 10, 60.0
_KM_PER_DEGREE = 111.2


def side_by_side(own: Mapping[Any, Any], others: pd.DataFrame) -> dict[str, Any] | None:
    """Compare an event's report with the other reports of the same event.

    Parameters
    ----------
    own
        The row of the opened event in the frame of events.
    others
        `geo.store.Store.reports` of it.

    Returns
    -------
    dict or None
        ``reports`` (each with ``id``, ``source``, ``said``: the words around its trigger) and ``rows`` (``label``,
        ``cells``, ``differs``: whether the reports disagree); None where there is no other report.
    """
    if not len(others):
        return None
    records: list[Mapping[Any, Any]] = [own, *others.head(_MOST).to_dict("records")]
    rows = []
    for label in _ROWS:
        cells = [_cell(label, record) for record in records]
        if any(cells):
            told = {cell for cell in cells if cell}
            differs = label not in _FORMAL and len(told) > 1
            rows.append({"label": label, "cells": cells, "differs": differs})
    return {
        "count": len(others) + 1,
        "more": max(0, len(others) - _MOST),
        "reports": [
            {
                "id": record["id"],
                "type": record["type"],
                "source": listing.text_or_none(record["source"]) or "no source given",
                "title": listing.text_or_none(record["title"]) or "",
                "said": listing.cut_snippet(listing.text_or_none(record["snippet"]) or "", record["trigger"]),
            }
            for record in records
        ],
        "rows": rows,
    }


def _cell(label: str, record: Mapping[Any, Any]) -> str:
    if label == "Reported on":
        return _interval(record, "published_start", "published_end")
    if label == "When":
        return _interval(record, "date_start", "date_end") or "no date"
    if label == "Where":
        return listing.text_or_none(record["place"]) or str(record["place_text"])
    if label in ("Killed", "Wounded"):
        name = label.lower()
        return wording.figure(whole(record[f"{name}_low"]), whole(record[f"{name}_high"]))
    if label == "Who":
        return people(record)
    return wording.status(record["status"], listing.text_or_none(record["speaker"]))


def _interval(record: Mapping[Any, Any], start: str, end: str) -> str:
    first, last = listing.as_date(record[start]), listing.as_date(record[end])
    return wording.interval(first, last) if first and last else ""


def people(record: Mapping[Any, Any]) -> str:
    """Say who did it to whom, as far as the article does: ``Russian forces → a column of protesters``."""
    actor, target = listing.text_or_none(record["actor"]), listing.text_or_none(record["target"])
    if actor and target:
        return f"{actor} → {target}"
    return actor or (f"→ {target}" if target else "")


def candidates(frame: pd.DataFrame, own: Mapping[Any, Any], *, most: int = 6) -> list[dict[str, Any]]:
    """Give events that could be the same one: told elsewhere of about the same days and place, nearest first."""
    first, last = (np.datetime64(listing.as_date(own[name]) or "NaT", "D") for name in ("date_start", "date_end"))
    if np.isnat(first) or pd.isna(own["lat"]):
        return []
    start, end = (frame[name].to_numpy().astype("datetime64[D]") for name in ("date_start", "date_end"))
    gap = np.maximum((start - last).astype(np.float64), (first - end).astype(np.float64)).clip(min=0)
    north = (frame["lat"].to_numpy(dtype=np.float64) - float(own["lat"])) * _KM_PER_DEGREE
    east = (frame["lon"].to_numpy(dtype=np.float64) - float(own["lon"])) * _KM_PER_DEGREE
    km = np.hypot(north, east * np.cos(np.radians(float(own["lat"]))))
    other = (frame["incident"] != own["incident"]) & (frame["id"] != own["id"])
    near = np.flatnonzero(other.to_numpy(dtype=bool) & (gap <= _NEAR_DAYS) & (km <= _NEAR_KM))
    ranked = near[np.lexsort((near, km[near] + 6 * gap[near]))][:most]
    return [
        {
            "id": record["id"],
            "type": record["type"],
            "place": _cell("Where", record),
            "when": _cell("When", record),
            "source": listing.text_or_none(record["source"]) or "no source given",
            "said": listing.cut_snippet(listing.text_or_none(record["snippet"]) or "", record["trigger"]),
        }
        for record in frame.iloc[ranked].to_dict("records")
    ]
