from datetime import date

import pytest

from geo.query import Query
from geo.store import Catalogued
from geo.views import unplotted

YEAR = Query(start=date(2015, 1, 1), end=date(2015, 12, 31))


@pytest.mark.parametrize(
    ("first", "last", "query", "wanted"),
    [
        (date(2015, 6, 1), date(2015, 6, 1), YEAR, True),
        (date(2014, 12, 1), date(2015, 1, 1), YEAR, True),
        (date(2016, 1, 1), date(2016, 1, 1), YEAR, False),
        (None, None, YEAR, False),
        (None, None, Query(), True),
        (date(2015, 6, 1), date(2015, 6, 1), Query(sources=("A wire",)), True),
        (date(2015, 6, 1), date(2015, 6, 1), Query(sources=("Another",)), False),
    ],
)
def test_what_was_not_plotted_counts_by_the_day_it_was_told(
    first: date | None, last: date | None, query: Query, wanted: bool
) -> None:
    article = Catalogued(1, "a1", "A title", "A wire", first, last, ("articles",), 0)
    unknown = Catalogued(2, "a2", None, None, None, None, ("articles",), 0)
    found = unplotted.Telling.of([article, unknown]).within(query)
    assert ("a1" in found) is wanted
    assert ("a2" in found) is (query == Query())
    assert unplotted.Telling.of([]).within(query) == frozenset()


def test_reasons_are_counted_most_frequent_first() -> None:
    counts = {"adjectival": 1, "metonym": 2}
    assert [(pill["key"], pill["count"], pill["pressed"]) for pill in unplotted.reasons(counts, "metonym")] == [
        ("all", 3, False),
        ("metonym", 2, True),
        ("adjectival", 1, False),
    ]


def test_the_context_stays_within_the_paragraph_and_cuts_at_words() -> None:
    text = "First.\n" + "word " * 30 + "Moscow " + "tail " * 30 + "\nLast."
    start = text.index("Moscow")
    before, words, after = unplotted.context(text, start, start + 6)
    assert words == "Moscow"
    assert before.startswith("… word")
    assert after.endswith("tail …")
    assert "First" not in before
    assert unplotted.context("Moscow said.", 0, 6) == ("", "Moscow", " said.")
