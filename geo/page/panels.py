"""The panels that are added, the program's own among them: their tabs, and what they show, as plain data.

One that fails says so in its own place; the other panels and the map go on.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import pandas as pd

from gazetteer import plugins
from gazetteer.errors import GazetteerError
from geo.deadline import limited
from geo.page.library import Library
from geo.page.session import View
from geo.query import Selection
from geo.query.view import added_tabs
from geo.store import StoreError
from geo.views import added, listing, unplotted, wording
from geo.views.added import ALL, Bars, Block, Choices, Events, LeftOut, Note, Panel, Passage, Passages, Sight

# Processor seconds that a panel may take: the page waits for it.
_SECONDS = 5.0
_LONGEST_LABEL = 24

_Made = TypeVar("_Made")

_log = logging.getLogger(__name__)


def tab(name: str, view: View, shelf: Library) -> dict[str, Any]:
    """Give the tab of a panel; one that does not work keeps its tab, which says why."""
    try:
        panel = _loaded(name)
        return _asked(name, lambda: _tab(name, panel, sight(name, view, shelf)))
    except plugins.PluginError:
        _warn(name)
        return {"key": name, "label": name, "count": None}


def tabs(view: View, shelf: Library) -> list[dict[str, Any]]:
    """Give the tabs of the panels that other packages add."""
    return [tab(name, view, shelf) for name in added_tabs()]


def shown(name: str, view: View, shelf: Library, selection: Selection) -> dict[str, Any]:
    """Give what a panel shows: its blocks, or what is wrong with it."""
    try:
        panel = _loaded(name)
        blocks = _asked(name, lambda: added.checked(panel.blocks(sight(name, view, shelf))))
    except plugins.PluginError as error:
        _warn(name)
        return {"name": name, "blocks": [], "fault": f"This panel cannot be shown. {error}."}
    chosen = view.choices.get(name)
    drawn = [_block(block, chosen, view, shelf, selection) for block in blocks]
    return {"name": name, "blocks": drawn, "fault": None}


def sight(name: str, view: View, shelf: Library) -> Sight:
    """Give what a panel sees of a view."""
    query, length = view.query, view.length

    def left_out(reason: str | None) -> list[LeftOut]:
        return [
            LeftOut(
                Passage(one.article, one.start, one.end, f"{wording.reason(one.reason)[1]} · {one.source}"), one.reason
            )
            for one in shelf.unplotted(query, reason=reason, length=length)
        ]

    return Sight(
        link=query.to_params(),
        chosen=view.choices.get(name),
        length=length,
        events=lambda: shelf.events().iloc[shelf.listed(query)],
        text=shelf.text,
        reasons=lambda: shelf.unplotted_reasons(query),
        reason=wording.reason,
        left_out=left_out,
        every=lambda: shelf.counts()["not_plotted"],
    )


@functools.cache
def _warn(name: str) -> None:
    """Say once in the log which panel does not work; why stands in the panel, as it may hold words of an article."""
    _log.warning("the panel %r of %s does not work", name, plugins.packages(plugins.PANELS, name))


def _loaded(name: str) -> Panel:
    panel: Panel = plugins.load(plugins.PANELS, name, expected=Panel)
    return panel


def _tab(name: str, panel: Panel, seen: Sight) -> dict[str, Any]:
    count = panel.count(seen)
    label = added.words(panel.label)[:_LONGEST_LABEL]
    return {"key": name, "label": label, "count": None if count is None else int(count)}


def _asked(name: str, work: Callable[[], _Made]) -> _Made:
    """Let a panel work: another package's within its time and to its own account; ours as any other part of the page.

    What is wrong with the store or the gazetteer is nobody's fault but theirs.
    """
    if name in plugins.own(plugins.PANELS):
        return work()
    with plugins.blamed(plugins.PANELS, name, passing=(StoreError, GazetteerError)):
        return limited(_SECONDS, work)


def _passage(one: Passage, shelf: Library) -> dict[str, Any]:
    return {
        "article": one.article,
        "start": one.start,
        "end": one.end,
        "context": unplotted.context(shelf.text(one.article), one.start, one.end),
        "why": one.said,
    }


def _rows(ids: Sequence[str], view: View, shelf: Library, selection: Selection) -> list[dict[str, Any]]:
    frame = shelf.events()
    found = pd.Index(frame["id"]).get_indexer(list(dict.fromkeys(ids)))
    return listing.rows(frame, found[found >= 0], selection, view.query, copies=shelf.retellings())


def _block(block: Block, chosen: str | None, view: View, shelf: Library, selection: Selection) -> dict[str, Any]:
    match block:
        case Note(text):
            return {"kind": "note", "text": text}
        case Choices(options):
            now = chosen or ALL
            return {
                "kind": "choices",
                "options": [
                    {"key": one.key, "label": one.label, "count": one.count, "pressed": one.key == now}
                    for one in options
                ],
            }
        case Bars(rows):
            return {"kind": "bars", "rows": [{"label": label, "number": number} for label, number in rows]}
        case Passages(items, total):
            return {"kind": "passages", "items": [_passage(one, shelf) for one in items], "total": total}
        case Events(ids, total):
            return {"kind": "events", "rows": _rows(ids, view, shelf, selection), "total": total}
