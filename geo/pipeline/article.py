"""One article to its record: recognise, resolve, date, extract, in plain calls."""

from __future__ import annotations

from collections.abc import Sequence

from gazetteer.index import Gazetteer
from geo import dates, events, recognise, resolve
from geo.model import Article, Mention, Record, Span
from geo.resolve import nominal


def parse(article: Article, gazetteer: Gazetteer) -> Record:
    """Read everything out of one article.

    The same article, gazetteer and version give an equal record; nothing else is looked at.
    """
    text = article.text
    # A text file's id is its name, which often begins with the date.
    published = dates.publication_date(article, file_name=article.id)
    spans = recognise.recognise(text, gazetteer, doubtful=True)
    mentions = resolve.resolve(text, spans, gazetteer)
    known = tuple(mention for mention, span in zip(mentions, spans, strict=True) if recognise.is_sure(span))
    doubtful = frozenset(mentions) - frozenset(known)
    nominals = nominal.nominals(text, known, gazetteer)
    times = dates.find(text, published)
    found, not_plotted = events.extract(article, published, mentions, nominals, times, doubtful=doubtful)
    told = {event.place_text for event in found}
    # A name that alone would be none is one after all where something is told to have happened there.
    named = tuple(mention for mention in mentions if mention not in doubtful or mention.text in told)
    return Record(article, published, named, times, found, not_plotted, nominals)


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
