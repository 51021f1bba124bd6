"""The dashboard as its command serves it, asked over raw connections: what a stranger's request meets."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from geo.page import intake
from geo.store import Store
from tests import waiting
from tests.browser.dashboard import ROOT, free_port, serving


class Answer(NamedTuple):
    """What a request was answered with."""

    status: int
    text: str


@dataclass(frozen=True)
class Served:
    """A running dashboard: its port and what it writes down."""

    port: int
    log: Path

    def ask(self, path: str, *, method: str = "GET", body: bytes = b"", **headers: str) -> Answer:
        """Send one request as it is given; `host` and the like are headers."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=waiting.GIVE_UP)) as connection:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            given = {"host": f"localhost:{self.port}"}
            given |= {name.replace("_", "-"): value for name, value in headers.items()}
            if method in ("POST", "PUT"):
                given = {"content-length": str(len(body))} | given
            for name, value in given.items():
                connection.putheader(name, value.encode("latin-1"))
            connection.endheaders(body or None)
            answer = connection.getresponse()
            return Answer(answer.status, answer.read().decode("utf-8", "replace"))

    def status(self, path: str, **headers: str) -> int:
        """The status of what a request for `path` is answered with."""
        return self.ask(path, **headers).status  # type: ignore[arg-type]  # (headers by name)

    def handshake(self, **headers: str) -> int:
        """The status that the WebSocket's handshake is answered with."""
        with self.connecting(**headers) as (_, status):
            return status

    @contextmanager
    def connecting(self, **headers: str) -> Iterator[tuple[socket.socket, int]]:
        """A WebSocket whose handshake was sent, and the status it is answered with."""
        asked = {"host": f"localhost:{self.port}", "upgrade": "websocket", "connection": "Upgrade"}
        asked |= {"sec-websocket-version": "13", "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ=="} | headers
        lines = [f"{name}: {value}" for name, value in asked.items()]
        with socket.create_connection(("127.0.0.1", self.port), timeout=waiting.GIVE_UP) as wire:
            wire.sendall("\r\n".join(["GET /_stcore/stream HTTP/1.1", *lines, "", ""]).encode("latin-1"))
            yield wire, int(wire.recv(64).split()[1])

    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    place = tmp_path_factory.mktemp("served")
    store, log = f"sqlite:///{place / 'map.sqlite'}", place / "log"
    with serving(store, log, CONFLICT_MAP_HOSTS="map.example.org", CONFLICT_MAP_LOG="json") as address:
        yield Served(urlsplit(address).port or 0, log)


PATHS = [
    "/",
    "/healthz",
    "/metrics",
    "/api/rows",
    "/api/events.bin",
    "/assets/timemap.js",
    "/_stcore/health",
    "/nothing",
]


@pytest.mark.parametrize("path", PATHS)
def test_no_path_is_answered_under_another_name_or_to_another_page(served: Served, path: str) -> None:
    assert served.status(path) == 200
    assert served.status(path, host=f"evil.example:{served.port}") == 400
    assert served.status(path, host="map.example.org") == 200
    assert served.status(path, origin=f"http://localhost:{served.port + 1}") == 403
    assert served.status(path, sec_fetch_site="cross-site", sec_fetch_mode="no-cors") == 403


def test_the_websocket_opens_for_our_own_page_only(served: Served) -> None:
    """Streamlit alone lets any local port, and any name, open it."""
    own = f"http://localhost:{served.port}"
    assert served.handshake(origin=own) == 101
    assert served.handshake(host="map.example.org", origin="https://map.example.org") == 101
    assert served.handshake(origin=f"http://localhost:{served.port + 1}") == 403
    assert served.handshake(origin="https://evil.example") == 403
    assert served.handshake(origin="null") == 403
    evil = f"evil.example:{served.port}"
    assert served.handshake(host=evil, origin=f"http://{evil}") == 400
    assert served.handshake(host=evil) == 400


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../files.py",
        "/assets/..%2f..%2fsettings.py",
        "/assets/%2e%2e/%2e%2e/settings.py",
        "/assets//etc/passwd",
        "/assets/..\\..\\settings.py",
        "/assets/%00",
        "//etc/passwd",
        "/static/../../../../etc/passwd",
        "/static/..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/component/streamlit_folium.st_folium/..%2f..%2f__init__.py",
        "/_stcore/bidi-components/x/..%2f..%2f..%2fetc%2fpasswd",
        "/api/export/..%2f..%2fdashboard.py",
        "/app/static/..%2fdashboard.py",
        "/media/..%2f..%2fetc%2fpasswd",
    ],
)
def test_no_path_leads_out_of_what_is_served(served: Served, path: str) -> None:
    answer = served.ask(path)
    assert answer.status in (200, 307, 400, 404)
    assert not any(mark in answer.text for mark in ("root:", "import annotations", "import streamlit"))
    if answer.status == 200:  # Streamlit answers an unknown path with its page
        assert 'id="root"' in answer.text


def test_streamlits_own_upload_takes_nothing(served: Served) -> None:
    """The page has no use for it, and what it takes stays in memory."""
    path = "/_stcore/upload_file/session/file"
    token = {"cookie": "_streamlit_xsrf=2|abcd", "x_xsrftoken": "2|abcd"}
    for kind in ("multipart/form-data; boundary=x", "text/plain"):
        assert served.ask(path, method="PUT", body=b"--x\r\n" * 1000, content_type=kind, **token).status in (
            400,
            403,
            413,
        )


def test_an_upload_without_the_pages_token_is_refused_before_its_body_comes(served: Served) -> None:
    token = {"x_page_token": "gu\xe9ss", "content_type": "multipart/form-data; boundary=x"}
    assert served.ask("/api/articles", method="POST", content_length=str(10**9), **token).status == 403
    assert served.ask("/api/articles", method="DELETE").status == 405


def test_health_and_metrics_tell_numbers(served: Served) -> None:
    health = served.ask("/healthz")
    assert (health.status, json.loads(health.text)["store"]) == (200, "ok")
    served.ask("/api/rows?q=secretword")
    served.ask("/no/such/secretpath")
    told = served.ask("/metrics").text
    assert 'conflict_map_requests_total{method="GET",route="/api/rows",status="200"}' in told
    assert "conflict_map_request_seconds_bucket" in told
    assert "conflict_map_store_up 1.0" in told
    assert 'conflict_map_store_rows{kind="articles"} 0.0' in told
    assert "process_resident_memory_bytes" in told
    assert "secret" not in told


def test_the_log_is_json_and_holds_no_query_no_path_and_no_address(served: Served) -> None:
    served.ask("/api/rows?q=secretword")
    served.ask("/api/places?q=Secretville", host="evil.example")
    served.handshake(origin="https://evil.example")
    written = served.log.read_text()
    assert "ecretword" not in written
    assert "ecretville" not in written
    assert "127.0.0.1" not in written
    lines = served.lines()
    assert all({"event", "level", "logger", "time"} <= line.keys() for line in lines)
    assert any(line["event"] == "request" and line["route"] == "/api/rows" for line in lines)
    assert any(line["event"] == "refused" and line.get("host") == "evil.example" for line in lines)
    assert any(line["event"] == "refused" and line.get("origin") == "https://evil.example" for line in lines)
    assert [line for line in lines if line["level"] == "error"] == []


def test_told_to_stop_it_ends_with_pages_open(tmp_path: Path) -> None:
    """`serving` sends SIGTERM and fails where no end comes of it."""
    log = tmp_path / "log"
    with ExitStack() as open_page:
        with serving(f"sqlite:///{tmp_path / 'map.sqlite'}", log, CONFLICT_MAP_LOG="json") as address:
            here = Served(urlsplit(address).port or 0, log)
            _, status = open_page.enter_context(here.connecting())
            assert status == 101
            assert "conflict_map_sessions 1.0" in here.ask("/metrics").text
        assert here.lines()[-1]["event"] == "stopped"


# The same app by its own `run`, which lets the test know the page's token.
_TELLING = """
import gc
import dashboard
from geo.page import intake
print(intake.TOKEN, gc.get_freeze_count(), flush=True)
dashboard.app.run(config={"server.port": PORT, "server.headless": True})
"""


@contextmanager
def telling(store: str, log: Path) -> Iterator[tuple[subprocess.Popen[bytes], int, str]]:
    """A dashboard that tells the token of its pages: its process, its port, the token."""
    port = free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-c", _TELLING.replace("PORT", str(port))],
            cwd=ROOT,
            env=os.environ | {"CONFLICT_MAP_STORE": store},
            stdout=subprocess.PIPE,
            stderr=output,
        )
    assert process.stdout is not None
    with process:
        try:
            token, frozen = process.stdout.readline().decode().split()
            assert int(frozen) > 100_000, "what was imported is looked through for garbage after every click"
            while b"URL:" not in process.stdout.readline():
                assert process.poll() is None, log.read_text()
            yield process, port, token
            process.wait(timeout=waiting.GIVE_UP)
        finally:
            process.kill()


def test_told_to_stop_while_it_reads_it_keeps_what_was_read_and_says_so(tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path / 'map.sqlite'}"
    articles = [f"2024-01-{day:02}. Shelling near Debaltseve killed two. A rally in Baku." for day in range(1, 29)]
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="file"; filename="{number}.txt"\r\n\r\n{text}\r\n'
        for number, text in enumerate(articles)
    ]
    body = "".join(parts).encode() + b"--x--\r\n"
    with telling(store, tmp_path / "log") as (process, port, token):
        headers = {"Content-Type": "multipart/form-data; boundary=x", "X-Page-Token": token}
        for _ in range(intake.MOST_WAITING):  # hung up half way: none of the places is lost to them
            with closing(http.client.HTTPConnection("localhost", port, timeout=waiting.GIVE_UP)) as broken:
                broken.request("POST", "/api/articles", parts[0].encode(), headers | {"Content-Length": "9999"})
        with closing(http.client.HTTPConnection("localhost", port, timeout=waiting.GIVE_UP)) as connection:

            def asked() -> http.client.HTTPResponse:
                connection.request("POST", "/api/articles", body, headers)
                return connection.getresponse()

            answer = asked()
            while answer.status == 503:  # until the server has seen that they hung up
                answer.read()
                answer = asked()
            assert answer.status == 200
            lines = []
            while line := answer.readline():
                lines.append(json.loads(line))
                if lines[-1].get("done") == 2:
                    process.send_signal(signal.SIGTERM)
        assert lines[-1] == {"fault": intake.STOPPED}
    held = Store(store).counts().articles
    assert 2 <= held < len(articles)
