"""The demo articles are what they say: dated, short, each its own, in one form."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
import yaml

from geo import ingest
from geo.model import Article

ARTICLES = Path(__file__).resolve().parents[1] / "data" / "articles"
BRIEFS = sorted(ARTICLES.glob("*.txt"))
NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-[a-z0-9]+(?:-[a-z0-9]+)*")
FRONT_MATTER = re.compile(r"---\n(.*?)\n---\n\n(.+)\n", re.DOTALL)


def _read(path: Path) -> tuple[dict[str, object], str]:
    found = FRONT_MATTER.fullmatch(path.read_text(encoding="utf-8"))
    assert found, f"{path.name}: front matter between '---' lines, one empty line and the text were expected"
    return yaml.safe_load(found[1]), found[2]


def test_there_are_enough_briefs_to_show_something() -> None:
    assert len(BRIEFS) >= 60


def test_nothing_else_lies_in_the_folder() -> None:
    """The whole folder is read in: a README would stand among the articles, without a date."""
    assert {path.name for path in ARTICLES.iterdir()} == {path.name for path in BRIEFS}


def test_ingest_reads_every_brief_with_its_date() -> None:
    articles = [item for item in ingest.read([ARTICLES]) if isinstance(item, Article)]
    days = {one.id: one.published.start.isoformat() if one.published else None for one in articles}
    assert days == {path.stem: path.stem[:10] for path in BRIEFS}


@pytest.mark.parametrize("path", BRIEFS, ids=lambda path: path.stem)
def test_a_brief_has_front_matter_a_date_and_a_short_text(path: Path) -> None:
    head, text = _read(path)
    assert set(head) == {"title", "published", "source"}
    assert isinstance(head["title"], str)
    assert 10 <= len(head["title"]) <= 90
    assert head["source"] == "Brief written for this project"
    assert isinstance(head["published"], datetime.date)
    assert datetime.date(2000, 1, 1) <= head["published"] <= datetime.date(2024, 12, 31)
    assert 60 <= len(text.split()) <= 150


@pytest.mark.parametrize("path", BRIEFS, ids=lambda path: path.stem)
def test_a_brief_is_named_for_its_day_of_publication(path: Path) -> None:
    name = NAME.fullmatch(path.stem)
    assert name, f"{path.name}: expected YYYY-MM-DD-slug.txt"
    assert datetime.date.fromisoformat(name[1]) == _read(path)[0]["published"]


@pytest.mark.parametrize("path", BRIEFS, ids=lambda path: path.stem)
def test_a_brief_quotes_nobody_and_holds_no_markup(path: Path) -> None:
    _, text = _read(path)
    assert not set(text) & set('"“”«»<>`\t\r'), f"{path.name}: quotation marks or markup in the text"


def test_titles_texts_and_slugs_are_unique() -> None:
    titles = [_read(path)[0]["title"] for path in BRIEFS]
    texts = [_read(path)[1] for path in BRIEFS]
    slugs = [path.stem[11:] for path in BRIEFS]
    assert len(set(titles)) == len(titles)
    assert len(set(texts)) == len(texts)
    assert len(set(slugs)) == len(slugs)


def test_the_briefs_spread_over_the_years_with_clusters() -> None:
    years = [path.stem[:4] for path in BRIEFS]
    assert len(set(years)) >= 10
    assert max(years.count(year) for year in set(years)) >= 10
