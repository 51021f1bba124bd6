"""Answers leave at once: the head of an answer and its body are not 40 ms apart."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from geo.page import connections

HEAD, BODY = b"head", b"body"
TIMES = 12  # the first of a connection are acknowledged at once, delayed or not


class _Answering(asyncio.Protocol):
    """Answers whatever comes with two writes, as HTTP servers do."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        assert isinstance(self.transport, asyncio.WriteTransport)
        self.transport.write(HEAD)
        self.transport.write(BODY)


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    """A socket made as Streamlit makes its own: for TCP, but not by that name."""
    with closing(socket.socket(socket.AF_INET)) as made:
        made.bind(("127.0.0.1", 0))
        yield made


def _ask(port: int) -> list[float]:
    """Ask again and again on one connection; gives the seconds from the question to the end of each answer."""
    taken = []
    with closing(socket.create_connection(("127.0.0.1", port), timeout=30)) as asking:
        for _ in range(TIMES):
            began, got = time.perf_counter(), b""
            asking.sendall(b"?")
            while len(got) < len(HEAD + BODY):
                got += asking.recv(100)
            taken.append(time.perf_counter() - began)
    return taken


def test_the_second_write_does_not_wait_for_an_acknowledgement(listening: socket.socket) -> None:
    """Each file of the page came 40 ms late, a hundred of them at every start: the body waited for the head."""

    async def served() -> list[float]:
        loop = asyncio.get_running_loop()
        connections.send_at_once(loop)
        async with await loop.create_server(_Answering, sock=listening):
            return await loop.run_in_executor(None, _ask, listening.getsockname()[1])

    # Where they wait they all do, but for the first; where they do not, some are quick however busy the machine is.
    assert min(asyncio.run(served())[4:]) < 0.035
