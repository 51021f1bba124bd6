"""The reader that ships: what is encoded, and how often."""

from __future__ import annotations

from typing import Any

import pytest

from geo.reader.model import Reader
from geo.reader.windows import cut
from tests.reader import specimens


class _Counted:
    """The encoder's session, and what was asked of it."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self.asked = 0

    def run(self, *given: Any) -> Any:
        self.asked += 1
        return self._session.run(*given)


def test_a_text_that_says_one_thing_over_and_over_is_encoded_once_for_each_window_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """1,000 times "attacked Bakhmut and " took the encoder 2.6 s for 100,000 characters, of the same five windows."""
    text = "attacked Aleppo and " * 400
    reader = Reader.load()
    parts, ones, _ = specimens.seen(text)
    windows = list(cut(text, parts, ones, (), reader._tokenizer))
    counted = _Counted(reader._session)
    monkeypatch.setattr(reader, "_session", counted)
    judged = reader.judge(text, parts, ones, ())
    of_its_own = {(window.tokens.tobytes(), window.marks.tobytes()) for window in windows}
    assert counted.asked == len(of_its_own) < len(windows) / 2
    # As each of them alone is read.
    for window in windows:
        (hidden,) = reader._session.run(None, {"tokens": window.tokens[None], "marks": window.marks[None]})
        found, _ = reader._heads.read(hidden[0], window)
        assert all(judged.candidates[at] == one for at, one in found.items())
