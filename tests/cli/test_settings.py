from __future__ import annotations

from pathlib import Path

import pytest

from gazetteer.shipped import ROOT
from geo.settings import DEFAULT_STORE, Settings, SettingsError


def test_what_is_given_counts_before_the_environment_and_that_before_the_default() -> None:
    environment = {"CONFLICT_MAP_STORE": "sqlite:///a.sqlite", "CONFLICT_MAP_GAZETTEER": "g.sqlite"}
    assert Settings.from_environment({}) == Settings(DEFAULT_STORE, None, read_only=False)
    assert Settings.from_environment(environment) == Settings("sqlite:///a.sqlite", Path("g.sqlite"))
    assert Settings.from_environment(environment, store="b", gazetteer=Path("h")) == Settings("b", Path("h"))


def test_the_default_store_lies_where_git_does_not_look() -> None:
    assert f"sqlite:///{ROOT / 'store'}" in DEFAULT_STORE
    assert "/store/" in (ROOT / ".gitignore").read_text().splitlines()


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("yes", True), ("TRUE", True), ("0", False), ("", False)])
def test_read_only_is_a_switch(value: str, expected: bool) -> None:
    assert Settings.from_environment({"CONFLICT_MAP_READ_ONLY": value}).read_only is expected
    assert Settings.from_environment({"CONFLICT_MAP_READ_ONLY": value}, read_only=True).read_only


def test_a_switch_that_is_neither_on_nor_off_is_told() -> None:
    with pytest.raises(SettingsError, match="CONFLICT_MAP_READ_ONLY: expected 1 or 0, got 'maybe'"):
        Settings.from_environment({"CONFLICT_MAP_READ_ONLY": "maybe"})
