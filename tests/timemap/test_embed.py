from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from geo.timemap import embed

from .specimens import HOSTILE

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(values)
def test_what_is_embedded_reads_back_the_same(value: object) -> None:
    assert json.loads(embed.json_in_script(value)) == value


@given(st.dictionaries(st.text(), st.text()))
def test_no_text_can_end_the_script_or_open_a_template(value: dict[str, str]) -> None:
    inside = embed.json_in_script(value | {"a": HOSTILE})[1:-1]
    assert not set("<>&'`$\u2028\u2029") & set(inside)
    assert "{{" not in inside
    assert "{%" not in inside
