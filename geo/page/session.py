"""One browser's session: the view it looks at, read from the link once, changed by what is clicked."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, cast

import streamlit as st

from geo.model import Article
from geo.page.compared import Compared
from geo.query import Query
from geo.store import Removed
from geo.views import filters
from geo.views.added import ALL

PAGE = 60
_TILE = 256  # pixels round the world at zoom 0
_STILL = 4  # pixels
_LONGEST_KEY = 200
_NEAR = 8  # the zoom at which a town is shown with its surroundings
MAP_KEYS = ("from", "to", "axis", "mode", "types", "longest", "draw", "control", "lat", "lng", "z", "event")


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of an article to open the reader at: one that was not plotted."""

    article: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Told:
    """What the page says of the last deed. `brings_back`: a click undoes it, beside the corrections' own undo."""

    text: str
    fault: bool = False
    brings_back: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """Everything one session shows. `query` is the link; the rest is not worth sharing.

    Attributes
    ----------
    passage
        The passage opened from the list of what was not plotted.
    choices
        What was chosen in a panel, by its name; nothing for all.
    length
        How many rows the list shows.
    order
        What the page asks of the living map beyond the query: ``{"n": 3, "flyTo": ...}``; `n` grows with each.
    told
        What was done last, or why it was not.
    picked
        Longitude and latitude of the point clicked on the map, as the place of the opened event or of a missing name.
    removed
        What brings back the data set removed last.
    replacements
        How often the store had been replaced beneath the page when this session looked last.
    key, name
        Which session it is, and the name that was given in it last.
    seen
        The corrections that the opened event showed as it was drawn, by the event's id: what is changed in sight of.
    article
        The digest of the article opened from the desk of articles.
    find
        What is looked for in the list of articles.
    taken
        The article taken out last, and the data sets that it was in.
    searches
        How often something was looked for: the search field shows anew what is left of the question.
    flights
        How often the search sent the map to a place: each is a step, though no filter changes.
    answered
        The panel's number of its last click that was taken over: what was drawn before it is late.
    visit
        The state of the store that this browser saw last before this visit, and when that was, in milliseconds since
        1970; None where it was never here.
    compared
        What is compared in the panel of layers; None for nothing.
    """

    query: Query
    notes: tuple[str, ...] = ()
    passage: Passage | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    length: int = PAGE
    order: Mapping[str, Any] | None = None
    told: Told | None = None
    picked: tuple[float, float] | None = None
    removed: Removed | None = None
    replacements: int | None = None
    key: str = ""
    name: str = ""
    seen: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    article: str | None = None
    find: str = ""
    taken: tuple[Article, tuple[str, ...]] | None = None
    searches: int = 0
    flights: int = 0
    answered: int = 0
    compared: Compared | None = None
    visit: tuple[str, int] | None = None

    @property
    def label(self) -> str:
        """What the store calls this session: whose steps can be undone here, and whose change the journal tells of."""
        return f"page {self.key}".strip()


Remarks = Callable[[Query, Mapping[str, Any]], tuple[str, ...]]


def no_remarks(query: Query, params: Mapping[str, Any]) -> tuple[str, ...]:
    """Remark on no link."""
    return ()


def as_it_is(query: Query) -> Query:
    """Show what a link names, as it stands."""
    return query


def current(remarks: Remarks = no_remarks, opened: Callable[[Query], Query] = as_it_is) -> View:
    """Give this session's view; the first time, from the link, with what there is to remark on it.

    `opened` gives what the link stands for, where it names a story that the store holds.
    """
    if "view" not in st.session_state:
        params = st.query_params.to_dict()
        if st.context.is_embedded:  # Streamlit keeps this parameter to itself
            params["embed"] = "true"
        query, notes = Query.from_params(params)
        st.session_state.view = View(opened(query), notes + remarks(query, params), key=secrets.token_hex(4))
    return cast(View, st.session_state.view)


def keep(view: View) -> None:
    """Make `view` this session's view."""
    st.session_state.view = view


def noticed(view: View, replacements: int) -> View:
    """Give the view that says so where the store was replaced since this session looked at it last."""
    if view.replacements == replacements:
        return view
    changed = replace(view, replacements=replacements)
    if view.replacements is None:
        return changed
    told = Told("Another store, or an older state of this one, came into its place. This is what it holds now.")
    return replace(changed, told=told, removed=None, taken=None, picked=None)


def looked_at(event: str, corrections: tuple[int, ...]) -> None:
    """Keep what the opened event shows, so that a change of it by somebody else is not overwritten unseen."""
    keep(replace(current(), seen={event: corrections}))


def asked(view: View, **wishes: Any) -> View:
    """Give the view with a wish to the living map: it is sent once."""
    n = (view.order or {}).get("n", 0) + 1
    return replace(view, order={"n": n, **wishes})


def from_map(view: View, state: Mapping[str, Any]) -> View:
    """Take over what the map reports after a release, a click or a pan. Untrusted: it is read as a link is."""
    if state.get("cleared") is True:
        view = replace(view, query=filters.clear(view.query))
    now = view.query.to_params() | {"event": view.query.event or ""}
    params = {key: _param(state[key]) for key in MAP_KEYS if key in state}
    if state.get("whole") is True:  # the whole range stays open, so that the link holds when articles are added
        params |= {"from": "", "to": ""}
    places = state.get("places")
    params["at"] = ",".join(map(str, places)) if isinstance(places, (list, tuple)) else ""
    query, _ = Query.from_params(now | params)
    query = _steady(replace(query, tab=view.query.tab, theme=view.query.theme), view.query)
    picked = _picked(state)
    if picked and (view.query.event or view.query.tab == "missing"):
        return replace(view, query=replace(query, event=view.query.event, marked=view.query.marked), picked=picked)
    moved = (query.event, query.marked) != (view.query.event, view.query.marked)
    if query.marked and query.marked != view.query.marked:
        query = replace(query, tab="events")
    return replace(
        view,
        query=query,
        passage=None if moved and query.event else view.passage,
        article=None if moved and query.event else view.article,
        picked=None if moved else view.picked,
        length=PAGE if moved else view.length,
    )


def _picked(state: Mapping[str, Any]) -> tuple[float, float] | None:
    """Read the longitude and latitude that the map was asked for."""
    given = state.get("picked")
    if not (isinstance(given, (list, tuple)) and len(given) == 2):
        return None
    point = point_of({"lng": given[0], "lat": given[1]})
    return (point[1], point[0]) if point else None


def _steady(query: Query, before: Query) -> Query:
    """Keep the view as it was where it moved by a few pixels only: a frame that takes its size does that, no reader."""
    if query.lat is None or before.lat is None or query.z != before.z:
        return query
    pixel = 360 / (_TILE * 2 ** (query.z or 0))
    moved = max(abs(query.lat - before.lat), abs((query.lng or 0) - (before.lng or 0)))
    return replace(query, lat=before.lat, lng=before.lng) if moved < _STILL * pixel else query


def _param(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return ",".join(map(str, value)) or "none"
    return "" if value is None else str(value)


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


def mapped() -> None:
    """Take over what the map reports; Streamlit calls this before the page runs again."""
    state = st.session_state.get("map")
    if isinstance(state, Mapping):
        keep(from_map(current(), state))


def theme(view: View) -> str:
    """Give ``light`` or ``dark``: the link's, else the browser's own preference."""
    if view.query.theme != "auto":
        return view.query.theme
    if "scheme" not in st.session_state:
        # Asked once: after the first run Streamlit tells of the theme of its own that our settings give it.
        st.session_state.scheme = "dark" if st.context.theme.type == "dark" else "light"
    return str(st.session_state.scheme)
