"""Backups, checks and what brings a store back, on the command line."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from geo.cli import main
from geo.settings import READ_ONLY_VARIABLE
from geo.store import Store
from tests.store import former
from tests.store.specimens import article, record


@pytest.fixture
def store(tmp_path: Path) -> str:
    path = tmp_path / "made.sqlite"
    with Store(str(path), create=True) as opened:
        opened.save(record(), pipeline="1")
        opened.correct(record().events[0].id, type="battle", by="Ann")
    return str(path)


@pytest.fixture
def gazetteer(tmp_path: Path) -> Path:
    """A file that is no gazetteer: what is said of it must not hide what is said of the store."""
    path = tmp_path / "gazetteer.sqlite"
    path.write_text("a letter home")
    return path


def test_a_backup_is_made_and_put_back(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = str(tmp_path / "kept.sqlite")
    assert main(["backup", kept, "--store", store]) == 0
    assert "is a whole copy of" in capsys.readouterr().out
    assert main(["backup", kept, "--store", store]) == 2
    assert "pass --replace" in capsys.readouterr().err
    assert main(["backup", kept, "--store", store, "--replace"]) == 0
    with Store(store) as opened:
        opened.remove("articles")
    capsys.readouterr()
    assert main(["restore", kept, "--store", store]) == 0
    said = capsys.readouterr().out
    assert "1 articles, 2 events, 1 corrections." in said
    assert "What was there before is kept at" in said


def test_a_check_says_what_is_wrong_and_what_waits(
    store: str, gazetteer: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--store", store, "--gazetteer", str(gazetteer)]
    assert main(["check", *given]) == 1
    said = capsys.readouterr().out
    assert "1 articles, 2 events, 1 corrections." in said
    assert "1 articles wait to be joined" in said
    assert "WRONG  the gazetteer:" in said
    with closing(sqlite3.connect(store)) as db:
        db.execute("DELETE FROM article_search")
        db.execute("UPDATE articles SET pipeline = ''")
        db.commit()
    assert main(["check", *given, "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["faults"][0] == "the full-text index lacks 1 articles and holds 0 that are gone"
    assert (found["unread"], found["unjoined"], found["without_event"]) == (1, 1, 0)


def test_a_store_of_a_former_version_is_brought_up_to_date(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = str(former.make(tmp_path / "old.sqlite", 3))
    assert main(["info", "--store", old]) == 2
    assert "conflict-map migrate" in capsys.readouterr().err
    assert main(["migrate", "--store", old]) == 0
    assert main(["info", "--store", old]) == 0
    assert "to be joined 1 articles" in capsys.readouterr().out
    assert (tmp_path / "old.version-3.sqlite").exists()


def test_a_damaged_store_is_rescued(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saved = str(tmp_path / "saved.sqlite")
    assert main(["rescue", saved, "--store", store]) == 0
    assert "corrections       1 rows" in capsys.readouterr().out
    with Store(saved) as opened:
        assert opened.article(article().digest) == article()


@pytest.mark.parametrize("command", ["restore", "migrate"])
def test_nothing_is_put_in_the_place_of_a_store_that_may_not_change(
    store: str, tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = str(tmp_path / "kept.sqlite")
    assert main(["backup", kept, "--store", store]) == 0
    monkeypatch.setenv(READ_ONLY_VARIABLE, "1")
    before = Path(store).read_bytes()
    assert main([command, *([kept] if command == "restore" else []), "--store", store]) == 2
    assert "CONFLICT_MAP_READ_ONLY is set" in capsys.readouterr().err
    assert Path(store).read_bytes() == before


def test_the_journal_is_written_and_compared_later(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "journal.jsonl"
    assert main(["log", "-o", str(file), "--store", store]) == 0
    digest = capsys.readouterr().err.split()[-1].rstrip(".")
    assert [json.loads(line)["what"] for line in file.read_text().splitlines()] == ["article", "correct"]
    with Store(store) as opened:
        opened.undo()
    for earlier in (str(file), digest):
        assert main(["log", "--verify", earlier, "--store", store]) == 0
        assert "As it was then; 3 entries by now." in capsys.readouterr().out
    assert main(["log", "--verify", "0" * 63 + "1", "--store", store]) == 1
    file.write_text(file.read_text().replace("Ann", "Eve"))
    assert main(["log", "--verify", str(file), "--store", store]) == 1
    assert "entry 2 of the journal was changed" in capsys.readouterr().out
    file.write_text("a letter home\n")
    assert main(["log", "--verify", str(file), "--store", store]) == 1
    assert "not an entry of a journal" in capsys.readouterr().out
    with Store(str(tmp_path / "other.sqlite"), create=True) as other:
        other.save(record(article(id="other")), pipeline="1")
    assert main(["log", "-o", str(file), "--store", str(tmp_path / "other.sqlite")]) == 0
    assert main(["log", "--verify", str(file), "--store", store]) == 1
    assert "is another than then" in capsys.readouterr().out
