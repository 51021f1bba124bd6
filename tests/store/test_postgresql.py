"""What is PostgreSQL's own: geometries and views for a GIS, several that write at once, and faults told in words."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from random import Random

import pandas as pd
import pytest

from geo.corrections import point
from geo.model import Article, PlaceRef, Record
from geo.pipeline import join_reports
from geo.store import Store, StoreError, StoreForeign, StoreLocked, StoreReadOnly, StoreUnreachable, checking
from geo.store import postgresql as engine
from tests import engines
from tests.store.specimens import TEXT, article, record

GORLIVKA = PlaceRef("g1", "Horlivka", "town", 38.05, 48.33, "UA", None)


@pytest.fixture
def database(postgresql: engines.Server) -> str:
    return postgresql.database()


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with Store(database, create=True) as opened:
        yield opened


def name(address: str) -> str:
    return address.partition("@/")[2].partition("?")[0]


def accounts(count: int) -> list[Record]:
    """So many papers' accounts of one shelling; what else each prints keeps it from being another's copy."""
    own = (" ".join(f"w{n}{m}" for m in range(60)) for n in range(count))
    return [record(article(id=f"a{n}", title=f"a{n}", text=f"{TEXT} {words}")) for n, words in enumerate(own)]


def fill(store: Store) -> list[str]:
    """Six articles, two of which print one story; give the ids of their events."""
    given = accounts(5)
    given.append(record(article(id="copy", title="copy", text=given[0].article.text)))
    for one in given:
        store.save(one, pipeline="1")
    join_reports(store)
    return [event.id for one in given for event in one.events]


_COLUMNS = ("id", "type", "sub_type", "place", "place_precision", "country_code", "date_precision", "note", "title")


def shown(store: Store) -> list[tuple[object, ...]]:
    """What the map shows: of each event what the view for a GIS gives, too."""
    found = []
    for row in store.events().to_dict("records"):
        point = row["geometry"]
        days = (None if pd.isna(row[name]) else row[name].date() for name in ("date_start", "date_end"))
        texts = (None if pd.isna(row[name]) else row[name] for name in _COLUMNS)
        found.append((*texts, *days, *((point.x, point.y) if point else (None, None))))
    return sorted(found)


def in_the_view(postgresql: engines.Server, database: str) -> list[tuple[object, ...]]:
    columns = ", ".join((*_COLUMNS, "date_start", "date_end", "ST_X(geom)", "ST_Y(geom)"))
    return sorted(postgresql.run(name(database), f"SELECT {columns} FROM map_events"))


def test_the_view_for_a_gis_shows_what_the_map_shows(store: Store, database: str, postgresql: engines.Server) -> None:
    ids = fill(store)
    assert in_the_view(postgresql, database) == shown(store)
    assert len(shown(store)) == len(ids) - 2, "a copy is shown once"
    chance = Random(1)
    for _ in range(40):
        event = chance.choice(ids)
        step = chance.randrange(7)
        if step == 0:
            store.correct(event, place=chance.choice([GORLIVKA, point(38.5, 48.1)]), note=chance.choice(["", "why"]))
        elif step == 1:
            day = date(2015, 1, chance.randint(1, 28))
            store.correct(event, dates=chance.choice([(day, day), (day, date(2015, 2, 3)), (None, None)]))
        elif step == 2:
            store.correct(event, type=chance.choice(["battle", "riot"]))
        elif step == 3:
            store.correct(event, rejected=True)
        elif step == 4:
            store.undo()
        elif step == 5:
            store.redo()
        else:
            store.restore(event)
    assert store.corrections()
    assert in_the_view(postgresql, database) == shown(store)


def test_a_correction_whose_trigger_grew_by_a_word_counts_in_the_view_too(
    store: Store, database: str, postgresql: engines.Server
) -> None:
    ids = fill(store)
    store.correct(ids[0], type="battle")
    postgresql.run(name(database), f"UPDATE events SET trigger_end = trigger_end + 4 WHERE id = '{ids[0]}'")
    with Store(database) as again:
        assert in_the_view(postgresql, database) == shown(again)
        assert ("battle",) in {row[1:2] for row in shown(again)}


def test_a_gis_finds_points_in_a_known_projection_and_their_indexes(
    store: Store, database: str, postgresql: engines.Server
) -> None:
    fill(store)
    known = postgresql.run(name(database), "SELECT f_table_name, type, srid FROM geometry_columns")
    assert set(known) == {(table, "POINT", 4326) for table in ("events", "layer_events", "map_events")}
    box = "geom && ST_MakeEnvelope(38, 48, 39, 49, 4326)"
    for condition, index in ((box, "events_geom"), ("day_start < '2015-01-01'", "events_days")):
        plan = postgresql.run(
            name(database),
            f"CREATE OR REPLACE FUNCTION plan() RETURNS SETOF text LANGUAGE plpgsql SET enable_seqscan = off AS "
            f"$$ BEGIN RETURN QUERY EXECUTE $q$EXPLAIN SELECT 1 FROM events WHERE {condition}$q$; END $$",
            "SELECT string_agg(line, ' ') FROM plan() AS line",
        )
        assert index in str(plan[0][0])


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="there is no GDAL (Debian: gdal-bin)")
def test_what_qgis_reads_with_opens_it(store: Store, database: str, postgresql: engines.Server) -> None:
    fill(store)
    folder = database.partition("host=")[2]
    given = f"PG:host={folder} user=owner dbname={name(database)}"
    told = subprocess.run(["ogrinfo", "-so", given, "map_events"], check=True, capture_output=True, text=True).stdout
    assert "Geometry: Point" in told
    assert "WGS 84" in told
    assert f"Feature Count: {len(shown(store))}" in told
    assert "date_start: Date" in told
    assert "Extent: (38.444400, 48.340600) - (38.444400, 48.340600)" in told


def test_the_journal_cannot_be_emptied(store: Store, database: str, postgresql: engines.Server) -> None:
    import psycopg

    fill(store)
    with pytest.raises(psycopg.Error, match="only added to"):
        postgresql.run(name(database), "TRUNCATE journal")


def test_several_that_read_in_at_once_leave_the_store_of_one(database: str, postgresql: engines.Server) -> None:
    given = accounts(12)

    def read_in(number: int) -> None:
        # Every other article comes from two of them.
        with Store(database, create=True, session=f"ingest {number}") as store:
            for n, one in enumerate(given):
                if n % 3 in (number, (number + 1) % 3):
                    store.save(one, pipeline="1", data_set=f"set {number}")
            join_reports(store)

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(read_in, range(3)))
    with Store(database) as store:
        join_reports(store)
        health = checking.check(store)
        assert (health.faults, health.unjoined) == ((), 0)
        assert health.counts.articles == 12
        assert store.events()["incident"].nunique() == 1 + 12
        assert [entry.number for entry in store.journal()] == list(range(1, health.journal[0] + 1))
        assert len(store.search("shelling")) == 12
        assert store.data_sets() == {"set 0": 8, "set 1": 8, "set 2": 8}


def test_who_waits_too_long_for_another_that_writes_is_told(
    database: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 1)
    with Store(database) as other, store.writing(), pytest.raises(StoreLocked, match="Nothing was changed"):
        other.save(record(), pipeline="1")
    assert store.counts().articles == 0


def test_a_reader_waits_for_nobody_and_sees_one_moment(database: str, store: Store) -> None:
    fill(store)
    with Store(database, read_only=True) as reader, reader.reading() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM articles").scalar_one()
        store.remove("articles")
        assert connection.exec_driver_sql("SELECT count(*) FROM articles").scalar_one() == before == 6
    with Store(database, read_only=True) as reader:
        assert reader.counts().articles == 0
        with pytest.raises(StoreReadOnly):
            reader.save(record(), pipeline="1")


def test_a_user_who_may_only_look_is_told_so(database: str, store: Store, postgresql: engines.Server) -> None:
    fill(store)
    postgresql.run(
        name(database), f"CREATE ROLE reader_{name(database)} LOGIN",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader_{name(database)}",
    )  # fmt: skip
    with Store(database.replace("owner@", f"reader_{name(database)}@")) as reader:
        assert reader.counts().articles == 6
        with pytest.raises(StoreReadOnly):
            reader.save(record(), pipeline="1")


def test_what_cannot_be_a_store_is_told_with_what_to_do(postgresql: engines.Server) -> None:
    bare = f"bare_{name(postgresql.database())}"
    postgresql.run(
        "postgres",
        f"CREATE DATABASE {bare}",
        f"CREATE ROLE user_{bare} LOGIN",
        f"GRANT ALL ON DATABASE {bare} TO user_{bare}",
    )
    postgresql.run(bare, f"GRANT ALL ON SCHEMA public TO user_{bare}")
    address = postgresql.address(bare).replace("owner@", f"user_{bare}@")
    with pytest.raises(StoreError, match=r"no PostGIS, and it cannot be added \(.*permission denied.*CREATE EXTENSION"):
        Store(address, create=True)
    taken = postgresql.database()
    postgresql.run(name(taken), "CREATE TABLE events (id int)")
    with pytest.raises(StoreForeign, match="belongs to another program"):
        Store(taken, create=True)
    with pytest.raises(StoreUnreachable, match="does not exist"):
        Store(postgresql.address("nowhere"))
    with pytest.raises(StoreError, match="there is no store"):
        Store(postgresql.database())


def test_what_the_full_text_index_lacks_is_found(store: Store, database: str, postgresql: engines.Server) -> None:
    fill(store)
    assert checking.check(store).faults == ()
    postgresql.run(name(database), "DELETE FROM article_search WHERE number = 1")
    assert checking.check(store).faults == ("the full-text index lacks 1 articles and holds 0 that are gone",)


def test_a_store_of_another_version_is_left_as_it_is(store: Store, database: str, postgresql: engines.Server) -> None:
    for version, advice in (("4", "Read the articles into a new database"), ("99", "made by a newer program")):
        postgresql.run(name(database), f"UPDATE meta SET value = '{version}' WHERE key = 'schema'")
        with pytest.raises(StoreForeign, match=advice):
            Store(database)


def test_a_text_longer_than_the_index_holds_is_stored_and_found(store: Store) -> None:
    long = " ".join(f"word{n:07}" for n in range(120_000)) + " end"
    store.save(Record(Article(id="long", text=f"begin {long}"), None), pipeline="1")
    assert len(store.search("word0000042")) == 1
    assert store.search('"begin word0000000"')


def test_a_large_figure_is_kept(store: Store) -> None:
    made = record()
    huge = replace(made.events[0], killed_low=None, killed_high=None, wounded_low=6_000_000_000, wounded_high=None)
    store.save(replace(made, events=(huge, *made.events[1:])), pipeline="1")
    assert store.events()["wounded_low"].iloc[0] == 6_000_000_000
    assert json.loads(next(iter(store.journal())).detail)["events"]


def test_texts_are_sorted_by_their_characters_whatever_the_language_of_the_database(
    store: Store, database: str, postgresql: engines.Server
) -> None:
    query = (
        "SELECT DISTINCT collation_name FROM information_schema.columns WHERE table_schema = 'public' "
        "AND data_type = 'text' AND table_name IN (SELECT table_name FROM information_schema.tables "
        "WHERE table_type = 'BASE TABLE' AND table_name <> 'spatial_ref_sys')"
    )
    assert postgresql.run(name(database), query) == [("C",)]
    for title in ("b", "a", "B", "é"):
        store.save(record(article(id=title, title=title)), pipeline="1", data_set=title)
    assert list(store.data_sets()) == ["B", "a", "b", "é"]
