"""The Query: what one view shows, and the link that reproduces it.

This is the one place that knows the link's format. Defaults are left out, so that a short link stays short; a list is
joined by commas; ``none`` is the empty choice.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from gazetteer import plugins
from geo.model import EVENT_TYPES, STATUSES, TIERS, EventType, Status, Tier
from geo.query.link import NONE, Link, is_event_id, is_state, is_story_id, printable

Axis = Literal["happened", "reported"]
Mode = Literal["window", "cumulative", "day"]
OwnTab = Literal["events", "not_plotted", "missing", "filters", "articles", "layers"]
Main = Literal["map", "table"]
Sort = Literal[
    "-date", "date", "type", "-type", "place", "-place", "status", "-status", "killed", "-killed", "source", "-source"
]
Theme = Literal["auto", "light", "dark"]
Draw = Literal["auto", "marks", "density"]
Control = Literal["on", "off"]

AXES: tuple[Axis, ...] = get_args(Axis)
MODES: tuple[Mode, ...] = get_args(Mode)
TABS: tuple[str, ...] = get_args(OwnTab)
MAINS: tuple[Main, ...] = get_args(Main)
SORTS: tuple[Sort, ...] = get_args(Sort)
THEMES: tuple[Theme, ...] = get_args(Theme)
DRAWS: tuple[Draw, ...] = get_args(Draw)
CONTROLS: tuple[Control, ...] = get_args(Control)
DEFAULT_STATUS: tuple[Status, ...] = ("reported", "claimed")

MAX_ZOOM = 18.0
LONGEST_SEARCH = 200
LONGEST_TITLE = 120
LONGEST_NOTE = 600
MOST_STEPS = 60  # of a story
MOST_MARKED = 100  # places of one mark: a link of them all still fits into an address
WIDEST_DAYS = 100_000
# Leaflet reports longitudes past 180 after a pan over the dateline.
VIEW_LIMITS = {"lat": (-90.0, 90.0), "lng": (-540.0, 540.0), "z": (0.0, MAX_ZOOM)}
# Four decimals of a degree are 11 m; a link needs no more.
VIEW_DIGITS = {"lat": 4, "lng": 4, "z": 2}


def added_tabs() -> tuple[str, ...]:
    """Give the names of the panels that packages add (docs/extending.md); a name of our own is not taken over."""
    return tuple(name for name in plugins.added(plugins.PANELS) if name not in TABS)


# What of a view keeps events out whatever its window; types apart, which the map switches by itself.
FILTERS = ("status", "tiers", "places", "q", "sources", "actors", "changed", "longest")

# Parameters that are written as they are where they differ from the default, in this order.
_PLAIN = ("changed", "event", "mode", "tab", "view", "sort", "theme", "draw", "control", "title", "note", "story")


@dataclass(frozen=True, slots=True)
class Query:
    """What one view shows. Equal views are equal queries: lists are sorted, numbers rounded as the link writes them.

    Parameters
    ----------
    start, end
        The window as a closed interval of days; None leaves that side open. ``from`` and ``to`` in the link.
    axis
        ``happened``: the events' own dates. ``reported``: the articles' publication dates.
    types, status, tiers
        What is shown; an empty tuple shows nothing.
    places
        Only these: a gazetteer id (``g709932``), a country (``UA``) or its unit (``UA/Donetsk``). Empty: no filter.
    q
        Free text, looked for in articles and events. Empty: no filter.
    sources
        Only articles of these sources. Empty: no filter.
    actors
        Only events by or against these: a kind (``police``) or an actor as the articles name it. Empty: no filter.
    changed
        A state of the store (`geo.store.since`): only events that are new since, or told otherwise. None: no filter.
    longest
        Only events whose date is narrower than this many days. None: no filter.
    lat, lng, z
        Centre of the map in WGS84 degrees and its zoom; all three or none (then the map fits the data).
    event
        The id of the selected event.
    marked
        Gazetteer ids of the mark that was clicked: the list shows the events of these places only. ``at`` in the link,
        which holds at most `MOST_MARKED` of them.
    mode
        ``window``; ``cumulative``: all up to `end`; ``day``: the window's days in every year.
    view, sort
        ``map`` or ``table``, and the column that orders the table; a minus before it turns the order round. The list
        has the newest first, unless `sort` is ``date``.
    draw
        ``marks``, ``density``: cells of a grid instead; ``auto``: cells where places are many.
    control
        ``off`` hides the control areas that this map has, if any.
    title, note
        What whoever sends the view calls it, and what they say of it. Empty: nothing.
    story, step
        The id of the story that is walked, and the number of its step, from 1. A link of a story alone opens its first.
    embed
        Shown inside another page: the map and its time bar, with title and credit.

    Raises
    ------
    ValueError
        If a value is not among those allowed, or a number is not finite or out of range.
    """

    start: date | None = None
    end: date | None = None
    axis: Axis = "happened"
    types: tuple[EventType, ...] = EVENT_TYPES
    status: tuple[Status, ...] = DEFAULT_STATUS
    tiers: tuple[Tier, ...] = TIERS
    places: tuple[str, ...] = ()
    q: str = ""
    sources: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    changed: str | None = None
    longest: int | None = None
    lat: float | None = None
    lng: float | None = None
    z: float | None = None
    event: str | None = None
    marked: tuple[str, ...] = ()
    mode: Mode = "window"
    tab: str = "events"
    view: Main = "map"
    sort: Sort = "-date"
    theme: Theme = "auto"
    draw: Draw = "auto"
    control: Control = "on"
    title: str = ""
    note: str = ""
    story: str | None = None
    step: int | None = None
    embed: bool = False

    def __post_init__(self) -> None:
        _among("axis", (self.axis,), AXES)
        _among("mode", (self.mode,), MODES)
        if self.tab not in TABS:  # what is installed is looked up only where it is asked for
            _among("tab", (self.tab,), (*TABS, *added_tabs()))
        _among("view", (self.view,), MAINS)
        _among("sort", (self.sort,), SORTS)
        _among("theme", (self.theme,), THEMES)
        _among("draw", (self.draw,), DRAWS)
        _among("control", (self.control,), CONTROLS)
        if self.start and self.end and self.start > self.end:
            raise ValueError(f"start {self.start} is after end {self.end}")
        if self.event is not None and not is_event_id(self.event):
            raise ValueError(f"event: {self.event!r} is not an event's id")
        if self.changed is not None and not is_state(self.changed):
            raise ValueError(f"changed: {self.changed!r} is no state of a store")
        if self.story is not None and not is_story_id(self.story):
            raise ValueError(f"story: {self.story!r} is not a story's id")
        if self.step is not None and not (self.story and 1 <= self.step <= MOST_STEPS):
            raise ValueError(f"step must lie in 1..{MOST_STEPS} and belong to a story; got {self.step}")
        for name, allowed in (("types", EVENT_TYPES), ("status", STATUSES), ("tiers", TIERS)):
            chosen = _among(name, getattr(self, name), allowed)
            object.__setattr__(self, name, tuple(item for item in allowed if item in chosen))
        if self.longest is not None and not 1 <= self.longest <= WIDEST_DAYS:
            raise ValueError(f"longest must lie in 1..{WIDEST_DAYS} days; got {self.longest}")
        for name in ("places", "sources", "actors", "marked"):
            cleaned = {printable(item).strip() for item in getattr(self, name)}
            object.__setattr__(self, name, tuple(sorted(cleaned - {""})))
        object.__setattr__(self, "marked", self.marked[:MOST_MARKED])
        for name, longest in (("q", LONGEST_SEARCH), ("title", LONGEST_TITLE), ("note", LONGEST_NOTE)):
            object.__setattr__(self, name, printable(getattr(self, name)).strip()[:longest].strip())
        self._round_view()

    def _round_view(self) -> None:
        missing = [name for name in VIEW_LIMITS if getattr(self, name) is None]
        if missing and len(missing) < len(VIEW_LIMITS):
            raise ValueError(f"lat, lng and z must all be given or all be None; {missing[0]} is None")
        for name, (low, high) in VIEW_LIMITS.items():
            value = getattr(self, name)
            if value is None:
                continue
            if not (math.isfinite(value) and low <= value <= high):
                raise ValueError(f"{name} must lie in {low:g}..{high:g}; got {value}")
            # Adding zero turns -0.0 into 0.0.
            object.__setattr__(self, name, round(float(value), VIEW_DIGITS[name]) + 0.0)

    @classmethod
    def from_params(cls, params: Mapping[str, Any]) -> tuple[Query, tuple[str, ...]]:
        """Read a link.

        Parameters
        ----------
        params
            Values are strings, or lists of them (of which the last counts). Untrusted: unknown keys are ignored, a
            bad value falls back to its default, a reversed range is sorted, nan and infinity are refused.

        Returns
        -------
        tuple of Query and tuple of str
            The query, and a note in words for each value that was not understood.
        """
        link = Link(params)
        start, end = link.window()
        lat, lng, z = link.numbers(VIEW_LIMITS)
        story, step = link.story("story"), link.whole("step", most=MOST_STEPS)
        query = cls(
            start=start,
            end=end,
            axis=link.one("axis", AXES),
            types=link.several("types", EVENT_TYPES, default=EVENT_TYPES),
            status=link.several("status", STATUSES, default=DEFAULT_STATUS),
            tiers=link.several("tiers", TIERS, default=TIERS),
            places=link.names("places"),
            q=link.text("q", longest=LONGEST_SEARCH),
            sources=link.names("sources"),
            actors=link.names("actors"),
            changed=link.state("changed"),
            longest=link.whole("longest", most=WIDEST_DAYS),
            lat=lat,
            lng=lng,
            z=z,
            event=link.event("event"),
            marked=link.names("at"),
            mode=link.one("mode", MODES),
            tab=link.one("tab", (*TABS, *added_tabs())),
            view=link.one("view", MAINS),
            sort=link.one("sort", SORTS),
            theme=link.one("theme", THEMES),
            draw=link.one("draw", DRAWS),
            control=link.one("control", CONTROLS),
            title=link.text("title", longest=LONGEST_TITLE),
            note=link.text("note", longest=LONGEST_NOTE),
            story=story,
            step=step if story else None,
            embed=link.one("embed", ("false", "true")) == "true",
        )
        return query, link.notes

    @classmethod
    def filters_of(cls, query: Query) -> Query:
        """Give the query that has only the filters of another (`FILTERS`)."""
        return cls(**{name: getattr(query, name) for name in FILTERS})

    def to_params(self) -> dict[str, str]:
        """Give the link's parameters, defaults left out; `from_params` reads them back to an equal query."""
        default = Query()
        out: dict[str, str] = {}
        if self.start:
            out["from"] = self.start.isoformat()
        if self.end:
            out["to"] = self.end.isoformat()
        for name in ("axis", "types", "status", "tiers", "places", "q", "sources", "actors"):
            value = getattr(self, name)
            if value != getattr(default, name):
                out[name] = (",".join(map(_escape, value)) or NONE) if isinstance(value, tuple) else value
        if self.longest is not None:
            out["longest"] = str(self.longest)
        for name, digits in VIEW_DIGITS.items():
            value = getattr(self, name)
            if value is not None:
                out[name] = f"{value:.{digits}f}".rstrip("0").rstrip(".")
        if self.marked:
            out["at"] = ",".join(map(_escape, self.marked))
        for name in _PLAIN:
            value = getattr(self, name)
            if value != getattr(default, name):
                out[name] = value
        if self.step is not None:
            out["step"] = str(self.step)
        if self.embed:
            out["embed"] = "true"
        return out


def _among(name: str, values: Iterable[str], allowed: tuple[str, ...]) -> tuple[str, ...]:
    values = tuple(values)
    for value in values:
        if value not in allowed:
            raise ValueError(f"{name} must be among {', '.join(allowed)}; got {value!r}")
    return values


def _escape(item: str) -> str:
    """Keep a comma inside a name apart from the commas between names."""
    return item.replace("%", "%25").replace(",", "%2C")
