"""Bytes compressed in pieces: what any other program unpacks, with only what changed compressed again."""

from __future__ import annotations

import gzip
import zlib

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.generate_events import make
from geo.page.compressing import compressed
from geo.timemap import packed


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.binary(max_size=400), st.lists(st.integers(0, 400), max_size=5))
def test_it_is_one_gzip_stream_whatever_the_pieces(first: bytes, second: bytes, cuts: list[int]) -> None:
    before = compressed(first, [at for at in cuts if at <= len(first)])
    after = compressed(second, [at for at in cuts if at <= len(second)], before)
    assert gzip.decompress(before.body) == first
    unpacking = zlib.decompressobj(31)
    assert unpacking.decompress(after.body) == second
    assert unpacking.eof  # a browser that stops at the end of the first stream has all of it
    assert not unpacking.unused_data


def test_of_events_to_which_one_comes_little_is_compressed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    events = make(4000, places=20)
    raw = packed.pack(events)
    before = compressed(raw, packed.cuts(raw))
    one = events.iloc[[0]].assign(id="00000000000000ff")
    later = packed.pack(pd.concat([events, one], ignore_index=True))
    size = 0
    make_one = zlib.compressobj

    class Counted:
        def __init__(self, *arguments: int) -> None:
            self.own = make_one(*arguments)

        def compress(self, piece: bytes) -> bytes:
            nonlocal size
            size += len(piece)
            return self.own.compress(piece)

        def flush(self, mode: int) -> bytes:
            return self.own.flush(mode)

    monkeypatch.setattr(zlib, "compressobj", Counted)
    after = compressed(later, packed.cuts(later), before)
    assert gzip.decompress(after.body) == later
    assert 0 < size < len(later) / 20
