"""The decision fitted to small articles of our own, and what is printed of them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from geo.events.model import Decision
from geo.reader.model import Reader
from geo.training.gold import GoldDocument, GoldEvent, GoldPlace
from geo.training.reader import deciding, stories
from geo.training.reader.lesson import Lesson, Seen
from geo.training.scorecard import Scorecard
from tests.reader.specimens import DAY, PUBLISHED, TOWNS, seen

TEXTS = {
    "a": ("Rockets struck Homs on Saturday. Markets in Aleppo stayed open.", "Homs"),
    "b": (
        "A car bomb exploded in Aleppo on Saturday. The car bomb in Aleppo killed four. Homs was calm.",
        "Aleppo",
    ),
    "c": ("Shells hit Debaltseve on Saturday. Shells hit Debaltseve again, doctors said.", "Debaltseve"),
    "d": ("Teachers met in Homs. Aleppo is an old city.", None),
}


def document(name: str) -> GoldDocument:
    text, place = TEXTS[name]
    there = TOWNS[place] if place else None
    events = ()
    if there:
        spot, saturday = GoldPlace(there.name, there.lon, there.lat, 25, 25), DAY - timedelta(days=2)
        sentence = (0, text.index(".") + 1)
        events = (GoldEvent(("explosion",), (spot,), (saturday, saturday), "reported", sentence),)
    mentions = tuple((place.name, place.lon, place.lat) for place in TOWNS.values() if place and place.name in text)
    return GoldDocument(name, text, DAY, events=events, mentions=mentions)


def lesson(name: str) -> Lesson:
    text, _ = TEXTS[name]
    parts, candidates, times = seen(text)
    return Lesson(Seen(name, text, PUBLISHED, parts, candidates, times), [], [], True, "news")


@pytest.fixture(scope="module")
def fitted() -> tuple[tuple[Scorecard, Decision], list[str]]:
    lines: list[str] = []
    gold = {name: document(name) for name in TEXTS}
    laid = {}
    for name in TEXTS:
        one = lesson(name)
        judged = Reader.load().judge(one.seen.text, one.seen.sentences, one.seen.candidates, one.seen.times)
        laid[name] = deciding.lay(one, gold[name], judged)
    return deciding.fit(laid, gold, [["a", "b"], ["c", "d"]], lines.append), lines


def test_every_article_is_scored_once_with_its_story(fitted: tuple[tuple[Scorecard, Decision], list[str]]) -> None:
    (card, _), lines = fitted
    assert len(card.documents) == len(TEXTS)
    assert set(card.stories) == set(stories.numbers([document(name) for name in TEXTS]))
    said = "\n".join(lines)
    assert "news, none learned by its reader, events, strict: 4 documents" in said
    assert "the same, confidence of shown events" in said
    assert "without one rule or input each" in said
    # What changes the candidates would need judgements of its own.
    assert "\n  merging " in said
    assert "\n  lifting " not in said


def test_what_was_fitted_is_read_back_as_it_was(
    fitted: tuple[tuple[Scorecard, Decision], list[str]], tmp_path: Path
) -> None:
    (_, made), _ = fitted
    again = Decision.load(deciding.write(made, tmp_path / "decision.npz"))
    assert (again.threshold, again.most) == (made.threshold, made.most)


def test_articles_of_a_few_days_that_name_the_same_are_one_story() -> None:
    one, other, far = (document(name) for name in "abc")
    assert stories.numbers([one, far, other]) == (0, 1, 0)
    late = GoldDocument("z", other.text, DAY + timedelta(days=30), mentions=other.mentions)
    assert len(set(stories.numbers([one, late]))) == 2
