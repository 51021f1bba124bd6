from __future__ import annotations

from pathlib import Path

import pytest

from geo.lexicon import DIRECTORY, LexiconError, read_lists


def test_sections_and_comments_are_read(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("# why\n[streets]  # kinds\nroad, high street\navenue,\n\n[titles]\nmr\n", encoding="utf-8")
    assert read_lists(path) == {"streets": {"road", "high street", "avenue"}, "titles": {"mr"}}


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("road\n", "words.txt:1: 'road' stands before the first section"),
        ("[a]\nroad, , way\n", "words.txt:2: entry ''"),
        ("[a]\nRoad\n", "words.txt:2: entry 'Road'"),
        ("[a]\nroad\nroad\n", "words.txt:3: entry 'road'"),
        ("[a]\n[a]\n", "words.txt:2: expected a new section"),
    ],
)
def test_a_fault_names_file_and_line(tmp_path: Path, content: str, fault: str) -> None:
    path = tmp_path / "words.txt"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        read_lists(path)
    assert str(caught.value).startswith(fault)


@pytest.mark.parametrize("path", sorted(DIRECTORY.glob("**/*.txt")), ids=lambda path: path.name)
def test_every_word_list_that_ships_reads(path: Path) -> None:
    assert read_lists(path)
