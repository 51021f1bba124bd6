"""Signing in, where the settings ask for it: who the OpenID Connect provider vouches for, and who of them may come in.

Streamlit does the signing in itself (``st.login``, configured in its secrets) and keeps it in a signed cookie. It
guards the page only: our routes beside it look at the same cookie here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import streamlit as st
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.auth_util import get_cookie_with_chunks, get_secrets_auth_section, is_authlib_installed
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from geo.page import components
from geo.settings import SIGN_IN_VARIABLE, USERS_VARIABLE, Settings

MISSING = (
    f"{SIGN_IN_VARIABLE} is on, but Streamlit's secrets name no provider to sign in with. Nobody can come in until "
    ".streamlit/secrets.toml has an [auth] section: see docs/deploy/README.md."
)


class SignedIn:
    """Lets a route's request pass only where its cookie says who sends it and the settings let them in."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        who = person(HTTPConnection(scope).cookies)
        if admitted(who, self.settings):
            await self.app(scope, receive, send)
            return
        told = "Sign in on the map's page first: this is shown to its users only.\n"
        await PlainTextResponse(told, status_code=403 if who else 401)(scope, receive, send)


def person(cookies: Mapping[str, str]) -> Mapping[str, Any]:
    """Give the claims that Streamlit's signed cookie holds; empty where there is none, or it is forged or too old."""

    def single(name: str) -> bytes | None:
        value = cookies.get(name)
        return decode_signed_value(get_cookie_secret(), name, value.encode("latin-1", "replace")) if value else None

    try:
        claims = json.loads(get_cookie_with_chunks(single, USER_COOKIE_NAME) or b"{}")
    except ValueError:
        return {}
    return claims if isinstance(claims, dict) else {}


def admitted(claims: Mapping[str, Any], settings: Settings) -> bool:
    """Tell whether the settings let in whom these claims name.

    An address that the provider says is not verified counts for nothing: anyone could have typed it.
    """
    if not settings.sign_in:
        return True
    if claims.get("is_logged_in") is not True:
        return False
    if not settings.users:
        return True
    address = str(claims.get("email") or "").lower()
    verified = claims.get("email_verified", True) in (True, "true")
    local, _, domain = address.rpartition("@")
    return verified and bool(local) and (address in settings.users or f"*@{domain}" in settings.users)


def draw(settings: Settings) -> bool:
    """Draw what stands before the page for whoever is not admitted; True where the page itself may be drawn."""
    if not settings.sign_in:
        return True
    if not (get_secrets_auth_section() and is_authlib_installed()):
        raise ValueError(MISSING)
    claims = st.user.to_dict()
    if admitted(claims, settings):
        return True
    st.html(f"<style>{components.page_style('light')}</style>")
    with st.container(key="fault"):
        if claims.get("is_logged_in"):
            st.subheader("Not one of this map's users")
            st.text(f"{claims.get('email') or 'This account'} is signed in, but {USERS_VARIABLE} does not name it.")
            st.button("Sign out", on_click=st.logout)
        else:
            st.subheader("Sign in to see this map")
            st.text("It is shown to its users only.")
            st.button("Sign in", on_click=st.login)
    return False
