"""The table of type words is checked when it is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo import unit_words
from geo.lexicon import LexiconError


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        (
            "raion,district,\nraion,district,\n",
            "units.csv:3: the word 'raion' is empty, not in lower case or given twice",
        ),
        ("Raion,district,\n", "units.csv:2: the word 'Raion'"),
        ("raion,shire,\n", "units.csv:2: kinds must be some of"),
    ],
)
def test_a_fault_names_file_and_line(rows: str, fault: str, tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text(f"word,kinds,where\n{rows}", encoding="utf-8")
    with pytest.raises(LexiconError, match=fault):
        unit_words.read(path)


def test_the_longest_type_word_counts() -> None:
    assert unit_words.trailing(["kajuru", "local", "government", "area"])[0] == 3
    assert unit_words.leading(["village", "of"]) == (1, frozenset({"settlement"}))
