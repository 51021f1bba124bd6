from __future__ import annotations

import json
from pathlib import Path

import pytest

from geo.training import corpus
from geo.training.corpus import CorpusError, Document

ROW = {
    "id": "a",
    "source": "desk",
    "text": "In Goma.",
    "mentions": [{"start": 3, "end": 7, "lat": -1.67, "lon": 29.22}],
}


def test_a_corpus_of_json_lines_is_read(tmp_path: Path) -> None:
    path = tmp_path / "desk.jsonl"
    path.write_text(json.dumps(ROW) + "\n\n", encoding="utf-8")
    (document,) = corpus.read(path)
    assert (document.corpus, document.source, document.spans) == ("desk", "desk", ((3, 7),))
    assert document.gold[0].lon == 29.22


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "a"}', '{"text": "x", "mentions": [{"start": 1}]}'])
def test_a_fault_names_file_and_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(json.dumps(ROW) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"bad\.jsonl:2: not an annotated article"):
        corpus.read(path)


def test_no_source_stands_in_two_folds() -> None:
    documents = tuple(Document(str(n), "c", f"desk {n % 7}", "x", ()) for n in range(40))
    dealt = corpus.folds(documents, count=3)
    assert all(
        len({fold for fold, document in zip(dealt, documents, strict=True) if document.source == one}) == 1
        for one in {document.source for document in documents}
    )
    assert set(dealt) == {0, 1, 2}
    assert dealt == corpus.folds(documents, count=3)
