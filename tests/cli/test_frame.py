"""What holds for every command: help, near misses, standard input, reports, silence, completion, one name."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gazetteer import cli as gazetteer_cli
from gazetteer.shipped import ROOT
from geo.cli import COMMANDS, main
from geo.export import corrections as csv_of_corrections
from geo.settings import ARTICLES
from geo.store import Store
from tests.store.specimens import article, record

ARTICLE = ARTICLES / "2015-01-30-debaltseve-vuhlehirsk.txt"


@pytest.fixture
def store(tmp_path: Path) -> str:
    """The path of a store with one article."""
    path = str(tmp_path / "made.sqlite")
    with Store(path, create=True) as made:
        made.save(record(article()), pipeline="1")
    return path


def piped(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(data))))  # type: ignore[type-var]  # (bytes stand for the terminal)


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["ingst"], "Did you mean ingest?"),
        (["help", "exprt"], "Did you mean export?"),
        (["parse", "x", "--jbos=2"], "Did you mean --jobs?"),
        (["export", "geojsn"], "Did you mean geojson?"),
        (["corrections", "lst"], "Did you mean list?"),
    ],
)
def test_a_near_miss_is_answered_with_what_may_have_been_meant(arguments: list[str], meant: str, capsys: Any) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert meant in capsys.readouterr().err


def test_the_gazetteers_commands_answer_the_same_way(capsys: Any) -> None:
    with pytest.raises(SystemExit):
        gazetteer_cli.main(["serch", "Kyiv"])
    assert "Did you mean search?" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        gazetteer_cli.main(["help", "search"])
    assert "usage: conflict-gazetteer search" in capsys.readouterr().out


def test_what_is_near_nothing_gets_no_guess_and_options_are_not_abbreviated(capsys: Any) -> None:
    for arguments in (["xyzzy"], ["info", "--sto", "x"]):
        with pytest.raises(SystemExit):
            main(arguments)
    assert "Did you mean --store?" in capsys.readouterr().err


def test_help_is_a_command_too(capsys: Any) -> None:
    for arguments in (["help", "parse"], ["parse", "--help"]):
        with pytest.raises(SystemExit) as caught:
            main(arguments)
        assert caught.value.code == 0
    first, second = re.split(r"(?=usage: conflict-map parse)", capsys.readouterr().out)[1:]
    assert first == second
    with pytest.raises(SystemExit) as caught:
        main(["help"])
    assert caught.value.code == 0


@pytest.mark.parametrize(
    ("data", "more", "ids"),
    [
        (ARTICLE.read_bytes(), [], ["stdin"]),
        (b'{"id": "a", "text": "Rain fell in Kyiv."}\n{"id": "b", "text": "Snow fell in Lviv."}\n', [], ["a", "b"]),
        (b'[{"id": "a", "text": "Rain fell in Kyiv."}]', [], ["a"]),
        (b"id,text\nc,Rain fell in Kyiv.\n", ["--stdin-kind", "csv"], ["c"]),
    ],
)
def test_articles_come_from_standard_input(
    data: bytes, more: list[str], ids: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    piped(monkeypatch, data)
    out = tmp_path / "out.jsonl"
    assert main(["parse", "-", "-o", str(out), "--quiet", "--jobs", "1", *more]) == 0
    assert [json.loads(line)["id"] for line in out.read_text(encoding="utf-8").splitlines()] == ids


def test_standard_input_stands_alone(capsys: Any) -> None:
    assert main(["parse", "-", str(ARTICLE), "--quiet"]) == 2
    assert "'-' (standard input) stands alone" in capsys.readouterr().err


def test_a_fault_in_standard_input_is_told_under_its_name(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    piped(monkeypatch, b'{"text": 1}\n')
    assert main(["resolve", "-", "--quiet"]) == 1
    assert "stdin.jsonl:1: " in capsys.readouterr().err


def test_reports_for_programs_are_one_object_on_standard_output(
    store: str, tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bad.txt").touch()
    given = ["ingest", str(ARTICLE), str(tmp_path / "bad.txt"), "--store", store, "--jobs", "1"]
    assert main([*given, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["added"], report["skipped"], report["data_set"]) == (1, 1, "articles")
    assert report["problems"][0]["what"] == "the file is empty"
    out = tmp_path / "out.csv"
    assert main(["export", "csv", "--store", store, "-o", str(out), "--json"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["file"] == str(out)
    assert said.err == ""
    assert main(["export", "csv", "--store", store, "--json"]) == 2
    piped(monkeypatch, csv_of_corrections.encode(()))
    assert main(["corrections", "import", "-", "--store", store, "--json"]) == 0
    assert main(["corrections", "list", "--store", store, "--json"]) == 0
    said = capsys.readouterr()
    assert said.out == '{\n "given": 0,\n "new": 0,\n "waiting": 0\n}\n[]\n'


def test_a_quiet_job_says_nothing_unless_something_was_skipped(store: str, tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "bad.txt").touch()
    command = ["ingest", "--store", store, "--jobs", "1", "-q", str(ARTICLE)]
    assert main(command) == 0
    assert main(["export", "csv", "--store", store, "-o", str(tmp_path / "a.csv"), "-q"]) == 0
    assert capsys.readouterr() == ("", "")
    assert main([*command, str(tmp_path / "bad.txt")]) == 0
    assert "bad.txt: the file is empty" in capsys.readouterr().out


def test_a_dash_as_output_is_standard_output(store: str, capfdbinary: Any) -> None:
    assert main(["export", "geojson", "--store", store, "-o", "-"]) == 0
    assert json.loads(capfdbinary.readouterr().out)["type"] == "FeatureCollection"


@pytest.mark.skipif(os.name == "nt", reason="argcomplete answers over a file descriptor of POSIX shells")
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("conflict-map ex", {"export"}),
        ("conflict-map export --da", {"--data-set"}),
        ("conflict-map info --j", {"--json"}),
    ],
)
def test_a_shell_can_complete_commands_and_options(line: str, offered: set[str], tmp_path: Path) -> None:
    asked = {"_ARGCOMPLETE": "1", "_ARGCOMPLETE_IFS": " ", "COMP_LINE": line, "COMP_POINT": str(len(line))}
    answer = tmp_path / "answer"
    asked |= {"_ARGCOMPLETE_STDOUT_FILENAME": str(answer)}
    subprocess.run([sys.executable, "-m", "geo"], cwd=ROOT, env=os.environ | asked, check=False)
    assert {word.strip() for word in answer.read_text().split(" ")} - {""} == offered


def test_the_shell_code_names_both_programs(capsys: Any) -> None:
    assert main(["completion", "bash"]) == 0
    out = capsys.readouterr().out
    assert "conflict-map" in out
    assert "conflict-gazetteer" in out


def test_the_program_has_one_name_in_every_document_and_message() -> None:
    """Decisions tell what was, and may use what it was called then."""
    texts = [path for path in ROOT.glob("*.md") if path.name != "CHANGELOG.md"]
    texts += [*(ROOT / "docs").glob("*.md"), *(ROOT / "data").rglob("*.md")]
    texts += [path for room in ("geo", "gazetteer") for path in (ROOT / room).rglob("*.py")]
    texts += (ROOT / "geo" / "page" / "assets").glob("*.js")
    # The modules that are the command lines say that `python -m` starts them as well.
    own = {ROOT / "geo" / "cli" / "__init__.py", ROOT / "gazetteer" / "cli.py", ROOT / "docs" / "command-line.md"}
    other = re.compile(r"python -m\s+(geo|gazetteer)\b|streamlit run")
    found = [str(path.relative_to(ROOT)) for path in texts if path not in own and other.search(path.read_text("utf-8"))]
    assert found == []


def test_the_document_of_the_command_line_names_every_command() -> None:
    text = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"`conflict-map {name}" not in text] == []
