from __future__ import annotations

import json
from pathlib import Path

import pytest

from geo.ingest import Problem, read_uploads
from geo.model import Article


def test_uploads_are_read_by_their_names_and_problems_name_them() -> None:
    lines = json.dumps({"id": "x", "text": "One."}) + "\n{broken"
    given = list(
        read_uploads(
            [
                ("news.jsonl", lines.encode()),
                ("a.txt", b"Shelling near Debaltseve."),
                ("a.txt", b"Fighting in Bakhmut."),
                ("", b"Pasted: a rally in Baku."),
                ("scan.pdf", b"%PDF-1.4"),
                ("empty.txt", b""),
            ]
        )
    )
    assert [item.id for item in given if isinstance(item, Article)] == ["x", "a", "a", "pasted"]
    assert [str(item) for item in given if isinstance(item, Problem)] == [
        "news.jsonl:2: not valid JSON (Expecting property name enclosed in double quotes: line 1 column 2 (char 1)). "
        "The other lines are read.",
        "a.txt: its id 'a' was used before, by a.txt. Both are read; give ids of their own.",
        "scan.pdf: a damaged PDF (PdfStreamError). Print it to a new PDF, or save its text.",
        "empty.txt: the file is empty.",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "../../evil.txt",
        "/etc/passwd.txt",
        "..\\..\\evil.txt",
        "a\0b.txt",
        "..",
        ".",
        "*.txt",
        "é" * 300 + ".txt",
        "~",
        "-",
    ],
)
def test_an_uploaded_name_leads_nowhere_else(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    given = list(read_uploads([(name, b"Shelling near Debaltseve.")]))
    assert [type(item) for item in given] == [Article]
    assert list(tmp_path.iterdir()) == []
