"""Answers leave at once: a short one does not wait until the browser has acknowledged what came before it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from geo.page import stopping

_OVER_TCP = (socket.AF_INET, socket.AF_INET6)


@asynccontextmanager
async def lifespan(app: Any) -> AsyncGenerator[dict[str, Any]]:
    """Run the app; the server begins to listen after its start, and finds the loop as `send_at_once` left it."""
    send_at_once(asyncio.get_running_loop())
    async with stopping.lifespan(app) as state:
        yield state


def send_at_once(loop: asyncio.AbstractEventLoop) -> None:
    """Let connections to servers of this loop send what is written to them without delay (TCP_NODELAY).

    Python's loops do that for sockets that were made for TCP by name only. Streamlit's own is made without: head and
    body of an answer are two writes, and the body waits for the acknowledgement of the head, which the other side puts
    off for 40 ms (Nagle's algorithm, RFC 896, against delayed acknowledgements, RFC 1122). What a socket listens with,
    the connections that it accepts have, too.
    """
    if not isinstance(loop, asyncio.BaseEventLoop):  # others (uvloop) look at no name
        return
    make = loop.create_server

    async def create_server(*arguments: Any, sock: socket.socket | None = None, **options: Any) -> Any:
        if sock is not None and sock.family in _OVER_TCP:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return await make(*arguments, sock=sock, **options)

    loop.create_server = create_server  # type: ignore[method-assign]  # (this loop's own way in)
