"""A store copied from one engine to the other and back holds what it held."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from geo.cli import main
from geo.pipeline import join_reports
from geo.store import Store, StoreError, checking, layers, moving, stories, tables
from geo.store.connection import Connected
from geo.store.stories import Scene
from tests import engines
from tests.store.specimens import article, record
from tests.store.test_layers import ABOUT, event


def content(store: Connected) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table; what a store says of itself apart."""
    with store.reading() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=_order)
            for table in tables.metadata.sorted_tables
            if table.name != "meta"
        }


def _order(row: tuple[Any, ...]) -> list[tuple[bool, Any]]:
    return [(value is None, 0 if value is None else value) for value in row]


@pytest.fixture
def source(tmp_path: Path) -> str:
    """A file with something in every table."""
    path = str(tmp_path / "source.sqlite")
    with Store(path, create=True) as store:
        for name in ("one", "two"):
            made = replace(record(article(id=name, title=name)), language="en")
            store.save(made, pipeline="1", data_set=name)
        join_reports(store)
        first = record(article(id="one", title="one")).events[0].id
        store.correct(first, type="battle", note="see the map", by="Ann", session="a")
        store.correct(first, rejected=True, session="a")
        store.undo(session="a")
        layers.add(store, ABOUT, [[event(0), event(1, "2023-03-16", killed_low=1)]])
        stories.save(store, stories.new("One").with_scene(Scene("a", "b", "types=battle")))
    return path


def test_there_and_back_it_holds_the_same(source: str, postgresql: engines.Server, tmp_path: Path) -> None:
    there, back = postgresql.database(), str(tmp_path / "back.sqlite")
    counted = moving.move(source, there)
    with Store(source) as given, Store(there) as copied:
        before, shown = content(given), given.events()
        after = content(copied)
        assert {name: len(rows) for name, rows in before.items()} == counted
        assert {name for name, number in counted.items() if not number} == {"unjoined"}
        last = after["journal"].pop()
        assert (last[4], after) == ("copy", before)
        assert copied.events().equals(shown)
        assert copied.version() != given.version()
        assert checking.check(copied).faults == ()
        assert len(copied.search("shelling")) == 2
        # The numbers that the database gives go on.
        assert copied.undo(session="a") is not None
        copied.correct(record(article(id="two", title="two")).events[0].id, type="riot")
        copied.save(record(article(id="three", title="three")), pipeline="1")
        assert copied.catalogue()[0].number == 3
        now, shown = content(copied), copied.events()
    moving.move(there, back)
    with Store(back) as returned:
        after = content(returned)
        assert [row[4] for row in after["journal"][-2:]] == ["copy", "restore"]
        assert after["journal"][:-2] == now["journal"]
        assert {**after, "journal": None} == {**now, "journal": None}
        assert returned.events().equals(shown)
        assert checking.check(returned).faults == ()


def test_a_store_is_replaced_only_where_that_is_wanted_and_noticed_by_who_has_it_open(
    source: str, postgresql: engines.Server, tmp_path: Path
) -> None:
    for target in (postgresql.database(), str(tmp_path / "taken.sqlite")):
        with Store(target, create=True) as held:
            held.save(record(article(id="other", title="other")), pipeline="1")
            with pytest.raises(StoreError, match=r"there is a store already\. Name another database, or pass"):
                moving.move(source, target)
            assert [one.title for one in held.catalogue()] == ["other"]
            moving.move(source, target, replace=True)
            assert [one.title for one in held.catalogue()] == ["two", "one"]
            assert held.replacements == 1
            assert checking.check(held).faults == ()
    assert len(list(tmp_path.glob("taken.before-*.sqlite"))) == 1


def test_a_copy_that_breaks_off_leaves_the_target_as_it_was(
    source: str, postgresql: engines.Server, tmp_path: Path
) -> None:
    def breaks_off(rows: int) -> None:
        if rows > 5:
            raise KeyboardInterrupt

    there, file = postgresql.database(), tmp_path / "new.sqlite"
    with Store(there, create=True) as held:
        held.save(record(article(id="other", title="other")), pipeline="1")
    for target in (there, str(file)):
        with pytest.raises(KeyboardInterrupt):
            moving.move(source, target, replace=True, progress=breaks_off)
    with Store(there) as held:
        assert [one.title for one in held.catalogue()] == ["other"]
    assert [path.name for path in tmp_path.iterdir()] == ["source.sqlite"]


def test_a_store_is_not_copied_onto_itself_and_what_is_none_is_not_copied(source: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="this is the store itself"):
        moving.move(source, f"sqlite:///{source}", replace=True)
    with pytest.raises(StoreError, match="there is no store"):
        moving.move(str(tmp_path / "none.sqlite"), str(tmp_path / "new.sqlite"))


def test_the_command_says_what_was_copied_and_shows_no_password(
    source: str, postgresql: engines.Server, capsys: pytest.CaptureFixture[str]
) -> None:
    target = postgresql.database().replace("owner@", "owner:secret@")
    assert main(["copy", source, target]) == 0
    said = capsys.readouterr()
    assert "2 articles and 4 events are in postgresql+psycopg://owner:***@/test" in said.out
    assert main(["copy", source, target]) == 2
    said = capsys.readouterr()
    assert "there is a store already" in said.err
    assert "secret" not in said.err + said.out
