"""The page script: Streamlit runs it from top to bottom for every change of the view."""

from __future__ import annotations

import logging

import streamlit as st

from gazetteer.errors import GazetteerError
from geo.page import caption, components, header, panel, publishing, session, sheet, sign_in, stage, steps, watch
from geo.page.library import Library, library
from geo.settings import Settings
from geo.store import StoreError
from geo.views import telling

_OPENING = "Opening the gazetteer. Where it has to be built first, that takes a minute."

_log = logging.getLogger(__name__)


def run() -> None:
    """Draw the page for this session's view."""
    with watch.running():
        _run()


def _run() -> None:
    st.set_page_config(page_title=telling.SITE, layout="wide", initial_sidebar_state="collapsed")
    try:
        settings = Settings.from_environment()
        if sign_in.draw(settings):
            shelf = library(settings)
            shelf.version()  # looks at the store, so that one in its place is noticed
            with shelf.steady():
                _draw(shelf)
    except (StoreError, GazetteerError, ValueError) as error:
        _fault(str(error))
    except Exception:
        # Whatever else goes wrong is ours: the terminal gets the traceback, the reader a sentence, never a stack.
        _log.exception("the page could not be drawn")
        _fault("The page could not be drawn. What went wrong stands in the terminal that runs the dashboard.")


def _fault(text: str) -> None:
    caption.fault("The map cannot be shown", text)


def _draw(shelf: Library) -> None:
    view = session.current(shelf.remarks, lambda query: publishing.opened(query, shelf))
    view = session.noticed(view, shelf.store.replacements)
    session.keep(view)
    theme = session.theme(view)
    st.html(f"<style>{components.page_style(theme)}</style><i class='page-theme-{theme}'></i>")
    waiting = st.empty()
    if not shelf.opened:
        waiting.html(f"<p class='page-opening' role='status'>{_OPENING}</p>")
        _ = shelf.gazetteer
        waiting.empty()
    st.set_page_config(page_title=telling.tab(view.query, names=shelf.name))
    if view.query.embed:
        _embedded(view, shelf, theme=theme)
        return
    header.draw(view, shelf, theme=theme)
    with st.container(key="link"):
        steps.draw(view, shelf.remarks, state=shelf.state())
    caption.notices(view, shelf, theme=theme)
    selection = shelf.selection(view.query)
    with st.container(key="desk"):
        left, right = st.columns([0.7, 0.3])
        with left, st.container(key="stage"):
            stage.draw(view, shelf, selection, theme=theme)
            caption.draw(view, shelf, theme=theme)
            if view.query.view == "table":
                sheet.draw(view, shelf, selection, theme=theme)
        with right, st.container(key="side"):
            panel.draw(view, shelf, selection, theme=theme)


def _embedded(view: session.View, shelf: Library, *, theme: str) -> None:
    """Draw what a frame of another page shows: the map with its time bar, title and credit."""
    st.html("<i class='page-embed'></i>")
    with st.container(key="link"):
        steps.draw(view, shelf.remarks, state=shelf.state())
    caption.head(view, shelf, theme=theme)
    with st.container(key="desk"), st.container(key="stage"):
        stage.draw(view, shelf, shelf.selection(view.query), theme=theme)
        caption.draw(view, shelf, theme=theme)


run()
