"""``layer`` and ``compare`` as a user gives them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from geo.cli import main
from geo.store import Store
from tests.layers.specimens import ACLED_NEW, CLASH, GED, layout, text
from tests.store.specimens import record


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CONFLICT_MAP_STORE", str(tmp_path / "s.sqlite"))
    with Store(str(tmp_path / "s.sqlite"), create=True) as store:
        store.save(record(), pipeline="1")
    near = CLASH | {
        "event_type": "Explosions/Remote violence", "event_date": "2015-01-25",
        "longitude": "38.44", "latitude": "48.34",
    }  # fmt: skip
    bad = CLASH | {"event_id_cnty": "XLD2", "latitude": ""}
    (tmp_path / "acled.csv").write_text(text(ACLED_NEW, near, bad), encoding="utf-8")
    (tmp_path / "ged.csv").write_text(text(layout("ucdp").columns.header, GED), encoding="utf-8")
    return tmp_path


def test_layers_are_added_listed_and_removed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["layer", "add", str(folder / "acled.csv")]) == 0
    told = capsys.readouterr().out
    assert "Layer 'ACLED' (ACLED): 1 event of 2 rows, 2015-01-25 to 2015-01-25." in told
    assert f"{folder / 'acled.csv'}:3: it has no latitude." in told
    assert "Its rows stay out of exports, links and everything that is served to programs." in told
    assert main(["layer", "add", str(folder / "acled.csv"), "--strict", "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["rows"], report["left_out"], report["faults"]) == (2, 1, {"it has no latitude": 1})
    assert main(["layer", "add", str(folder / "ged.csv"), "--name", "Deaths\x1b[2J", "--citation", "Own", "-q"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["layer", "list"]) == 0
    told = capsys.readouterr().out
    assert "Deaths[2J: UCDP, 1 event, 2014-03-01 to 2014-03-20; from ged.csv" in told
    assert "cite as: Own" in told
    assert "2 layers." in told
    assert main(["layer", "remove", "ACLED"]) == 0
    assert main(["layer", "list", "--json"]) == 0
    assert [layer["name"] for layer in json.loads(capsys.readouterr().out.partition("\n")[2])] == ["Deaths[2J"]
    assert main(["layer", "remove", "ACLED"]) == 2
    assert "no layer is called 'ACLED'" in capsys.readouterr().err


def test_nothing_readable_is_a_failure(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["layer", "add", str(folder / "missing.csv")]) == 1
    assert "Nothing was stored" in capsys.readouterr().err
    (folder / "map.yaml").write_text("lat: a", encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["layer", "add", str(folder / "ged.csv"), "--map", str(folder / "map.yaml")])
    assert "'date_start' must be given" in capsys.readouterr().err


def test_a_comparison_is_told_and_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["layer", "add", str(folder / "acled.csv"), str(folder / "missing.csv"), "-q"])
    main(["layer", "add", str(folder / "ged.csv"), "-q"])
    capsys.readouterr()
    assert main(["compare", "ACLED", "--regions", "data", "-o", str(folder / "pairs.csv")]) == 0
    told = capsys.readouterr()
    assert "articles: 1 event; ACLED: 1. The same within 10 km, 1 day, related types." in told.out
    assert "2015-01" in told.out
    assert "articles, not compared: 1, no day" in told.out
    assert "Of ACLED only the ids were written" in told.err
    (row,) = csv.DictReader((folder / "pairs.csv").read_text(encoding="utf-8").splitlines())
    assert (row["told_by"], row["b_id"], row["a_place"]) == ("both", "XLD1", "Debaltseve")
    assert "b_note" not in row
    assert main(["compare", "ACLED", "UCDP", "--regions", "data", "--json", "--types", "any"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["a"]["name"], found["b"]["name"], found["both"], found["only_b"]) == ("ACLED", "UCDP", 0, 1)
    assert main(["compare", "ACLED", "--link", "from=2016-01-01", "--regions", "data", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["a"]["events"] == 0
    assert main(["compare", "ACLED", "--km", "-3"]) == 2
    assert "--km must lie in 0..1000; got -3.0" in capsys.readouterr().err
    assert main(["compare", "ACLED", "UCDP", "--link", "x=1"]) == 2
    assert "two layers were given" in capsys.readouterr().err
