"""Our commands as a shell finds them, forked from a process that has the program imported.

Importing it takes seconds of the processor, and the documents tell people to type dozens of commands. What runs in the
fork is the command itself, from its first line, with the folder, the variables and the open files of whoever typed it;
nothing of them, of a store or of a gazetteer was read before. The start of an interpreter is left out: the installed
package's commands (`tests.test_package`) are started as anybody starts them.
"""

from __future__ import annotations

import importlib
import json
import os
import runpy
import select
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.forks import settle

ROOT = Path(__file__).resolve().parents[1]
MODULES = {"conflict-map": "geo", "conflict-gazetteer": "gazetteer"}
# What stands where an installation puts a command. It hands over what a process inherits and ends as the fork ended.
_TYPED = """\
#!{python} -IS
import json, os, socket, sys
asked = {{"module": "{module}", "arguments": sys.argv[1:], "folder": os.getcwd(), "environment": dict(os.environ)}}
with socket.socket(socket.AF_UNIX) as there:
    there.connect("{address}")
    socket.send_fds(there, [b"?"], [0, 1, 2])
    there.sendall(json.dumps(asked).encode())
    there.shutdown(socket.SHUT_WR)
    answer = there.makefile().read()
if not answer:
    sys.exit("the process that forks commands is gone")
sys.exit(int(answer))
"""


@contextmanager
def typed(folder: Path) -> Iterator[None]:
    """Lay our commands into `folder`, which is on nobody's path yet; they work until the end."""
    with (
        tempfile.TemporaryDirectory(prefix="forks") as short,
        ExitStack() as until,
    ):  # short, as a socket's path must be
        address = f"{short}/asked"
        for name, module in MODULES.items():
            (folder / name).write_text(_TYPED.format(python=sys.executable, module=module, address=address))
            (folder / name).chmod(0o755)
        command = [sys.executable, "-m", "tests.commands", address]
        # It ends with its input, so that it outlives no test run, however that ends.
        forking = until.enter_context(
            subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        )
        assert forking.stdin is not None
        assert forking.stdout is not None
        until.enter_context(forking.stdin)
        assert forking.stdout.readline() == b"ready\n"
        yield


def _import() -> None:
    """Import what the commands import."""
    from geo.cli import COMMANDS

    for name in COMMANDS:
        importlib.import_module(f"geo.cli.{name}")
    importlib.import_module("gazetteer.cli")


def _asked(listening: socket.socket) -> tuple[str, list[str]] | None:
    """Fork for everyone who comes; gives module and arguments in a fork, None in this process when its input ends."""
    waiting: list[int] = []
    while listening in select.select([listening, sys.stdin], [], [])[0]:
        there, _ = listening.accept()
        # Those before are waited for, so that what they spent is counted; each answered as it ended.
        waiting = [pid for pid in waiting if not os.waitpid(pid, os.WNOHANG)[0]]
        if pid := os.fork():
            waiting.append(pid)
            there.close()
            continue
        # This one waits for the command, whatever ends it, and tells of it.
        listening.close()
        _, files, _, _ = socket.recv_fds(there, 1, 3)
        with there.makefile("rb") as given:
            asked = json.load(given)
        if pid := os.fork():
            for file in files:
                os.close(file)
            there.sendall(str(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])).encode())
            os._exit(0)
        there.close()
        for name, file in enumerate(files):
            os.dup2(file, name)
            os.close(file)
        os.chdir(asked["folder"])
        os.environ.clear()
        os.environ.update(asked["environment"])
        return asked["module"], asked["arguments"]
    for pid in waiting:
        os.waitpid(pid, 0)
    return None


if __name__ == "__main__":
    _import()
    settle()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(sys.argv[1])
        listening.listen()
        print("ready", flush=True)
        asked = _asked(listening)
    if asked is not None:
        module, arguments = asked
        sys.argv[:] = [module, *arguments]
        runpy.run_module(module, run_name="__main__", alter_sys=True)
