from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from geo.model import EVENT_TYPES, STATUSES
from geo.reader.judgement import Heads, Judgement
from geo.reader.model import ENCODER, HEADS, Reader, ReaderMismatchError
from geo.weights import ModelMissingError
from tests.reader.specimens import seen


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def judge(reader: Reader, text: str) -> Judgement:
    parts, ones, times = seen(text)
    return reader.judge(text, parts, ones, times)


def test_a_plain_report_is_an_event_and_says_by_which_word_and_day(reader: Reader) -> None:
    text = "Fighting raged near Debaltseve on Saturday."
    judged = judge(reader, text).candidates[0]
    assert judged.event > 0.8
    assert EVENT_TYPES[int(np.argmax(judged.types))] == "battle"
    assert STATUSES[int(np.argmax(judged.statuses))] == "reported"
    assert text[judged.words[0].start : judged.words[0].end] == "Fighting"
    assert max(p for _, p in judged.times) > judged.unstated


def test_an_aim_is_told_as_none(reader: Reader) -> None:
    judged = judge(reader, "He was born in Aleppo in 1950 and studied law in Homs.").candidates
    assert max(one.event for one in judged.values()) < 0.5


def test_probabilities_are_probabilities(reader: Reader) -> None:
    text = "Missiles hit Aleppo and Homs on Friday. In Syria, the army left Debaltseve in 2014; nobody knows why."
    found = judge(reader, text)
    for judged in found.candidates.values():
        assert sum(judged.types) == pytest.approx(1, abs=1e-4)
        assert sum(judged.statuses) == pytest.approx(1, abs=1e-4)
        assert judged.unstated + sum(p for _, p in judged.times) == pytest.approx(1, abs=1e-4)
        assert 0 <= judged.event <= 1
        assert 0 <= judged.required <= 1
    for trigger in found.triggers:
        assert trigger.nowhere + sum(p for _, p in trigger.places) == pytest.approx(1, abs=1e-4)
        assert text[trigger.start : trigger.end].strip() == text[trigger.start : trigger.end]


def test_the_same_text_is_judged_the_same(reader: Reader) -> None:
    text = "Missiles hit Aleppo and Homs on Friday."
    assert judge(reader, text) == judge(reader, text)


def test_capitals_make_no_difference_to_what_is_told(reader: Reader) -> None:
    low, high = (judge(reader, text).candidates[0] for text in ("Shells hit Homs.", "SHELLS HIT Homs."))
    assert low.event == pytest.approx(high.event, abs=1e-6)


def test_a_reader_that_is_absent_says_how_to_make_it(tmp_path) -> None:
    with pytest.raises(ModelMissingError, match="conflict-map train events"):
        Reader(encoder=tmp_path / "reader.onnx")


def test_weights_for_other_features_are_refused(tmp_path) -> None:
    with np.load(HEADS) as file:
        arrays: dict[str, NDArray[np.generic]] = {name: file[name] for name in file.files}
    arrays["shape"] = arrays["shape"] + 1  # type: ignore[operator]  # (an array of whole numbers)
    other = tmp_path / "reader.npz"
    np.savez(other, **arrays)  # type: ignore[arg-type]  # (arrays by name)
    with pytest.raises(ReaderMismatchError, match="conflict-map train events"):
        Reader(encoder=ENCODER, heads=other)


def test_heads_read_a_window_without_candidates() -> None:
    with np.load(HEADS) as file:
        heads = Heads({name: file[name] for name in file.files if name != "shape"})
    from tokenizers import Tokenizer

    from geo.reader.model import TOKENIZER
    from geo.reader.windows import cut

    text = "Nobody was there."
    parts, _, _ = seen(text)
    (window,) = cut(text, parts, (), (), Tokenizer.from_file(str(TOKENIZER)), every=True)
    found, _ = heads.read(np.zeros((window.size, 384), dtype=np.float32), window)
    assert found == {}
