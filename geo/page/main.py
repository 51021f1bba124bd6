"""The page script: Streamlit runs it from top to bottom for every change of the view."""

from __future__ import annotations

import logging

import streamlit as st

from gazetteer.errors import GazetteerError
from geo.page import components, header, panel, session, sheet, sign_in, stage, steps
from geo.page.library import Library, library
from geo.settings import Settings
from geo.store import StoreError

_log = logging.getLogger(__name__)


def run() -> None:
    """Draw the page for this session's view."""
    st.set_page_config(page_title="What was reported", layout="wide", initial_sidebar_state="collapsed")
    try:
        settings = Settings.from_environment()
        if sign_in.draw(settings):
            _draw(library(settings))
    except (StoreError, GazetteerError, ValueError) as error:
        _fault(str(error))
    except Exception:
        # Whatever else goes wrong is ours: the terminal gets the traceback, the reader a sentence, never a stack.
        _log.exception("the page could not be drawn")
        _fault("The page could not be drawn. What went wrong stands in the terminal that runs the dashboard.")


def _fault(text: str) -> None:
    st.html(f"<style>{components.page_style('light')}</style>")
    with st.container(key="fault"):
        st.subheader("The map cannot be shown")
        st.text(text)


def _draw(shelf: Library) -> None:
    shelf.version()  # looks at the store, so that one in its place is noticed
    view = session.noticed(session.current(shelf.remarks), shelf.store.replacements)
    session.keep(view)
    theme = session.theme(view)
    st.html(f"<style>{components.page_style(theme)}</style><i class='page-theme-{theme}'></i>")
    if not shelf.opened:
        with st.spinner("Opening the gazetteer. Where it has to be built first, that takes a minute."):
            _ = shelf.gazetteer
    header.draw(view, shelf, theme=theme)
    with st.container(key="link"):
        steps.draw(view, shelf.remarks)
    _notes(view)
    selection = shelf.selection(view.query)
    with st.container(key="desk"):
        left, right = st.columns([0.7, 0.3])
        with left, st.container(key="stage"):
            stage.draw(view, shelf, selection, theme=theme)
            if view.query.view == "table":
                sheet.draw(view, shelf, selection, theme=theme)
        with right, st.container(key="side"):
            panel.draw(view, shelf, selection, theme=theme)


def _notes(view: session.View) -> None:
    """Say once what in the link was not understood, is not here, or was made with other data."""
    if not view.notes:
        return
    with st.container(key="notes"):
        st.warning("Of this link:\n\n" + "\n".join(f"- `{_plain(note)}`" for note in view.notes))
        st.button("Dismiss", key="dismiss-notes", on_click=session.dismiss_notes)


def _plain(text: str) -> str:
    """A note quotes the link, which is untrusted: nothing in it may act as Markdown."""
    return text.replace("`", "'")


run()
