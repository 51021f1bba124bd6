"""Where unknown names stand is learned from known ones that are hidden."""

from __future__ import annotations

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


def test_the_same_passages_give_the_same_weights(gazetteer: Gazetteer, tmp_path: Path) -> None:
    passages = tmp_path / "own.txt"
    marked = "".join(f"# agency | - | {name}\n{text}\n" for name, text in TEXTS)
    passages.write_text(marked, encoding="utf-8")
    made = [train_standing(gazetteer, passages=[passages], directory=tmp_path / name) for name in ("a", "b")]
    assert made[0].read_bytes() == made[1].read_bytes()
    assert Weigher.load(made[0]).near.probability(np.zeros((1, len(FEATURES)), dtype=np.float32)).shape == (1,)


def test_weights_for_other_features_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "standing.npz"
    np.savez(path, columns=np.frombuffer(b"other", dtype=np.uint8))
    with pytest.raises(ModelOutdatedError, match="other features"):
        Weigher.load(path)
