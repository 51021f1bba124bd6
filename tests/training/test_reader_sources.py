"""Marked passages, suites and verbs made into lessons; stories dealt out to folds."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from gazetteer.index import Gazetteer
from gazetteer.shipped import ROOT
from geo.training.corpus import CorpusError
from geo.training.gold import GoldDocument
from geo.training.reader import marks, sources, stories
from geo.training.reader.lesson import UNSTATED

PASSAGE = """# agency | 2015-01-26 | Ukraine 2014-
Shells hit [Debaltseve|explosion/claimed;Saturday;Shells hit] on Saturday, the mayor of Donetsk said.
It was [there|~battle;-;fighting raged] that fighting raged.
"""


def lesson(text: str, gazetteer: Gazetteer, tmp_path: Path) -> sources.Lesson:
    path = tmp_path / "own.txt"
    path.write_text(text, encoding="utf-8")
    (found,) = marks.passages(path, gazetteer)
    return found


def test_a_marked_passage_says_what_is_told_where(gazetteer: Gazetteer, tmp_path: Path) -> None:
    made = lesson(PASSAGE, gazetteer, tmp_path)
    seen = made.seen
    assert "[" not in seen.text
    told = {seen.candidates[at].text: one for at, one in enumerate(made.told)}
    assert (told["Debaltseve"].event, told["Debaltseve"].types, told["Debaltseve"].statuses) == (
        1,
        {"explosion"},
        {"claimed"},
    )
    assert [seen.times[at].text for at in told["Debaltseve"].dates] == ["Saturday"]
    assert told["Donetsk"].event == 0
    assert [seen.text[link.start : link.end] for link in made.links] == ["Shells hit", "fighting raged"]
    if "there" in told:
        assert (told["there"].dates, told["there"].required) == ({UNSTATED}, 0)


FAULTS = [
    ("# agency\nNothing.\n", "begins with"),
    ("# agency | 2015-01-26 | x\nShells hit [Homs|picnic;-;hit].\n", "picnic"),
    ("# agency | 2015-01-26 | x\nShells hit [Homs|explosion;Friday;hit].\n", "Friday"),
]


@pytest.mark.parametrize(("text", "said"), FAULTS)
def test_a_fault_names_its_line(text: str, said: str, gazetteer: Gazetteer, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=rf"own\.txt:1.*{said}"):
        lesson(text, gazetteer, tmp_path)


def test_all_that_ships_can_be_read(gazetteer: Gazetteer) -> None:
    files = sorted((ROOT / "data" / "reading").glob("*.txt"))
    assert len(files) >= 6
    lessons = list(marks.passages(files[0], gazetteer))
    assert len(lessons) >= 200
    assert sum(one.event == 1 for made in lessons for one in made.told) >= len(lessons)


def test_a_verb_is_tied_to_its_places_only(gazetteer: Gazetteer, tmp_path: Path) -> None:
    text = "Gunmen from Homs killed a man in Aleppo."
    path = tmp_path / "verbs.jsonl"
    path.write_text(json.dumps({"id": "v", "text": text, "verb": [17, 23], "places": [[33, 39]]}), encoding="utf-8")
    (made,) = sources.verbs(path, gazetteer)
    told = {made.seen.candidates[at].text: one.event for at, one in enumerate(made.told)}
    assert told == {"Homs": 0, "Aleppo": 1}


def document(name: str, day: date, *places: str) -> GoldDocument:
    return GoldDocument(name, "", day, mentions=tuple((place, 0.0, 0.0) for place in places))


def test_articles_on_one_story_stand_in_one_fold() -> None:
    told = [
        document("a", date(2020, 1, 1), "Homs", "Aleppo"),
        document("b", date(2020, 1, 3), "Aleppo", "Homs", "Idlib"),
        document("c", date(2020, 6, 1), "Homs", "Aleppo"),
        document("d", date(2020, 1, 2), "Goma"),
    ]
    assert ["a", "b"] in stories.stories(told)
    folds = stories.folds(told, 2)
    assert sorted(name for fold in folds for name in fold) == ["a", "b", "c", "d"]
    assert any({"a", "b"} <= set(fold) for fold in folds)
    assert folds == stories.folds(told, 2)


TEXT = "Shells hit Debaltseve on Monday as troops left Vuhlehirsk, and Kyiv said talks go on."


def sentences(rows: str, gazetteer: Gazetteer, tmp_path: Path) -> list[sources.Lesson]:
    texts, annotation = tmp_path / "texts.jsonl", tmp_path / "sentences.tsv"
    # Spans count on single spaces, whatever the file has.
    texts.write_text(json.dumps({"id": "a", "text": TEXT.replace(" on ", "  on\n")}) + "\n", encoding="utf-8")
    annotation.write_text(rows, encoding="utf-8")
    return list(marks.annotated(texts, annotation, gazetteer, source="sentences", lines=False))


def span(words: str) -> str:
    return f"{TEXT.index(words)}-{TEXT.index(words) + len(words)}"


def test_a_sentence_is_annotated_by_the_positions_of_its_words(gazetteer: Gazetteer, tmp_path: Path) -> None:
    rows = (
        f"a\t{span('Debaltseve')}\texplosion/claimed\t{span('Monday')}\t{span('hit')}\n"
        f"a\t{span('Vuhlehirsk')}\t~strategic_development+battle\t-\t{span('left')}\n"
        f"a\t-\tpolitical/planned\t-\t{span('talks')}\n"
    )
    (made,) = sentences(rows, gazetteer, tmp_path)
    told = {made.seen.candidates[at].text: one for at, one in enumerate(made.told)}
    assert (told["Debaltseve"].types, told["Debaltseve"].statuses, told["Debaltseve"].required) == (
        {"explosion"},
        {"claimed"},
        1,
    )
    assert (told["Vuhlehirsk"].types, told["Vuhlehirsk"].dates) == ({"strategic_development", "battle"}, {UNSTATED})
    assert told["Vuhlehirsk"].required == 0
    assert told["Kyiv"].event == 0
    placed = [(made.seen.text[one.start : one.end], bool(one.at)) for one in made.links]
    assert placed == [("hit", True), ("left", True), ("talks", False)]
    assert made.complete


ARTICLE = """Ukraine: what is known

Shells hit Debaltseve on Monday.  Ten died when the market was struck again. Talks in Minsk failed, and fighting in
Debaltseve went on."""


def article(rows: list[tuple[str, str, str, str]], gazetteer: Gazetteer, tmp_path: Path) -> sources.Lesson:
    texts, annotation = tmp_path / "articles.jsonl", tmp_path / "news.tsv"
    texts.write_text(json.dumps({"id": "a", "text": ARTICLE, "published": "2015-01-27"}), encoding="utf-8")
    counted = marks.as_counted(ARTICLE)

    def cell(words: str) -> str:
        return words if words == "-" else f"{counted.index(words)}-{counted.index(words) + len(words)}"

    lines = ["\t".join(("a", cell(place), kind, cell(time), cell(trigger))) for place, kind, time, trigger in rows]
    annotation.write_text("\n".join(lines), encoding="utf-8")
    (made,) = marks.annotated(texts, annotation, gazetteer, source="news")
    return made


def test_what_another_sentence_tells_at_a_place_is_tied_to_it_and_no_more(gazetteer, tmp_path: Path) -> None:
    rows = [("Debaltseve", "explosion", "-", "struck"), ("Debaltseve", "~explosion", "Monday", "hit")]
    made = article(rows, gazetteer, tmp_path)
    first = next(at for at, one in enumerate(made.seen.candidates) if one.text == "Debaltseve")
    told = made.told[first]
    assert (told.required, [made.seen.text[slice(*span)] for span in told.triggers]) == (0, ["hit"])
    assert [made.seen.times[at].text for at in told.dates] == ["Monday"]
    assert [(made.seen.text[link.start : link.end], link.at) for link in made.links] == [
        ("struck", {first}),
        ("hit", {first}),
    ]


def test_of_two_events_at_a_place_it_tells_the_one_to_be_mapped(gazetteer, tmp_path: Path) -> None:
    rows = [("Minsk", "~political/planned", "-", "Talks"), ("Minsk", "political", "-", "failed")]
    made = article(rows, gazetteer, tmp_path)
    (told,) = [one for one in made.told if one.event == 1]
    assert (told.required, told.statuses) == (1, {"reported"})
    assert {made.seen.text[link.start : link.end] for link in made.links} == {"Talks", "failed"}


def test_a_sentence_may_tell_of_nothing(gazetteer: Gazetteer, tmp_path: Path) -> None:
    (made,) = sentences("a\t-\n", gazetteer, tmp_path)
    assert made.complete
    assert not made.links
    assert all(one.event == 0 for one in made.told)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("a\t0-6\tpicnic\t-\t-", "picnic"),
        ("a\t0-6\texplosion\t-", "4 cells"),
        ("a\t0-900\texplosion\t-\t-", "0-900"),
        ("a\t6-0\texplosion\t-\t-", "6-0"),
    ],
)
def test_a_fault_of_a_row_names_its_line(row: str, said: str, gazetteer: Gazetteer, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=rf"sentences\.tsv:1.*{said}"):
        sentences(f"{row}\n", gazetteer, tmp_path)
