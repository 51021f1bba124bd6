"""News of towns at peace: what looks like an event there mostly is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import yaml

from gazetteer.index import Gazetteer
from geo.events import setting
from geo.events.model import Decision
from geo.model import Article, Published
from geo.pipeline.article import parse
from geo.weights import ModelMissingError

DAY = date(2017, 3, 10)
QUIET = yaml.safe_load(Path(__file__).with_name("quiet_towns.yaml").read_text(encoding="utf-8"))
WAR = """Shells fall on Avdiivka again

Shells hit a school in Avdiivka on Wednesday, killing a teacher, the governor said. Rebels attacked an army
post near Pisky the same night. Two soldiers were wounded by a mine outside Krasnohorivka. Both sides blamed
the other. Monitors heard mortar fire in Donetsk until dawn.
"""


def pins(text: str, gazetteer: Gazetteer) -> list[str]:
    record = parse(Article("one", text, published=Published(DAY, DAY, "supplied")), gazetteer)
    return [event.trigger for event in record.events if event.place is not None and event.status != "planned"]


def test_the_news_of_quiet_towns_gives_few_marks(gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch):
    marked = [one for text in QUIET for one in pins(text, gazetteer)]
    alone = Decision.load().by_scenes_alone()
    monkeypatch.setattr(Decision, "load", classmethod(lambda _cls, _path=None: alone))
    before = [one for text in QUIET for one in pins(text, gazetteer)]
    assert "overdoses" in before and "overdoses" not in marked
    assert len(marked) < len(before) <= len(QUIET)


def test_the_news_of_a_war_loses_nothing(gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch):
    told = pins(WAR, gazetteer)
    alone = Decision.load().by_scenes_alone()
    monkeypatch.setattr(Decision, "load", classmethod(lambda _cls, _path=None: alone))
    assert told == pins(WAR, gazetteer)
    assert len(told) >= 4


def test_a_short_text_is_taken_at_its_word():
    made = Decision.load()
    row = np.zeros((1, len(setting.FEATURES) - 20), dtype=np.float32)
    rows, said = row[:, : setting.FEATURES.index("stands")], np.zeros((1, 4), dtype=np.float32)
    never = replace(made, veto=1.1)
    alone = made.alone(rows)[0][0]
    assert never.judge(rows, said, setting.LEAST - 1)[0][0] == pytest.approx(float(alone))
    whole = setting.rows(rows, *made.alone(rows), said, setting.LEAST)
    assert made.stands_here is not None
    here = made.stands_here.probability(whole)[0]
    assert never.judge(rows, said, setting.LEAST)[0][0] == pytest.approx(min(float(alone), float(here)))
    always = replace(made, veto=0.0)
    assert always.judge(rows, said, setting.LEAST)[0][0] == pytest.approx((float(alone) + float(here)) / 2)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 7])
def test_what_the_other_scenes_say_leaves_the_scene_itself_out(count: int):
    rng = np.random.default_rng(count)
    scenes = rng.random((count, setting.FEATURES.index("stands"))).astype(np.float32)
    stands = rng.random(count).astype(np.float32)
    rows = setting.rows(scenes, stands, stands, np.zeros((count, 4), dtype=np.float32), 9)
    assert rows.shape == (count, len(setting.FEATURES))
    most, three = (rows[:, setting.FEATURES.index(f"article_stands_{name}")] for name in ("other", "others"))
    for at in range(count):
        others = sorted(np.delete(stands, at), reverse=True)
        assert most[at] == pytest.approx(others[0] if others else 0.0)
        assert three[at] == pytest.approx(float(np.mean(others[:3])) if others else 0.0, abs=1e-6)


def test_an_article_without_scenes_has_no_rows():
    nothing = np.zeros((0, setting.FEATURES.index("stands")), dtype=np.float32)
    none = np.zeros(0, dtype=np.float32)
    assert setting.rows(nothing, none, none, np.zeros((0, 4), dtype=np.float32), 5).shape == (0, len(setting.FEATURES))


def test_words_are_counted_without_names_and_endings():
    assert list(setting.stems("Rebels shelled Donetsk; the shelling wounded soldiers")) == [
        "shell", "the", "shell", "wound", "soldier",
    ]  # fmt: skip


def test_words_of_war_weigh_more_than_those_of_a_council():
    odds = setting.load()
    of_war = [odds[word] for word in ("rebel", "airstrik", "gunmen", "militant", "mortar")]
    assert min(of_war) > 1 > -1 > max(odds[word] for word in ("budget", "property", "award"))


def test_without_its_words_it_says_what_to_do(tmp_path: Path):
    with pytest.raises(ModelMissingError, match="conflict-map train decision"):
        setting.load(tmp_path / "none.csv")
