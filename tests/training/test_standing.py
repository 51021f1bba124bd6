"""Where unknown names stand is learned from articles whose readers knew it."""

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
from geo.training.corpus import CorpusError
from geo.training.gold import GoldDocument, GoldEvent, GoldPlace
from geo.weights import ModelOutdatedError

TEXT = "Shells hit Debaltseve and Vuhlehirsk in Donetsk region. Zorabina was shelled on Monday, and Debaltseve burned."


def document(name: str, lon: float, lat: float) -> GoldDocument:
    at = TEXT.index(name)
    place = GoldPlace(name, lon, lat, 50.0, 50.0)
    event = GoldEvent(("explosion",), (place,), None, "reported", (0, len(TEXT)), place_span=(at, at + len(name)))
    return GoldDocument("one", TEXT, None, events=(event,))


def test_a_hidden_name_is_as_unknown_as_a_village_of_no_list(gazetteer: Gazetteer) -> None:
    spans = recognise(TEXT, gazetteer)
    mentions, _ = known(TEXT, spans, gazetteer, Resolver.load(), {"Vuhlehirsk"})
    places = {one.text: one.place for one in mentions}
    assert places["Vuhlehirsk"] is None
    assert places["Debaltseve"] is not None


def test_each_place_is_weighed_by_how_far_off_the_annotated_one_is(gazetteer: Gazetteer) -> None:
    (one,) = standing.standings([document("Zorabina", 38.4, 48.34)], gazetteer)
    assert (one.name, one.weight) == ("Zorabina", 1.0)
    assert one.rows.shape == (len(one.far), len(FEATURES))
    assert np.isfinite(one.rows).all()
    assert one.far.min() < standing.NEAR_KM < one.far.max()


def test_a_town_that_lists_hold_teaches_nothing(gazetteer: Gazetteer) -> None:
    assert list(standing.standings([document("Debaltseve", 38.4, 48.34)], gazetteer)) == []


def test_without_an_unknown_name_nothing_is_learned() -> None:
    with pytest.raises(CorpusError, match="no article names a place"):
        standing.fit([])


def test_the_same_articles_give_the_same_weights(gazetteer: Gazetteer, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    (folder / "gold").mkdir(parents=True)
    (folder / "one.txt").write_text(TEXT, encoding="utf-8")
    at = TEXT.index("Zorabina")
    place = {"name": "Zorabina", "lat": 48.34, "lon": 38.4, "precision": "town"}
    event = {
        "sentence_start": 0, "sentence_end": len(TEXT), "type": "explosion", "status": "reported", "place": place,
        "place_span": [at, at + 8],
    }  # fmt: skip
    (folder / "gold" / "one.json").write_text(json.dumps({"published": "2015-01-26", "events": [event]}))
    made = [train_standing(gazetteer, folders=[folder], directory=tmp_path / name) for name in ("a", "b")]
    assert made[0].read_bytes() == made[1].read_bytes()
    assert Weigher.load(made[0]).near.probability(np.zeros((1, len(FEATURES)), dtype=np.float32)).shape == (1,)


def test_weights_for_other_features_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "standing.npz"
    np.savez(path, columns=np.frombuffer(b"other", dtype=np.uint8))
    with pytest.raises(ModelOutdatedError, match="other features"):
        Weigher.load(path)
