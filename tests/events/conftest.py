from __future__ import annotations

from collections.abc import Iterator

import pytest

from gazetteer.index import Gazetteer


@pytest.fixture(scope="package")
def gazetteer() -> Iterator[Gazetteer]:
    with Gazetteer.open(quiet=True) as opened:
        yield opened
