from __future__ import annotations

from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.websockets import WebSocket

from geo.page import guard, routes
from geo.settings import Settings
from geo.timemap import Tiles

OWN = "http://localhost:8501"


async def hello(request: Request) -> Response:
    return PlainTextResponse("hello")


async def talk(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("hello")
    await socket.close()


def client(
    *,
    address: str = OWN,
    hosts: tuple[str, ...] = (),
    names: tuple[str, ...] = guard.LOOPBACK,
    embed: tuple[str, ...] = (),
) -> TestClient:
    """The app's middleware around a page and a WebSocket that answer anyone; `address` is the end connected to."""
    page = [Route(path, hello, methods=["GET", "POST", "PUT"]) for path in ("/", "/component/x/index.html")]
    paths = [*page, WebSocketRoute("/_stcore/stream", talk)]
    app = Starlette(routes=paths, middleware=routes.middleware(Settings(hosts=hosts, embed=embed), names=names))
    return TestClient(app, base_url=address, raise_server_exceptions=False)


def asked(headers: dict[str, str], *, method: str = "GET", **known: Any) -> int:
    return client(**known).request(method, "/", headers=headers).status_code


def connected(headers: dict[str, str], **known: Any) -> int:
    """The status that a WebSocket's handshake is answered with; 101 where it stands."""
    try:
        with client(**known).websocket_connect("/_stcore/stream", headers=headers) as socket:
            assert socket.receive_text() == "hello"
            return 101
    except WebSocketDenialResponse as refusal:
        return refusal.status_code


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost:8501",
        "LOCALHOST",
        "127.0.0.1:8501",
        "[::1]:8501",
        "map.example.org",
        "a.news.example:80",
    ],
)
def test_the_app_answers_to_its_own_names(host: str) -> None:
    hosts = ("map.example.org", "*.news.example")
    assert asked({"host": host}, hosts=hosts) == 200
    assert connected({"host": host}, hosts=hosts) == 101


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8501",
        "localhost.evil.example",
        "evil.example@localhost",
        "localhost@evil.example",
        "localhost, evil.example",
        "news.example.evil.example",
        "evilnews.example",
        "192.168.7.7",
        "127.0.0.1.nip.io",
        "[::2]",
        "0.0.0.0",  # noqa: S104 (nothing is bound here)
        "localhost:port",
        "*",
        "",
        " ",
        "localhost\t",
        "l\xf6calhost",
    ],
)
def test_a_name_that_is_not_the_servers_is_refused_on_routes_and_on_the_websocket(host: str) -> None:
    """DNS rebinding: a website lets its own name lead to 127.0.0.1 and asks this server under it."""
    hosts = ("map.example.org", "*.news.example")
    given = {"host": host.encode("latin-1")}
    for method in ("GET", "POST", "PUT", "OPTIONS"):
        assert asked(given, method=method, hosts=hosts) == 400  # type: ignore[arg-type]  # (headers of any kind)
    assert connected(given, hosts=hosts) == 400  # type: ignore[arg-type]  # (headers of any kind)


@pytest.mark.parametrize(
    ("address", "own", "other"),
    [
        ("http://192.168.1.5:8501", "192.168.1.5:8501", "192.168.1.6:8501"),
        ("http://[fd00::5]:8501", "[fd00::5]:8501", "[fd00::6]:8501"),
        ("http://desk.lan:8501", "localhost", "desk.lan"),
    ],
)
def test_the_address_that_a_connection_arrived_at_is_a_name_of_the_server(address: str, own: str, other: str) -> None:
    """Bound to all addresses it is asked by number; a number is not a name that could lead elsewhere tomorrow."""
    assert asked({"host": own}, address=address) == 200
    assert asked({"host": other}, address=address) == 400


def test_a_refused_host_is_told_what_to_do() -> None:
    answer = client().get("/", headers={"host": "evil.example"})
    assert answer.text == (
        "This server is not known by that name. Whoever runs it can add the name to CONFLICT_MAP_HOSTS.\n"
    )
    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]


def test_configured_addresses_are_names_and_wildcards_are_not() -> None:
    wildcards = guard.WILDCARD_ADDRESSES
    names = guard.own_names(*wildcards, "Map.example.org", None, "fd00::5")
    assert set(guard.LOOPBACK) < set(names)
    assert {"map.example.org", "[fd00::5]"} < set(names)
    assert not {*wildcards, "[::]", "*"} & set(names)


FOREIGN = [
    {"origin": "http://localhost:8502"},
    {"origin": "http://127.0.0.1:8501"},
    {"origin": "https://evil.example"},
    {"origin": "http://localhost:8501.evil.example"},
    {"origin": "http://localhost:8501@evil.example"},
    {"origin": "http://evil.example#localhost:8501"},
    {"origin": "null"},
    {"origin": ""},
    {"origin": "localhost:8501"},
    {"origin": "http://"},
    {"origin": "http://localhost:99999999"},
    {"origin": "file://"},
    {"origin": "chrome-extension://abcdef"},
    {"origin": "http://localhost"},
    {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"},
    {"sec-fetch-site": "same-site", "sec-fetch-mode": "cors"},
    {"sec-fetch-site": "nonsense"},
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_what_comes_from_a_page_of_another_origin_is_refused(headers: dict[str, str]) -> None:
    """Another port of the same machine is another origin."""
    given = {"host": "localhost:8501"} | headers
    for method in ("GET", "POST", "PUT"):
        assert asked(given, method=method) == 403
    assert connected(given) == 403


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://localhost:8501"},
        {"origin": "http://localhost:8501", "sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"},
        {"sec-fetch-site": "none", "sec-fetch-mode": "navigate"},
    ],
)
def test_our_own_pages_and_what_is_no_browser_may_read_write_and_connect(headers: dict[str, str]) -> None:
    given = {"host": "localhost:8501"} | headers
    assert [asked(given, method=method) for method in ("GET", "POST")] == [200, 200]
    assert connected(given) == 101


def test_a_link_on_another_site_may_be_followed_but_not_post_a_form() -> None:
    """The link to a view is sent by mail and in chats; a form that sends itself is no link."""
    given = {"host": "localhost:8501", "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert asked(given) == 200
    assert asked(given | {"sec-fetch-dest": "document"}) == 200
    assert [asked(given | {"sec-fetch-dest": frame}) for frame in ("iframe", "embed", "object")] == [403] * 3
    assert asked(given, method="POST") == 403
    assert connected(given) == 403


@pytest.mark.parametrize(
    ("host", "origin", "expected"),
    [
        ("map.example.org", "https://map.example.org", 200),
        ("map.example.org", "https://map.example.org:443", 200),
        ("map.example.org:8443", "https://map.example.org:8443", 200),
        ("map.example.org", "https://map.example.org:8443", 403),
        ("map.example.org", "https://other.example.org", 403),
    ],
)
def test_behind_a_proxy_that_ends_tls_the_pages_origin_is_https(host: str, origin: str, expected: int) -> None:
    given = {"host": host, "origin": origin}
    assert asked(given, method="POST", hosts=("map.example.org",)) == expected


def test_an_unencrypted_page_may_not_speak_for_an_encrypted_one() -> None:
    """Whoever sits on the wire can make up the first."""
    given = {"host": "map.example.org", "origin": "http://map.example.org"}
    assert asked(given, method="POST", address="https://map.example.org", hosts=("map.example.org",)) == 403


def test_every_answer_says_what_its_page_may_load_and_who_may_frame_it() -> None:
    answer = client().get("/", headers={"host": "localhost:8501"})
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'self'"
    assert policy["connect-src"] == "'self' ws://localhost:8501 wss://localhost:8501 data: blob:"
    assert policy["frame-ancestors"] == "'self'"
    assert policy["object-src"] == "'none'"
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


def test_the_embedded_page_alone_may_be_framed_and_by_the_named_hosts_alone() -> None:
    """What may be framed shows a map and takes no click that changes anything; the whole page does, and stays ours."""
    news = ("news.example", "https://*.desk.example:8443")
    framed = {"host": "localhost:8501", "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    framed |= {"sec-fetch-dest": "iframe"}

    def got(path: str, embed: tuple[str, ...] = news) -> tuple[int, str, str | None]:
        answer = client(embed=embed).get(path, headers=framed)
        ancestors = answer.headers["content-security-policy"].partition("frame-ancestors ")[2]
        return answer.status_code, ancestors, answer.headers.get("x-frame-options")

    assert got("/?embed=true&from=2015") == (200, "'self' news.example https://*.desk.example:8443", None)
    assert got("/?from=2015") == (403, "'self'", "SAMEORIGIN")
    assert got("/?embed=true&embed=false") == (403, "'self'", "SAMEORIGIN")
    assert got("/?embed=true", ()) == (403, "'self'", "SAMEORIGIN")
    inner = {"host": "localhost:8501", "sec-fetch-site": "same-origin", "sec-fetch-dest": "iframe"}
    answer = client(embed=news).get("/component/x/index.html", headers=inner)
    assert "'self' news.example" in answer.headers["content-security-policy"]
    posted = client(embed=news).post("/?embed=true", headers=framed | {"origin": "https://news.example"})
    assert posted.status_code == 403


@pytest.mark.parametrize("host", ["evil.example; script-src *", "evil.example 'unsafe-inline'", "evil\xe9.example"])
def test_a_host_cannot_write_into_the_policy(host: str) -> None:
    app = Starlette(routes=[Route("/", hello)], middleware=[Middleware(guard.Policy, tiles=None)])
    given: Any = {"host": host.encode("latin-1")}
    policy = TestClient(app).get("/", headers=given).headers["content-security-policy"]
    assert "evil" not in policy
    assert "connect-src 'self' data: blob:;" in policy


def test_the_policy_lets_the_tiles_of_the_settings_in() -> None:
    tiles = Tiles("https://tiles.example/{z}/{x}/{y}.png", "Somebody")
    app = Starlette(routes=[Route("/", hello)], middleware=[Middleware(guard.Policy, tiles=tiles)])
    policy = TestClient(app).get("/").headers["content-security-policy"]
    assert "img-src 'self' data: blob: https://tiles.example;" in policy
