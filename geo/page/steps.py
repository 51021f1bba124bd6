"""The browser's history: each deliberate step is an entry of its own, and Back gives it as it was left.

What moves the map alone replaces the entry. The address is written by a component of our own: Streamlit would make an
entry of every parameter, and answer Back with the page as it stands.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs, urlencode

import streamlit as st

from geo.page import components, session
from geo.page.session import View
from geo.query import Query

MOST_KEPT = 100
_LATEST = 1 << 53  # milliseconds: what JavaScript counts exactly
_LONGEST_LINK = 8000  # characters; servers and browsers refuse longer addresses


@dataclass(frozen=True, slots=True)
class Trail:
    """The steps of one session.

    Attributes
    ----------
    token
        Names the session: the numbers of another one's steps mean nothing here.
    at, last
        The number of the step that is shown, and the highest given.
    kept
        The view of each of the last steps, as it was left.
    answers
        The browser's number of the last Back or Forward that is answered.
    flights
        How often a place was flown to: such a step has the same filters as the one before.
    """

    token: str = field(default_factory=lambda: secrets.token_hex(6))
    at: int = 0
    last: int = 0
    kept: Mapping[int, View] = field(default_factory=dict)
    answers: int = 0
    flights: int = 0

    def follow(self, view: View) -> Trail:
        """Give the trail with `view` on it: at a new step where it differs by more than the map's view."""
        before = self.kept.get(self.at)
        same = before is not None and _deliberate(before) == _deliberate(view) and self.flights == view.flights
        if same:
            return replace(self, kept={**self.kept, self.at: view})
        return replace(self, at=self.last + 1, last=self.last + 1, flights=view.flights)._keeping(view)

    def back(
        self, view: View, act: Mapping[str, Any], remarks: session.Remarks = session.no_remarks
    ) -> tuple[Trail, View]:
        """Give the trail at the step that the browser's history has gone to, and its view.

        `act` is untrusted: ``token`` and ``step`` name a step of this session, else ``link`` is read as a link is,
        with what there is to remark on it.
        """
        asked, step = act.get("asked"), act.get("step")
        trail = replace(self, answers=asked) if isinstance(asked, int) else self
        known = trail.kept.get(step) if act.get("token") == trail.token and isinstance(step, int) else None
        if known is not None and isinstance(step, int):
            shown = restored(view, known)
            return replace(trail, at=step, flights=shown.flights), shown
        params = parse_qs(str(act.get("link") or "")[:_LONGEST_LINK].removeprefix("?"))
        query, notes = Query.from_params(params)
        shown = restored(view, View(query, notes + remarks(query, params)))
        return replace(trail, at=trail.last + 1, last=trail.last + 1, flights=shown.flights)._keeping(shown), shown

    def _keeping(self, view: View) -> Trail:
        kept = {**self.kept, self.at: view}
        for step in sorted(kept)[: max(0, len(kept) - MOST_KEPT)]:
            del kept[step]
        return replace(self, kept=kept)


def _deliberate(view: View) -> tuple[Any, ...]:
    """What a step changes; what the map and the theme are is not among it."""
    return (
        replace(view.query, lat=None, lng=None, z=None, theme="auto"),
        view.passage,
        view.article,
        view.choices,
    )


def restored(view: View, before: View) -> View:
    """Give `view` showing what `before` did; what was done meanwhile stays done, and theme and frame as they are."""
    query = replace(before.query, theme=view.query.theme, embed=view.query.embed)
    shown = replace(
        view,
        query=query,
        notes=before.notes,
        passage=before.passage,
        article=before.article,
        find=before.find,
        choices=before.choices,
        length=before.length,
        picked=None,
        told=None,
        flights=before.flights,
    )
    stay = {"lat": query.lat, "lng": query.lng, "z": query.z} if query.lat is not None else None
    return session.asked(
        shown,
        **{
            "from": query.start.isoformat() if query.start else None,
            "to": query.end.isoformat() if query.end else None,
        },
        axis=query.axis,
        mode=query.mode,
        types=list(query.types),
        longest=query.longest,
        draw=query.draw,
        control=query.control,
        choice={"event": query.event, "places": list(query.marked)},
        ghost=None,
        pick=False,
        look=stay,
    )


def visited(view: View, act: Mapping[str, Any]) -> View:
    """Take over which state of the store this browser saw last, and when. Untrusted: what makes no sense is none."""
    query, _ = Query.from_params({"changed": act.get("state")})
    at = act.get("at")
    if query.changed is None or not isinstance(at, int) or not 0 <= at < _LATEST:
        return view
    return replace(view, visit=(query.changed, at))


def draw(view: View, remarks: session.Remarks, *, state: str) -> None:
    """Write the view into the address, as a new entry or over the one that stands.

    `state` names the store and its state: the browser keeps it, so that its next visit can ask what changed since.
    """
    trail = _trail().follow(view)
    st.session_state.trail = trail
    link = urlencode(view.query.to_params())
    components.renderer("address")(
        key="address",
        data={
            "link": f"?{link}" if link else "",
            "token": trail.token,
            "step": trail.at,
            "answers": trail.answers,
            "state": "" if view.query.embed else state,
        },
        on_act_change=lambda: _gone(remarks),
    )


def _trail() -> Trail:
    trail = st.session_state.get("trail")
    return trail if isinstance(trail, Trail) else Trail()


def _gone(remarks: session.Remarks) -> None:
    """Take over that the browser went to another entry; Streamlit calls this before the page runs again."""
    act = getattr(st.session_state.get("address"), "act", None)
    if not isinstance(act, Mapping):
        return
    if act.get("kind") == "visited":
        session.keep(visited(session.current(), act))
    if act.get("kind") == "go":
        trail, view = _trail().back(session.current(), act, remarks)
        st.session_state.trail = trail
        session.keep(view)
