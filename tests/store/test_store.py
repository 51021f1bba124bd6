from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from geo.model import Article, Published, Record
from geo.store import Counts, Store, alone
from geo.store.frames import COLUMNS
from tests.store.specimens import DEBALTSEVE, TEXT, article, record


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    with Store(place, create=True) as opened:
        yield opened


def test_what_was_stored_is_read_back_as_it_was(store: Store) -> None:
    made = record()
    store.save(made, pipeline="1")
    assert store.record(made.article.digest) == made


def test_an_article_without_anything_is_kept_too(store: Store) -> None:
    bare = Record(article=Article(id="bare", text="Nothing happened."), published=None)
    store.save(bare, pipeline="1")
    assert store.record(bare.article.digest) == bare


def test_an_unknown_article_is_a_key_error_and_an_unknown_event_is_none(store: Store) -> None:
    with pytest.raises(KeyError, match="0000"):
        store.article("0000")
    assert store.event("0000") is None


def test_an_event_is_found_by_its_id_with_its_article(store: Store) -> None:
    made = record()
    store.save(made, pipeline="1")
    assert store.event(made.events[0].id) == (made.article.digest, made.events[0])


def test_saving_twice_changes_nothing_but_the_version(store: Store) -> None:
    store.save(record(), pipeline="1")
    before, frame = store.version(), store.events()
    store.save(record(), pipeline="1")
    assert store.events().equals(frame)
    assert store.counts() == Counts(articles=1, mentions=2, events=2, located=1, dated=1, not_plotted=2)
    assert store.version() != before


def test_a_new_publication_date_replaces_the_article_read_without_it(store: Store) -> None:
    store.save(record(Article(id="debaltseve", text=TEXT)), pipeline="1")
    store.save(record(article()), pipeline="1")
    assert list(store.pipelines()) == [article().digest]


def test_the_same_text_under_another_id_stays_an_article_of_its_own(store: Store) -> None:
    store.save(record(article()), pipeline="1")
    store.save(record(article(id="copy", title="Reprint")), pipeline="1")
    assert store.counts().articles == 2


def test_an_error_half_way_leaves_the_article_as_it_was(store: Store) -> None:
    made = record()
    store.save(made, pipeline="1")
    broken = Record(article=made.article, published=made.published, mentions=(made.mentions[0],), events=(None,))  # type: ignore[arg-type]  # (broken on purpose)
    with pytest.raises(AttributeError):
        store.save(broken, pipeline="2")
    assert store.record(made.article.digest) == made
    assert store.pipelines() == {made.article.digest: "1"}


def test_the_frame_has_the_records_columns_and_those_of_the_article(store: Store) -> None:
    made = record()
    store.save(made, pipeline="1")
    frame = store.events()
    assert list(frame.columns) == [*COLUMNS, "geometry"]
    assert set(made.events[0].to_dict()) <= set(COLUMNS)
    assert frame.crs == "EPSG:4326"
    placed, unplaced = frame.to_dict("records")
    assert (placed["geometry"].x, placed["geometry"].y) == (DEBALTSEVE.lon, DEBALTSEVE.lat)
    assert placed["reasons"] == ["trigger 'shelling'", "place follows 'around'"]
    assert placed["date_start"].date().isoformat() == "2015-01-25"
    assert placed["published_end"].date().isoformat() == "2015-01-26"
    assert placed["snippet"] == TEXT[: TEXT.index(" Moscow")]
    assert (placed["actor"], placed["actor_kind"], placed["killed_low"]) == ("separatists", "rebel_group", 2)
    assert frame["killed_high"].isna().tolist() == [True, True]
    assert (placed["article"], placed["data_set"]) == (made.article.digest, "articles")
    assert unplaced["geometry"] is None
    assert frame["date_start"].isna().tolist() == [False, True]
    assert frame["place"].isna().tolist() == [False, True]


def test_an_event_that_no_other_tells_of_is_an_incident_alone(store: Store) -> None:
    store.save(record(), pipeline="1")
    incidents = store.events()["incident"]
    assert incidents.is_unique
    assert incidents.str.fullmatch("[0-9a-f]{16}").all()


def test_an_empty_store_gives_an_empty_frame_of_the_same_types(store: Store) -> None:
    empty = store.events()
    store.save(record(), pipeline="1")
    full = store.events()
    assert len(empty) == 0
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()


def test_dates_of_any_century_survive(store: Store) -> None:
    store.save(record(article(day="0988-01-01")), pipeline="1")
    assert store.events()["published_start"].dt.year.tolist() == [988, 988]


def test_frames_can_be_cut_to_an_article_or_a_data_set(store: Store) -> None:
    store.save(record(), pipeline="1", data_set="demo")
    third = record(article(id="third", title="Another"))
    store.save(third, pipeline="1", data_set="mine")
    assert len(store.events(data_set="mine")) == 2
    assert len(store.events(article=third.article.digest)) == 2
    assert len(store.not_plotted(data_set="mine")) == 2
    assert len(store.not_plotted(article=third.article.digest)) == 2
    assert len(store.events(data_set="nobody's")) == 0


def test_an_article_stays_while_one_of_its_data_sets_does(store: Store) -> None:
    store.save(record(), pipeline="1", data_set="demo")
    store.join([article().digest], data_set="mine")
    store.join([article().digest], data_set="mine")
    assert store.data_sets() == {"demo": 1, "mine": 1}
    assert store.events()["data_set"].unique().tolist() == ["demo"]
    assert store.remove("demo") == 0
    assert store.counts().articles == 1
    assert store.remove("mine") == 1
    assert store.counts() == Counts(0, 0, 0, 0, 0, 0)
    assert store.search("shelling") == ()
    assert store.remove("mine") == 0


def test_saving_anew_keeps_the_article_in_all_its_data_sets(store: Store) -> None:
    store.save(record(), pipeline="1", data_set="demo")
    store.join([article().digest], data_set="mine")
    store.save(record(), pipeline="2", data_set="demo")
    assert store.data_sets() == {"demo": 1, "mine": 1}


def test_sources_are_counted(store: Store) -> None:
    store.save(record(), pipeline="1")
    store.save(Record(article=Article(id="x", text="No source."), published=None), pipeline="1")
    assert store.sources() == {"Brief written for this project": 1}


def test_languages_are_counted_where_they_are_known(store: Store) -> None:
    for name, language in (("a", "uk"), ("b", "en"), ("c", "uk"), ("d", None)):
        store.save(Record(Article(name, f"Text {name}."), None, language=language), pipeline="1")
    assert store.languages() == {"uk": 2, "en": 1}


def test_hostile_text_is_stored_and_given_back_as_text(store: Store) -> None:
    hostile = "'); DROP TABLE events;-- <img src=x onerror=alert(1)> ${alert(1)} `</script>` =cmd|'/c calc'!A1"
    made = record(article(title=hostile), hostile=hostile)
    store.save(made, pipeline="1")
    assert store.record(made.article.digest) == made
    assert store.events()["title"].tolist() == [hostile, hostile]
    assert len(store.search(hostile)) in (0, 1)


def test_a_data_set_that_was_taken_out_is_put_back_as_it_was(store: Store) -> None:
    inferred = Record(
        Article(id="x", text=TEXT, title="No date"), published=article().published, events=record().events
    )
    store.save(record(), pipeline="7", data_set="demo")
    store.save(inferred, pipeline="7", data_set="mine")
    store.save(record(article(id="both", title="Both")), pipeline="7", data_set="mine")
    store.join([article(id="both", title="Both").digest], data_set="demo")
    store.correct(record().events[0].id, type="battle", by="Ann")
    before, sets, held, read_by = store.events(), store.data_sets(), store.counts(), store.pipelines()
    removed = store.take_out("mine")
    assert (len(removed.members), len(removed.articles)) == (2, 1)
    assert store.data_sets() == {"demo": 2}
    store.put_back(removed)
    assert (store.data_sets(), store.counts(), store.pipelines()) == (sets, held, read_by)
    assert store.events().equals(before)
    assert len(store.search("shelling")) == 3
    store.put_back(removed)
    assert store.data_sets() == sets


def test_what_is_put_back_makes_room_for_what_came_in_the_meantime(store: Store) -> None:
    store.save(record(), pipeline="1", data_set="mine")
    removed = store.take_out("mine")
    store.save(record(article(id="new", title="New")), pipeline="1")
    store.put_back(removed)
    assert store.counts().articles == 2
    assert len(store.search("shelling")) == 2


def test_an_article_that_is_read_anew_keeps_its_place_in_the_order(store: Store) -> None:
    for name in ("first", "second"):
        store.save(record(article(id=name, title=name)), pipeline="1")
    store.save(record(article(id="first", title="first")), pipeline="2")
    assert store.events()["title"].tolist() == ["first", "first", "second", "second"]
    assert len(store.search("shelling")) == 2


def test_every_event_is_told_as_it_was_read_in_the_order_in_which_its_article_came(store: Store) -> None:
    made = [record(article(id=f"a{n}", title=f"a{n}")) for n in range(3)]
    for one in made:
        store.save(one, pipeline="1")
    store.correct(made[0].events[0].id, type="battle")
    told = list(store.told())
    assert [one.event for one in told] == [event for one in made for event in one.events]
    assert [one.position for one in told] == [(n, m) for n in (1, 2, 3) for m in (0, 1)]
    # Up to the article's next event, with what stands between.
    assert (told[0].said, told[1].said) == (TEXT[: TEXT.index("Shells")], TEXT[TEXT.index("Shells") :])
    assert told[0].published == date(2015, 1, 26)
    assert store.told_of(articles=[made[1].article.digest]) == told[2:4]


def test_what_came_and_went_is_noted_until_it_is_joined(store: Store) -> None:
    one, other = (record(article(id=name, title=name)) for name in ("one", "other"))
    store.save(one, pipeline="1")
    store.save(other, pipeline="1")
    assert store.unjoined().came == (one.article.digest, other.article.digest)
    same = alone(one.events[0].id)
    assert store.settle({other.events[0].id: same}, store.unjoined())
    assert store.count_unjoined() == 0
    assert store.reports(one.events[0].id)["id"].tolist() == [other.events[0].id]
    store.save(one, pipeline="2")
    store.remove("articles", only=[other.article.digest])
    found = store.unjoined()
    assert found.came == (one.article.digest,)
    # Of the two events of each, one has neither a place nor a date.
    assert [(gone.event, gone.incident) for gone in found.gone] == [(e.events[0].id, same) for e in (one, other)]
    assert store.count_unjoined() == 2


def test_what_came_while_others_were_joined_stays_noted(store: Store) -> None:
    store.save(record(), pipeline="1")
    before = store.unjoined()
    late = record(article(id="late", title="Late"))
    store.save(late, pipeline="1")
    assert store.settle({}, before)
    assert store.unjoined().came == (late.article.digest,)
    assert not store.settle({}, before), "another has joined since"
    now = store.unjoined()
    store.remove("articles", only=[article().digest])
    assert not store.settle({}, now), "an event went that may have been counted on"


def test_two_stores_at_the_same_address_have_different_versions(tmp_path: Path) -> None:
    versions = set()
    for _ in range(2):
        with Store(str(tmp_path / "s.sqlite"), create=True) as opened:
            versions.add(opened.version())
        (tmp_path / "s.sqlite").unlink()
    assert len(versions) == 2


def test_a_store_in_memory_works_too() -> None:
    with Store("sqlite://", create=True) as opened:
        opened.save(record(), pipeline="1")
        assert opened.counts().events == 2


def test_articles_are_found_by_their_days_and_their_sources(store: Store) -> None:
    def keep(name: str, first: date | None, last: date | None, source: str | None) -> str:
        when = Published(first, last, "supplied") if first or last else None
        of = replace(record(article(id=name, title=name)).article, published=when, source=source)
        store.save(replace(record(of), published=when), pipeline="1")
        return of.digest

    day, wide = date(2015, 6, 1), (date(2014, 12, 1), date(2015, 1, 1))
    one, two = keep("one", day, day, "A wire"), keep("two", *wide, "Another")
    undated = keep("three", None, None, None)
    year = date(2015, 1, 1), date(2015, 12, 31)

    def published(start: date | None, end: date | None, *, sources: tuple[str, ...] = ()) -> set[str]:
        counts = store.left_out()
        return set(counts.digests.filter(pa.array(counts.published(start, end, sources=sources))).to_pylist())

    assert published(*year) == {one, two}
    assert published(date(2015, 1, 2), None) == {one}
    assert published(None, date(2014, 12, 31)) == {two}
    assert published(date(2016, 1, 1), None) == set()
    assert published(None, None) == {one, two, undated}
    assert published(*year, sources=("A wire",)) == {one}
    assert published(None, None, sources=("A wire", "none")) == {one}


def test_the_first_of_what_some_articles_left_out_are_those_of_the_first_articles(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo.store.unplotted.chunks", lambda items: ([one] for one in items))
    for name in ("one", "two", "three", "four"):
        store.save(record(article(id=name, title=name)), pipeline="1")
    everything = store.not_plotted()
    every = {item.article for item in everything}
    assert len(every) == 4
    for length in range(9):
        assert store.not_plotted(articles=every, limit=length) == everything[:length]


def test_what_was_not_plotted_is_counted_by_reason_and_given_in_stretches(store: Store) -> None:
    for name in ("one", "two"):
        store.save(record(article(id=name, title=name)), pipeline="1")
    assert store.left_out().by_reason() == {"metonym": 2, "no place": 2}
    store.correct(record(article(id="one", title="one")).events[0].id, rejected=True)
    counts = store.left_out()
    assert counts.by_reason() == {"metonym": 2, "no place": 2, "rejected by hand": 1}
    everything = store.not_plotted()
    assert [item.item.reason for item in everything[:3]] == ["metonym", "no place", "rejected by hand"]
    for length in range(6):
        assert store.not_plotted(limit=length) == everything[:length]
    for reason in counts.by_reason():
        assert store.not_plotted(reason=reason) == tuple(one for one in everything if one.item.reason == reason)
        assert store.not_plotted(reason=reason, limit=1) == store.not_plotted(reason=reason)[:1]
    one = record(article(id="one", title="one")).article.digest
    about = tuple(item for item in everything if item.article == one)
    # More digests than a statement may bind, and most of them unknown here.
    many = {one, *(f"unknown {number}" for number in range(1200))}
    for articles in ({one}, many):
        assert store.not_plotted(articles=articles) == about
        assert store.not_plotted(articles=articles, limit=1) == about[:1]
        assert counts.by_reason(counts.those(articles)) == {"metonym": 1, "no place": 1, "rejected by hand": 1}
    assert store.not_plotted(articles=()) == ()
    assert counts.by_reason(counts.those(())) == {}
    for articles in (None, counts.those({one}), counts.those(())):
        for reason in (None, "metonym", "rejected by hand", "none"):
            of_them = None if articles is None else {one} if articles.any() else set()
            for length in range(1, 6):
                leading = counts.leading(articles, reason=reason, length=length)
                found = store.not_plotted(articles=leading, reason=reason, limit=length)
                assert found == store.not_plotted(articles=of_them, reason=reason, limit=length)
    every = {item.article for item in everything}
    assert (store.not_plotted(articles=every), store.not_plotted(articles=every, limit=4)) == (
        everything,
        everything[:4],
    )
    store.remove("articles")
    assert store.left_out().by_reason() == {}
