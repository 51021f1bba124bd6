from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from geo.reader.model import TOKENIZER
from geo.reader.windows import FEATURES, LENGTH, LINK_FEATURES, TIME, TIME_FEATURES, cut, link_features
from tests.reader.specimens import seen

SENTENCES = (
    "Fighting raged near Debaltseve on Saturday.",
    "Missiles hit Aleppo, Homs and Kafr Zita.",
    "Nobody spoke.",
    "In Syria the army left the town on 3 January 2015, and there was silence.",
    "Ｔｏ ｗｈｏｍ — “Здравствуйте” — 你好 😀 was it said in Homs?",
)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    made = Tokenizer.from_file(str(TOKENIZER))
    made.no_truncation()
    made.no_padding()
    return made


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=60))
def test_every_candidate_lies_in_the_core_of_one_window(picked: list[str]) -> None:
    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    tokenizer.no_truncation()
    text = " ".join(picked)
    parts, ones, times = seen(text)
    windows = list(cut(text, parts, ones, times, tokenizer, every=True))
    owned = [at for window in windows for at in window.candidates[: window.own]]
    assert sorted(owned) == list(range(len(ones)))
    for window in windows:
        assert window.size <= LENGTH
        assert window.features.shape == (len(window.candidates), FEATURES)
        assert window.near.shape == (len(window.candidates), len(window.times), TIME_FEATURES)
        assert link_features(window).shape == (len(window.candidates), window.size, LINK_FEATURES)
        assert np.isfinite(window.features).all() and np.isfinite(window.near).all()


def test_pieces_of_a_candidate_are_its_words(tokenizer: Tokenizer) -> None:
    text = " ".join(SENTENCES)
    parts, ones, times = seen(text)
    (window,) = cut(text, parts, ones, times, tokenizer)
    for at, (start, stop) in zip(window.candidates, window.spans, strict=True):
        begin, end = int(window.offsets[start, 0]), int(window.offsets[stop - 1, 1])
        assert text[begin:end] == ones[at].text


def test_dated_expressions_are_marked(tokenizer: Tokenizer) -> None:
    text = SENTENCES[0]
    parts, ones, times = seen(text)
    (window,) = cut(text, parts, ones, times, tokenizer)
    marked = [text[int(a) : int(b)] for (a, b), mark in zip(window.offsets, window.marks, strict=True) if mark == TIME]
    assert marked == ["Saturday"]


def test_a_text_without_words_has_no_window(tokenizer: Tokenizer) -> None:
    assert list(cut("", (), (), (), tokenizer, every=True)) == []


def test_a_sentence_longer_than_a_window_is_cut(tokenizer: Tokenizer) -> None:
    text = "Shells fell on Homs and " * 200 + "Aleppo."
    parts, ones, times = seen(text)
    windows = list(cut(text, parts, ones, times, tokenizer))
    assert max(window.size for window in windows) <= LENGTH
    assert sum(window.own for window in windows) == len(ones)
