"""Agency copy in several outlets: one story, shown once, as articles come, go and are read anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from geo.model import Article, Published, Record
from geo.pipeline import join_reports, put_back, remove, sketch, stories, take_out
from geo.store import Store, checking
from tests.store.specimens import TEXT, article, record

WORDS = (
    *("army", "town", "bridge", "river", "market", "school", "rockets", "shells"),
    *("night", "road", "troops", "village", "house", "station", "rail", "port"),
)


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    with Store(place, create=True) as opened:
        yield opened


def printed(source: str, *, day: str = "2015-01-26", text: str = TEXT, id: str = "") -> Record:
    """The specimen's story as an outlet prints it; its events lie as long before publication."""
    made = record(replace(article(id=id or source, title=f"As in {source}", text=text, day=day), source=source))
    later = date.fromisoformat(day) - date(2015, 1, 26)
    moved = (
        replace(event, date_start=event.date_start + later, date_end=event.date_end + later)
        if event.date_start and event.date_end
        else event
        for event in made.events
    )
    return replace(made, events=tuple(moved))


def keep(store: Store, *records: Record) -> None:
    for one in records:
        store.save(one, pipeline="1", data_set=one.article.source or "")
    join_reports(store)


def sources(store: Store) -> list[str]:
    return sorted(store.events()["source"].tolist())


def test_an_event_that_three_outlets_print_is_shown_once_with_all_of_them(store: Store) -> None:
    keep(store, printed("Post"), printed("Times"), printed("Herald", text=f"{TEXT} More follows."))
    assert sources(store) == ["Post", "Post"]
    counts = store.counts()
    assert (counts.articles, counts.events, counts.located, counts.dated) == (3, 2, 1, 1)
    first = printed("Post").events[0]
    copies = store.retellings()[first.id]
    assert [store.article(digest).source for digest in copies] == ["Times", "Herald"]
    assert sorted(store.reports(first.id)["source"]) == ["Herald", "Times"]
    copy = printed("Times").events[0].id
    assert store.original(copy) == store.original(first.id) == first.id
    # Each article still shows all of its own.
    assert len(store.events(article=printed("Times").article.digest)) == 2
    assert len(store.events(data_set="Herald")) == 2
    assert checking.check(store).faults == ()


def test_yesterday_in_a_copy_of_the_next_day_is_the_same_day(store: Store) -> None:
    keep(store, printed("Times", day="2015-01-27"), printed("Post"))
    assert sources(store) == ["Post", "Post"]  # published first, whichever came first
    assert store.events()["date_start"].dropna().dt.date.tolist() == [date(2015, 1, 25)]


@pytest.mark.parametrize(
    "other",
    [
        printed("Post", day="2015-01-27", id="next"),
        printed("Times", day="2015-02-01"),
        printed("Times", text=TEXT + " " + " ".join(f"And also {n} more." for n in range(40))),
    ],
    ids=["an outlet's bulletin of the next day", "days later", "mostly another text"],
)
def test_what_is_like_it_and_no_copy_stands_by_itself(store: Store, other: Record) -> None:
    keep(store, printed("Post"), other)
    assert len(store.events()) == 4


def test_other_words_here_and_there_leave_a_copy_one(store: Store) -> None:
    keep(store, printed("Post"), printed("Times", text="(Agency) " + TEXT.replace("the army said", "an officer said")))
    assert sources(store) == ["Post", "Post"]


def test_a_bulletin_that_shares_its_form_alone_is_no_copy() -> None:
    form = (
        "Over the past day there were {n} clashes. The enemy launched {n} missile strikes and {n} air strikes on our "
        "positions and on towns near the front, among them {a}, {b} and {c}. There are dead and wounded civilians."
    )
    one = form.format(n=78, a="Nikopol", b="Kherson", c="Beryslav")
    other = form.format(n=41, a="Vuhledar", b="Toretsk", c="Orikhiv")
    assert sketch.alike(sketch.runs(one), sketch.runs(other)) > 0.3
    more = " The number of air alerts is given by the regional administrations every evening."
    a, b = (
        stories.Printed(f"d{n}", ("2023", n), text + more, f"S{n}", None, None, None, None)
        for n, text in enumerate((one, other))
    )
    assert not stories.is_copy(a, b)


def test_a_new_toll_is_not_the_same_report(store: Store) -> None:
    risen = printed("Times")
    risen = replace(risen, events=(replace(risen.events[0], killed_low=5, killed_high=5), *risen.events[1:]))
    keep(store, printed("Post"), risen)
    assert sources(store) == ["Post", "Post", "Times"]


def test_short_posts_that_say_the_same_are_reports_of_their_own() -> None:
    assert sketch.runs("Explosions were heard in Kharkiv overnight, the mayor said.") == frozenset()


def test_a_copy_steps_in_where_the_first_goes_and_steps_back_where_it_returns(store: Store) -> None:
    keep(store, printed("Post"), printed("Times"), printed("Herald"))
    removed = take_out(store, "Post")
    assert sources(store) == ["Times", "Times"]
    assert [len(copies) for copies in store.retellings().values()] == [1, 1]
    put_back(store, removed)
    assert len(store.events()) == 2
    assert store.count_untied() == 0
    remove(store, "Times")
    remove(store, "Herald")
    assert sources(store) == ["Post", "Post"]
    assert store.retellings() == {}
    assert checking.check(store).faults == ()


def test_articles_read_anew_are_tied_anew(store: Store) -> None:
    keep(store, printed("Post"), printed("Times"))
    before = store.retellings()
    store.save(printed("Post"), pipeline="2", data_set="Post")
    assert len(store.events()) == 4  # until they are tied
    assert store.count_untied() == 2
    join_reports(store)
    assert store.retellings() == before


def variants(random: Random, number: int) -> list[Record]:
    """Articles that are copies of each other in part: of three texts, each with words taken out or put in."""
    bases = [[random.choice(WORDS) + str(random.randrange(30)) for _ in range(90)] for _ in range(3)]
    made = []
    for n in range(number):
        words = list(random.choice(bases))
        cut = random.randrange(0, 40)
        words[cut : cut + random.randrange(0, 30)] = [f"own{n}x{k}" for k in range(random.randrange(0, 20))]
        day = date(2020, 1, 1) + timedelta(days=random.randrange(5))
        given = Published(day, day, "supplied", "given")
        text = Article(f"a{n}", " ".join(words), None, None, f"Outlet {random.randrange(6)}", given)
        made.append(Record(text, given))
    return made


def tied(store: Store) -> dict[str, str]:
    return {one.digest: one.story for one in store.catalogue()}


@pytest.mark.parametrize("seed", range(3))
def test_tying_what_came_and_went_gives_what_tying_all_at_once_gives(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    records = variants(random, 24)
    with Store(str(tmp_path / "grown.sqlite"), create=True) as grown:
        for one in records:
            grown.save(one, pipeline="1")
            if random.random() < 0.5:
                join_reports(grown)
            if random.random() < 0.25:
                held = [told.digest for told in grown.catalogue()]
                grown.remove("articles", only=[random.choice(held)])
        join_reports(grown)
        kept = [told.digest for told in reversed(grown.catalogue())]
        outcome = tied(grown)
    by_digest = {one.article.digest: one for one in records}
    with Store(str(tmp_path / "whole.sqlite"), create=True) as whole:
        for digest in kept:
            whole.save(by_digest[digest], pipeline="1")
        join_reports(whole)
        assert tied(whole) == outcome
    assert len(set(outcome.values())) < len(outcome)


def test_the_keys_are_the_same_on_every_machine_and_with_every_version() -> None:
    """Stores keep them: where a library's next version makes others, old articles must be looked at again."""
    keys = sketch.keys(sketch.runs(" ".join(WORDS * 3)))
    assert (len(keys), min(keys)) == (32, -9094712999719340174)


def test_some_articles_and_those_of_one_story_are_those_of_the_whole_list(store: Store) -> None:
    """What is open asks for its own: the whole list, made anew after each change, grows with the store."""
    for one in variants(Random(1), 24):
        store.save(one, pipeline="1")
    assert store.printing([store.catalogue()[0].digest]) == store.catalogue()[:1]
    join_reports(store)
    every = store.catalogue()
    assert 1 < len({one.story for one in every}) < len(every)
    assert store.catalogued([*(one.digest for one in every[::3]), "0" * 16]) == every[::3]
    assert store.newest(5) == every[:5]
    assert set(store.printing([one.digest for one in every])) == set(every)
    for own in every:
        assert store.printing([own.digest]) == tuple(one for one in every if one.story == own.story)
    assert store.printing(["0" * 16]) == ()
