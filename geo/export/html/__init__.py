"""The stand-alone page: a drawn map with its list, the sentences and their sources, filters, title, licences, a story.

It is one file that asks for nothing. What the articles hold is part of it as packed bytes and enters the page as text.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import geopandas

from geo.export.events import Held
from geo.export.rows import Rows, plain

_ASSETS = Path(__file__).parent
_ARTICLE = ("title", "source", "url", "published_start", "published_end")
_EVENT = ("id", "type", "status", "speaker", "tier", "place", "place_text", "place_id", "place_precision", "date_start",
          "date_end", "trigger", "snippet", "corrected")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """What stands around the map.

    Parameters
    ----------
    title, note
        What the view is called, and what is said of it.
    window
        Its days in words; empty for all of time.
    licences
        Rows of what the data are, what they are used for, and their licence and credit; the first row is the head.
    story
        A story's ``title`` and its ``scenes``: each ``title``, ``text`` and the ``view`` as `geo.timemap.Command` takes
        it. None: no story.
    program
        What made the page, with its version.
    """

    title: str
    note: str = ""
    window: str = ""
    licences: Sequence[Sequence[str]] = ()
    story: Mapping[str, Any] | None = None
    program: str = "conflict-map"


def page(drawn: str, frame: geopandas.GeoDataFrame, about: Page) -> bytes:
    """Give the stand-alone page.

    Parameters
    ----------
    drawn
        The map of the same events as a whole page (`geo.timemap.TimeMap`, rendered without `assets_url`).
    frame
        Rows of `geo.store.Store.events`. It is not changed.

    Raises
    ------
    ValueError
        If `drawn` is no page with a head and a body.
    """
    head, end, rest = drawn.partition("</head>")
    if not end or "<body" not in rest:
        raise ValueError("drawn must be a whole HTML page with a head and a body")
    said = about.note or f"{about.title}: what articles report, each event with its sentence and source."
    tags = [
        f"<title>{escape(about.title)}</title>",
        f'<meta property="og:title" content="{escape(about.title)}">',
        f'<meta property="og:description" content="{escape(said)}">',
        f'<meta name="description" content="{escape(said)}">',
        f'<meta name="generator" content="{escape(about.program)}">',
        f"<style>{(_ASSETS / 'panel.css').read_text(encoding='utf-8')}</style>",
    ]
    told = json.dumps(_told(frame, about), ensure_ascii=False, separators=(",", ":")).encode()
    # Base64 has no letter that could end the element.
    data = base64.b64encode(gzip.compress(told, 6, mtime=0)).decode("ascii")
    script = (_ASSETS / "panel.js").read_text(encoding="utf-8")
    own = f'<script type="text/plain" id="told">{data}</script><script>{script}</script>'
    body, closing, tail = rest.rpartition("</html>")
    return (head + "".join(tags) + end + (body + own + closing + tail if closing else rest + own)).encode()


def _told(frame: geopandas.GeoDataFrame, about: Page) -> dict[str, Any]:
    """The events in columns; their articles once each."""
    articles: dict[tuple[Any, ...], int] = {}
    events: dict[str, list[Any]] = {name: [] for name in (*_EVENT, "article", "reasons")}
    for row in (row for part in Rows(Held(frame)).parts() for row, _ in plain(part)):
        article = tuple(row.get(name) for name in _ARTICLE)
        events["article"].append(articles.setdefault((row.get("article"), *article), len(articles)))
        for name in _EVENT:
            events[name].append(row.get(name))
        events["reasons"].append(row.get("reasons") or [])
    return {
        "title": about.title,
        "note": about.note,
        "window": about.window,
        "program": about.program,
        "licences": [list(row) for row in about.licences],
        "story": dict(about.story) if about.story else None,
        "articles": [dict(zip(_ARTICLE, article[1:], strict=True)) for article in articles],
        "events": events,
    }
