"""What each rule is worth, on events read by hand and by the program."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from geo.cli import main
from geo.events.rules import ABLATIONS, ALL, Ablation, Rules
from geo.model import Event
from geo.training.ablation import ablate
from geo.training.gold import GoldDocument
from tests.training.test_event_scores import FIRST, KHARKIV, SLOVIANSK, event
from tests.training.test_gold import corpora
from tests.training.test_strict import ARTICLE

NAMED = (
    Ablation("useful", "without it a wrong pin is shown", Rules(merging=False)),
    Ablation("harmful", "without it all is well", Rules(renown=False)),
)


def read(document: GoldDocument, rules: Rules) -> Sequence[Event]:
    right, wrong = event(SLOVIANSK, FIRST), event(KHARKIV, FIRST)
    return {ALL: (right, wrong), NAMED[0].without: (wrong,), NAMED[1].without: (right,)}[rules]


def test_the_table_gives_the_change_without_each_rule_what_costs_most_first() -> None:
    made = ablate("c", [ARTICLE], read, ablations=NAMED)
    useful, harmful = (card for _, card in made.without)
    assert made.change(useful, "F, strict", draws=5) == pytest.approx((-2 / 3, -2 / 3, -2 / 3))
    assert made.change(harmful, "wrong pins", draws=5)[0] == -0.5
    lines = made.report(draws=5).splitlines()
    assert lines[0] == "c, without one rule or input each: all of it F 0.667, told 1.000, wrong 0.500, repeats 0.000"
    assert [line.split()[:2] for line in lines[2:]] == [["useful", "-0.667"], ["harmful", "+0.333"]]
    assert made.report(draws=5, verbose=True).splitlines()[2].endswith("without it a wrong pin is shown")


def test_the_command_reads_again_without_each_rule(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = corpora(tmp_path)[0]
    assert main(["evaluate", str(folder), "--ablations"]) == 0
    said = capsys.readouterr().out
    assert "annotated, without one rule or input each: all of it F 1.000" in said
    assert all(f"\n  {one.name} " in said for one in ABLATIONS)


def test_ablations_need_annotated_events(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    times = next(path for path in corpora(tmp_path) if path.name == "times.yaml")
    assert main(["evaluate", str(times), "--ablations"]) == 2
    assert "times.yaml: no annotated events; ablations need a folder" in capsys.readouterr().err


VILLAGE = "Rockets struck Zarudivka, a village in Kharkiv region, on Monday. Two people died in the region."


def test_a_name_that_no_place_bears_is_nowhere_without_lifting(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "one.txt").write_text(VILLAGE, encoding="utf-8")
    place = {"name": "Zarudivka", "lat": 49.6, "lon": 36.5, "precision": "region"}
    told = {
        "type": "explosion", "place": place, "date_start": "2015-01-26", "date_end": "2015-01-26",
        "status": "reported", "sentence_start": 0, "sentence_end": 65,
    }  # fmt: skip
    (tmp_path / "gold" / "one.json").write_text(json.dumps({"published": "2015-01-27", "events": [told]}), "utf-8")
    assert main(["evaluate", str(tmp_path), "--ablations", "--verbose"]) == 0
    lines = {line[2:22].strip(): line for line in capsys.readouterr().out.splitlines()[2:]}
    assert lines["lifting"].split()[1] == "-1.000"
    assert lines["lifting"].endswith("a name that no place bears stands in the area the text puts it in")
