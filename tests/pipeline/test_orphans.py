"""Worker processes end with the process that started them, however it ends."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from gazetteer.shipped import ROOT

_PARENT = """
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
import os
from geo.pipeline import workers

if __name__ == "__main__":
    pool = ProcessPoolExecutor(2, mp_context=get_context("spawn"), initializer=workers._start, initargs=(None,))
    print(*{pool.submit(os.getpid).result() for _ in range(2)}, flush=True)
    sys.stdin.read()
"""


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="no Linux: no handles of processes")
def test_workers_die_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(_PARENT, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    ) as parent:
        assert parent.stdout is not None
        workers = [int(number) for number in parent.stdout.readline().split()]
        assert workers
        watched = [os.pidfd_open(worker) for worker in workers]
        parent.send_signal(signal.SIGKILL)
    for handle in watched:
        # Readable once the process has ended, which a loaded machine may take its time for.
        ended, _, _ = select.select([handle], [], [], 300)
        os.close(handle)
        assert ended, "a worker lives on"
