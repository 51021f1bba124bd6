from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from gazetteer.shipped import DATA
from geo import languages

TEXTS = yaml.safe_load(Path(__file__).with_name("languages.yaml").read_text(encoding="utf-8"))
OTHER = [(code, text) for code, texts in TEXTS["other"].items() for text in texts]


@pytest.mark.parametrize(("code", "text"), OTHER, ids=[f"{code}-{n}" for n, (code, _) in enumerate(OTHER)])
def test_the_language_of_what_cannot_be_read_is_told(code: str, text: str) -> None:
    assert languages.detect(text) == code
    assert not languages.is_read(code)
    assert languages.name(code) != code


@pytest.mark.parametrize("text", TEXTS["english"], ids=range(len(TEXTS["english"])))
def test_english_with_foreign_names_and_short_or_mixed_text_is_read(text: str) -> None:
    assert languages.is_read(languages.detect(text))


def test_no_demo_article_and_no_passage_of_the_reader_is_set_aside() -> None:
    """The passages hold Nigerian Pidgin, capitals, tickers of five words and Spanish names."""
    texts = [path.read_text(encoding="utf-8") for path in (DATA / "articles").glob("*.txt")]
    for path in (DATA / "reading").glob("*.txt"):
        marked = re.split(r"^# .*\|.*$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        texts += [re.sub(r"\[([^|\]]*)\|[^\]]*\]", r"\1", passage).strip() for passage in marked]
    assert len(texts) > 2500
    assert [text for text in texts if not languages.is_read(languages.detect(text))] == []


def test_a_foreign_beginning_does_not_set_an_english_article_aside() -> None:
    ukrainian, english = TEXTS["other"]["uk"][0], "Rockets hit the port of Odesa on Friday, the mayor said. " * 10
    assert languages.detect(f"{ukrainian * 6}\n\n{english * 6}") is None
    assert languages.detect(ukrainian * 6) == "uk"


def test_figures_and_addresses_are_in_no_language() -> None:
    assert languages.detect("46.63 32.61 " * 30) is None
    assert languages.detect("https://example.org/a1b2/c3d4?x=12&y=13 " * 10) is None


def test_what_was_set_aside_is_counted_by_language() -> None:
    assert languages.set_aside({"uk": 1, "ru": 3}) == "Not in English, kept and not read: 4 (Russian 3, Ukrainian 1)."
    assert languages.set_aside({}) == ""
