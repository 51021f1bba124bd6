"""Groups of reports teach which belong together; strangers in one town teach which do not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from geo.likeness import features, model
from geo.model import content_id
from geo.training import likeness
from geo.training.corpus import CorpusError
from geo.training.gold import GoldDocument, GoldEvent, GoldPlace, GoldReports
from tests.test_incidents import FRIDAY, HARBOUR, report

TEXTS = {
    "a": ("A car bomb tore through the fish market of Harbour Town.", "The bomb at the fish market killed nine."),
    "b": ("A drone hit a school of Harbour Town.", "Friday's drone on the school hurt pupils."),
    "c": ("Shells fell on a hospital of Harbour Town.", "The clinic hit by shells has closed."),
}


def groups() -> tuple[GoldReports, ...]:
    place = GoldPlace("Harbour Town", HARBOUR.lon, HARBOUR.lat, 25, 25)
    asked = GoldEvent(("explosion",), (place,), (FRIDAY, FRIDAY), "reported", (0, 1), statuses=("reported",))
    made = []
    for name, texts in TEXTS.items():
        documents = [GoldDocument(f"{name}{n}", text, FRIDAY, events=(asked,)) for n, text in enumerate(texts)]
        made.append(GoldReports(name, tuple(documents), frozenset({frozenset({0, 1})})))
    return tuple(made)


def read(document: GoldDocument):
    (event,) = report(document.id, document.text).events
    return (replace(event, id=content_id(document.id)),)


def test_pairs_of_a_group_are_real_and_those_of_two_are_strangers() -> None:
    taught = likeness.pairs(groups(), read)
    real = [pair for pair in taught if pair.weight == 1]
    assert [pair.same for pair in real] == [True] * 3
    strangers = [pair for pair in taught if pair.weight < 1]
    assert len(strangers) == 12
    assert not any(pair.same for pair in strangers)
    assert taught == likeness.pairs(groups(), read)


def test_what_was_taught_is_read_again_and_tells_the_same_from_strangers(tmp_path: Path) -> None:
    pytest.importorskip("sklearn", reason="fitting needs scikit-learn")
    taught = likeness.pairs(groups(), read)
    weights = likeness.fit(taught)
    each, bias = model.weights(likeness.write(weights, tmp_path / "likeness.csv"))
    assert bias == pytest.approx(weights[0], abs=1e-4)

    def odds(pair: likeness.Pair) -> float:
        return sum(weight * value for weight, value in zip(each, features.row(pair.one, pair.other), strict=True))

    assert min(odds(pair) for pair in taught if pair.same) > max(odds(pair) for pair in taught if not pair.same)


def test_a_suite_of_other_things_is_refused(tmp_path: Path) -> None:
    suite = tmp_path / "events.yaml"
    suite.write_text("- {id: e, published: 2020-05-01, text: Calm., events: []}\n")
    with pytest.raises(CorpusError, match="groups of reports"):
        likeness.groups_of([suite])
