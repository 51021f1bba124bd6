"""What the documents on security and deployment name exists, and what exists is named."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from geo import settings

ROOT = Path(__file__).resolve().parents[2]
SECURITY = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
DEPLOY = ROOT / "docs" / "deploy"
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", SECURITY)))
PROMISES = [line for line in SECURITY.splitlines() if line.startswith("| ") and "`tests/" in line]


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_every_test_that_holds_a_promise_exists(path: str, name: str) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_promise_is_held_by_a_test() -> None:
    section = SECURITY.partition("## Promises")[2].partition("\n## ")[0]
    rows = [
        line for line in section.splitlines() if line.startswith("| ") and not line.startswith(("| ---", "| promise"))
    ]
    assert rows == PROMISES
    assert len(NAMED) > 20


def test_every_setting_of_the_environment_is_told_where_it_is_deployed() -> None:
    told = (DEPLOY / "README.md").read_text(encoding="utf-8") + (ROOT / "README.md").read_text(encoding="utf-8")
    variables = {value for name, value in vars(settings).items() if name.endswith("_VARIABLE")}
    assert len(variables) >= 9
    assert {variable for variable in variables if f"`{variable}" not in told} == set()


@pytest.mark.parametrize("name", ["Containerfile", "conflict-map.service", "nginx.conf"])
def test_every_file_of_a_deployment_is_told_and_sets_only_what_is_read(name: str) -> None:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    assert f"({name})" in (DEPLOY / "README.md").read_text(encoding="utf-8")
    known = {value for key, value in vars(settings).items() if key.endswith("_VARIABLE")}
    assert set(re.findall(r"CONFLICT_MAP_[A-Z_]+", text)) <= known


def test_an_image_holds_what_runs_and_no_store_no_secret() -> None:
    """`COPY . .` would take along whatever lies beside the code."""
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    copied = re.findall(r"^COPY (?!--from)(\S+)", text, flags=re.MULTILINE)
    assert {"dashboard.py", "geo", "gazetteer", "data", ".streamlit/config.toml"} < set(copied)
    assert [path for path in copied if not (ROOT / path).exists()] == []
    assert [path for path in copied if path.startswith("store") or path in (".", "./", ".streamlit")] == []


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd")
def test_systemd_understands_every_line_of_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / "conflict-map.service"
    text = (DEPLOY / unit.name).read_text(encoding="utf-8")
    # The one thing that is there only where it is installed.
    unit.write_text(re.sub(r"(?m)^ExecStart=\S+", "ExecStart=/bin/true", text), encoding="utf-8")
    told = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")
