from __future__ import annotations

import json
from pathlib import Path

import pytest

from gazetteer.index import Gazetteer
from geo.cli import main
from geo.training import corpus, evaluate

TEXT = "Shells fell on Goma overnight. Rebels moved on Bukavu, a spokesman for Xanadu Relief said."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    marks = [
        {"start": 15, "end": 19, "lat": -1.67, "lon": 29.22},
        {"start": 47, "end": 53, "lat": 48.86, "lon": 2.35},
        {"start": 20, "end": 29, "lat": None, "lon": None},
    ]
    made = tmp_path / "passages.jsonl"
    made.write_text(json.dumps({"id": "one", "source": "desk", "text": TEXT, "mentions": marks}) + "\n", "utf-8")
    return made


def test_an_evaluation_gives_each_figure_with_its_interval_and_the_errors_by_class(
    path: Path, gazetteer: Gazetteer
) -> None:
    scored = evaluate(path, gazetteer)
    assert set(scored.figures(draws=20)) == {"recognition F1", "resolution Acc@161", "end to end F1@161"}
    assert all(low <= value <= high for value, low, high in scored.figures(draws=20).values())
    assert ("wrong place", "Bukavu", 1) in scored.errors
    assert ("missed", "overnight", 1) in scored.errors


def test_the_command_prints_scores_and_errors(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(path)]) == 0
    said = capsys.readouterr().out
    assert "passages: 1 articles, 3 marked names (the model that ships)" in said
    assert "recognition F1" in said
    assert "wrong place: 1: Bukavu (1)" in said


def test_the_passages_that_ship_quote_their_names_whole() -> None:
    documents = corpus.read(corpus.PASSAGES)
    assert len(documents) > 700
    for document in documents:
        for start, end in document.spans:
            around = document.text[max(0, start - 1) : start] + document.text[end : end + 1]
            assert not any(character.isalpha() for character in around), (document.id, document.text[start:end])
