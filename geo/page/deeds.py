"""What a click changes in the store: corrections of events, data sets taken out and brought back.

Every deed gives a view that says what was done, or why not; none raises for what a user may do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from geo import corrections, pipeline
from geo.model import EVENT_TYPES, PlaceRef
from geo.page import clicks, desk, layering, publishing, searching, session
from geo.page.library import Library
from geo.page.session import Told, View
from geo.resolve import place_ref
from geo.store import StoreConflict, StoreError
from geo.views import correcting, typed, wording

# More articles than this are not kept in memory for the case that their removal is undone.
MOST_KEPT = 2000
MOST_STEPS = 1000


def clicked(component: str, shelf: Library) -> None:
    """Take over the click that a component reports; Streamlit calls this before the page runs again."""
    act = getattr(st.session_state.get(component), "act", None)
    if isinstance(act, Mapping):
        number, view = act.get("n"), done(session.current(), act, shelf)
        session.keep(replace(view, answered=number) if isinstance(number, int) and component == "panel" else view)


def done(view: View, act: Mapping[str, Any], shelf: Library) -> View:
    """Give the view after one click. Untrusted: unknown kinds and values change nothing."""
    kind = str(act.get("kind"))
    if kind in _LOOKS:
        return _LOOKS[kind](replace(view, told=None), act, shelf)
    deed = _DEEDS.get(kind)
    if deed is None:
        return clicks.from_panel(replace(view, told=None), act)
    if shelf.settings.read_only or view.query.embed:
        # A frame may lie unseen in its page, under what somebody means to click: no click in it changes anything.
        return replace(view, told=Told("This map is read-only: nothing was changed.", fault=True))
    if "by" in act:
        view = replace(view, name=_name(act, "by").strip()[:80])
    try:
        return deed(view, act, shelf)
    except StoreConflict as error:
        return replace(view, told=Told(f"{error.what[:1].upper()}{error.what[1:]}. {error.advice}.", fault=True))
    except IndexError:
        return replace(view, told=Told("That step is not in the story any more. Nothing was changed.", fault=True))
    except KeyError:
        return replace(view, told=Told("That event is not in the store any more. Nothing was changed.", fault=True))
    except (StoreError, ValueError) as error:
        return replace(view, told=Told(str(error), fault=True))


def _name(act: Mapping[str, Any], key: str) -> str:
    return str(act.get(key) or "")


def _corrected(view: View, act: Mapping[str, Any], shelf: Library, what: str, **changes: Any) -> View:
    event = _name(act, "event")
    shelf.store.correct(event, **_whose(view, event), **changes)
    changed = replace(view, told=Told(f"{what} Automatic answer kept."), picked=None)
    return session.asked(changed, event=event, ghost=None)


def _whose(view: View, event: str) -> dict[str, Any]:
    """Say who changes an event, and in sight of what."""
    return {"by": view.name, "session": view.label, "seen": view.seen.get(event)}


def _place(view: View, act: Mapping[str, Any], shelf: Library) -> View:
    place = _chosen(act, shelf)
    return _corrected(view, act, shelf, f"Placed at {correcting.place_text(place)}.", place=place)


def _chosen(act: Mapping[str, Any], shelf: Library) -> PlaceRef:
    """The place that was chosen: one of the gazetteer by its id, else the point of the map."""
    if act.get("place"):
        found = shelf.gazetteer.get(_name(act, "place"))
        if found is None:
            raise ValueError("That place is not in the gazetteer.")
        return place_ref(found)
    point = clicks.point_of(act)
    if point is None:
        raise ValueError("That is no point on the map.")
    lat, lon = point
    near = shelf.gazetteer.nearest(lon, lat, kinds=("town",))
    country = near[0][0].country_code if near else None
    return corrections.point(lon, lat, country_code=country)


def _dates(view: View, act: Mapping[str, Any], shelf: Library) -> View:
    if act.get("dates") is None:
        return _corrected(view, act, shelf, "Set to no known day.", dates=(None, None))
    start, end = typed.interval(_name(act, "dates"), month_first=act.get("month_first") is True)
    return _corrected(view, act, shelf, f"Dated {wording.interval(start, end)}.", dates=(start, end))


def _type(view: View, act: Mapping[str, Any], shelf: Library) -> View:
    chosen = _name(act, "type")
    if chosen not in EVENT_TYPES:
        raise ValueError("That is no type of event.")
    return _corrected(view, act, shelf, f"Now {wording.TYPE_LABELS[chosen].lower()}.", type=chosen)


def _note(view: View, act: Mapping[str, Any], shelf: Library) -> View:
    note = _name(act, "note")
    return _corrected(view, act, shelf, "Note kept." if note.strip() else "Note taken away.", note=note)


def _reject(view: View, act: Mapping[str, Any], shelf: Library) -> View:
    event = _name(act, "event")
    following = _beside(view, event, 1, shelf)
    after = following if following != event else None
    shelf.store.correct(event, rejected=True, **_whose(view, event))
    told = Told("Rejected. It is off the map and stays listed under Not plotted. The next event is open.")
    if after is None:
        told = Told("Rejected. It is off the map and stays listed under Not plotted.")
    opened = replace(view, query=replace(view.query, event=after), told=told, picked=None)
    return session.asked(opened, event=after, ghost=None, pick=False)


def _beside(view: View, event: str, by: int, shelf: Library) -> str | None:
    """The event so many places further in the list, going round; None where the list does not hold `event`."""
    with shelf.steady():
        ids = [str(one) for one in shelf.events()["id"].to_numpy()[shelf.listed(view.query)]]
    return ids[(ids.index(event) + by) % len(ids)] if event in ids else None


def _step(view: View, act: Mapping[str, Any], shelf: Library) -> View:
    """Open the event so many places from the one that the reader saw, however often it clicked before an answer."""
    by = act.get("by")
    found = _beside(view, _name(act, "event"), by, shelf) if isinstance(by, int) and abs(by) <= MOST_STEPS else None
    return clicks.from_panel(view, {"kind": "select", "event": found}) if found else view


def _same(view: View, act: Mapping[str, Any], shelf: Library) -> View:
    return _corrected(view, act, shelf, "Joined: two reports of one event.", same_as=_name(act, "other"))


def _apart(view: View, act: Mapping[str, Any], shelf: Library) -> View:
    return _corrected(view, act, shelf, "Taken apart: an event of its own.", apart=True)


def _restore(view: View, act: Mapping[str, Any], shelf: Library) -> View:
    event = _name(act, "event")
    number = shelf.store.restore(event, **_whose(view, event))
    told = Told(f"Automatic answer restored; {wording.count(number, 'correction')} taken back.")
    changed = replace(view, query=replace(view.query, event=event), passage=None, told=told, picked=None)
    return session.asked(changed, event=event, ghost=None)


def _undo(view: View, act: Mapping[str, Any], shelf: Library) -> View:
    what = shelf.store.undo(by=view.name, session=view.label)
    return replace(view, told=Told(f"Undone: {what}." if what else "There is nothing of yours to undo."), picked=None)


def _redo(view: View, act: Mapping[str, Any], shelf: Library) -> View:
    what = shelf.store.redo(by=view.name, session=view.label)
    return replace(
        view, told=Told(f"Done again: {what}." if what else "There is nothing of yours to do again."), picked=None
    )


def _remove(view: View, act: Mapping[str, Any], shelf: Library) -> View:
    name, store = _name(act, "data_set"), shelf.store
    number = store.data_sets().get(name, 0)
    if not number:
        raise ValueError(f"There is no data set “{name}” any more.")
    removed = None
    with shelf.reading_in:
        if number <= MOST_KEPT:
            removed = pipeline.take_out(store, name)
        else:
            pipeline.remove(store, name)
    told = Told(f"“{name}” was removed: {wording.count(number, 'article')}.", brings_back=removed is not None)
    query = replace(view.query, event=None)
    changed = replace(view, query=query, told=told, removed=removed, taken=None, passage=None, article=None)
    return session.asked(changed, event=None, ghost=None)


def _bring_back(view: View, act: Mapping[str, Any], shelf: Library) -> View:
    removed = view.removed
    if removed is None:
        return desk.bring_back(view, shelf)
    with shelf.reading_in:
        pipeline.put_back(shelf.store, removed)
    return replace(view, told=Told(f"“{removed.data_set}” is back."), removed=None)


def _show(view: View, act: Mapping[str, Any], shelf: Library) -> View:
    """Show what a data set brought: the window over its days, no filter, the map around its places."""
    found = shelf.span_of(_name(act, "data_set"))
    if found is None:
        return replace(view, told=Told("No event of these articles has both a place and a date."))
    changed = clicks.from_panel(view, {"kind": "clear"})
    query = replace(changed.query, start=found.first, end=found.last, event=None, tab="events", mode="window")
    window = {"from": found.first.isoformat(), "to": found.last.isoformat(), "mode": "window"}
    fly = {"lat": found.lat, "lng": found.lng, "z": found.zoom}
    wishes = {"types": list(query.types), "longest": None, "place": None, "flyTo": fly}
    return session.asked(replace(changed, query=query), **window, **wishes)


# What looks at the store and changes nothing: read-only maps have it too.
_LOOKS: dict[str, Callable[[View, Mapping[str, Any], Library], View]] = {
    "step": _step,
    "search": searching.search,
    "show_set": _show,
    "find": desk.find,
    "article": desk.open_article,
    "compare": layering.ask,
    "name": publishing.name,
    "noted": publishing.noted,
    "story": publishing.go,
    "story_close": publishing.close,
}

_DEEDS: dict[str, Callable[[View, Mapping[str, Any], Library], View]] = {
    "correct_place": _place,
    "correct_date": _dates,
    "correct_type": _type,
    "note": _note,
    "reject": _reject,
    "same": _same,
    "apart": _apart,
    "restore": _restore,
    "undo": _undo,
    "redo": _redo,
    "remove": _remove,
    "remove_layer": layering.remove,
    "bring_back": _bring_back,
    "read_again": desk.read_again,
    "take_out": desk.take_out,
    "story_add": publishing.add,
    "story_change": publishing.change,
    "story_move": publishing.move,
    "story_drop_step": publishing.drop_step,
    "story_drop": publishing.drop,
}
