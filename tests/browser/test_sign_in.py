"""Signing in with a provider: a real browser, a real dashboard, and an issuer on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.dashboard import drawn, free_port, serving
from tests.browser.issuer import CLIENT, Issuer, issuing, secrets_file

pytestmark = pytest.mark.browser

ADA = {"email": "ada@news.example", "email_verified": True, "name": "Ada"}
EVE = {"email": "eve@evil.example", "email_verified": True, "name": "Eve"}


@pytest.fixture(scope="module")
def guarded(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Issuer, Any]]:
    """A dashboard for the people of news.example, the provider, and the browser."""
    folder = tmp_path_factory.mktemp("guarded")
    ports, secrets, store = (free_port(), free_port()), folder / "secrets.toml", f"sqlite:///{folder / 'map.sqlite'}"
    secrets.write_text(secrets_file(*ports))
    environment = {"CONFLICT_MAP_SIGN_IN": "1", "CONFLICT_MAP_USERS": "*@news.example"}
    with (
        issuing(ports[0], ADA) as issuer,
        serving(store, folder / "log", port=ports[1], secrets=secrets, **environment) as address,
    ):
        yield address, issuer, browser


def test_nothing_is_shown_before_signing_in(guarded: tuple[str, Issuer, Any]) -> None:
    address, _, browser = guarded
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    page.get_by_text("Sign in to see this map").wait_for(timeout=60_000)
    assert page.query_selector(".st-key-stage") is None
    read = "(path) => fetch(path).then((answer) => answer.status)"
    assert [page.evaluate(read, f"api/{path}") for path in ("rows", "events.bin", "export/csv")] == [401] * 3
    assert page.evaluate(read, "healthz") == 200
    context.close()


def test_whom_the_provider_vouches_for_and_the_settings_name_sees_the_map(guarded: tuple[str, Issuer, Any]) -> None:
    address, issuer, browser = guarded
    issuer.person, issuer.asked = ADA, []
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name="Sign in").click(timeout=60_000)
    drawn(page)
    assert issuer.asked == [f"{CLIENT} openid email profile S256"]
    assert page.evaluate("() => fetch('api/rows').then((answer) => answer.status)") == 200
    cookies = {cookie["name"]: cookie for cookie in context.cookies()}
    assert cookies["_streamlit_user"]["httpOnly"]
    assert cookies["_streamlit_user"]["sameSite"] == "Lax"
    page.goto(f"{address}auth/logout")
    page.get_by_text("Sign in to see this map").wait_for(timeout=60_000)
    assert page.evaluate("() => fetch('api/rows').then((answer) => answer.status)") == 401
    context.close()


def test_whom_the_settings_do_not_name_is_told_so_and_sees_nothing(guarded: tuple[str, Issuer, Any]) -> None:
    address, issuer, browser = guarded
    issuer.person = EVE
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name="Sign in").click(timeout=60_000)
    page.get_by_text("Not one of this map's users").wait_for(timeout=60_000)
    assert page.query_selector(".st-key-stage") is None
    assert page.evaluate("() => fetch('api/rows').then((answer) => answer.status)") == 403
    context.close()


def test_switched_on_without_a_provider_nobody_comes_in_and_the_page_says_what_is_missing(
    browser: Any, tmp_path: Path
) -> None:
    store, none = f"sqlite:///{tmp_path / 'map.sqlite'}", tmp_path / "secrets.toml"
    with serving(store, tmp_path / "log", secrets=none, CONFLICT_MAP_SIGN_IN="1") as address:
        page = browser.new_page()
        page.goto(address)
        page.get_by_text("Streamlit's secrets name no provider").wait_for(timeout=60_000)
        assert page.evaluate("() => fetch('api/rows').then((answer) => answer.status)") == 401
        page.close()
