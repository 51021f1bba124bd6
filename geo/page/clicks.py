"""What a click in the panel or the header changes of the session's view; what one changes in the store are deeds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from geo.page.session import PAGE, Passage, View, asked
from geo.query import Query
from geo.views import filters
from geo.views.added import ALL

_LONGEST_KEY = 200
_NEAR = 8  # the zoom at which a town is shown with its surroundings


def from_panel(view: View, act: Mapping[str, Any]) -> View:
    """Take over one click in the panel or the header. Untrusted: unknown kinds and values change nothing."""
    change = _CHANGES.get(str(act.get("kind")))
    return change(view, act) if change else view


def _select(view: View, act: Mapping[str, Any]) -> View:
    query, _ = Query.from_params({"event": act.get("event")})
    changed = replace(view, query=replace(view.query, event=query.event), passage=None, picked=None)
    return asked(changed, event=query.event, ghost=None, pick=False)


def _close(view: View, _: Mapping[str, Any]) -> View:
    if view.passage:
        return replace(view, passage=None)
    if view.article and not view.query.event:
        return replace(view, article=None)
    closed = replace(view, query=replace(view.query, event=None), picked=None)
    return asked(closed, event=None, ghost=None, pick=False)


def _tab(view: View, act: Mapping[str, Any]) -> View:
    query, _ = Query.from_params({"tab": act.get("tab")})
    return replace(view, query=replace(view.query, tab=query.tab), length=PAGE, article=None)


def _filter(view: View, act: Mapping[str, Any]) -> View:
    name, key = str(act.get("name")), str(act.get("key"))
    if name == "year":
        return _year(view, key)
    if name == "changed":
        return _changed(view, {"state": None if view.query.changed == key else key})
    changed = replace(view, query=filters.toggle(view.query, name, key), length=PAGE)
    return asked(changed, types=list(changed.query.types)) if name == "types" else changed


def _unfilter(view: View, act: Mapping[str, Any]) -> View:
    query = filters.dropped(view.query, str(act.get("name")), str(act.get("key")))
    return asked(replace(view, query=query, length=PAGE), types=list(query.types), longest=query.longest)


def _changed(view: View, act: Mapping[str, Any]) -> View:
    """Show all that changed since a state, of any day and kind; without one, everything again."""
    query, _ = Query.from_params({"changed": act.get("state") or ""})
    shown = replace(filters.clear(view.query), changed=query.changed, start=None, end=None, mode="window", event=None)
    view = replace(view, query=shown, passage=None, article=None, length=PAGE)
    if query.changed:
        view = replace(view, query=replace(shown, tab="events"))
    window: dict[str, Any] = {"from": None, "to": None, "mode": "window"}
    return asked(view, **window, types=list(shown.types), longest=None, place=None, event=None)


def _only(view: View, act: Mapping[str, Any]) -> View:
    """Narrow the view to what was chosen in the search: a filter is set, never taken away."""
    name, key = str(act.get("name")), str(act.get("key"))
    if name not in ("places", "sources", "actors") or key in getattr(view.query, name):
        return view
    query = replace(filters.toggle(view.query, name, key), tab="events", event=None, marked=())
    narrowed = replace(view, query=query, passage=None, length=PAGE)
    point = point_of(act) if "lat" in act else None
    return asked(narrowed, flyTo={"lat": point[0], "lng": point[1], "z": _NEAR}, place=None) if point else narrowed


def _year(view: View, key: str) -> View:
    """A year, or any days as ``2015-01-25/2015-01-31``, as the window."""
    first, _, last = key.partition("/")
    query, notes = Query.from_params({"from": first, "to": last or first})
    return view if notes or query.start is None or query.end is None else windowed(view, query.start, query.end)


def windowed(view: View, start: date, end: date) -> View:
    """Make these days the window; a second time, open it again."""
    window: tuple[date | None, date | None] = (start, end)
    if window == (view.query.start, view.query.end):
        window = (None, None)
    changed = replace(view, query=replace(view.query, start=window[0], end=window[1]), length=PAGE)
    first, last = (day.isoformat() if day else None for day in window)
    return asked(changed, **{"from": first, "to": last})


def _clear(view: View, _: Mapping[str, Any]) -> View:
    changed = replace(view, query=filters.clear(view.query), length=PAGE)
    return asked(changed, types=list(changed.query.types), longest=None, place=None)


def _theme(view: View, act: Mapping[str, Any]) -> View:
    query, _ = Query.from_params({"theme": act.get("theme")})
    return replace(view, query=replace(view.query, theme=query.theme))


def _place(view: View, _: Mapping[str, Any]) -> View:
    return asked(replace(view, query=replace(view.query, marked=()), length=PAGE), place=None)


def _main(view: View, act: Mapping[str, Any]) -> View:
    query, _ = Query.from_params({"view": act.get("view")})
    return replace(view, query=replace(view.query, view=query.view))


def _sort(view: View, act: Mapping[str, Any]) -> View:
    query, _ = Query.from_params({"sort": act.get("sort")})
    return replace(view, query=replace(view.query, sort=query.sort))


def _more(view: View, _: Mapping[str, Any]) -> View:
    return replace(view, length=view.length + PAGE)


def _choose(view: View, act: Mapping[str, Any]) -> View:
    """Choose something in the panel that is open; a second time, or all of it, chooses nothing."""
    key = str(act.get("key"))[:_LONGEST_KEY]
    rest = {name: chosen for name, chosen in view.choices.items() if name != view.query.tab}
    same = view.choices.get(view.query.tab) == key
    return replace(view, choices=rest if same or key == ALL else rest | {view.query.tab: key}, length=PAGE)


def _passage(view: View, act: Mapping[str, Any]) -> View:
    start, end = act.get("start"), act.get("end")
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end):
        return view
    changed = replace(view, query=replace(view.query, event=None), passage=Passage(str(act.get("article")), start, end))
    return asked(changed, event=None, ghost=None)


def point_of(act: Mapping[str, Any]) -> tuple[float, float] | None:
    """Read a latitude and a longitude in WGS84 degrees; None where they are no point."""
    query, notes = Query.from_params({"lat": str(act.get("lat")), "lng": str(act.get("lng")), "z": "5"})
    return None if notes or query.lat is None or query.lng is None else (query.lat, query.lng)


def _ghost(view: View, act: Mapping[str, Any]) -> View:
    point = point_of(act)
    if point is None:
        return view
    return asked(view, ghost={"lat": point[0], "lng": point[1], "name": str(act.get("name"))[:120]})


def _pick(view: View, act: Mapping[str, Any]) -> View:
    """Ask the map for a point; only it can see where the user clicks."""
    return asked(replace(view, query=replace(view.query, view="map"), picked=None), pick=act.get("on") is not False)


def _unpicked(view: View, _: Mapping[str, Any]) -> View:
    return asked(replace(view, picked=None), ghost=None, pick=False)


def _told(view: View, _: Mapping[str, Any]) -> View:
    """Take away what was said of the last deed."""
    return replace(view, told=None)


def _fly(view: View, act: Mapping[str, Any]) -> View:
    point = point_of(act)
    if point is None:
        return view
    zoom = {"country": 5, "continent": 3, "admin1": 6, "region": 6, "sea": 5}.get(str(act.get("of")), 9)
    flown = replace(view, flights=view.flights + 1)
    return asked(flown, flyTo={"lat": point[0], "lng": point[1], "z": zoom})


_CHANGES = {
    "select": _select,
    "close": _close,
    "tab": _tab,
    "filter": _filter,
    "clear": _clear,
    "unfilter": _unfilter,
    "changed": _changed,
    "only": _only,
    "theme": _theme,
    "view": _main,
    "sort": _sort,
    "place": _place,
    "more": _more,
    "choose": _choose,
    "unplotted": _passage,
    "ghost": _ghost,
    "fly": _fly,
    "pick": _pick,
    "unpick": _unpicked,
    "told": _told,
}
