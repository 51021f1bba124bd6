"""Packages as an installation leaves them: modules in a folder, and beside them what they declare."""

from __future__ import annotations

import importlib
import shutil
import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from gazetteer import plugins
from gazetteer.shipped import ROOT
from geo.events import added as events_added
from geo.layouts import added as layouts_added

EXAMPLE = ROOT / "examples" / "plugin"
_EXAMPLES = "conflict_map_diary"


def declare(folder: Path, name: str, points: Mapping[str, Mapping[str, str]], *, version: str = "1.0") -> None:
    """Lay down the metadata that an installed package has."""
    about = folder / f"{name}-{version}.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    for group, added in points.items():
        with (about / "entry_points.txt").open("a") as out:
            out.write(f"[{group}]\n" + "".join(f"{key} = {value}\n" for key, value in added.items()))


def add(folder: Path, module: str, points: Mapping[str, Mapping[str, str]], code: str, version: str = "1.0") -> None:
    """Put a package of one module there, and look what is there again."""
    (folder / f"{module}.py").write_text(code, encoding="utf-8")
    declare(folder, module, points, version=version)
    look_again()


def install_example(folder: Path) -> None:
    """Put the example's package there as its wheel would."""
    declared = tomllib.loads((EXAMPLE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declare(folder, declared["name"], declared["entry-points"])
    shutil.copytree(EXAMPLE / _EXAMPLES, folder / _EXAMPLES, ignore=shutil.ignore_patterns("__pycache__"))


def look_again() -> None:
    """Forget which packages were there."""
    for known in (plugins.added, plugins._own, events_added._working, layouts_added.kinds):
        known.cache_clear()
    importlib.invalidate_caches()


@contextmanager
def beside(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Put a folder for packages on the path; they are gone afterwards, and what was imported of them."""
    folder.mkdir()
    before = set(sys.modules)
    monkeypatch.syspath_prepend(folder)
    look_again()
    yield folder
    look_again()
    for name in set(sys.modules) - before:
        if str(folder) in str(getattr(sys.modules[name], "__file__", "") or ""):
            del sys.modules[name]


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in which packages can be put; they are gone after the test."""
    with beside(tmp_path / "packages", monkeypatch) as folder:
        yield folder
