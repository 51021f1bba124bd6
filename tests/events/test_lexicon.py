"""The event lexicon: what ships loads and is sound, and a fault names its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.events.lexicon import lexicon, load_cited, load_phrases, load_words
from geo.events.patterns import compiled, verb_forms
from geo.lexicon import LexiconError

HEADER = "lemma,forms,pos,type,sub_type,flags,needs\n"


def test_the_lexicon_that_ships_loads() -> None:
    words = lexicon()
    assert {"shelled", "shelling", "clashes", "fled"} <= set(words.words)
    assert words.cues["denial"]
    assert words.cited


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("<open> fire on|at", "opened fire on", True),
        ("<take> ~2 control of", "took full control of", True),
        ("<take> ~2 control of", "took, they said, control of", False),
        ("war of words", "war of words", True),
        ("teacher|teachers strike*", "teachers striking", False),
        ("rocket launcher*", "rocket launchers", True),
    ],
)
def test_a_phrase_pattern_means_what_it_says(pattern: str, text: str, matches: bool) -> None:
    firsts, rule = compiled(pattern, {"take": ("took",)})
    assert bool(rule.match(text)) is matches
    assert all(" " not in word for word in firsts)


def test_a_phrase_must_begin_with_a_word() -> None:
    with pytest.raises(ValueError, match="must begin with a word"):
        compiled("~3 fire", {})


def test_verbs_are_inflected() -> None:
    assert set(verb_forms("bury")) >= {"bury", "buries", "buried", "burying"}


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("storm,,adverb,battle,,,", "pos must be verb or noun"),
        ("storm,,verb,quarrel,,,", "type must be one of"),
        ("storm,,verb,battle,,loud,", "unknown flag loud"),
        ("storm,,verb,battle", "expected 7 cells"),
    ],
)
def test_a_bad_trigger_row_is_named(tmp_path: Path, row: str, fault: str) -> None:
    path = tmp_path / "triggers.csv"
    path.write_text("# words\n" + HEADER + row + "\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=f"triggers.csv:3: .*{fault}"):
        load_words(path)


def test_a_phrase_that_could_begin_anywhere_is_named(tmp_path: Path) -> None:
    path, none = tmp_path / "phrases.csv", tmp_path / "not_triggers.csv"
    path.write_text("pattern,type,sub_type,flags\n~2 fire,battle,,\n", encoding="utf-8")
    none.write_text("pattern\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"phrases\.csv:2"):
        load_phrases(path, none)


def test_a_cited_event_that_ends_before_it_starts_is_named(tmp_path: Path) -> None:
    path = tmp_path / "cited_events.csv"
    path.write_text("triggers,places,start,end,note\nfall,Troy,2020-02-01,2020-01-01,\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"cited_events\.csv:2: end 2020-01-01 is before start"):
        load_cited(path)
