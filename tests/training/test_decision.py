"""Fitting of the decision: the annotation by offsets, the words, the weights."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from gazetteer.index import Gazetteer
from gazetteer.shipped import ROOT
from geo.events import decision as scenes
from geo.events import setting as features
from geo.events.model import Decision
from geo.training import decision as fitting
from geo.training import offsets
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
    one, two = offsets.documents([texts], rows)
    assert (one.id, str(one.published), len(one.events or ())) == ("one", "2017-03-09", 1)
    assert (two.id, two.published, two.events) == ("two", None, ())


@pytest.mark.parametrize(
    "row",
    [{"id": "one"}, {"id": "one", "published": "soon", "events": []}, {"id": "one", "published": None, "events": [{}]}],
)
def test_a_faulty_annotation_is_named_with_its_line(tmp_path: Path, row: dict[str, object]):
    rows = annotation(tmp_path, {"id": "one", "published": None, "events": []}, row)
    with pytest.raises(CorpusError, match=r"annotation\.jsonl:2"):
        list(offsets.documents([corpus(tmp_path, one="Rovers won.")], rows))


def test_words_of_wars_weigh_more_and_rare_ones_nothing(tmp_path: Path):
    wars = [GoldDocument(f"w{at}", "rebels shelled the town " * 3, None) for at in range(8)]
    quiet = [GoldDocument(f"q{at}", "the council raised the budget " * 3, None, ()) for at in range(8)]
    odds = fitting._words([*quiet, *wars], ["gunmen"])
    assert odds["rebel"] > 1 > -1 > odds["budget"]
    assert abs(odds["the"]) < 1
    assert "gunmen" not in odds
    path = fitting.write_words(odds, tmp_path / "words.csv")
    assert features.load(path) == pytest.approx(odds, abs=0.006)


def test_what_an_article_says_is_learned_from_others():
    wars = [GoldDocument(f"w{at}", "rebels shelled the town " * 3, None) for at in range(40)]
    quiet = [GoldDocument(f"q{at}", "the council raised the budget " * 3, None, ()) for at in range(40)]
    one = GoldDocument("only", "zeppelins " * 30, None)
    assert "zeppelin" in fitting._words([*quiet, *wars, one], [])
    assert "zeppelin" not in fitting._words([*quiet, *wars, one], [], without=fitting._fold("only"))


def test_corpora_without_an_annotated_article_are_refused(tmp_path: Path):
    with pytest.raises(CorpusError, match="none of the articles"):
        fitting.run([corpus(tmp_path, other="Rovers won.")], None, made=None)  # type: ignore[arg-type]  # (never reached)


@pytest.mark.parametrize("path", offsets.LEARNED, ids=lambda path: path.stem)
def test_the_annotation_that_ships_is_whole(path: Path):
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len(rows) >= 400
    assert all(set(row) == {"id", "published", "part", "events"} for row in rows)
    assert {row["part"] for row in rows} == {"reader", "decision"}
    assert all(event["sentence_start"] < event["sentence_end"] for row in rows for event in row["events"])


def test_nothing_that_is_held_out_is_learned():
    learned = {json.loads(line)["id"] for path in offsets.LEARNED for line in path.read_text().splitlines()}
    suites = list((ROOT / "tests" / "suites").glob("*_held_out.jsonl"))
    held = {json.loads(line)["id"] for path in suites for line in path.read_text(encoding="utf-8").splitlines()}
    assert len(suites) == 2
    assert len(held) > 700
    assert not held & learned


def test_only_what_is_meant_for_the_reader_is_a_lesson(tmp_path: Path, gazetteer: Gazetteer):
    texts = corpus(tmp_path, one="Bombs fell on Leeds.", two="Shells hit Leeds too.")
    rows = annotation(
        tmp_path,
        {"id": "one", "published": "2017-03-09", "part": "reader", "events": [EVENT]},
        {"id": "two", "published": "2017-03-09", "part": "decision", "events": [EVENT]},
    )
    (lesson,) = offsets.lessons([texts], rows, gazetteer)
    assert lesson.seen.id == "one"
    assert [
        told.event for told, one in zip(lesson.told, lesson.seen.candidates, strict=True) if one.text == "Leeds"
    ] == [1]
    assert [one.id for one in offsets.documents([texts], rows, part="decision")] == ["two"]


def test_two_kinds_of_scenes_are_told_apart():
    """Half of the scenes are events: those whose first number is high, in articles that speak of conflict."""
    rng = np.random.default_rng(1)
    laid = []
    for at in range(80):
        war = at % 2 == 0
        rows = rng.random((8, len(scenes.FEATURES))).astype(np.float32)
        told = ((rows[:, 0] > 0.5) & war).astype(np.float64)
        said = np.full((8, 4), 1.0 if war else -1.0, dtype=np.float32)
        laid.append(fitting.Laid(rows, said, 12, np.column_stack((told, told)), 1.0, at % fitting._FOLDS))
    made = fitting.fit(laid, Decision.load())
    war, quiet = laid[0], laid[1]
    stands, _ = made.judge(war.rows, war.said, 12)
    calm, _ = made.judge(quiet.rows, quiet.said, 12)
    assert min(p for p, told in zip(stands, war.told[:, 0], strict=True) if told) > made.threshold
    assert max(calm) < made.threshold
    assert made.two is Decision.load().two
