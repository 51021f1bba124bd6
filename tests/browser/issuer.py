"""An OpenID Connect provider on this machine, for signing in without a network: it vouches for whoever `person` is."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "conflict-map", "the-clients-own-secret"


@dataclass
class Issuer:
    """Whom the provider vouches for next, and what it was asked."""

    address: str
    person: dict[str, Any]
    asked: list[str] = field(default_factory=list)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1", "use": "sig", "alg": "RS256"}))
    nonces: dict[str, str] = field(default_factory=dict)

    async def configuration(self, _: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "jwks_uri": f"{self.address}/keys",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    async def authorize(self, request: Request) -> Response:
        given = request.query_params
        self.asked.append(f"{given['client_id']} {given['scope']} {given.get('code_challenge_method')}")
        code = secrets.token_urlsafe(12)
        self.nonces[code] = given.get("nonce", "")
        back = urlencode({"code": code, "state": given["state"]})
        return RedirectResponse(f"{given['redirect_uri']}?{back}", status_code=302)

    async def token(self, request: Request) -> Response:
        form = await request.form()
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 600, "sub": "1"}
        claims |= {"nonce": self.nonces.pop(str(form["code"]))} | self.person
        signed = jwt.encode({"alg": "RS256", "kid": "1"}, claims, self.key)
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "expires_in": 600, "id_token": signed})

    async def keys(self, _: Request) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})


@contextmanager
def issuing(port: int, person: dict[str, Any]) -> Iterator[Issuer]:
    """Run a provider at a port of this machine."""
    issuer = Issuer(f"http://localhost:{port}", person)
    app = Starlette(
        routes=[
            Route("/.well-known/openid-configuration", issuer.configuration),
            Route("/authorize", issuer.authorize),
            Route("/token", issuer.token, methods=["POST"]),
            Route("/keys", issuer.keys),
        ]
    )
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.05)
    yield issuer
    server.should_exit = True
    thread.join(timeout=20)


def secrets_file(issuer_port: int, dashboard_port: int) -> str:
    """Give Streamlit's secrets for a dashboard that signs in there."""
    return (
        "[auth]\n"
        f'redirect_uri = "http://localhost:{dashboard_port}/oauth2callback"\n'
        'cookie_secret = "a-long-secret-of-this-test-only"\n'
        f'client_id = "{CLIENT}"\n'
        f'client_secret = "{SECRET}"\n'
        f'server_metadata_url = "http://localhost:{issuer_port}/.well-known/openid-configuration"\n'
    )
