"""Reading speaks to nobody: not to the makers of what it is made with either."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_reader_leaves_no_trace_of_telemetry(tmp_path: Path) -> None:
    """ONNX Runtime gives the machine an id in its user's cache and tells its maker of every start."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ORT_", "XDG_"))}
    code = "from geo.reader.model import Reader; Reader.load()"
    subprocess.run(
        [sys.executable, "-B", "-c", code],
        cwd=ROOT,
        env=environment | {"HOME": str(tmp_path)},
        check=True,
        capture_output=True,
        timeout=300,
    )
    assert [str(path) for path in tmp_path.rglob("*")] == []
