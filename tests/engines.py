"""The databases that a store may lie in, for tests that hold for each: a SQLite file, and a PostgreSQL of their own.

The server runs in a temporary folder, on a socket there and no port, as a user who is not root (which PostgreSQL
refuses); each test has a database of its own in it.
"""

from __future__ import annotations

import importlib.util
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ENGINES = ("sqlite", "postgresql")
_DEBIAN = Path("/usr/lib/postgresql")
_NOBODY = "nobody"


def why_not() -> str | None:
    """Say why no server can be started here; None where one can."""
    if importlib.util.find_spec("psycopg") is None:
        return "psycopg is not installed"
    found = _programs()
    if found is None:
        return "there is no PostgreSQL (Debian: postgresql-15-postgis-3)"
    shared = subprocess.run([found / "pg_config", "--sharedir"], check=True, capture_output=True, text=True)
    if not (Path(shared.stdout.strip()) / "extension" / "postgis.control").exists():
        return "PostgreSQL has no PostGIS (Debian: postgresql-15-postgis-3)"
    return None


def _programs() -> Path | None:
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    versions = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return versions[-1].parent if versions else None


class Server:
    """A running PostgreSQL."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count()
        self._made: list[str] = []

    def database(self) -> str:
        """Make an empty database with PostGIS; give its address."""
        name = f"test{next(self._numbers)}"
        self.run("postgres", f"CREATE DATABASE {name} TEMPLATE with_postgis")
        self._made.append(name)
        return self.address(name)

    def clear(self) -> None:
        """Drop what `database` made, whoever still has it open."""
        self.run("postgres", *(f"DROP DATABASE {name} WITH (FORCE)" for name in self._made))
        self._made.clear()

    def address(self, name: str) -> str:
        """Give the address of a database."""
        return f"postgresql://owner@/{name}?host={self._folder}"

    def run(self, database: str, *statements: str) -> list[tuple[object, ...]]:
        """Run statements, each in a transaction of its own; give the rows of the last."""
        import psycopg

        with psycopg.connect(host=str(self._folder), user="owner", dbname=database, autocommit=True) as connection:
            cursor = connection.cursor()
            for statement in statements:
                cursor.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []


@contextmanager
def server() -> Iterator[Server]:
    """Run a PostgreSQL until the end."""
    programs = _programs()
    assert programs is not None
    # Not pytest's folder, which only its owner may enter; and short, as a socket's path must be.
    with tempfile.TemporaryDirectory(prefix="pg") as name:
        folder = Path(name)
        own = {"user": _NOBODY} if os.geteuid() == 0 else {}
        if own:
            shutil.chown(folder, pwd.getpwnam(_NOBODY).pw_uid)
        data, log = folder / "data", folder / "log"
        make = [programs / "initdb", "-D", data, "-U", "owner", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
        subprocess.run(make, check=True, capture_output=True, cwd=folder, **own)
        # What is lost with the machine is no loss here.
        options = f"-k {folder} -c listen_addresses='' -c fsync=off -c full_page_writes=off -c jit=off"
        control = [programs / "pg_ctl", "-D", data, "-l", log]
        subprocess.run(
            [*control, "-w", "-t", "600", "-o", options, "start"], check=True, capture_output=True, cwd=folder, **own
        )
        try:
            made = Server(folder)
            made.run("postgres", "CREATE DATABASE with_postgis")
            made.run("with_postgis", "CREATE EXTENSION postgis")
            yield made
        finally:
            subprocess.run(
                [*control, "-m", "immediate", "-w", "stop"], check=True, capture_output=True, cwd=folder, **own
            )
