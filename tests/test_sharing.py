"""Runs of the suite, side by side, run every module once."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests.sharing import BROWSER, TESTS, Sharing


def item(path: Path, name: str = "test") -> Any:
    return SimpleNamespace(path=path, name=name)


def test_each_module_is_run_by_whoever_comes_to_it_first(tmp_path: Path) -> None:
    one, other = Sharing(tmp_path), Sharing(tmp_path, from_the_end=True)
    map_, desk, plain = (
        item(BROWSER / "test_map.py"),
        item(BROWSER / "test_desk.py"),
        item(TESTS / "store" / "test_a.py"),
    )
    assert one.pytest_runtest_protocol(map_) is None
    assert other.pytest_runtest_protocol(map_) is True
    assert other.pytest_runtest_protocol(desk) is None
    assert one.pytest_runtest_protocol(desk) is True
    assert [run.pytest_runtest_protocol(map_) for run in (one, other)] == [None, True]  # its next test
    assert [run.pytest_runtest_protocol(plain) for run in (other, one)] == [None, True]


def test_the_browsers_modules_come_last_and_the_others_in_order_or_from_the_end(tmp_path: Path) -> None:
    given = [
        item(BROWSER / "test_b.py"), item(BROWSER / "test_a.py"), item(TESTS / "cli" / "test_a.py", "first"),
        item(TESTS / "cli" / "test_a.py", "second"), item(TESTS / "test_z.py"),
    ]  # fmt: skip

    def ordered(*, from_the_end: bool) -> list[tuple[str, str]]:
        items = list(given)
        Sharing(tmp_path, from_the_end=from_the_end).pytest_collection_modifyitems(items)
        return [(one.path.relative_to(TESTS).as_posix(), one.name) for one in items]

    cli = [("cli/test_a.py", "first"), ("cli/test_a.py", "second")]
    browser = [("browser/test_b.py", "test"), ("browser/test_a.py", "test")]
    assert ordered(from_the_end=False) == [*cli, ("test_z.py", "test"), *browser]
    assert ordered(from_the_end=True) == [("test_z.py", "test"), *cli, *reversed(browser)]
