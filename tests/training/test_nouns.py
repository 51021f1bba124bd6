"""What nouns stand for is learned from our own passages."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from gazetteer.index import Gazetteer
from geo.resolve import antecedents
from geo.resolve.antecedents import FEATURES
from geo.toponyms import toponyms
from geo.training import nouns
from geo.training.corpus import CorpusError
from geo.weights import ModelMissingError, ModelOutdatedError

TEXT = "Shells hit Sumy on Monday. Officials in Kyiv said two people had died in the city. Shops in the city were shut."


def laid_out(gazetteer: Gazetteer, *, nth: int = 1, name: str = "Sumy") -> nouns.Meant | None:
    asked = nouns.Annotated(7, "own:1", "the city", nth, name)
    return nouns.laid_out(asked, TEXT, toponyms(TEXT, gazetteer).sure, gazetteer, path=Path("nouns.tsv"))


def test_a_noun_is_laid_out_with_the_places_named_before_it(gazetteer: Gazetteer) -> None:
    one = laid_out(gazetteer)
    assert one is not None
    assert one.rows.shape == (2, len(FEATURES))
    assert np.isfinite(one.rows).all()
    assert one.right.tolist() == [True, False]
    speaker = FEATURES.index("speaker")
    assert one.rows[:, speaker].tolist() == [0.0, 1.0]


def test_the_same_nouns_give_the_same_weights_and_those_tell_them_apart(gazetteer: Gazetteer, tmp_path: Path) -> None:
    given = [one for nth in (1, 2) if (one := laid_out(gazetteer, nth=nth)) is not None]
    made = [nouns.fit(given, say=lambda _: None) for _ in range(2)]
    assert made[0] == made[1]
    assert nouns.share_right(given, made[0]) == 1.0
    path = nouns.write(made[0], tmp_path / "nouns.csv")
    assert antecedents.weights(path) == pytest.approx(made[0], abs=1e-4)


@pytest.mark.parametrize(("nth", "name"), [(3, "Sumy"), (1, "Lviv")])
def test_an_annotation_that_does_not_fit_its_passage_names_file_and_line(
    gazetteer: Gazetteer, nth: int, name: str
) -> None:
    with pytest.raises(CorpusError, match=r"nouns\.tsv:7: .*own:1"):
        laid_out(gazetteer, nth=nth, name=name)


def test_a_row_of_another_form_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "nouns.tsv"
    path.write_text("own:1\tthe city\tone\tSumy\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"nouns\.tsv:1: a row has"):
        list(nouns.annotated(path))


def test_what_ships_is_annotated_by_passage_and_name() -> None:
    rows = list(nouns.annotated())
    assert len(rows) >= 250
    assert len({(one.passage, one.words, one.nth) for one in rows}) == len(rows)


def test_weights_of_other_features_are_refused_and_absent_ones_named(tmp_path: Path) -> None:
    path = tmp_path / "nouns.csv"
    with pytest.raises(ModelMissingError, match="conflict-map train nouns"):
        antecedents.weights(path)
    path.write_text("feature,weight\nmoon,1.0\n", encoding="utf-8")
    with pytest.raises(ModelOutdatedError, match="other features"):
        antecedents.weights(path)
