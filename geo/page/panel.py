"""The panel: the list of events, what was not plotted, the filters, and the reader."""

from __future__ import annotations

from typing import Any

from geo.model import Mention
from geo.page import components, deeds, filling, intake, layering, news, overlays, panels, session
from geo.page.library import Library
from geo.query import Selection, search_words
from geo.query.view import added_tabs
from geo.timemap import palette
from geo.views import articles, correcting, filters, listing, matches, reading, reports, wording

_NOT_PLOTTED = "not_plotted"


def draw(view: session.View, shelf: Library, selection: Selection, *, theme: str) -> None:
    """Draw the panel; a click changes the session's view before the next run."""
    order = shelf.listed(view.query)
    data: dict[str, Any] = {
        "theme": theme,
        "types": palette.types(),
        "selected": view.query.event,
        "tab": _NOT_PLOTTED if view.query.tab == "missing" else view.query.tab,
        "tabs": [
            {"key": "events", "label": "Events", "count": int(selection.shown.sum())},
            panels.tab(_NOT_PLOTTED, view, shelf),
            {"key": "filters", "label": "Filters", "count": filters.active(view.query) or None},
            {"key": "articles", "label": "Articles", "count": shelf.counts()["articles"]},
            *_layers(view, shelf),
            *panels.tabs(view, shelf),
        ],
        "list_key": repr(
            (
                view.query.tab,
                view.query.start,
                view.query.end,
                view.query.marked,
                view.query.q,
                view.query.sort,
                view.compared,
            )
        ),
        "found": search_words(view.query.q),
        "editable": not shelf.settings.read_only,
        "told": _told(view) or _waiting(shelf),
        "answered": view.answered,
        "steps": _steps(view, shelf),
    }
    opened = _reader(view, shelf, order)
    if opened:
        data["reader"] = opened
    elif view.query.tab == "missing" and data["editable"]:
        data["missing"] = filling.panel(view, shelf)
    elif view.query.tab in (_NOT_PLOTTED, "missing"):
        data["shown"] = panels.shown(_NOT_PLOTTED, view, shelf, selection)
        data["names"] = None if shelf.settings.read_only else len(shelf.missing())
    elif view.query.tab == "filters":
        data["filters"] = {
            "said": filters.said(
                view.query, shown=int(selection.shown.sum()), names=shelf.name, changed=news.label(view, shelf)
            ),
            "sections": [news.section(view, shelf), *_filters(view, shelf)],
        }
    elif view.query.tab == "articles":
        data["articles"] = _articles(view, shelf)
    elif view.query.tab == "layers":
        data["layers"] = layering.panel(view, shelf)
    elif view.query.tab in added_tabs():
        data["shown"] = panels.shown(view.query.tab, view, shelf, selection)
    else:
        data["list"] = _list(view, shelf, selection, order)
    components.renderer("panel")(
        key="panel", data=data, height="stretch", on_act_change=lambda: deeds.clicked("panel", shelf)
    )


def _layers(view: session.View, shelf: Library) -> list[dict[str, Any]]:
    """Give the tab of layers: where there are any, one can be added, or a link asks for it."""
    asked = view.query.tab == "layers" or not shelf.settings.read_only
    return [{"key": "layers", "label": "Layers", "count": None}] if asked or overlays.shown(shelf) else []


def _told(view: session.View) -> dict[str, Any] | None:
    told = view.told
    return {"text": told.text, "fault": told.fault, "brings_back": told.brings_back} if told else None


def _waiting(shelf: Library) -> dict[str, Any] | None:
    """Say that the incidents of some articles are still to come, as after a program that was killed."""
    number = shelf.unjoined()
    if not number:
        return None
    being = "They wait for a program that may write." if shelf.settings.read_only else "That is being done."
    text = f"Reports of {wording.count(number, 'article')} are not joined with the others yet. {being}"
    return {"text": text, "fault": False, "brings_back": False}


def _steps(view: session.View, shelf: Library) -> dict[str, Any]:
    undo, redo = (None, None) if shelf.settings.read_only else shelf.store.steps(session=view.label)
    return {"undo": undo, "redo": redo}


def _articles(view: session.View, shelf: Library) -> dict[str, Any]:
    every = total = shelf.counts()["articles"]
    if view.find:
        found = articles.matching(shelf.catalogue(), view.find, shelf.matching(view.find))
        total, shown = len(found), tuple(found[: view.length])
    else:
        shown = shelf.store.newest(view.length)
    return {
        "find": view.find,
        "every": every,
        "total": total,
        "rows": articles.rows(shown, shelf.store.printing([one.digest for one in shown])),
        "aside": articles.set_aside(shelf.store.languages()),
        "sets": shelf.data_sets(),
        "data_set": intake.DATA_SET,
        "path": "api/articles",
        "columns_path": "api/columns",
        "token": "" if shelf.settings.read_only else intake.TOKEN,
        "most_bytes": intake.MOST_BYTES,
        "most_files": intake.MOST_FILES,
        "most_kept": deeds.MOST_KEPT,
    }


def _filters(view: session.View, shelf: Library) -> list[dict[str, Any]]:
    return filters.sections(
        shelf.events(),
        view.query,
        names=shelf.name,
        articles=shelf.matching(view.query.q),
        changed=shelf.changed_ids(view.query),
    )


def _list(view: session.View, shelf: Library, selection: Selection, order: Any) -> dict[str, Any]:
    frame = shelf.events()
    return {
        "place": listing.names(frame, view.query.marked),
        "chips": filters.chips(view.query, names=shelf.name, changed=news.label(view, shelf)),
        "total": len(order),
        "rows": news.flagged(
            view,
            shelf,
            listing.rows(
                frame,
                order[: view.length],
                selection,
                view.query,
                ranks=shelf.ranks(view.query),
                copies=shelf.retellings(),
            ),
        ),
        "visit": news.offer(view, shelf),
        "gone": news.gone(view, shelf),
        "oldest": view.query.sort == "date",
        "empty": {
            "title": "Nothing reported here",
            "text": "No event in these articles matches the window and the filters. "
            "That is a statement about the articles, not about the ground.",
            "clear": filters.active(view.query) > 0,
        },
    }


def _reader(view: session.View, shelf: Library, order: Any) -> dict[str, Any] | None:
    if view.passage:
        return _passage(view.passage, shelf)
    event_id = view.query.event
    found = shelf.store.event(event_id) if event_id else None
    if found is None:
        return _article(view.article, shelf) if view.article else None
    digest, event = found
    article, mentions, times = shelf.store.article(digest), _mentions(digest, shelf), shelf.store.times(digest)
    automatic = shelf.store.event(event.id, corrected=False)
    read = automatic[1] if automatic else event
    marks = [*reading.marks(mentions, times, event=event), *matches.found(article.text, view.query.q)]
    own = shelf.row(event.id)
    # Asked before what is shown of them: what comes in between was not seen.
    session.looked_at(event.id, shelf.store.seen(event.id))
    made = [standing.correction for standing in shelf.store.corrections(event=event.id)]
    return {
        "key": event.id,
        "type": event.type,
        "status_text": wording.status(event.status, event.speaker),
        "heading": reading.heading(event),
        "entries": [
            *_printed(event.id, digest, shelf),
            *reading.entries(event, mentions, automatic=read, names=shelf.name, within=shelf.within),
        ],
        "hand": correcting.by_hand(event, read, made),
        "choices": correcting.choices(*view.picked, shelf.gazetteer) if view.picked else [],
        "reports": reports.side_by_side(own, shelf.store.reports(event.id)) if own else None,
        "candidates": reports.candidates(shelf.events(), own) if own and not shelf.settings.read_only else [],
        "source": reading.source_line(article),
        "url": reading.safe_url(article.url),
        "title": article.title,
        "paragraphs": reading.paragraphs(article.text, marks),
        "back": "Article" if view.article else wording.count(len(order), "event"),
        "digest": digest,
        **listing.neighbours(shelf.events(), order, event.id),
    }


def _printed(event: str, digest: str, shelf: Library) -> list[dict[str, Any]]:
    """Say who else prints the story of an event, and of one that a copy tells who printed it first."""
    copies = shelf.retellings().get(event, ())
    if copies:
        return [_entry("Printed also by", articles.printed_by(copies, shelf.store.catalogued(copies)))]
    if shelf.store.original(event) == event:
        return []
    return [_entry("Story", said) for label, said in _about(digest, shelf) if label == "Story"]


def _entry(label: str, said: str) -> dict[str, Any]:
    return {"label": label, "strong": said, "lines": [], "brief": True}


def _about(digest: str, shelf: Library) -> list[tuple[str, str]]:
    """Say of an article which others print its story, and in which language it is where that is not read."""
    printed = shelf.store.printing([digest])
    own = next((one for one in printed if one.digest == digest), None)
    if own is None:
        return []
    story = articles.story_line(own, articles.stories(printed)[own.story])
    return [("Story", story), ("Language", articles.language_line(own))]


def _article(digest: str, shelf: Library) -> dict[str, Any] | None:
    try:
        article = shelf.store.article(digest)
    except KeyError:
        return None
    frame = shelf.store.events(article=digest)  # what another article printed first, too
    marks = [
        *articles.marks(frame, digest),
        *reading.marks(_mentions(digest, shelf), shelf.store.times(digest)),
    ]
    return {
        "key": digest,
        "whole": digest,
        "heading": article.title or "Untitled",
        "entries": [_entry(label, said) for label, said in _about(digest, shelf) if said],
        "events": articles.events(frame, digest),
        "source": reading.source_line(article),
        "url": reading.safe_url(article.url),
        "title": "",
        "paragraphs": reading.paragraphs(article.text, marks),
        "back": "Articles",
    }


def _mentions(digest: str, shelf: Library) -> tuple[Mention, ...]:
    """Give what names a place in an article and what stands for one."""
    return (*shelf.store.mentions(digest), *shelf.store.nominals(digest))


def _passage(passage: session.Passage, shelf: Library) -> dict[str, Any] | None:
    digest = passage.article
    try:
        article = shelf.store.article(digest)
    except KeyError:
        return None
    if passage.end > len(article.text):
        return None
    mentions, times = _mentions(digest, shelf), shelf.store.times(digest)
    marks = reading.marks(mentions, times, target=(passage.start, passage.end))
    words = article.text[passage.start : passage.end]
    rejected = shelf.rejected(digest, passage.start)
    return {
        "key": f"{digest}:{passage.start}",
        "heading": f"Not plotted: “{words}”",
        "entries": [
            {"label": "Why not", "strong": "", "lines": [wording.reason(found.item.reason)[1] + "."]}
            for found in shelf.store.not_plotted(article=digest)
            if (found.item.start, found.item.end) == (passage.start, passage.end)
        ],
        "source": reading.source_line(article),
        "url": reading.safe_url(article.url),
        "title": article.title,
        "paragraphs": reading.paragraphs(article.text, marks),
        "back": "Not plotted",
        "rejected": rejected,
    }
