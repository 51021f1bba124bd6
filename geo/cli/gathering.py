"""What an export holds, taken out of the store at one moment: the events that a link means, and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlencode, urlsplit

import geopandas
import numpy as np

from geo.export import About, selection
from geo.query import Query, select
from geo.query.origin import KEY, Origin
from geo.store import Store, since, stories
from geo.store.spool import Spool
from geo.store.stories import Story
from geo.views import digests
from geo.views import story as story_views


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a link means.

    Attributes
    ----------
    query
        What it shows.
    story
        Its story, where all views of that are meant.
    about
        What the file says of itself.
    """

    query: Query
    story: Story | None
    about: About


def gather(store: Store, link: str | None, data_set: str | None, events: Spool, *, whole: bool) -> Gathered:
    """Put the events of a link aside, all of one state of the store; without a link, all events.

    A link of a step means that step, unless `whole`.

    Raises
    ------
    geo.export.selection.SelectionError
        The link, or the data set, is not understood, or names what is not in the store.
    """
    with store.one_state():
        known = store.data_sets()
        if data_set is not None and data_set not in known:
            near = selection.nearest(data_set, known) or f" There are: {', '.join(known) or 'none'}."
            raise selection.SelectionError([f"--data-set: there is no set {data_set!r}.{near}"])
        if link is None:
            query, story = Query(), None
            _put_aside(store, data_set, events, None)
        else:
            query, story = _chosen(store, link, data_set, events, whole=whole)
        made = {KEY: str(Origin.of(store.pipelines()))}
    words = selection.ALL if link is None else selection.words(query, story=story.title if story else "")
    about = About.of(
        events,
        selection=(*words, f"data set: {data_set}") if data_set else words,
        link=f"?{urlencode((query.to_params() if link is not None else {}) | made)}",
        made=datetime.now(UTC).date(),
    )
    return Gathered(query, story, about)


def _chosen(store: Store, link: str, data_set: str | None, events: Spool, *, whole: bool) -> tuple[Query, Story | None]:
    params = parse_qs(urlsplit(link).query if "?" in link else link, keep_blank_values=True)
    asked = selection.Asked(params)
    query = asked.query
    story = stories.get(store, query.story) if query.story else None
    unknown = [f"story: {query.story} is not in this store."] if query.story and story is None else []
    if query.changed and since.changed(store, query.changed) is None:
        unknown.insert(0, since.unknown(query.changed))
    if query.step and not whole:
        story = None
    _put_aside(store, data_set, events, asked, story_views.shown(query, story))
    asked.check()
    if unknown:
        raise selection.SelectionError(unknown)
    return query, story


def _put_aside(
    store: Store, data_set: str | None, events: Spool, asked: selection.Asked | None, views: list[Query] | None = None
) -> None:
    """Put aside what one of some views shows, or all; `asked` sees everything that there is."""
    looked_for = [(one, store.matching(one.q) if one.q else None, since.ids(store, one.changed)) for one in views or ()]
    sha256 = digests.of_texts(store)
    for frame in store.stretches(data_set=data_set):
        chosen: geopandas.GeoDataFrame = frame
        if asked is not None:
            asked.see(frame)
            shown = [
                selection.rows(select(frame, one, articles=matching, changed=changed), one)
                for one, matching, changed in looked_for
            ]
            chosen = frame[np.logical_or.reduce(shown)]
        known = sha256(chosen["article"].unique())
        events.add(chosen, [known.get(article) for article in chosen["article"]])
