"""Two runs of the suite, side by side, run every module in the browser once."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests.sharing import SHARED, Sharing


def item(path: Path) -> Any:
    return SimpleNamespace(path=path)


def test_each_module_is_run_by_whoever_comes_first_and_what_is_not_shared_by_everyone(tmp_path: Path) -> None:
    one, other = Sharing(tmp_path), Sharing(tmp_path)
    map_, desk, plain = (item(SHARED / "test_map.py"), item(SHARED / "test_desk.py"), item(Path(__file__)))
    assert one.pytest_runtest_protocol(map_) is None
    assert other.pytest_runtest_protocol(map_) is True
    assert other.pytest_runtest_protocol(desk) is None
    assert one.pytest_runtest_protocol(desk) is True
    assert [run.pytest_runtest_protocol(map_) for run in (one, other)] == [None, True]  # its next test
    assert [run.pytest_runtest_protocol(plain) for run in (one, other)] == [None, None]


def test_what_is_shared_comes_last_and_all_else_stays_in_its_order(tmp_path: Path) -> None:
    items = [item(path) for path in (SHARED / "test_b.py", Path("/z.py"), SHARED / "test_a.py", Path("/a.py"))]
    Sharing(tmp_path).pytest_collection_modifyitems(items)
    assert [one.path.name for one in items] == ["z.py", "a.py", "test_b.py", "test_a.py"]
