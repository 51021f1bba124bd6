"""Corrections on the command line: listed, written to a file, taken in from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.cli import main
from geo.corrections import point
from geo.settings import READ_ONLY_VARIABLE
from geo.store import Store
from tests.store.specimens import article, record


@pytest.fixture
def store(tmp_path: Path) -> str:
    """The path of a store with two corrected events."""
    path = tmp_path / "made.sqlite"
    made = record(article(title="=cmd|'/c calc'!A1\x1b[2J"))
    with Store(str(path), create=True) as opened:
        opened.save(made, pipeline="1")
        placed, unplaced = (event.id for event in made.events)
        opened.correct(placed, rejected=True, note="@SUM(1)", by="Ann")
        opened.correct(unplaced, place=point(38.2, 48.3, name="Vilne"))
    return str(path)


def test_corrections_are_listed_in_words(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corrections", "list", "--store", store]) == 0
    said = capsys.readouterr().out
    assert "“Shelling”, Debaltsevo: rejected (Ann, 20" in said
    assert "“Shells”, Vilne: place is Vilne (48.3000, 38.2000)" in said
    assert "3 corrections." in said
    assert "\x1b" not in said


def test_a_written_file_is_taken_in_elsewhere_once(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, other = tmp_path / "c.csv", str(tmp_path / "other.sqlite")
    assert main(["corrections", "export", str(file), "--store", store]) == 0
    assert "'@SUM(1)" in file.read_text(encoding="utf-8")
    with Store(other, create=True) as made:
        made.save(record(article(title="=cmd|'/c calc'!A1\x1b[2J")), pipeline="1")
    assert main(["corrections", "import", str(file), "--store", other]) == 0
    assert "3 of 3 corrections are new." in capsys.readouterr().out
    with Store(store) as one, Store(other) as two:
        shared = [name for name in one.events().columns if name != "geometry"]
        assert one.events()[shared].equals(two.events()[shared])
        assert two.corrections() == one.corrections()
        assert two.steps(session="corrections")[0] == "import of c.csv"
    assert main(["corrections", "import", str(file), "--store", other]) == 0
    assert "0 of 3 corrections are new." in capsys.readouterr().out


def test_corrections_of_articles_that_are_not_here_wait(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, empty = tmp_path / "c.csv", str(tmp_path / "empty.sqlite")
    main(["corrections", "export", str(file), "--store", store])
    Store(empty, create=True).close()
    assert main(["corrections", "import", str(file), "--store", empty]) == 0
    assert "3 corrections have no event at present; they wait for theirs." in capsys.readouterr().out
    assert main(["corrections", "list", "--store", empty]) == 0
    assert capsys.readouterr().out.count("[no event at present]") == 3


def test_a_faulty_file_changes_nothing_and_is_named_by_line(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "c.csv"
    file.write_text("action,article,trigger_start,trigger_end,place_text\nwar,,,,\n", encoding="utf-8")
    assert main(["corrections", "import", str(file), "--store", store]) == 2
    assert f"{file}:2: action: expected one of" in capsys.readouterr().err
    with Store(store) as opened:
        assert len(opened.corrections()) == 3


def test_a_missing_file_is_named(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corrections", "import", "nowhere.csv", "--store", store]) == 2
    assert "nowhere.csv" in capsys.readouterr().err


def test_a_read_only_run_lists_and_refuses_to_take_in(
    store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "c.csv"
    main(["corrections", "export", str(file), "--store", store])
    monkeypatch.setenv(READ_ONLY_VARIABLE, "1")
    assert main(["corrections", "list", "--store", store]) == 0
    assert main(["corrections", "import", str(file), "--store", store]) == 2
    assert "the store is read-only" in capsys.readouterr().err


def test_an_import_is_undone_by_the_command_that_made_it(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "c.csv"
    assert main(["corrections", "export", str(file), "--store", store]) == 0
    with Store(store) as opened:
        for event in record(article(title="=cmd|'/c calc'!A1\x1b[2J")).events:
            opened.restore(event.id)
    assert main(["corrections", "import", str(file), "--store", store]) == 0
    assert main(["corrections", "undo", "--store", store]) == 0
    assert "Undone: import of c.csv." in capsys.readouterr().out
    with Store(store) as opened:
        assert opened.corrections() == ()
    assert main(["corrections", "undo", "--store", store]) == 1
    assert "There is nothing to undo" in capsys.readouterr().err
