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


def test_a_number_of_events_is_whole() -> None:
    assert Settings.from_environment({"CONFLICT_MAP_GRID_FROM": " 50000 "}).grid_from == 50_000
    for wrong in ("2e6", "-1", "many", "1" * 13):
        with pytest.raises(SettingsError, match="CONFLICT_MAP_GRID_FROM: expected a whole number such as 2000000"):
            Settings.from_environment({"CONFLICT_MAP_GRID_FROM": wrong})


def test_hosts_and_users_are_lists_and_signing_in_a_switch() -> None:
    environment = {
        "CONFLICT_MAP_HOSTS": " Map.example.org, *.news.example ,192.168.1.5,[fd00::5],",
        "CONFLICT_MAP_EMBED": "News.example, https://*.desk.example:8443,localhost:8000",
        "CONFLICT_MAP_SIGN_IN": "1",
        "CONFLICT_MAP_USERS": "Ada@news.example,*@desk.example",
        "CONFLICT_MAP_LOG": "JSON",
    }
    settings = Settings.from_environment(environment)
    assert settings.hosts == ("map.example.org", "*.news.example", "192.168.1.5", "[fd00::5]")
    assert settings.embed == ("news.example", "https://*.desk.example:8443", "localhost:8000")
    assert (settings.sign_in, settings.users) == (True, ("ada@news.example", "*@desk.example"))
    assert settings.log == "json"


@pytest.mark.parametrize("host", ["*", "*.", "a.*.b", "http://a.example", "a.example:8501", "a b", "a/b", "fd00::5"])
def test_a_host_that_is_none_is_told(host: str) -> None:
    """A bare * would switch the check off."""
    with pytest.raises(SettingsError, match="CONFLICT_MAP_HOSTS: expected a host's name without a port"):
        Settings.from_environment({"CONFLICT_MAP_HOSTS": f"map.example.org,{host}"})


@pytest.mark.parametrize(
    "host", ["*", "a.example/path", "ftp://a.example", "a.example:*", "a b", "'self'", "a.example;x"]
)
def test_a_page_that_may_frame_the_map_is_a_host_and_can_write_nothing_else_into_the_policy(host: str) -> None:
    with pytest.raises(SettingsError, match="CONFLICT_MAP_EMBED: expected a host such as"):
        Settings.from_environment({"CONFLICT_MAP_EMBED": f"news.example,{host}"})


@pytest.mark.parametrize("user", ["*", "ada", "*@", "@news.example", "ada@*", "a@b@c"])
def test_a_user_who_is_none_is_told(user: str) -> None:
    with pytest.raises(SettingsError, match="CONFLICT_MAP_USERS: expected an e-mail address"):
        Settings.from_environment({"CONFLICT_MAP_SIGN_IN": "1", "CONFLICT_MAP_USERS": user})


def test_users_without_signing_in_are_told_and_so_is_an_unknown_form_of_the_log() -> None:
    with pytest.raises(SettingsError, match="CONFLICT_MAP_SIGN_IN is off"):
        Settings.from_environment({"CONFLICT_MAP_USERS": "ada@news.example"})
    with pytest.raises(SettingsError, match="CONFLICT_MAP_LOG: expected text or json, got 'xml'"):
        Settings.from_environment({"CONFLICT_MAP_LOG": "xml"})
