"""What the browser's tests ask a page: a script that ends in the map sends all of it, hundreds of megabytes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
_MAP = r"(?:window\.)?__timemap\.map"
_GIVES_ITSELF = (
    r"\.(?:setView|setZoom|zoomIn|zoomOut|panBy|panTo|flyTo|flyToBounds|fitBounds|fire|on|off|once)\([^\"]*\)"
)
_ENDS_IN_IT = re.compile(rf'(?:=>|=|"|return)\s*{_MAP}(?:{_GIVES_ITSELF})?"')


@pytest.mark.parametrize(
    ("script", "sends"),
    [
        ('"window.__kept = window.__timemap.map"', True),
        ('"__timemap.map.setView([49, 36], 6, { reset: true })"', True),
        ('"([lat, lng]) => __timemap.map.setView([lat, lng], 6)"', True),
        ('"([lat, lng]) => void __timemap.map.setView([lat, lng], 6)"', False),
        ('"() => { window.__kept = window.__timemap.map; }"', False),
        ('"__timemap.map.getZoom()"', False),
    ],
)
def test_a_script_that_ends_in_the_map_is_known(script: str, sends: bool) -> None:
    assert bool(_ENDS_IN_IT.search(script)) is sends


def test_no_script_of_a_test_ends_in_the_map() -> None:
    found = [
        f"{path.relative_to(TESTS)}: {line.strip()}"
        for path in sorted(TESTS.glob("browser/*.py"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if _ENDS_IN_IT.search(line) and "===" not in line
    ]
    assert found == []
