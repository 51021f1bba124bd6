"""A server of one map on this machine, for the benchmarks that look at it with a browser: page, assets and data."""

from __future__ import annotations

import http.server
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from geo.timemap import files


class Sent(NamedTuple):
    """What is sent for a path."""

    body: bytes
    media_type: str = "application/octet-stream"
    encoding: str | None = None


class MapServer(http.server.ThreadingHTTPServer):
    """Serves a map's page at ``/``, its assets below ``/assets/``, and what else is given.

    Parameters
    ----------
    page_html
        The map.
    data
        By path, without its slash: what gives the answer for a query string.

    Attributes
    ----------
    tally : Counter
        How many ``requests`` were answered, with how many ``bytes``.
    """

    def __init__(self, page_html: str, data: Mapping[str, Callable[[str], Sent]]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.tally: Counter[str] = Counter()
        self._answers = {"": lambda _: Sent(page_html.encode(), "text/html; charset=utf-8"), **data}

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def answer(self, path: str) -> Sent:
        """Give what is sent for a path; raises FileNotFoundError where there is nothing."""
        asked = urlsplit(path)
        name = asked.path.lstrip("/")
        if name in self._answers:
            return self._answers[name](asked.query)
        asset = files.read(name.removeprefix("assets/"))
        return Sent(asset.body, asset.media_type, asset.encoding)


class _Handler(http.server.BaseHTTPRequestHandler):
    server: MapServer

    def do_GET(self) -> None:
        try:
            sent = self.server.answer(self.path)
        except FileNotFoundError:
            self.send_error(404)
            return
        self.server.tally.update(requests=1, bytes=len(sent.body))
        self.send_response(200)
        self.send_header("Content-Type", sent.media_type)
        self.send_header("Content-Length", str(len(sent.body)))
        if sent.encoding:
            self.send_header("Content-Encoding", sent.encoding)
        self.end_headers()
        self.wfile.write(sent.body)

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


@contextmanager
def served(page_html: str, events: bytes) -> Iterator[tuple[str, Counter[str]]]:
    """Serve one map with its events, gzipped, from a thread; gives the address and a tally of requests and bytes."""
    server = MapServer(page_html, {"events.bin": lambda _: Sent(events, encoding="gzip")})
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.address, server.tally
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
