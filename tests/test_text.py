from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import text


def cut(string: str) -> list[str]:
    return [string[sentence.start : sentence.end] for sentence in text.sentences(string)]


@pytest.mark.parametrize(
    ("string", "expected"),
    [
        ("Shells fell on Avdiivka. Two people died.", ["Shells fell on Avdiivka.", "Two people died."]),
        ("Gen. Mark Milley spoke in St. Louis. He left.", ["Gen. Mark Milley spoke in St. Louis.", "He left."]),
        ("It came from the U.S. The aid was late.", ["It came from the U.S.", "The aid was late."]),
        ("U.S. Secretary of State A. J. Blinken met him.", ["U.S. Secretary of State A. J. Blinken met him."]),
        ("“We left,” he said. “Now.” They had.", ["“We left,” he said.", "“Now.”", "They had."]),
        (
            "He plans to seize more territory.Putin denied it.",
            ["He plans to seize more territory.", "Putin denied it."],
        ),
        ("Prices rose 3.5 per cent. In Goma nothing moved.", ["Prices rose 3.5 per cent.", "In Goma nothing moved."]),
        ("Clashes on 11 Feb. In Beni they killed 12.", ["Clashes on 11 Feb.", "In Beni they killed 12."]),
        ("On 12 Feb. Russian shells fell, on Feb. 13 none.", ["On 12 Feb. Russian shells fell, on Feb. 13 none."]),
        ("Who fired? Nobody knows!", ["Who fired?", "Nobody knows!"]),
        ("Обстрел Харькова. Есть раненые.", ["Обстрел Харькова.", "Есть раненые."]),
        ("See www.Example.Com for more.", ["See www.Example.Com for more."]),
        ("", []),
        (" \n \n", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(string: str, expected: list[str]) -> None:
    assert cut(string) == expected


def test_a_line_break_ends_a_sentence_and_a_short_line_is_a_headline() -> None:
    string = "Drones hit Odesa port\n\nThree drones hit the port of Odesa on Monday.\nNobody was hurt."
    found = text.sentences(string)
    assert [sentence.headline for sentence in found] == [True, False, False]
    assert [sentence.paragraph for sentence in found] == [0, 1, 2]


def test_lines_wrapped_at_a_fixed_width_are_joined() -> None:
    string = (
        "Government troops entered the town of Ramadi early on Sunday after a week\n"
        "of fighting in the streets around the main hospital, officials said, and a\n"
        "spokesman for the province said that most of the families who had fled to\n"
        "the desert would be allowed to return as soon as the mines were cleared by\n"
        "the engineers. He gave no date."
    )
    assert len(text.sentences(string)) == 2


@given(st.text(alphabet=st.sampled_from("aB .!?\n\t“”'’()-…éЖ1Mr."), max_size=200))
def test_sentences_cover_every_visible_character_once(string: str) -> None:
    covered = set()
    last = 0
    for sentence in text.sentences(string):
        assert sentence.start >= last
        last = sentence.end
        piece = string[sentence.start : sentence.end]
        assert piece == piece.strip()
        covered.update(range(sentence.start, sentence.end))
    assert all(char.isspace() for place, char in enumerate(string) if place not in covered)


def test_what_is_too_long_for_a_sentence_is_cut_at_spaces() -> None:
    string = "Paris,  " * 2_000 + "x" * 5_000
    pieces = [string[sentence.start : sentence.end] for sentence in text.sentences(string)]
    assert max(map(len, pieces)) <= 2_000
    assert all(piece == piece.strip() for piece in pieces)
    assert "".join(pieces).replace(" ", "") == string.replace(" ", "")


@given(st.text(max_size=200))
def test_tokens_keep_their_offsets(string: str) -> None:
    for token in text.tokens(string):
        assert string[token.start : token.end] == token.word


def test_apostrophes_inside_names_stay_and_possessives_go() -> None:
    words = [token.word for token in text.tokens("Sana'a's airport, Deir ez-Zor and the U.S. base in St. Petersburg")]
    assert words[:2] == ["Sana'a", "'s"]
    assert "U.S." in words
    assert "St." in words


@pytest.mark.parametrize(
    "string", ["." * 200_000 + "x", " " * 200_000, "\n " * 100_000, "Go. " * 100_000, "(" * 200_000]
)
def test_strange_text_takes_time_linear_in_its_length(string: str) -> None:
    began = time.process_time()
    text.sentences(string)
    text.tokens(string)
    assert time.process_time() - began < 5


STRETCH = st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda one: (one[0], sum(one)))


@given(st.lists(STRETCH, max_size=12), STRETCH)
def test_stretches_that_overlap_are_those_that_a_look_at_all_finds(
    ranges: list[tuple[int, int]], asked: tuple[int, int]
) -> None:
    start, end = asked
    among = [one for one in ranges if one[0] < end and start < one[1]]
    held = text.Stretches(ranges)
    assert (held.count(start, end), held.overlap(start, end)) == (len(among), bool(among))
