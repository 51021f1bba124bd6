"""What stands over the map beside the panel: a story's step or a view's note, the head of an embedded map, notices."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from geo.page import components, deeds, publishing, session
from geo.page.library import Library
from geo.views import telling, wording


def draw(view: session.View, shelf: Library, *, theme: str) -> None:
    """Draw the card of a story or a note over the map, where there is something to say."""
    card = publishing.card(view, shelf)
    with st.container(key="caption"):  # there or not, the same number of elements: the map is never built anew
        if card is None:
            return
        components.renderer("caption")(
            key="card",
            data={"theme": theme, "embed": view.query.embed, **card},
            on_act_change=lambda: deeds.clicked("card", shelf),
        )


def head(view: session.View, shelf: Library, *, theme: str) -> None:
    """Draw the head of an embedded map: its title, whose it is, and the way to the whole of it."""
    link = {key: value for key, value in view.query.to_params().items() if key != "embed"}
    counts = shelf.counts()
    with st.container(key="head"):
        components.renderer("head")(
            key="title",
            data={
                "theme": theme,
                "title": telling.title(view.query, names=shelf.name),
                "credit": f"{wording.count(counts['events'], 'reported event')} read from "
                f"{wording.count(counts['articles'], 'article')}",
                "link": "?" + urlencode(link),
            },
        )


def notices(view: session.View, shelf: Library, *, theme: str) -> None:
    """Say once what in the link was not understood, is not here, or was made with other data."""
    with st.container(key="notes"):  # always there, as the card's
        if not view.notes:
            return
        components.renderer("notice")(
            key="notice",
            data={"theme": theme, "title": "Of this link", "lines": list(view.notes)},
            on_act_change=lambda: deeds.clicked("notice", shelf),
        )


def fault(title: str, text: str) -> None:
    """Say why the page cannot be shown."""
    st.html(f"<style>{components.page_style('light')}</style>")
    with st.container(key="fault"):
        st.subheader(title)
        st.text(text)
