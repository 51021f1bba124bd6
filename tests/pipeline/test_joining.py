"""Reports of one event, joined over a store as articles come and go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from geo.incidents import join
from geo.model import Article, Event, PlaceRef, Published, Record, content_id
from geo.pipeline import join_reports, joining, put_back, remove, take_out
from geo.pipeline.joining import grouped
from geo.store import Store, Told, alone, joins
from tests.store.specimens import TEXT, article, record


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    with Store(place, create=True) as opened:
        yield opened


def account(name: str) -> Record:
    """One paper's account of the same shelling; what else it prints keeps it from being another's copy."""
    own = " ".join(f"{name}{number}" for number in range(60))
    return record(article(id=name, title=name, text=f"{TEXT}\n\n{own}"))


def keep(store: Store, *names: str) -> None:
    for name in names:
        store.save(account(name), pipeline="1", data_set=name)
    join_reports(store)


def shelling(store: Store) -> dict[str, str]:
    """The incident of the placed event, by the title of the article that tells of it."""
    frame = store.events()
    frame = frame[frame["place"] == "Debaltseve"]
    return dict(zip(frame["title"], frame["incident"], strict=True))


def test_reports_of_one_event_know_each_other_after_a_reading(store: Store) -> None:
    keep(store, "one", "two", "three")
    assert len(set(shelling(store).values())) == 1
    first = account("one").events[0]
    assert store.reports(first.id)["title"].tolist() == ["two", "three"]
    assert store.events()["incident"].nunique() == 4


def test_an_incident_keeps_its_id_as_articles_are_added_and_read_anew(store: Store) -> None:
    keep(store, "one")
    before = shelling(store)["one"]
    for name in "abcdefgh":
        keep(store, name)
        assert set(shelling(store).values()) == {before}
    store.save(account("one"), pipeline="2", data_set="one")
    join_reports(store)
    assert set(shelling(store).values()) == {before}


def test_an_article_that_goes_leaves_the_others_joined(store: Store) -> None:
    keep(store, "one", "two", "three")
    assert remove(store, "one") == 1
    assert store.count_unjoined() == 0
    assert set(shelling(store).values()) == {alone(account("two").events[0].id)}
    assert remove(store, "two") == 1
    assert store.events()["incident"].tolist() == [alone(event.id) for event in account("three").events]


def test_a_data_set_that_is_put_back_finds_its_other_reports(store: Store) -> None:
    keep(store, "one", "two")
    before = shelling(store)
    removed = take_out(store, "one")
    assert shelling(store) != before
    put_back(store, removed)
    assert shelling(store) == before


def test_nothing_is_written_where_nothing_came_or_went(store: Store) -> None:
    keep(store, "one", "two")
    before = store.version()
    join_reports(store)
    assert store.version() == before


def test_people_part_and_join_over_what_was_joined_and_that_lasts(store: Store) -> None:
    keep(store, "one", "two", "three")
    one, two, three = (account(name).events[0].id for name in ("one", "two", "three"))
    store.correct(two, apart=True)
    assert store.reports(one)["id"].tolist() == [three]
    assert store.reports(two).empty
    keep(store, "four")
    four = account("four").events[0].id
    assert store.reports(two).empty
    store.correct(two, same_as=four)
    assert store.reports(two)["title"].tolist() == ["one", "three", "four"]
    assert len(set(shelling(store).values())) == 1


def test_outstanding_work_outlives_the_program_and_is_found(tmp_path: Path) -> None:
    url = str(tmp_path / "s.sqlite")
    with Store(url, create=True) as store:
        for name in ("one", "two"):
            store.save(account(name), pipeline="1", data_set=name)
    with Store(url) as store:
        assert store.count_unjoined() == 2
        join_reports(store)
        assert store.count_unjoined() == 0
        assert len(set(shelling(store).values())) == 1


PLACES = [
    PlaceRef("g1", "Alpha", "town", 38.4, 48.3, "UA", "Donetsk"),
    PlaceRef("g2", "Beta", "town", 38.6, 48.35, "UA", "Donetsk"),
    PlaceRef("g3", "Gamma", "town", 39.3, 48.5, "UA", "Luhansk"),
    PlaceRef("g4", "Donetsk", "admin1", 37.5, 48.0, "UA", "Donetsk", "region"),
    PlaceRef("g5", "Ukraine", "country", 32.0, 49.0, "UA", None, "country"),
]
FOLLOWED = ["", "", "It was the second blast of the day. ", "A drone was seen over the hospital. ", "Nine died. "]
WORDS = ["depot", "bridge", "school", "convoy", "market", "bakery", "station", "church", "mill", "barracks"]


def told(random: Random, name: str, *, days: int, first: date = date(2015, 1, 20)) -> Record:
    """An article of up to four events among few places, days and words, so that many are alike."""
    text, events = "", []
    published = first + timedelta(days=random.randrange(days))
    of = Article(name, name, published=Published(published, published, "supplied", "given"))
    for number in range(random.randrange(1, 5)):
        place = random.choice(PLACES)
        start = published - timedelta(days=random.randrange(4))
        long = random.random() < 0.2
        sentence = f"Shells hit the {' and the '.join(random.sample(WORDS, random.randrange(1, 4)))} in {place.name}. "
        events.append(
            Event(
                id=content_id(name, number), type=random.choice(["explosion", "explosion", "battle"]),
                sub_type=None, status="reported", speaker=None, tier="A", confidence=0.9, reasons=(), place=place,
                place_text=place.name, date_start=start, date_end=start + timedelta(days=6 if long else 0),
                date_precision="week" if long else "day", date_basis=random.choice(["explicit", "inherited"]),
                date_text=None, trigger="hit", trigger_start=len(text) + 7, trigger_end=len(text) + 10,
                sentence_start=len(text), sentence_end=len(text) + len(sentence) - 1,
                killed_low=random.choice([None, None, 9, 10, 30]),
            )
        )  # fmt: skip
        text += sentence + random.choice(FOLLOWED)
    return Record(replace(of, text=text), of.published, events=tuple(events))


def groups_of(store: Store) -> set[frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one in store.told():
        found[one.incident].add(one.event.id)
    return {frozenset(group) for group in found.values()}


@pytest.mark.parametrize("seed", range(6))
def test_joining_what_came_and_went_gives_what_joining_everything_gives(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Articles come in any order of publication, are read anew and go, in portions of one to five; as `join` has it."""
    monkeypatch.setattr(joining, "_SHARE", 1e9)
    random = Random(seed)
    held: dict[str, Record] = {}
    joined = 0
    with Store("sqlite://", create=True) as store:
        for _ in range(30):
            for _ in range(random.randrange(1, 6)):
                if held and random.random() < 0.3:
                    name = random.choice(sorted(held))
                    store.remove("articles", only=[held.pop(name).article.digest])
                else:
                    name = f"a{random.randrange(60)}"
                    if name in held:
                        held[name] = replace(held[name], events=held[name].events[: random.randrange(4)])
                        store.save(held[name], pipeline="2")
                    else:
                        held[name] = told(random, name, days=4 + seed)
                        store.save(held[name], pipeline="1")
            join_reports(store)
            assert store.count_unjoined() == 0
            assert grouped(store.told()) == {}
            assert groups_of(store) == {frozenset(one.id for one in each.events) for each in join(held.values())}
            joined = max(joined, len(list(store.told())) - len({one.incident for one in store.told()}))
    assert joined > 10


def test_a_data_set_taken_out_and_put_back_is_joined_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "_SHARE", 1e9)
    random = Random(9)
    with Store("sqlite://", create=True) as store:
        for number in range(30):
            store.save(told(random, f"a{number}", days=5), pipeline="1", data_set="odd" if number % 2 else "even")
        join_reports(store)
        before = [(one.event.id, one.incident) for one in store.told()]
        removed = take_out(store, "odd")
        assert grouped(store.told()) == {}
        put_back(store, removed)
        assert [(one.event.id, one.incident) for one in store.told()] == before


def test_one_article_more_asks_for_its_neighbours_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cost of a join does not grow with what is far away in place or time."""
    asked = 0

    def counted(*given: object, **named: object) -> list[Told]:
        nonlocal asked
        found = kept(*given, **named)
        asked += len(found)
        return found

    costs = []
    kept = joins._told
    for elsewhere in (0, 200):
        random = Random(1)
        near = [told(random, f"a{number}", days=8) for number in range(40)]
        new = [told(random, f"new{number}", days=8) for number in range(5)]
        far = [told(random, f"far{number}", days=8, first=date(2019, 1, 1)) for number in range(elsewhere)]
        with Store("sqlite://", create=True) as store:
            for one in (*near, *far):
                store.save(one, pipeline="1")
            join_reports(store)
            with monkeypatch.context() as patched:
                patched.setattr(joins, "_told", counted)
                asked = 0
                for one in new:
                    store.save(one, pipeline="1")
                    join_reports(store)
            costs.append(asked)
            assert grouped(store.told()) == {}
    assert costs[0] == costs[1] > 0
