from __future__ import annotations

import json
from pathlib import Path

from geo.ingest import Problem, corpus


def test_spans_come_sorted_once_each_and_those_outside_the_text_are_told(tmp_path: Path) -> None:
    text = "Kherson and Paris, Texas."
    mentions = [
        {"start": 12, "end": 17},
        {"start": 0, "end": 7, "usage": "metonym"},
        {"start": 12, "end": 17},
        {"start": 20, "end": 99},
        {"start": "0", "end": 7},
        {"start": True, "end": 7},
        "x",
    ]
    path = tmp_path / "a.jsonl"
    rows = [{"id": "a", "text": text, "mentions": mentions}, {"id": "b", "text": text}, {"id": "c", "mentions": []}]
    path.write_text("\n".join(map(json.dumps, rows)))
    note, first, second, skipped = corpus.read(path)
    assert isinstance(note, Problem)
    assert "4 of its mentions are no spans of the text" in str(note)
    assert isinstance(first, tuple)
    assert [(span.text, span.usage) for span in first[1]] == [("Kherson", "metonym"), ("Paris", "literal")]
    assert isinstance(second, tuple)
    assert second[1] == ()
    assert isinstance(skipped, Problem)
    assert "there is no text" in str(skipped)


def test_a_missing_corpus_is_told(tmp_path: Path) -> None:
    (problem,) = corpus.read(tmp_path / "no.jsonl")
    assert "it cannot be opened (No such file or directory)" in str(problem)
