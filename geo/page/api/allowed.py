"""Who may ask the read API: whoever has its token; where none is set, whoever may see the page.

A page that is shared read-only shows a view; handing out everything at once is a step of its own, so there it is off
until whoever runs it sets a token.
"""

from __future__ import annotations

import secrets

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from geo.page.api.asking import problem
from geo.page.sign_in import SignedIn
from geo.settings import API_TOKEN_VARIABLE, Settings

_OFF = f"The read API is off on this read-only map. Whoever runs it can set {API_TOKEN_VARIABLE}."
_ASK = "The read API needs its token: send 'Authorization: Bearer TOKEN'. Whoever runs this map knows it."


class Allowed:
    """Lets a request of the read API pass, or says why not."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self.signed_in = SignedIn(app, settings=settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        token = self.settings.api_token
        if not token:
            refused = problem(403, _OFF) if self.settings.read_only else None
            await (refused or self.signed_in)(scope, receive, send)
            return
        scheme, _, given = Headers(scope=scope).get("authorization", "").partition(" ")
        known = secrets.compare_digest(given.strip().encode("latin-1", "replace"), token.encode())
        if known and scheme.lower() == "bearer":
            await self.app(scope, receive, send)
            return
        await problem(401, _ASK, headers={"WWW-Authenticate": "Bearer"})(scope, receive, send)
