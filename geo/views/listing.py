"""The list of events beside the map: which rows, in which order, in which words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

import numpy as np
import pandas as pd

from geo.query import Query, Selection
from geo.views import matches, wording

# Rows longer than this are cut around their trigger; two lines of the list hold about as much.
_SNIPPET_LENGTH = 220
# Days and months of the years 1 to 9999, counted from 1970, become positive; the other way round, too.
_BEFORE_ALL_DAYS, _BEFORE_ALL_MONTHS, _LONGEST_MONTH = 1 << 22, 1 << 17, 31
_BEFORE_TRIGGER = 60
# What a row of the list is made of, beside its days.
_SHOWN = (
    "id", "type", "status", "tier", "speaker", "place", "place_text", "place_kind", "place_precision", "snippet",
    "trigger", "corrected", "source",
)  # fmt: skip


def order(
    frame: pd.DataFrame,
    selection: Selection,
    query: Query,
    *,
    marked: tuple[str, ...] = (),
    ranks: matches.Ranks | None = None,
) -> np.ndarray:
    """Give the positions of the rows to list: first what surely lies in the window, by date, then the rest.

    The newest come first, or the oldest where ``query.sort`` is ``date``.

    Parameters
    ----------
    frame, selection, query
        As in `geo.query.select`.
    marked
        Gazetteer ids of a mark that was clicked; empty for everywhere.
    ranks
        What a search has found of each row (`geo.views.matches.ranks`): the closest come first.

    Returns
    -------
    numpy.ndarray
        Integer positions into `frame`.
    """
    shown = selection.shown
    if marked:
        shown = shown & frame["place_id"].isin(marked).to_numpy()
    rows = np.flatnonzero(shown)
    first, last = _days(frame, query, rows)
    near = None if ranks is None else ranks[rows]
    keys = _keys(first, last, possibly=~selection.certain[rows], near=near, oldest=query.sort == "date")
    if query.sort == "date":
        return rows[np.argsort(keys, kind="stable")]
    # Of equal ones the later row comes first.
    return rows[::-1][np.argsort(keys[::-1], kind="stable")]


def _keys(
    first: np.ndarray, last: np.ndarray, *, possibly: np.ndarray, near: np.ndarray | None, oldest: bool
) -> np.ndarray:
    """Give what orders the list as one number a row: a million are sorted by it in a tenth of the time of six columns.

    From the highest bits to the lowest: what a search has found, whether it is only possibly in the window, the month,
    whether the interval is wide, its last day and its first day of the month.
    """
    sign = 1 if oldest else -1
    month = first.astype("datetime64[M]")
    key = possibly.astype(np.int64) if near is None else near.astype(np.int64) * 2 + possibly
    # In place, one part after the other: each takes 8 MB a million.
    _shift_in(key, 18, month.view(np.int64) * sign + _BEFORE_ALL_MONTHS)
    _shift_in(key, 1, (last - first).view(np.int64) > _LONGEST_MONTH)
    _shift_in(key, 23, last.view(np.int64) * sign + _BEFORE_ALL_DAYS)
    of_month = (first - month.astype("datetime64[D]")).view(np.int64)
    _shift_in(key, 5, of_month if oldest else _LONGEST_MONTH - of_month)
    return key


def _shift_in(key: np.ndarray, bits: int, part: np.ndarray) -> None:
    """Put the bits of `part` below those of `key`, which is changed."""
    key <<= bits
    key |= part


def _days(frame: pd.DataFrame, query: Query, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The intervals shown on the axis, clipped at the window's start so that long ones stand where they enter it."""
    start, end = ("date_start", "date_end") if query.axis == "happened" else ("published_start", "published_end")
    first = frame[start].to_numpy()[rows].astype("datetime64[D]")
    last = frame[end].to_numpy()[rows].astype("datetime64[D]")
    if query.start and query.mode == "window":
        first = np.maximum(first, np.datetime64(query.start))
    return first, last


def rows(
    frame: pd.DataFrame,
    positions: np.ndarray,
    selection: Selection,
    query: Query,
    *,
    ranks: matches.Ranks | None = None,
    copies: Mapping[str, Sequence[str]] | None = None,
) -> list[dict[str, Any]]:
    """Give the rows at `positions` as the panel shows them.

    Parameters
    ----------
    ranks
        What a search has found of them, under which they stand.
    copies
        The articles that print the story of an event, too, by its id (`geo.store.Store.retellings`).
    """
    start, end = ("date_start", "date_end") if query.axis == "happened" else ("published_start", "published_end")
    # Of a kept frame every column that is touched is read from the disk.
    named = {name: frame[name].iloc[positions] for name in (*_SHOWN, start, end) if name in frame.columns}
    out = []
    for position, record in zip(positions, pd.DataFrame(named).to_dict("records"), strict=True):
        first, last = as_date(record[start]), as_date(record[end])
        possibly = not bool(selection.certain[position])
        out.append(
            {
                "id": record["id"],
                "type": record["type"],
                "tier": record["tier"],
                "status": record["status"],
                "status_text": wording.status(record["status"], text_or_none(record["speaker"])),
                "place": text_or_none(record["place"]) or record["place_text"],
                "precision_text": precision_text(record),
                "when": wording.interval(first, last) if first and last else "no date",
                "heading": _heading(first, query, possibly=possibly)
                if ranks is None
                else matches.HEADINGS[ranks[position]],
                "possibly": possibly,
                "snippet": cut_snippet(text_or_none(record["snippet"]) or "", record["trigger"]),
                "corrected": bool(text_or_none(record.get("corrected"))),
                "meta": " · ".join(_meta(record, len((copies or {}).get(record["id"], ())))),
            }
        )
    return out


def _heading(first: date | None, query: Query, *, possibly: bool) -> str:
    if possibly:
        return "Possibly in the window"
    if first is None:
        return "No date"
    clipped = max(first, query.start) if query.start and query.mode == "window" else first
    return wording.month(clipped)


def _meta(record: Mapping[Any, Any], copies: int) -> list[str]:
    meta = ["", "weaker tie"] if record["tier"] == "B" else [""]
    by_hand = text_or_none(record.get("corrected"))
    if by_hand:
        meta.append(f"corrected by hand: {by_hand}")
    also = f", printed also by {copies:,} more" if copies else ""
    return [*meta, (text_or_none(record["source"]) or "no source given") + also]


def precision_text(record: Mapping[Any, Any]) -> str:
    """Say how exact a place is where it is not simply a town: ``area``, ``sea``, ``facility``, ``country only``."""
    if record["place_kind"] == "facility":
        return "facility"
    return wording.PRECISION_TEXT.get(text_or_none(record["place_precision"]) or "", "")


def cut_snippet(snippet: str, trigger: str) -> tuple[str, str, str]:
    """Cut a sentence around its trigger.

    Returns
    -------
    tuple of str
        What stands before the trigger, the trigger, what stands after it; with ellipses where something was cut.
    """
    at = _word_at(snippet, trigger) if trigger else -1
    if at < 0:
        short = snippet[:_SNIPPET_LENGTH]
        return short + (" …" if len(short) < len(snippet) else ""), "", ""
    start = 0 if at <= _BEFORE_TRIGGER + 30 else snippet.rfind(" ", 0, at - _BEFORE_TRIGGER) + 1
    end = min(len(snippet), start + _SNIPPET_LENGTH)
    after = at + len(trigger)
    return (
        ("… " if start else "") + snippet[start:at],
        trigger,
        snippet[after : max(after, end)] + (" …" if end < len(snippet) else ""),
    )


def _word_at(snippet: str, word: str) -> int:
    """Give where a word stands by itself ("a" in "Vuhledar, a coal town"), else where its letters do; -1 if nowhere."""
    found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", snippet)
    return found.start() if found else snippet.find(word)


def text_or_none(value: object) -> str | None:
    """Give a frame's cell as text; its kinds of nothing (None, nan, NaT) as None."""
    return value if isinstance(value, str) and value else None


def as_date(value: object) -> date | None:
    """Give a frame's cell as a day; its kinds of nothing (None, nan, NaT) as None."""
    if isinstance(value, date) and not pd.isna(value):
        return date(value.year, value.month, value.day)
    if isinstance(value, np.datetime64) and not np.isnat(value):
        return as_date(value.astype("datetime64[D]").item())
    return date.fromisoformat(value[:10]) if isinstance(value, str) and value else None


def place_names(frame: pd.DataFrame) -> dict[str, str]:
    """Give the name of each place that has events, by its id."""
    known = frame[["place_id", "place"]].dropna().drop_duplicates("place_id")
    return {str(key): str(name) for key, name in known.itertuples(index=False, name=None)}


def record(frame: pd.DataFrame, event: str) -> Mapping[Any, Any] | None:
    """Give the row of the event with this id; None where there is none."""
    found = frame[frame["id"] == event]
    return cast(Mapping[Any, Any], found.iloc[0].to_dict()) if len(found) else None


def latest(frame: pd.DataFrame, selection: Selection, query: Query) -> date | None:
    """Give the last day on which an event begins that passes the filters; None where none has a date."""
    start = "date_start" if query.axis == "happened" else "published_start"
    return as_date(frame.loc[selection.filtered, start].max())


def tally(frame: pd.DataFrame, column: str) -> dict[str, int]:
    """Count the rows of a frame by a column's words."""
    return {str(key): int(n) for key, n in frame[column].value_counts().items()}


def days(frame: pd.DataFrame) -> tuple[date, date] | None:
    """Give the first and the last day of the events that have a place and a date; None where none has both."""
    placed = frame.loc[frame["lat"].notna(), ["date_start", "date_end"]].dropna()
    first, last = as_date(placed["date_start"].min()), as_date(placed["date_end"].max())
    return (first, last) if first and last else None


def places(frame: pd.DataFrame) -> int:
    """Count the distinct places of a frame."""
    return int(frame["place_id"].nunique())


def names(frame: pd.DataFrame, marked: tuple[str, ...]) -> str:
    """Name the places of a clicked mark: the first three, and how many more."""
    if not marked:
        return ""
    known = frame.loc[frame["place_id"].isin(marked), ["place_id", "place"]].drop_duplicates("place_id")
    by_id = dict(known.itertuples(index=False, name=None))
    found = [str(by_id[place]) for place in marked if place in by_id]
    more = f" and {len(found) - 3} more" if len(found) > 3 else ""
    return ", ".join(found[:3]) + more


def neighbours(frame: pd.DataFrame, positions: np.ndarray, event: str) -> dict[str, Any]:
    """Give the position of an event in the list and the events before and after it, going round.

    Returns
    -------
    dict
        ``position`` ("8 of 31"), ``previous`` and ``next`` (ids); empty where the event is not in the list.
    """
    ids = frame["id"].to_numpy()[positions]
    at = np.flatnonzero(ids == event)
    if not len(at):
        return {}
    here, total = int(at[0]), len(ids)
    return {
        "position": f"{here + 1:,} of {total:,}",
        "previous": str(ids[(here - 1) % total]),
        "next": str(ids[(here + 1) % total]),
    }


def ids(frame: pd.DataFrame, keep: np.ndarray) -> list[str]:
    """Give the ids of the rows that a boolean array keeps."""
    return [str(event) for event in frame["id"].to_numpy()[keep]]
