"""Applies a query to a frame of events: which rows are in the window, which of them for certain, which lack a date."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.model import EVENT_TYPES, STATUSES, TIERS
from geo.query.view import Axis, Query

Mask = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]

# A wider interval touches most days of every year, so it says nothing of one.
_WIDEST_IN_DAY_MODE = 7
_DAYS_IN_YEAR = 365
# Rows whose words are looked at together: those of a million, in small letters, would take as much memory as the frame.
_STRETCH = 100_000
ACTOR_COLUMNS = ("actor", "actor_kind", "target", "target_kind")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rows of a frame a query shows; boolean arrays as long as the frame.

    Attributes
    ----------
    shown
        Through every filter, and the interval of dates overlaps the window.
    certain
        Shown, and the whole interval lies inside the window; the rest of `shown` is only possibly inside.
    undated
        Through every filter but without a usable date: listed, never on the slider.
    filtered
        Through every filter, whatever the date.
    """

    shown: Mask
    certain: Mask
    undated: Mask
    filtered: Mask


def select(
    frame: pd.DataFrame,
    query: Query,
    *,
    articles: Iterable[str] | None = None,
    changed: Collection[str] | None = None,
) -> Selection:
    """Apply a query to a frame of events.

    Parameters
    ----------
    frame
        The frame of `geo.store.Store.events`. It is not changed.
    articles
        Digests of the articles whose text matches ``query.q`` (`geo.store.Store.search`): their events match, beside
        those whose own sentence, place or title does.
    changed
        Ids of the events that ``query.changed`` lets through (`geo.store.since.ids`); None lets all through.
    """
    filtered = _through_filters(frame, query, articles)
    if query.changed and changed is not None:
        filtered &= frame["id"].isin(changed).to_numpy(dtype=bool)
    first, last = _interval(frame, query.axis)
    dated = ~(np.isnat(first) | np.isnat(last))
    inside, touching = _in_window(first, last, query)
    return Selection(
        shown=filtered & dated & touching,
        certain=filtered & dated & inside,
        undated=filtered & ~dated,
        filtered=filtered,
    )


def _through_filters(frame: pd.DataFrame, query: Query, articles: Iterable[str] | None) -> Mask:
    keep = np.ones(len(frame), dtype=bool)
    for column, chosen, every in (
        ("type", query.types, EVENT_TYPES),
        ("status", query.status, STATUSES),
        ("tier", query.tiers, TIERS),
    ):
        if len(chosen) < len(every):
            keep &= frame[column].isin(chosen).to_numpy(dtype=bool)
    if query.sources:
        keep &= frame["source"].isin(query.sources).to_numpy(dtype=bool)
    if query.actors:
        named = [frame[column].isin(query.actors) for column in ACTOR_COLUMNS]
        keep &= np.logical_or.reduce([each.to_numpy(dtype=bool) for each in named])
    if query.longest is not None:
        first, last = _interval(frame, "happened")
        dated = ~(np.isnat(first) | np.isnat(last))
        keep &= ~dated | ((last - first).astype(np.int64) < query.longest)
    if query.places:
        unit = _words(frame, "country_code") + "/" + _words(frame, "admin1")
        near = frame["place_id"].isin(query.places) | frame["country_code"].isin(query.places) | unit.isin(query.places)
        keep &= near.to_numpy(dtype=bool)
    if query.q:
        keep &= _matching(frame, query.q, articles)
    return keep


def _matching(frame: pd.DataFrame, q: str, articles: Iterable[str] | None) -> Mask:
    """Every word of `q` in the event's own texts, or its article among `articles`."""
    found = holding(frame, q, ("snippet", "place", "place_text", "title"))
    if articles is not None:
        found |= frame["article"].isin(list(articles)).to_numpy(dtype=bool)
    return found


def search_words(q: str) -> list[str]:
    """Give the words that are looked for, in lower case."""
    return q.lower().replace('"', " ").split()


def holding(frame: pd.DataFrame, q: str, columns: Iterable[str]) -> Mask:
    """Tell which rows hold every word of `q` in some of their columns, taken together."""
    words, looked = search_words(q), frame[list(columns)]
    found = np.ones(len(frame), dtype=bool)
    for start in range(0, len(frame), _STRETCH):
        part = looked.iloc[start : start + _STRETCH]
        texts = [_words(part, column).str.lower() for column in looked.columns]
        for word in words:
            holds = [text.str.contains(word, regex=False).to_numpy(dtype=bool) for text in texts]
            found[start : start + _STRETCH] &= np.logical_or.reduce(holds)
    return found


def _words(frame: pd.DataFrame, column: str) -> pd.Series:
    return frame[column].astype("str").fillna("")


def _interval(frame: pd.DataFrame, axis: Axis) -> tuple[Days, Days]:
    names = ("date_start", "date_end") if axis == "happened" else ("published_start", "published_end")
    first, last = (frame[name].to_numpy().astype("datetime64[D]") for name in names)
    return first, last


def _in_window(first: Days, last: Days, query: Query) -> tuple[Mask, Mask]:
    """(wholly inside, overlapping); what they say of a row without a date is for the caller to mask."""
    start, end = query.start, query.end
    if query.mode == "day" and start and end and (end - start).days < _DAYS_IN_YEAR:
        return _on_these_days(first, last, start, end)
    inside, touching = np.ones(len(first), dtype=bool), np.ones(len(first), dtype=bool)
    if start and query.mode != "cumulative":
        inside &= first >= np.datetime64(start)
        touching &= last >= np.datetime64(start)
    if end:
        inside &= last <= np.datetime64(end)
        touching &= first <= np.datetime64(end)
    return inside, touching


def _on_these_days(first: Days, last: Days, start: date, end: date) -> tuple[Mask, Mask]:
    """Compare month and day only; the window, the event, or both may run over New Year."""
    a, b = _month_and_day(first), _month_and_day(last)
    low, high = start.month * 100 + start.day, end.month * 100 + end.day
    over_new_year = a > b
    if low <= high:
        inside = (a >= low) & (b <= high) & ~over_new_year
        touching = np.where(over_new_year, (a <= high) | (b >= low), (b >= low) & (a <= high))
    else:
        inside = np.where(over_new_year, (a >= low) & (b <= high), (a >= low) | (b <= high))
        touching = over_new_year | (b >= low) | (a <= high)
    narrow = (last - first).astype(np.float64) <= _WIDEST_IN_DAY_MODE
    return narrow & inside, narrow & touching


def _month_and_day(days: Days) -> npt.NDArray[np.int64]:
    """1 February is 201."""
    months = days.astype("datetime64[M]")
    month = months.astype(np.int64) % 12 + 1
    day = (days - months.astype("datetime64[D]")).astype(np.int64) + 1
    return np.asarray(month * 100 + day, dtype=np.int64)
