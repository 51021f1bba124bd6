"""Where unknown names stand is learned from known ones that are hidden, and from annotated ones."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from gazetteer.index import Gazetteer
from geo.recognise import recognise
from geo.resolve import known
from geo.resolve.model import Resolver
from geo.resolve.standing import Weigher
from geo.resolve.surroundings import FEATURES
from geo.training import standing, train_standing
from geo.weights import ModelOutdatedError

TEXTS = [
    ("one", "Shells hit Debaltseve and Vuhlehirsk in Donetsk region. Svitlodarsk was shelled on Monday."),
    ("two", "Rebels raided Binnish near Idlib. Families fled Sarmin for Saraqib, activists in Aleppo said."),
]


def test_a_hidden_name_is_as_unknown_as_a_village_of_no_list(gazetteer: Gazetteer) -> None:
    text = TEXTS[0][1]
    spans = recognise(text, gazetteer)
    mentions, _ = known(text, spans, gazetteer, Resolver.load(), {"Svitlodarsk"})
    places = {one.text: one.place for one in mentions}
    assert places["Svitlodarsk"] is None
    assert places["Debaltseve"] is not None


def test_each_place_is_weighed_by_how_far_off_the_hidden_name_is(gazetteer: Gazetteer) -> None:
    found = list(standing.hidden(TEXTS, gazetteer))
    assert {one.name for one in found} >= {"Debaltseve", "Svitlodarsk", "Binnish", "Sarmin"}
    for one in found:
        assert one.rows.shape == (len(one.far), len(FEATURES))
        assert np.isfinite(one.rows).all()
    debaltseve = next(one for one in found if one.name == "Debaltseve")
    assert debaltseve.far.min() < standing.NEAR_KM < debaltseve.far.max()


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Give a folder with an article of two unknown villages, one near a town that it names, one not annotated."""
    text = "Shells hit Debaltseve on Monday. Four died at Zorabina, and Krutobalka burned."
    folder = tmp_path / "articles"
    (folder / "gold").mkdir(parents=True)
    (folder / "one.txt").write_text(text, encoding="utf-8")
    start = text.index("Zorabina")
    event = {
        **{"sentence_start": 33, "sentence_end": len(text), "trigger": "died", "trigger_start": 38, "trigger_end": 42},
        **{"type": "explosion", "type_alt": [], "status": "reported", "place_span": [start, start + 8]},
        "place": {"name": "Zorabina", "lat": 48.36, "lon": 38.45, "precision": "town", "radius_km": None},
        **{"date_start": "2015-01-19", "date_end": "2015-01-19"},
    }
    gold = {"published": "2015-01-20", "mentions": [], "events": [event]}
    (folder / "gold" / "one.json").write_text(json.dumps(gold), encoding="utf-8")
    return folder


def test_a_name_that_no_place_bears_teaches_where_its_annotators_know_it(articles: Path, gazetteer: Gazetteer) -> None:
    (one,) = standing.unknown(articles, gazetteer)
    assert (one.text, one.name) == ("one", "Zorabina")
    assert one.rows.shape == (len(one.far), len(FEATURES))
    assert one.far.min() < one.reach == standing.NEAR_KM


def test_the_same_passages_and_articles_give_the_same_weights(
    articles: Path, gazetteer: Gazetteer, tmp_path: Path
) -> None:
    passages = tmp_path / "own.txt"
    marked = "".join(f"# agency | - | {name}\n{text}\n" for name, text in TEXTS)
    passages.write_text(marked, encoding="utf-8")
    made = [
        train_standing(gazetteer, passages=[passages], articles=articles, directory=tmp_path / name)
        for name in ("a", "b")
    ]
    assert made[0].read_bytes() == made[1].read_bytes()
    weigher, row = Weigher.load(made[0]), np.zeros((1, len(FEATURES)), dtype=np.float32)
    assert weigher.near.probability(row).shape == weigher.lost.probability(row).shape == (1,)


def test_weights_for_other_features_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "standing.npz"
    np.savez(path, columns=np.frombuffer(b"other", dtype=np.uint8))
    with pytest.raises(ModelOutdatedError, match="other features"):
        Weigher.load(path)
