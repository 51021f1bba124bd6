"""One browser's session: the view it looks at, read from the link once, changed by what is clicked and reported."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

import streamlit as st

from geo.model import Article
from geo.page.compared import Compared
from geo.query import Query
from geo.store import Removed

PAGE = 60


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


def theme(view: View) -> str:
    """Give ``light`` or ``dark``: the link's, else the browser's own preference."""
    if view.query.theme != "auto":
        return view.query.theme
    if "scheme" not in st.session_state:
        # Asked once: after the first run Streamlit tells of the theme of its own that our settings give it.
        st.session_state.scheme = "dark" if st.context.theme.type == "dark" else "light"
    return str(st.session_state.scheme)
