"""One article to its record: recognise, resolve, date, extract, in plain calls."""

from __future__ import annotations

from collections.abc import Sequence

from gazetteer.index import Gazetteer
from geo import dates, events, resolve
from geo.events.explain import explain as in_steps
from geo.events.extract import read
from geo.model import Article, Mention, Record, Span
from geo.toponyms import toponyms


def parse(article: Article, gazetteer: Gazetteer) -> Record:
    """Read everything out of one article.

    The same article, gazetteer and version give an equal record; nothing else is looked at.
    """
    text = article.text
    # A text file's id is its name, which often begins with the date.
    published = dates.publication_date(article, file_name=article.id)
    places = toponyms(text, gazetteer)
    times = dates.find(text, published)
    found, not_plotted = events.extract(article, published, places.mentions, places.nominals, times, places.doubtful)
    # A name that alone would be none is one after all where something is told to have happened there.
    told = {event.place_text for event in found}
    named = tuple(one for one in places.mentions if one not in places.doubtful or one.text in told)
    return Record(article, published, named, times, found, not_plotted, places.nominals)


def resolve_spans(article: Article, spans: Sequence[Span], gazetteer: Gazetteer) -> Record:
    """Give the record of an article whose mentions are known: they are only resolved; no event is sought.

    Spans may overlap or nest; those that do are resolved apart from one another.
    """
    mentions: list[Mention] = []
    waiting = sorted(spans, key=lambda span: (span.start, -span.end))
    while waiting:
        apart: list[Span] = []
        over: list[Span] = []
        for span in waiting:
            (apart if not apart or span.start >= apart[-1].end else over).append(span)
        mentions += resolve.resolve(article.text, apart, gazetteer)
        waiting = over
    mentions.sort(key=lambda mention: (mention.start, mention.end))
    return Record(article, article.published, tuple(mentions))


def explain(article: Article, gazetteer: Gazetteer) -> str:
    """Say step by step how the events of an article were read, for those who look for what went wrong."""
    published = dates.publication_date(article, file_name=article.id)
    places = toponyms(article.text, gazetteer)
    times = dates.find(article.text, published)
    _, weighed = read(article.text, published, places.mentions, places.nominals, times, places.doubtful)
    return in_steps(article.text, weighed)
