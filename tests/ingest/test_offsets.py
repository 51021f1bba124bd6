"""Whatever a text holds, the article's text is the text that was given: every offset of a record rests on it."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.ingest import read
from geo.model import Article

# NUL is replaced, one for one; everything else stays.
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1).filter(str.strip)


def only_article(name: str, content: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(content, encoding="utf-8", newline="")
        (article,) = (item for item in read([path]) if isinstance(item, Article))
    return article.text


@given(TEXTS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_json_lines_are_taken_verbatim(text: str) -> None:
    assert only_article("a.jsonl", json.dumps({"text": text}, ensure_ascii=len(text) % 2 == 0)) == text


@given(TEXTS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_of_a_text_file_only_the_line_ends_change(text: str) -> None:
    # A word in front: no byte order mark, no signature of another kind of file, no front matter.
    text = "News. " * 60 + text
    assert only_article("a.txt", text) == text.replace("\r\n", "\n").replace("\r", "\n")
