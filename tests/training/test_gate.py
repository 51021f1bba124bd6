"""The regression gate of the models that ship: a change that makes them worse fails here.

The passages were written for this project and the models were trained on them, so that the shares are no estimate of
accuracy: `conflict-map evaluate --out-of-fold` gives that. The floors lie a little below what the models reach.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from gazetteer.index import Gazetteer
from geo.training import Evaluation, evaluate
from tests.suites.scoring import Verdict, score_places

BENCH = Path(__file__).resolve().parents[3] / "shared" / "bench"


@pytest.fixture(scope="module")
def verdicts(gazetteer: Gazetteer) -> tuple[Verdict, ...]:
    return score_places("dev", gazetteer)


@pytest.mark.parametrize(
    ("rows", "floor"),
    [
        ((), 0.88),
        (("phenomenon facility",), 0.88),
        (("phenomenon village", "phenomenon unknown_village"), 0.75),
        (("phenomenon metonym",), 0.85),
        (("phenomenon coordinated", "phenomenon list", "phenomenon nested"), 0.9),
        (("phenomenon nominal", "phenomenon direction_region"), 0.85),
    ],
)
def test_the_share_of_passages_that_are_fully_right_stays(
    rows: tuple[str, ...], floor: float, verdicts: tuple[Verdict, ...]
) -> None:
    counted = [verdict for verdict in verdicts if not rows or set(rows) & set(verdict.rows)]
    wrong = {verdict.id: verdict.faults for verdict in counted if verdict.faults}
    assert 1 - len(wrong) / len(counted) >= floor, wrong


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "floors"),
    [("trnews", {"recognition F1": 0.95, "resolution Acc@161": 0.95, "end to end F1@161": 0.92})],
)
def test_news_that_the_models_were_trained_on_is_read_as_well_as_before(
    name: str, floors: dict[str, float], gazetteer: Gazetteer
) -> None:
    path = BENCH / f"{name}.jsonl"
    if not path.exists():
        pytest.skip(f"no corpus at {path}: it is other people's text and does not ship")
    scored: Evaluation = evaluate(path, gazetteer)
    found = {figure: value for figure, (value, _, _) in scored.figures(draws=2).items()}
    assert {figure for figure, floor in floors.items() if found[figure] < floor} == set(), found
