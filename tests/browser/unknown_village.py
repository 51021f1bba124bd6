"""A store with two articles that tell of a village which no gazetteer holds, read by the program itself."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from gazetteer.index import Gazetteer
from geo import pipeline
from geo.model import Article, Published
from geo.settings import GAZETTEER_VARIABLE
from geo.store import Store

ARTICLES = (
    (
        "first",
        "Shells hit a village",
        "2023-03-02",
        "Russian artillery shelled Zarudovets, a village in Kharkiv Oblast, on 1 March 2023, and killed two people.\n"
        "Rescuers said that three houses in Zarudovets burned down.",
    ),
    (
        "second",
        "Night of drones",
        "2023-03-09",
        "A drone struck a farm in Zarudovets in Kharkiv Oblast on 8 March 2023 and wounded a driver.\n"
        "Air defences were at work over Kharkiv that night.",
    ),
)


def make_store(path: Path) -> None:
    """Read the articles into a store at `path`."""
    given = []
    for name, title, day, text in ARTICLES:
        when = date.fromisoformat(day)
        given.append(Article(name, text, title, None, "Morning wire", Published(when, when, "supplied", "given")))
    chosen = os.environ.get(GAZETTEER_VARIABLE) or None
    with Store(f"sqlite:///{path}", create=True) as store, Gazetteer.open(chosen) as gazetteer:
        pipeline.ingest(given, store, gazetteer, data_set="week", jobs=1)
