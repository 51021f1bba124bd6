"""What changed since this browser was here last, or since a state that a link names: offered, filtered, listed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from geo.page.library import Library
from geo.page.session import View
from geo.store import since
from geo.views import changes

_LASTS = {timedelta(days=1): "In the last 24 hours", timedelta(days=7): "In the last 7 days"}


def offer(view: View, shelf: Library) -> dict[str, Any] | None:
    """Say what changed since the last visit; None where nothing did, or it is shown already."""
    if view.visit is None or view.query.changed:
        return None
    state, at = view.visit
    found = shelf.changed(state)
    if found is None or not found.any:
        return None
    return {"state": state, "at": at, "said": changes.said(changes.counted(found, shelf.events()))}


def section(view: View, shelf: Library) -> dict[str, Any]:
    """Give the filter of what changed: since the last visit, in the last day, in the last week."""
    now = datetime.now(UTC)
    states = {view.visit[0]: "Since your last visit"} if view.visit else {}
    for ago, name in _LASTS.items():  # where nothing happened in between, the nearer time names the state
        states.setdefault(since.state_before(shelf.store, now - ago), name)
    chosen = view.query.changed
    if chosen:
        states.setdefault(chosen, label(view, shelf))
    options = [(state, name, shelf.changed(state)) for state, name in states.items()]
    return {
        "name": "changed",
        "title": "What changed",
        "text": "New events and those told otherwise, of any day, by what the journal of this store notes.",
        "options": [
            {"key": state, "label": name, "count": len(found.new) + len(found.changed), "pressed": state == chosen}
            for state, name, found in options
            if found is not None
        ],
    }


def label(view: View, shelf: Library) -> str:
    """Name the filter that is on."""
    state = view.query.changed
    return changes.label(shelf.changed(state) if state else None)


def flagged(view: View, shelf: Library, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give rows of the list, each told whether it is new or changed, where that is asked."""
    found = shelf.changed(view.query.changed) if view.query.changed else None
    return changes.flagged(rows, found) if found else [dict(row) for row in rows]


def gone(view: View, shelf: Library) -> dict[str, Any] | None:
    """Give what is gone since the state that the view names; None where nothing is."""
    found = shelf.changed(view.query.changed) if view.query.changed else None
    return changes.gone(found) if found and found.gone_count else None
