"""One article to its record: recognise, resolve, date, extract, in plain calls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from threadpoolctl import ThreadpoolController

from gazetteer.index import Gazetteer
from geo import dates, languages, resolve
from geo.events import added
from geo.events.explain import explain as in_steps
from geo.events.extract import read
from geo.model import Article, Mention, NotPlotted, Record, Span
from geo.pipeline import headline
from geo.toponyms import toponyms

ANOTHER_LANGUAGE = "another language"
_LONGEST_SHOWN = 80
# The linear algebra of an article takes one thread, as its encoder does: articles are read side by side by processes, a
# sum's last digits do not change with the number of cores, and on a busy machine no thread spins in wait for another.
_LINEAR_ALGEBRA = ThreadpoolController()


def _to_nobody(_: str) -> None:
    """Tell nobody."""


def parse(article: Article, gazetteer: Gazetteer, *, tell: Callable[[str], None] = _to_nobody) -> Record:
    """Read everything out of one article.

    The same article, gazetteer and version give an equal record; nothing else is looked at. An article that is surely
    in a language that cannot be read is set aside: its record names the language and holds nothing read.

    Parameters
    ----------
    tell
        Is told, as a sentence, of each reader that another package adds (docs/extending.md) and that failed at it.
    """
    with _LINEAR_ALGEBRA.limit(limits=1, user_api="blas"):
        return _parse(article, gazetteer, tell)


def _parse(article: Article, gazetteer: Gazetteer, tell: Callable[[str], None]) -> Record:
    text = article.text
    language = languages.detect(text)
    if language and not languages.is_read(language):
        return _set_aside(article, language)
    # A text file's id is its name, which often begins with the date.
    published = dates.publication_date(article, file_name=article.id)
    places = toponyms(text, gazetteer)
    times = dates.find(text, published)
    given = added.Given(article, published, places.mentions, places.nominals, times, places.doubtful)
    found, not_plotted = added.read(given, tell=tell)
    again = headline.summed_up(text, article.title, found)
    if again:
        found = tuple(event for event in found if event not in again)
        not_plotted = tuple(sorted((*not_plotted, *headline.left_out(again)), key=lambda item: item.start))
    # A name that alone would be none is one after all where something is told to have happened there.
    told = {event.place_text for event in found}
    named = tuple(one for one in places.mentions if one not in places.doubtful or one.text in told)
    return Record(article, published, named, times, found, not_plotted, places.nominals, language)


def _set_aside(article: Article, language: str) -> Record:
    """Give the record of an article that cannot be read: its date is the supplied one, or that of its file's name."""
    published = dates.publication_date(replace(article, text="…"), file_name=article.id)
    words = article.text.strip()
    start = article.text.index(words)
    shown = words[:_LONGEST_SHOWN].partition("\n")[0].rstrip()
    left_out = NotPlotted(start, start + len(shown), shown, ANOTHER_LANGUAGE)
    return Record(article, published, not_plotted=(left_out,), language=language)


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
    language = languages.detect(article.text)
    if language and not languages.is_read(language):
        return f"It is in {languages.name(language)}, which is not read."
    published = dates.publication_date(article, file_name=article.id)
    places = toponyms(article.text, gazetteer)
    times = dates.find(article.text, published)
    given = added.Given(article, published, places.mentions, places.nominals, times, places.doubtful)
    if other := added.taken_by(given):
        return f"Its events are read by {other}, which says no steps."
    _, weighed = read(article.text, published, places.mentions, places.nominals, times, places.doubtful)
    found, _ = added.read(given)
    again = headline.summed_up(article.text, article.title, found)
    told = (
        f"\n“{one.trigger}” at {one.place_text}: sums up the first sentence (geo.pipeline.headline)" for one in again
    )
    return in_steps(article.text, weighed) + "".join(told)
