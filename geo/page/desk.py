"""What is done with single articles: found, opened, read again, taken out and brought back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from geo import pipeline
from geo.page import session
from geo.page.library import Library
from geo.page.session import Told, View
from geo.views import wording

_LONGEST_TYPED = 200


def find(view: View, act: Mapping[str, Any], _: Library) -> View:
    """Look for articles by ``q``."""
    return replace(view, find=str(act.get("q") or "").strip()[:_LONGEST_TYPED], length=session.PAGE)


def open_article(view: View, act: Mapping[str, Any], shelf: Library) -> View:
    """Open the article with the digest ``article``: everything read from it is marked."""
    digest = str(act.get("article"))
    if not shelf.store.catalogued([digest]):
        return replace(view, told=_gone())
    opened = replace(view, article=digest, passage=None, query=replace(view.query, event=None))
    return session.asked(opened, event=None, ghost=None, pick=False)


def _gone() -> Told:
    return Told("That article is not in the store any more.", fault=True)


def read_again(view: View, act: Mapping[str, Any], shelf: Library) -> View:
    """Read an article anew; corrections made by hand are laid over what is found now."""
    digest = str(act.get("article"))
    sets = _sets(digest, shelf)
    before = _events(digest, shelf)
    with shelf.reading_in:
        article = shelf.store.article(digest)
        faults: list[str] = []
        record = pipeline.parse(article, shelf.gazetteer, tell=faults.append)
        for data_set in sets:
            shelf.store.save(record, pipeline=pipeline.version(shelf.gazetteer), data_set=data_set)
        pipeline.join_reports(shelf.store)
    said = " ".join((f"Read again: {wording.count(len(record.events), 'event')}, {before} before.", *faults))
    return replace(view, told=Told(said, fault=bool(faults)))


def take_out(view: View, act: Mapping[str, Any], shelf: Library) -> View:
    """Take one article out of every data set that it is in."""
    digest = str(act.get("article"))
    sets = _sets(digest, shelf)
    article = shelf.store.article(digest)
    with shelf.reading_in:
        for data_set in sets:
            pipeline.remove(shelf.store, data_set, only=[digest])
    told = Told(f"“{article.title or 'Untitled'}” was removed.", brings_back=True)
    closed = replace(view, article=None, told=told, removed=None, taken=(article, sets))
    return session.asked(replace(closed, query=replace(view.query, event=None)), event=None, ghost=None)


def bring_back(view: View, shelf: Library) -> View:
    """Read the article taken out last into the data sets that it was in."""
    if view.taken is None:
        raise ValueError("There is nothing to bring back.")
    article, sets = view.taken
    with shelf.reading_in:
        for data_set in sets:
            pipeline.ingest([article], shelf.store, shelf.gazetteer, data_set=data_set, jobs=1)
    return replace(view, told=Told(f"“{article.title or 'Untitled'}” is back."), taken=None)


def _sets(digest: str, shelf: Library) -> tuple[str, ...]:
    found = shelf.store.catalogued([digest])
    if not found:
        raise ValueError("That article is not in the store any more. Nothing was changed.")
    return found[0].data_sets


def _events(digest: str, shelf: Library) -> str:
    return f"{sum(one.events for one in shelf.store.catalogued([digest])):,}"
