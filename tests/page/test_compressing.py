"""Bytes compressed in pieces: what any other program unpacks, with only what changed compressed again."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.generate_events import make
from benchmarks.store import another, fill
from geo.page.compressing import compressed
from geo.page.library import Library
from geo.settings import Settings
from geo.store import Store
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


@pytest.fixture
def sizes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of the pieces that are compressed."""
    found: list[int] = []
    make_one = zlib.compressobj

    class Counted:
        def __init__(self, *arguments: int) -> None:
            self.own = make_one(*arguments)

        def compress(self, piece: bytes) -> bytes:
            found.append(len(piece))
            return self.own.compress(piece)

        def flush(self, mode: int) -> bytes:
            return self.own.flush(mode)

    monkeypatch.setattr(zlib, "compressobj", Counted)
    return found


def test_of_events_to_which_one_comes_little_is_compressed_again(sizes: list[int]) -> None:
    events = make(4000, places=20)
    raw = packed.pack(events)
    before = compressed(raw, packed.cuts(raw))
    one = events.iloc[[0]].assign(id="00000000000000ff")
    later = packed.pack(pd.concat([events, one], ignore_index=True))
    sizes.clear()
    after = compressed(later, packed.cuts(later), before)
    assert gzip.decompress(after.body) == later
    assert 0 < sum(sizes) < len(later) / 20


def test_an_article_more_on_a_map_of_some_ten_thousands_costs_what_changed(tmp_path: Path, sizes: list[int]) -> None:
    """Maps below a million events were compressed whole for each upload."""
    settings = Settings(store=str(tmp_path / "map.sqlite"))
    with Store(settings.store, create=True) as store:
        fill(store, 15_000, unplotted=0)
        shelf = Library(settings)
        before = gzip.decompress(shelf.packed().body)
        sizes.clear()
        store.save(another(1), pipeline="1")
        after = gzip.decompress(shelf.packed().body)
        shelf.store.close()
    assert len(after) > len(before)
    assert 0 < sum(sizes) < len(after) / 2  # sentences and places, which have no month
