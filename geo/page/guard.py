"""Who may speak to the app: it answers to its own names and to its own pages, and says what a page of it may do.

A page of any website can send requests to this server from the browser of whoever runs it. Two things stop it. A name
of the attacker's that leads here (DNS rebinding) is none of ours, so `OwnHost` refuses it. What a browser marks as
coming from somewhere else is refused by `OwnPages`: reads, writes and the WebSocket alike, another port included.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable
from urllib.parse import SplitResult, parse_qs, urlsplit

import structlog
from starlette.datastructures import Headers
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.settings import HOSTS_VARIABLE
from geo.timemap import Tiles

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
WILDCARD_ADDRESSES = ("", "0.0.0.0", "::")  # noqa: S104 (what is bound to all of them has none of them as its name)
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
_PORTS = {"http": 80, "https": 443}
_PLAIN_HOST = re.compile(r"[A-Za-z0-9_.:\[\]-]+")
_SHOWN = 100  # characters of a refused header in the log

# Everything comes from this host, but for tiles where the settings name some. 'unsafe-eval' and 'unsafe-inline':
# streamlit-folium runs a map's script by eval. 'self' alone keeps WebSockets out in older browsers.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:{tiles}; font-src 'self' data:; connect-src 'self'{sockets} data: blob:; "
    "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'{framers}"
)
_FIXED = (
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)

_ALONE = (b"x-frame-options", b"SAMEORIGIN")
# The map's own frame lies in the embedded page: both are held by the page of the host that was named.
_INNER_FRAME = "/component/"

_log = structlog.get_logger(__name__)


def own_names(*configured: str | None) -> tuple[str, ...]:
    """Give the names of this server: loopback, this machine's own, and the configured addresses that are names.

    Parameters
    ----------
    configured
        Addresses the server is told to bind or to show; wildcards and None are left out.
    """
    named = (name.strip("[]").lower() for name in (socket.gethostname(), *configured) if name)
    bracketed = (f"[{name}]" if ":" in name else name for name in named if name not in WILDCARD_ADDRESSES)
    return tuple(dict.fromkeys((*LOOPBACK, *bracketed)))


class OwnHost:
    """Refuses whoever asks for another host than this one (400), on routes and on the WebSocket.

    Beside the names given, the address that a connection arrived at is one of ours: a page whose own address is that
    number cannot have come here by a name.
    """

    def __init__(self, app: ASGIApp, *, names: Iterable[str]) -> None:
        self.app = app
        self.names = tuple(names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        known = False

        async def inner(scope: Scope, receive: Receive, send: Send) -> None:
            nonlocal known
            known = True
            await self.app(scope, receive, send)

        async def unless_refused(message: Message) -> None:
            if known:
                await send(message)

        names = (*self.names, *_arrived_at(scope))
        await TrustedHostMiddleware(inner, names, www_redirect=False)(scope, receive, unless_refused)
        if not known:
            host = Headers(scope=scope).get("host", "")[:_SHOWN]
            _log.warning("refused", why="host", host=host)
            told = f"This server is not known by that name. Whoever runs it can add the name to {HOSTS_VARIABLE}.\n"
            await PlainTextResponse(told, status_code=400)(scope, receive, send)


def _arrived_at(scope: Scope) -> tuple[str, ...]:
    """The address of this end of the connection, as a Host header writes it."""
    try:
        address = ipaddress.ip_address((scope.get("server") or ("",))[0])
    except ValueError:
        return ()
    if address.version == 4:
        return (str(address),)
    mapped = address.ipv4_mapped
    return (str(mapped),) if mapped else (f"[{address}]",)


class OwnPages:
    """Refuses what a browser sends for a page of another origin (403), on routes and on the WebSocket.

    Whoever is no browser sends neither ``Origin`` nor ``Sec-Fetch-Site`` and passes: it acts for nobody but itself.
    With `embed`, a frame of another page may ask for the embedded page, and the policy says whose frame may show it.
    """

    def __init__(self, app: ASGIApp, *, embed: bool = False) -> None:
        self.app = app
        self.embed = embed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        if scope["type"] in ("http", "websocket") and foreign(scope, embed=self.embed):
            headers = Headers(scope=scope)
            origin = headers.get("origin", headers.get("sec-fetch-site", ""))[:_SHOWN]
            _log.warning("refused", why="origin", origin=origin, path=scope["path"])
            told = "This request comes from a page of another origin. Only the map's own pages are answered.\n"
            await PlainTextResponse(told, status_code=403)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def foreign(scope: Scope, *, embed: bool = False) -> bool:
    """Tell whether a browser sent this for a page of another origin; following a link to here is not that.

    A frame of a stranger's page is: the policy keeps it empty, and it need not be drawn for that. With `embed`, one
    that asks for the embedded page is not: the policy names whose frames show it.
    """
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    if origin is not None and not _same(origin, headers.get("host", ""), scope["scheme"]):
        return True
    if headers.get("sec-fetch-site", "none") in ("none", "same-origin"):
        return False
    read = scope["type"] == "http" and scope["method"] in SAFE_METHODS
    whole_page = headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest", "document")
    framed = embed and whole_page == ("navigate", "iframe") and is_embedded(scope)
    return not (read and (whole_page == ("navigate", "document") or framed))


def is_embedded(scope: Scope) -> bool:
    """Tell whether a request is for the page as another page's frame shows it."""
    link = bytes(scope.get("query_string", b"")).decode("latin-1")
    return parse_qs(link).get("embed", [""])[-1] == "true"


def _same(origin: str, host: str, scheme: str) -> bool:
    """Whether an origin is the one that this host is asked by; ``null`` and what cannot be read are not.

    Behind a proxy that ends TLS the request arrives unencrypted and its page's origin is https; never the reverse.
    """
    try:
        given, own = urlsplit(origin), urlsplit(f"//{host}")
        port = _PORTS[given.scheme]
        ends = [(_name(part), part.port or port) for part in (given, own)]
    except (ValueError, KeyError):
        return False
    unlocked = scheme in ("https", "wss") and given.scheme == "http"
    return bool(ends[0][0]) and ends[0] == ends[1] and not unlocked


def _name(part: SplitResult) -> str:
    return (part.hostname or "").rstrip(".")


class Policy:
    """Says on every answer what its page may do: load from here only, be framed by our own pages only.

    The embedded page, and the map's frame in it, may be framed by the pages of `framers` too.
    """

    def __init__(self, app: ASGIApp, *, tiles: Tiles | None = None, framers: Iterable[str] = ()) -> None:
        self.app = app
        self.framers = "".join(f" {host}" for host in framers)
        self.tiles = f" {tiles.source}" if tiles and tiles.source else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""

        async def with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                framers = self.framers if _may_be_framed(scope) else ""
                policy = (b"content-security-policy", self._policy(scope, framers))
                # It knows of no list of hosts: where there is one, the policy alone says it.
                alone = () if framers else (_ALONE,)
                message["headers"] = [*message["headers"], policy, *_FIXED, *alone]
            await send(message)

        await self.app(scope, receive, with_policy if scope["type"] == "http" else send)

    def _policy(self, scope: Scope, framers: str) -> bytes:
        # A refused host's name stands in the policy of its refusal too: nothing but a name may get there.
        host = Headers(scope=scope).get("host", "")
        sockets = f" ws://{host} wss://{host}" if _PLAIN_HOST.fullmatch(host) else ""
        return _POLICY.format(tiles=self.tiles, sockets=sockets, framers=framers).encode()


def _may_be_framed(scope: Scope) -> bool:
    return _INNER_FRAME in str(scope["path"]) or is_embedded(scope)
