"""What a view is called: with its window where it stands still, without where it plays."""

from __future__ import annotations

from datetime import date

import pytest

from geo.query import Query
from geo.views import telling

YEAR = {"start": date(2022, 1, 1), "end": date(2022, 12, 31)}


@pytest.mark.parametrize(
    ("query", "title", "timeless"),
    [
        (Query(**YEAR), "2022", telling.SITE),
        (Query(mode="day", **YEAR), "2022, in every year", telling.SITE),
        (Query(q="bridge", **YEAR), "“bridge”, 2022", "“bridge”"),
        (Query(title="The railway town", **YEAR), "The railway town", "The railway town"),
        (Query(), telling.SITE, telling.SITE),
    ],
)
def test_a_film_is_not_called_after_the_window_that_it_leaves(query: Query, title: str, timeless: str) -> None:
    """A film that began in 2022 was headed "2022" while its second line had come to 2024."""
    assert telling.title(query) == title
    assert telling.timeless(query) == timeless
