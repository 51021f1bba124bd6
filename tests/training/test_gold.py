"""Annotated corpora of our own, in every form that is read."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from geo.cli import main
from geo.training import gold
from geo.training.corpus import CorpusError
from geo.training.gold import GoldReports

TEXT = "Rockets struck the town of Debaltseve on Monday, 26 January 2015, and killed two people."
AGAIN = "Two people died when rockets struck Debaltseve on Monday."
ANNOTATED = {
    "published": "2015-01-27",
    "mentions": [{"start": 27, "end": 37, "text": "Debaltseve", "name": "Debaltseve", "lat": 48.34, "lon": 38.4}],
    "times": [
        {"start": 41, "end": 64, "date_start": "2015-01-26", "date_end": "2015-01-26"},
    ],
    "events": [
        {
            "type": "explosion", "place": {"name": "Debaltseve", "lat": 48.34, "lon": 38.4, "precision": "town"},
            "date_start": "2015-01-26", "date_end": "2015-01-26", "status": "reported",
            "sentence_start": 0, "sentence_end": len(TEXT),
        },
    ],
}  # fmt: skip
KEY = {
    "id": "k1", "published": "2015-01-27", "text": TEXT,
    "incidents": [
        {"types": ["BOMBING"], "optional": False, "dates": [["2015-01-26", "2015-01-26"]],
         "location": "UKRAINE: DEBALTSEVE (TOWN)"},
    ],
}  # fmt: skip
EVENT = """type: explosion, date_start: 2015-01-26, date_end: 2015-01-26,
     place: {name: Debaltseve, lon: 38.4, lat: 48.34, km: 25}"""
SUITE = f"""- {{id: e1, published: 2015-01-27, text: "{TEXT}", events: [{{{EVENT}}}]}}
- {{id: e2, published: 2015-01-27, text: The striker fired two shots at the goal of Everton., events: []}}
"""
TIMES = f"""- {{id: t1, published: 2015-01-27, text: "{TEXT}", expression: "Monday, 26 January 2015",
   date_start: 2015-01-26, date_end: 2015-01-26, precision: day}}
"""
REPORTS = f"""- group: g1
  reports:
  - {{id: r1, published: 2015-01-27, text: "{TEXT}", event: {{{EVENT}}}}}
  - {{id: r2, published: 2015-01-27, text: "{AGAIN}", event: {{{EVENT}}}}}
  same: [[r1, r2]]
"""


def corpora(folder: Path) -> list[Path]:
    """Write a corpus in every form."""
    annotated = folder / "annotated"
    (annotated / "gold").mkdir(parents=True)
    (annotated / "one.txt").write_text(TEXT, encoding="utf-8")
    (annotated / "gold" / "one.json").write_text(json.dumps(ANNOTATED), encoding="utf-8")
    made = [annotated]
    for name, text in (
        ("keys.jsonl", json.dumps(KEY)),
        ("events.yaml", SUITE),
        ("times.yaml", TIMES),
        ("reports.yaml", REPORTS),
    ):
        (folder / name).write_text(text, encoding="utf-8")
        made.append(folder / name)
    return made


def test_a_folder_is_read_with_its_annotations(tmp_path: Path) -> None:
    (document,) = gold.read_folder(corpora(tmp_path)[0])
    assert (document.id, document.text, document.published) == ("one", TEXT, date(2015, 1, 27))
    assert document.events is not None
    assert document.events[0].places[0].radius == 50
    assert document.times is not None
    assert TEXT[document.times[0].start : document.times[0].end] == "Monday, 26 January 2015"


def test_reports_are_read_with_their_pairs(tmp_path: Path) -> None:
    (group,) = gold.read_suite(corpora(tmp_path)[4])
    assert isinstance(group, GoldReports)
    assert group.same == {frozenset((0, 1))}


@pytest.mark.parametrize(
    ("text", "last", "expected"),
    [
        ("2015", False, date(2015, 1, 1)),
        ("2015", True, date(2015, 12, 31)),
        ("2016-02", True, date(2016, 2, 29)),
        ("2015-01-26", True, date(2015, 1, 26)),
        ("2015-13", False, None),
        ("soon", False, None),
        (None, False, None),
    ],
)
def test_days_may_be_months_or_years(text: str | None, last: bool, expected: date | None) -> None:
    assert gold.day(text, last=last) == expected


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("keys.jsonl", '{"incidents": [], "text": "x"}', r"keys\.jsonl:1: not an annotated article \(KeyError"),
        ("keys.jsonl", '{"incidents": ', r"keys\.jsonl:1: not an annotated article"),
        ("suite.yaml", "[unclosed", r"suite\.yaml: not valid YAML"),
        ("suite.yaml", "words", r"suite\.yaml: not a suite"),
        ("suite.yaml", "- {id: a, text: b, events: [{}], published: 2015-01-01}", r"suite\.yaml:1: not an annotated"),
    ],
)
def test_a_fault_names_the_file(tmp_path: Path, name: str, content: str, fault: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CorpusError, match=fault):
        gold.read_suite(path) if name.endswith("yaml") else gold.read_incidents(path)


def test_a_text_that_is_missing_is_named(tmp_path: Path) -> None:
    folder = corpora(tmp_path)[0]
    (folder / "one.txt").unlink()
    with pytest.raises(CorpusError, match=r"one\.json: not an annotated article \(FileNotFoundError"):
        gold.read_folder(folder)


def test_a_folder_without_annotations_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(tmp_path)]) == 2
    assert "no annotations; expected NAME.txt here and gold/NAME.json for each" in capsys.readouterr().err


def test_the_command_scores_every_form_with_intervals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", *map(str, corpora(tmp_path))]) == 0
    said = capsys.readouterr().out
    for heading in (
        "annotated, events: 1 documents",
        "annotated, time expressions: 1 documents",
        "keys, incidents: 1 documents",
        "events, events: 2 documents",
        "times, time expressions: 1 documents",
        "reports, reports of one event: 1 documents",
    ):
        assert heading in said
    assert "place, date, type F1       1.000  [1.000, 1.000]  P 1.000, R 1.000" in said
    assert "pairwise recall            1.000" in said
