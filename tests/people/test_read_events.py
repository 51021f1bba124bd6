"""Who did what to whom, and how many died: read off passages of our own by the real rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from gazetteer.index import Gazetteer
from geo.lexicon import LexiconError
from geo.model import Event
from geo.people.figures import figure
from geo.people.lexicon import load_parties
from tests.suites.scoring import read_events

PASSAGES = yaml.safe_load((Path(__file__).parent / "who.yaml").read_text(encoding="utf-8"))
DAY = date(2024, 6, 15)
FIELDS = ("actor", "actor_kind", "target", "target_kind", "killed", "wounded")


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    with Gazetteer.open() as opened:
        yield opened


def _plain(value: object) -> object:
    return re.sub(r"^(?:the|an?) ", "", value, flags=re.IGNORECASE).lower() if isinstance(value, str) else value


def _said(event: Event) -> dict[str, object]:
    killed, wounded = (event.killed_low, event.killed_high), (event.wounded_low, event.wounded_high)
    return {
        "actor": event.actor,
        "actor_kind": event.actor_kind,
        "target": event.target,
        "target_kind": event.target_kind,
        "killed": list(killed) if killed != (None, None) else None,
        "wounded": list(wounded) if wounded != (None, None) else None,
    }


def _meant(row: dict[str, Any], events: tuple[Event, ...]) -> Event | None:
    asked = row["event"].lower()
    named = [event for event in events if asked in event.trigger.lower() or event.trigger.lower() in asked]
    return next(iter(named or events), None)


def test_parties_and_figures_are_right_where_they_are_given(gazetteer: Gazetteer) -> None:
    right = wrong = missed = 0
    faults = []
    for row in PASSAGES:
        event = _meant(row, read_events("who", row["text"], DAY, gazetteer))
        said = _said(event) if event else dict.fromkeys(FIELDS)
        for field in FIELDS:
            asked, given = _plain(row.get(field)), _plain(said[field])
            if asked == given:
                right += asked is not None
                continue
            missed += asked is not None
            wrong += given is not None
            faults.append(f"{row['text']}: {field} should be {row.get(field)!r}, is {said[field]!r}")
    assert right / (right + wrong) >= 0.95, "\n".join(faults)
    assert right / (right + missed) >= 0.9, "\n".join(faults)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("12", (12, 12)),
        ("1,200", (1200, 1200)),
        ("at least a hundred", (100, None)),
        ("more than two hundred and fifty", (251, None)),
        ("nearly 370", (None, 370)),
        ("between 20 and 25", (20, 25)),
        ("three or four", (3, 4)),
        ("scores", (40, None)),
        ("tens of thousands of", (20000, None)),
        ("half a dozen", (6, 6)),
        ("no one", (0, 0)),
        ("an", (1, 1)),
        ("fifty to sixty", (50, 60)),
    ],
)
def test_a_number_of_people_is_a_range(words: str, expected: tuple[int | None, int | None]) -> None:
    assert figure(words) == expected


def test_a_figure_for_two_places_is_given_to_neither(gazetteer: Gazetteer) -> None:
    events = read_events("two", "Bombs in Gao and Timbuktu killed 30 people on Friday.", DAY, gazetteer)
    assert len(events) == 2
    assert all(event.killed_low is None and event.casualties_text is None for event in events)


def test_the_next_sentence_may_give_the_figures(gazetteer: Gazetteer) -> None:
    text = "A car bomb went off in Baidoa on Friday. Eleven people were killed and 20 wounded, the mayor said."
    (event,) = read_events("next", text, DAY, gazetteer)
    assert (event.killed_low, event.killed_high, event.wounded_low, event.wounded_high) == (11, 11, 20, 20)
    assert event.casualties_text == "Eleven people were killed and 20 wounded"


def test_the_toll_of_a_war_belongs_to_no_event(gazetteer: Gazetteer) -> None:
    text = "A car bomb went off in Baidoa on Friday. More than 500,000 people have been killed since the war began."
    (event,) = read_events("toll", text, DAY, gazetteer)
    assert event.killed_low is None


def test_an_unknown_kind_of_party_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "parties.csv"
    path.write_text("row,words,kind\nhead,soldier,state_forces\nhead,ghost,spectral\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"parties.csv:3: kind must be one of"):
        load_parties(path)
