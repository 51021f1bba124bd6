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
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
    """A PostgreSQL with PostGIS in a folder of its own.

    Parameters
    ----------
    programs
        The folder of `initdb` and `pg_ctl`.
    folder
        A short path that the server's user may enter.
    durable
        Write through to the disk, as a server does by its default settings.
    """

    def __init__(self, programs: Path, folder: Path, *, durable: bool = False) -> None:
        self._folder = folder
        self._data = folder / "data"
        self._own = {"user": _NOBODY} if os.geteuid() == 0 else {}
        self._control = [programs / "pg_ctl", "-D", self._data, "-l", folder / "log"]
        lasting = "" if durable else " -c fsync=off -c full_page_writes=off"
        self._options = f"-k {folder} -c listen_addresses='' -c jit=off{lasting}"
        self._numbers = itertools.count()
        self._made: list[str] = []
        if self._own:
            shutil.chown(folder, pwd.getpwnam(_NOBODY).pw_uid)
        self._call(programs / "initdb", *f"-D {self._data} -U owner -A trust -E UTF8 --locale=C.UTF-8 -N".split())
        self.start()
        self.run("postgres", "CREATE DATABASE with_postgis")
        self.run("with_postgis", "CREATE EXTENSION postgis")

    def _call(self, *command: str | Path) -> None:
        subprocess.run(command, check=True, capture_output=True, cwd=self._folder, **self._own)

    def start(self) -> None:
        """Start it, anew after `kill`; it is there when this returns."""
        self._call(*self._control, "-w", "-t", "600", "-o", self._options, "start")

    def stop(self) -> None:
        """Stop it without waiting for anybody."""
        self._call(*self._control, "-m", "immediate", "-w", "stop")

    def kill(self) -> None:
        """Kill every process of it with signal 9, at one moment as far as there is one."""
        first = int((self._data / "postmaster.pid").read_text().partition("\n")[0])
        os.kill(first, signal.SIGSTOP)  # it makes no other process meanwhile
        lines = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], check=True, capture_output=True, text=True).stdout
        family = [int(pid) for pid, parent in map(str.split, lines.splitlines()) if int(parent) == first]
        for pid in (first, *family):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        # Until the last of them is gone, the next server takes this one for running.
        for pid in (first, *family):
            with suppress(ProcessLookupError):
                while True:
                    os.kill(pid, 0)
                    time.sleep(0.01)

    def database(self, *, like: str | None = None) -> str:
        """Make an empty database with PostGIS, or one as another is that nobody has open; give its address."""
        name, model = f"test{next(self._numbers)}", self._name(like) if like else "with_postgis"
        self.run("postgres", f"CREATE DATABASE {name} TEMPLATE {model}")
        if like:
            # A sequence is copied with the numbers that the model's log had given in advance; the copy's own log knows
            # nothing of them, and a server killed now would give them a second time. After a checkpoint it writes anew.
            self.run("postgres", "CHECKPOINT")
        self._made.append(name)
        return self.address(name)

    def clear(self) -> None:
        """Drop what `database` made, whoever still has it open."""
        self.run("postgres", *(f"DROP DATABASE {name} WITH (FORCE)" for name in self._made))
        self._made.clear()

    def drop(self, address: str) -> None:
        """Drop one database that `database` made."""
        name = self._name(address)
        self.run("postgres", f"DROP DATABASE {name} WITH (FORCE)")
        self._made.remove(name)

    def _name(self, address: str) -> str:
        return next(name for name in self._made if self.address(name) == address)

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
def server(*, durable: bool = False) -> Iterator[Server]:
    """Run a PostgreSQL until the end."""
    programs = _programs()
    assert programs is not None
    # Not pytest's folder, which only its owner may enter; and short, as a socket's path must be.
    with tempfile.TemporaryDirectory(prefix="pg") as name:
        running = Server(programs, Path(name), durable=durable)
        try:
            yield running
        finally:
            running.stop()
