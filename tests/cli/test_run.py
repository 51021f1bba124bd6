"""``conflict-map run``: what it prepares, and the command that then serves the dashboard."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from gazetteer.shipped import ROOT
from geo.cli import main, run
from geo.settings import ARTICLES
from geo.store import Store
from tests.store.specimens import article, record


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What would be served: the command, the environment. The server itself is started in `tests.test_package`."""
    found: list[Any] = []

    def serve(command: list[str], environment: dict[str, str]) -> int:
        found.extend([command, environment])
        return 0

    monkeypatch.setattr(run, "_serve", serve)
    return found


def test_the_first_start_reads_the_demo_articles(
    tmp_path: Path, served: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from geo.cli import demo

    name = "2015-01-30-debaltseve-vuhlehirsk.txt"
    (tmp_path / "shelf").mkdir()
    (tmp_path / "shelf" / name).write_bytes((ARTICLES / name).read_bytes())
    monkeypatch.setattr(demo, "ARTICLES", tmp_path / "shelf")
    url = str(tmp_path / "new" / "s.sqlite")
    assert main(["run", "--store", url, "--quiet"]) == 0
    with Store(url, read_only=True) as store:
        assert store.data_sets() == {"demo": 1}
    assert served[1]["CONFLICT_MAP_STORE"] == url


@pytest.mark.parametrize("more", [[], ["--read-only"], ["--no-demo"]])
def test_a_store_of_ones_own_is_shown_as_it_is(tmp_path: Path, served: list[Any], more: list[str]) -> None:
    url = str(tmp_path / "s.sqlite")
    with Store(url, create=True) as store:
        store.save(record(article()), pipeline="1")
    assert main(["run", "--store", url, "--quiet", *more]) == 0
    with Store(url, read_only=True) as store:
        assert store.data_sets() == {"articles": 1}
    assert ("CONFLICT_MAP_READ_ONLY" in served[1]) == ("--read-only" in more)


def test_what_was_asked_for_reaches_the_server(tmp_path: Path, served: list[Any]) -> None:
    given = ["--port", "8600", "--address", "127.0.0.1", "--no-browser", "--no-demo", "--store", str(tmp_path / "none")]
    assert main(["run", *given]) == 0
    command = served[0]
    assert command[:6] == [sys.executable, "-P", "-m", "streamlit", "run", str(ROOT / "dashboard.py")]
    assert command[command.index("--server.port") + 1] == "8600"
    assert command[command.index("--server.address") + 1] == "127.0.0.1"
    assert command[command.index("--server.headless") + 1] == "true"


def test_control_areas_are_checked_before_anything_is_served(tmp_path: Path, served: list[Any], capsys: Any) -> None:
    path = tmp_path / "fronts.geojson"
    path.write_text('{"type": "FeatureCollection", "features": [{"type": "Feature"}]}', encoding="utf-8")
    given = ["run", "--no-demo", "--store", str(tmp_path / "none"), "--control", str(path)]
    assert main(given) != 0
    assert "fronts.geojson: feature 1: no 'holder'" in capsys.readouterr().err
    assert served == []
    ring = [[36, 47], [39, 47], [39, 49], [36, 47]]
    area = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "properties": {"holder": "Government"}, "geometry": area}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    assert main(given) == 0
    assert served[1]["CONFLICT_MAP_CONTROL"] == str(path)


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1"])
def test_a_port_that_cannot_be_is_refused(port: str, capsys: Any) -> None:
    with pytest.raises(SystemExit):
        main(["run", f"--port={port}"])
    assert "expected a port from 1 to 65535" in capsys.readouterr().err
