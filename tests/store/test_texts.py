"""A column of texts in pieces gives the rows that one in one piece would."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.store import texts
from geo.store.texts import Texts

WORDS = st.lists(st.lists(st.sampled_from(["Homs", "Kyiv", "", None]), max_size=4), min_size=1, max_size=5)


def in_pieces(words: list[list[str | None]]) -> tuple[Texts, pd.Series[str]]:
    column = pa.chunked_array([pa.array(piece, pa.large_string()) for piece in words], pa.large_string())
    return Texts.of(column), pd.Series([word for piece in words for word in piece], dtype="str")


@settings(max_examples=100, deadline=None)
@given(WORDS, st.data())
def test_rows_are_those_of_one_piece(words: list[list[str | None]], data: st.DataObject) -> None:
    column, plain = in_pieces(words)
    rows = data.draw(st.lists(st.integers(-len(plain), len(plain) - 1), max_size=6)) if len(plain) else []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(texts, "_FEW", data.draw(st.sampled_from([0.0, 100.0])))
        taken = pd.Series(column.take(np.array(rows, dtype=np.int64)))
    pd.testing.assert_series_equal(taken, plain.take(rows).reset_index(drop=True), check_names=False)


@settings(max_examples=100, deadline=None)
@given(WORDS, st.data())
def test_rows_are_replaced_and_the_rest_stays(words: list[list[str | None]], data: st.DataObject) -> None:
    column, plain = in_pieces(words)
    rows = st.integers(0, max(0, len(plain) - 1))
    values = data.draw(st.dictionaries(rows, st.sampled_from(["Aleppo", None]), max_size=4)) if len(plain) else {}
    for row, value in values.items():
        plain.iloc[row] = value
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(texts, "_MOST_PIECES", data.draw(st.sampled_from([1, 1000])))
        replaced = pd.Series(column.replaced(values))
    pd.testing.assert_series_equal(replaced, plain)


def test_a_row_that_is_not_there_is_an_error() -> None:
    column, _ = in_pieces([["Homs"], ["Kyiv"]])
    with pytest.raises(IndexError, match="of a column of 2"):
        column.take(np.array([2]))


def test_a_frame_keeps_the_pieces_whatever_is_chosen_of_it() -> None:
    """Were the column another kind of array after a filter or a copy, Arrow would put its pieces together again."""
    column, _ = in_pieces([["Homs", "Kyiv"], ["Homs"]])
    frame = pd.DataFrame({"place": column}, copy=False)
    chosen = (frame.copy(), frame[[True, False, True]], frame.iloc[[2, 0]], frame.reset_index(drop=True))
    for one in chosen:
        assert isinstance(one["place"].array, Texts)
    assert frame.iloc[[2, 1]]["place"].tolist() == ["Homs", "Kyiv"]
