"""What the page's library does as it opens a store."""

from __future__ import annotations

import threading
from pathlib import Path

from geo.page.library import Library
from geo.query import Query
from geo.settings import Settings
from geo.store import Store
from tests.store.specimens import TEXT, article, record


def left_unjoined(path: Path) -> Settings:
    with Store(str(path), create=True) as store:
        for name in ("one", "two"):
            store.save(record(article(id=name, title=name, text=own(name))), pipeline="1")
    return Settings(store=str(path))


def finish() -> None:
    for thread in threading.enumerate():
        if thread.name == "joining":
            thread.join()


def own(name: str) -> str:
    """The specimen's text in an article that is no copy of another's."""
    return f"{TEXT}\n\n" + " ".join(f"{name}{number}" for number in range(60))


def test_what_an_earlier_program_left_unjoined_is_found_and_joined(tmp_path: Path) -> None:
    library = Library(left_unjoined(tmp_path / "s.sqlite"))
    assert library.unjoined() == 2
    library.catch_up()
    finish()
    assert library.unjoined() == 0
    assert library.events()["incident"].nunique() == 3
    library.store.close()


def test_what_is_read_in_while_a_page_is_drawn_comes_with_the_next_one(tmp_path: Path) -> None:
    """Among a hundred readers and an upload, positions chosen of the new events were looked up in the old ones."""
    library = Library(left_unjoined(tmp_path / "s.sqlite"))
    with library.steady():
        frame, version = library.events(), library.version()
        library.store.save(record(article(id="three", title="three", text=own("three"))), pipeline="1")
        assert library.listed(Query()).max() < len(frame)
        assert len(library.selection(Query()).shown) == len(frame)
        with library.steady():
            assert (library.events() is frame, library.version()) == (True, version)
    assert len(library.selection(Query()).shown) == len(library.events()) == len(frame) + 2
    assert library.version() != version
    library.store.close()


def test_a_map_that_may_not_write_leaves_it(tmp_path: Path) -> None:
    settings = left_unjoined(tmp_path / "s.sqlite")
    library = Library(Settings(store=settings.store, read_only=True))
    library.catch_up()
    finish()
    assert library.unjoined() == 2
    library.store.close()
