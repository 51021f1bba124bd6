from __future__ import annotations

from collections.abc import Iterator

import pytest

from geo.model import Article, Record
from geo.store import Store, search

TEXTS = {
    "rails": "The railway junction at Debaltseve was shelled. Trains stopped at 100% of stations.",
    "moldova": "Talks were held in Chișinău about the railway to Odesa.",
    "quiet": "A rally passed off quietly in Baku.",
}


@pytest.fixture(params=["fts5", "like", "tsvector"])
def store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    address = "sqlite://"
    if request.param == "like":
        monkeypatch.setattr(search, "create", lambda connection: "like")
    elif request.param == "tsvector":
        address = request.getfixturevalue("postgresql").database()
    with Store(address, create=True) as opened:
        for name, text in TEXTS.items():
            opened.save(Record(Article(id=name, text=text, title=f"On {name}"), None), pipeline="1")
        yield opened


def found(store: Store, typed: str) -> set[str]:
    return {store.article(digest).id for digest in store.matching(typed)}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("railway", {"rails", "moldova"}),
        ("RAILWAY odesa", {"moldova"}),
        ("rail", {"rails", "moldova"}),
        ('"railway junction"', {"rails"}),
        ('"junction railway"', set()),
        ("quiet", {"quiet"}),
        ("100%", {"rails"}),
        ("%", set()),
        ("", set()),
        ("   ", set()),
        ('"', set()),
        ("NEAR(", set()),
        ("railway AND", set()),
        ("title:railway", set()),
        ("railway*", {"rails", "moldova"}),
        ("-railway", {"rails", "moldova"}),
    ],
)
def test_what_is_typed_is_words_and_phrases_never_a_query_language(
    store: Store, typed: str, expected: set[str]
) -> None:
    assert found(store, typed) == expected


def test_a_hit_points_at_the_first_match_and_shows_the_words_around_it(store: Store) -> None:
    (hit,) = store.search("shelled")
    text = store.article(hit.article).text
    assert text[hit.start : hit.end] == "shelled"
    assert hit.snippet == TEXTS["rails"]
    assert hit.title == "On rails"


def test_hits_can_be_limited(store: Store) -> None:
    assert len(store.search("railway", limit=1)) == 1


def test_a_long_text_is_cut_at_word_borders() -> None:
    text = "far away " * 40 + "Debaltseve" + " near by" * 40
    hit = search.hit("d", None, text, "debaltseve")
    assert hit.snippet.startswith("… ")
    assert hit.snippet.endswith(" …")
    assert "Debaltseve" in hit.snippet
    assert hit.snippet.strip("… ").split()[0] in ("far", "away")
