from __future__ import annotations

import json
import re
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from geo.page import routes, sign_in
from geo.settings import Settings

ADA = {"is_logged_in": True, "email": "Ada@news.example", "email_verified": True}
NOBODY: dict[str, Any] = {}


@pytest.mark.parametrize(
    ("users", "claims", "expected"),
    [
        ((), ADA, True),
        ((), {"is_logged_in": True}, True),
        ((), NOBODY, False),
        ((), {"is_logged_in": "yes", "email": "ada@news.example"}, False),
        (("ada@news.example",), ADA, True),
        (("*@news.example",), ADA, True),
        (("bob@news.example", "*@other.example"), ADA, False),
        (("*@news.example",), ADA | {"email": "ada@evil.example"}, False),
        (("*@news.example",), ADA | {"email": "ada@news.example.evil.example"}, False),
        (("*@news.example",), ADA | {"email": "ada@evilnews.example"}, False),
        (("*@news.example",), ADA | {"email": "@news.example"}, False),
        (("*@news.example",), ADA | {"email": None}, False),
        (("*@news.example",), {"is_logged_in": True}, False),
        (("*@news.example",), ADA | {"email_verified": False}, False),
        (("*@news.example",), ADA | {"email_verified": "false"}, False),
        (("*@news.example",), {"is_logged_in": True, "email": "ada@news.example"}, True),
    ],
)
def test_who_may_come_in(users: tuple[str, ...], claims: dict[str, Any], expected: bool) -> None:
    assert sign_in.admitted(claims, Settings(sign_in=True, users=users)) is expected
    assert sign_in.admitted(claims, Settings())


def cookie(claims: Any, *, key: str | None = None, name: str = USER_COOKIE_NAME) -> str:
    return create_signed_value(key or get_cookie_secret(), name, json.dumps(claims)).decode()


def test_a_cookie_tells_who_it_is_only_where_its_signature_is_ours() -> None:
    mine = cookie(ADA)
    assert sign_in.person({USER_COOKIE_NAME: mine}) == ADA
    forged = (
        cookie(ADA, key="guess"),
        cookie(ADA, name="other"),
        mine[:-1],
        mine + "x",
        "",
        "é",
        "ж",
        json.dumps(ADA),
    )
    for value in forged:
        assert sign_in.person({USER_COOKIE_NAME: value}) == NOBODY
    assert sign_in.person({USER_COOKIE_NAME: cookie([ADA])}) == NOBODY
    assert sign_in.person({}) == NOBODY


def asked(path: str, method: str, settings: Settings, claims: Any = None) -> int:
    headers = {"cookie": f"{USER_COOKIE_NAME}={cookie(claims)}"} if claims else {}
    client = TestClient(Starlette(routes=routes.routes(settings)), base_url="http://localhost")
    return client.request(method, path, headers=headers).status_code


def test_every_route_that_shows_or_takes_something_asks_who_it_is() -> None:
    """Streamlit's own sign-in guards the page only: a route that is new must not be forgotten."""
    settings = Settings(sign_in=True, users=("*@news.example",), store="sqlite:///no/such/folder/map.sqlite")
    public = {"/assets/{name:path}", "/healthz", "/metrics"}
    guarded = {
        route.path: set(route.methods) - {"HEAD"} for route in routes.routes(settings) if route.path not in public
    }
    assert len(guarded) >= 7
    for path, methods in guarded.items():
        for method in methods:
            plain = re.sub(r"\{\w+:int\}", "1", path.replace("{name}", "csv"))
            assert asked(plain, method, settings) == 401, path
            assert asked(plain, method, settings, ADA | {"email": "eve@evil.example"}) == 403, path


def test_whoever_is_admitted_gets_what_they_ask_for(tmp_path: Any) -> None:
    settings = Settings(sign_in=True, users=("*@news.example",), store=f"sqlite:///{tmp_path / 'map.sqlite'}")
    assert asked("/api/rows", "GET", settings, ADA) == 200
