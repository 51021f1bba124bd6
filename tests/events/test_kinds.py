from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from geo.events.kinds import cited, load_cited, load_sub_types, of_parties, sub_type
from geo.lexicon import LexiconError
from geo.model import ActorKind, EventType


def test_a_trigger_names_the_finer_kind_of_its_type_only() -> None:
    assert sub_type("explosion", "shelled") == "shelling"
    assert sub_type("battle", "shelled") is None
    assert sub_type("battle", "unheard") is None


def test_a_cited_event_needs_its_place_and_its_time() -> None:
    assert cited("annexation", ["Crimea"], date(2020, 1, 1)) == (date(2014, 2, 20), date(2014, 3, 31))
    assert cited("annexation", ["Crimea"], date(2010, 1, 1)) is None
    assert cited("concert", ["Crimea"], date(2020, 1, 1)) is None


FAULTS = [
    ("type,sub_type,words\npicnic,lunch,eat\n", "picnic"),
    ("type,sub_type,words\nbattle,raid,storm\nbattle,siege,storm\n", "twice"),
]


@pytest.mark.parametrize(("text", "said"), FAULTS)
def test_a_fault_of_the_table_names_its_line(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "sub_types.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=said):
        load_sub_types(path)


CITED_FAULTS = [
    ("fell,Troy,2000-02-01,2000-01-01,", "before start"),
    ("fell,,2000-02-01,,", "must each name something"),
    ("fell,Troy,in spring,,", "must be YYYY-MM-DD"),
]


@pytest.mark.parametrize(("row", "said"), CITED_FAULTS)
def test_a_fault_of_a_cited_event_names_its_line(row: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "cited.csv"
    path.write_text(f"triggers,places,start,end,note\n{row}\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=rf"cited\.csv:2: .*{said}"):
        load_cited(path)


@pytest.mark.parametrize(
    ("kind", "trigger", "actor", "target", "made"),
    [
        ("battle", "killed", None, "civilians", "violence_against_civilians"),
        ("battle", "captured", None, "civilians", "battle"),  # "captured the village"
        ("battle", "killed", None, "state_forces", "battle"),
        ("riot", "burned", "rebel_group", None, "violence_against_civilians"),
        ("riot", "burned", None, None, "riot"),
        ("explosion", "defused", None, None, "strategic_development"),
        ("explosion", "killed", "state_forces", "civilians", "explosion"),
    ],
)
def test_the_parties_make_the_type(
    kind: EventType, trigger: str, actor: ActorKind | None, target: ActorKind | None, made: EventType
) -> None:
    assert of_parties(kind, trigger, actor, target) == made
