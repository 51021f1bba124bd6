"""Fitting of what a whole article says: the annotation, the words, the weights."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from geo.events import setting as features
from geo.training import setting
from geo.training.corpus import CorpusError
from geo.training.gold import GoldDocument

EVENT = {
    "sentence_start": 0, "sentence_end": 20, "type": "explosion", "status": "reported", "optional": False,
    "date_start": "2017-03-08", "date_end": "2017-03-08",
    "place": {"name": "Leeds", "lat": 53.8, "lon": -1.55, "precision": "town"},
}  # fmt: skip


def corpus(folder: Path, **texts: str) -> Path:
    path = folder / "corpus.jsonl"
    rows = [json.dumps({"id": name, "text": text, "mentions": []}) for name, text in texts.items()]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def annotation(folder: Path, *rows: object) -> Path:
    path = folder / "annotation.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_an_article_is_read_with_its_annotation(tmp_path: Path):
    texts = corpus(tmp_path, one="Bombs fell on Leeds.", two="Rovers won in Leeds.")
    rows = annotation(
        tmp_path,
        {"id": "one", "published": "2017-03-09", "events": [EVENT]},
        {"id": "absent", "published": None, "events": []},
        {"id": "two", "published": None, "events": []},
    )
    one, two = setting.peaceful([texts], rows)
    assert (one.id, str(one.published), len(one.events or ())) == ("one", "2017-03-09", 1)
    assert (two.id, two.published, two.events) == ("two", None, ())


@pytest.mark.parametrize(
    "row",
    [{"id": "one"}, {"id": "one", "published": "soon", "events": []}, {"id": "one", "published": None, "events": [{}]}],
)
def test_a_faulty_annotation_is_named_with_its_line(tmp_path: Path, row: dict[str, object]):
    rows = annotation(tmp_path, {"id": "one", "published": None, "events": []}, row)
    with pytest.raises(CorpusError, match=r"annotation\.jsonl:2"):
        list(setting.peaceful([corpus(tmp_path, one="Rovers won.")], rows))


def test_words_of_wars_weigh_more_and_rare_ones_nothing(tmp_path: Path):
    wars = [GoldDocument(f"w{at}", "rebels shelled the town " * 3, None) for at in range(8)]
    quiet = [GoldDocument(f"q{at}", "the council raised the budget " * 3, None, ()) for at in range(8)]
    odds = setting._words(quiet, wars, ["gunmen"])
    assert odds["rebel"] > 1 > -1 > odds["budget"]
    assert abs(odds["the"]) < 1
    assert "gunmen" not in odds
    path = setting.write_words(odds, tmp_path / "words.csv")
    assert features.load(path) == pytest.approx(odds, abs=0.006)


def test_what_an_article_says_is_learned_from_others():
    wars = [GoldDocument(f"w{at}", "rebels shelled the town " * 3, None) for at in range(40)]
    quiet = [GoldDocument(f"q{at}", "the council raised the budget " * 3, None, ()) for at in range(40)]
    one = GoldDocument("only", "zeppelins " * 30, None)
    assert "zeppelin" in setting._words(quiet, [*wars, one], [])
    assert "zeppelin" not in setting._words(quiet, [*wars, one], [], without=setting._fold("only"))


def test_corpora_without_an_annotated_article_are_refused(tmp_path: Path):
    with pytest.raises(CorpusError, match="none of the articles"):
        setting.run([corpus(tmp_path, other="Rovers won.")], None, made=None)  # type: ignore[arg-type]  # (never reached)


def test_the_annotation_that_ships_is_whole():
    rows = [json.loads(line) for line in setting.PEACEFUL.read_text(encoding="utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len(rows) >= 400
    assert all(set(row) == {"id", "published", "events"} for row in rows)
    assert all(event["sentence_start"] < event["sentence_end"] for row in rows for event in row["events"])
