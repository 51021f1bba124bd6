"""The same work on a store in PostgreSQL; what dies is the program that works, or the server under it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from geo.store import StoreError
from tests import engines
from tests.kills import stores, uploads
from tests.kills.striking import Kind, statements

_KINDS = {"ingest": stores.INGEST, "upload": uploads.UPLOAD, "correct": stores.CORRECT, "copy": stores.COPY}


def kinds(server: engines.Server) -> Mapping[str, Kind]:
    """Give the kinds of work on a server: under its own name with the program killed, after ``server:`` the server."""
    clients = {name: _on(server, kind) for name, kind in _KINDS.items()}
    refusals = (StoreError, uploads.RefusedError)
    return clients | {
        f"server:{name}": replace(kind, victim=server, refusals=refusals) for name, kind in clients.items()
    }


def _on(server: engines.Server, kind: Kind) -> Kind:
    model: list[str] = []
    files: dict[str, bytes] = {}

    def prepare(here: Path) -> None:
        """Lay out a folder; the second time as it was laid out the first time, as making the tables takes a second."""
        if not model:
            stores.note(here, server.database())
            kind.prepare(here)
            model.append(server.database(like=stores.address(here)))
            files.update((one.name, one.read_bytes()) for one in here.iterdir())
        for name, data in files.items():
            (here / name).write_bytes(data)
        stores.note(here, server.database(like=model[0]))

    def clear(here: Path) -> None:
        server.drop(stores.address(here))
        shutil.rmtree(here)

    return replace(kind, prepare=prepare, clear=clear, steps=statements)
