"""Files that once ended, stalled or bloated a whole run: each may cost itself, in time linear in its size."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from geo.ingest import Limits, Problem, plain, read, webpage
from geo.ingest.draft import finish
from geo.ingest.supplied import Dates, published
from geo.model import Article

TEXT = "Rebels shelled Bakhmut on Monday."
# Processor seconds for 100,000 bytes, ten times what a slow machine needs and a hundredth of what these once took.
_SECONDS = 2.0


def doubled(depth: int) -> str:
    first = "k0: &k0 {start: 2020, end: 2021}\n"
    return first + "".join(f"k{n}: &k{n} {{start: *k{n - 1}, end: *k{n - 1}}}\n" for n in range(1, depth))


FRONT_MATTER = {
    "an alias of itself": "published: &a {start: *a, end: 2}",
    "a tag of no value": "title: !!int ''",
    "a tag of another value": "title: !!bool foo",
    "a day that is none": "published: !!timestamp foo",
    "an offset before the calendar": "published: !!timestamp 0001-01-01T00:00:00+23:00",
    "an object": "title: !!python/object/apply:os.system ['true']",
    "doubled thirty times": doubled(30) + "published: *k29",
    "tenfold": "a0: &a0 [x,x,x]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1},' * 9}]\n" for n in range(1, 9)),
    "a long number": f"id: 0x{'f' * 4000}",
    "long decimals": f"published: {'9' * 5000}",
    "deep lists": "tags: " + "[" * 4000,
    "deep fields": "tags: " + "{a: " * 2000,
    "a list as a name": "[a, b]: c",
    "a field as a name": "{a: b}: c",
    "many fields": "\n".join(f"k{n}: {n}" for n in range(500)),
    "a document within": "title: a\n--- !x\nb: c",
    "a directive": "%YAML 9.9\ntitle: a",
    "control characters": "title: one \x01 control in a longer text",
    "an endless sexagesimal": "published: " + ":".join(["59"] * 900),
}


@pytest.mark.parametrize("block", FRONT_MATTER.values(), ids=FRONT_MATTER)
def test_front_matter_costs_at_most_itself(tmp_path: Path, block: str) -> None:
    for name, text in (("a", TEXT), ("b", f"---\n{block}\n---\n{TEXT}"), ("c", TEXT + " Again.")):
        (tmp_path / f"{name}.txt").write_text(text)
    began = time.thread_time()
    given = list(read([tmp_path]))
    assert time.thread_time() - began < _SECONDS
    articles = [item for item in given if isinstance(item, Article)]
    assert len(articles) == 3
    assert TEXT in articles[1].text
    assert all(problem.severity == "note" for problem in given if isinstance(problem, Problem))


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("id: 007", "id", "007"),
        ("title: 2015", "title", "2015"),
        ("title: 'null'", "title", "null"),
        ("title: null", "title", None),
        ("title: on", "title", "on"),
        ("tags: [a, b]\ntitle: T", "title", "T"),
        ("title: >\n  two\n  lines", "title", "two lines"),
        ("Title: T", "title", "T"),
    ],
)
def test_values_of_front_matter_are_texts(line: str, field: str, value: str | None) -> None:
    (draft,) = plain.drafts(f"---\n{line}\n---\n{TEXT}".encode(), where="a.txt", stem="a")
    assert not isinstance(draft, Problem)
    (article,) = (one for one in finish(draft, dates=Dates(), limits=Limits()) if isinstance(one, Article))
    assert getattr(article, field) == value
    assert article.text == TEXT


def test_a_span_of_time_in_front_matter_is_read() -> None:
    (draft,) = plain.drafts(b"---\npublished: {start: 2015-01, end: 2015-03}\n---\nx", where="a.txt", stem="a")
    assert not isinstance(draft, Problem)
    when = published(draft.published, evidence="front matter").to_dict()
    assert (when["start"], when["end"]) == ("2015-01-01", "2015-03-31")


NEST = 25_000
PAGES = {
    "articleBody within itself": '<body><i itemprop="articleBody">w ',
    "main within itself": "<body><main>word ",
    "article within itself": "<article>word ",
    "blockquotes": "<blockquote>word ",
    "paragraphs in quotations": "<blockquote><p>word <a href=x>y</a>",
    "headers": "<header>w ",
    "times in main": "<main><time datetime=x>w",
    "lists": "<ul><li>w ",
    "tables": "<table><tr><td>w ",
    "links": "<a href=x>w ",
    "asides": "<aside>w ",
    "hidden": '<div style="display : none">w ',
    "unclosed comments": "<!--",
    "open brackets": "<",
    "entities": "&",
    "closing tags": "</div>",
    "meta": "<meta name=date content=x>",
    "linked data": '<script type="application/ld+json">{"a":',
    "sections": "<section role=main>w ",
}


@pytest.mark.parametrize("piece", PAGES.values(), ids=PAGES)
def test_a_page_is_read_in_time_linear_in_its_size(piece: str) -> None:
    page = (piece * (200_000 // len(piece))).encode()
    began = time.thread_time()
    list(webpage.drafts(page, where="a.html", stem="a"))
    assert time.thread_time() - began < 2 * _SECONDS


@pytest.mark.parametrize(
    "page",
    [
        "<p " + " ".join(f"a{n}=1" for n in range(20_000)) + f">{TEXT}",
        f'<p style="{"display:" * 20_000}">{TEXT}',
        f'<p class="{"a " * 50_000}">{TEXT}',
        f"<title>{'x ' * 50_000}</title><p>{TEXT}",
        f'<script type="application/ld+json">{"[" * 50_000}</script><p>{TEXT}',
        f'<script type="application/ld+json">{{"datePublished": {"9" * 5000}}}</script><p>{TEXT}',
    ],
)
def test_a_pages_attributes_and_texts_are_read_in_time(page: str) -> None:
    began = time.thread_time()
    (draft,) = webpage.drafts(page.encode(), where="a.html", stem="a")
    assert time.thread_time() - began < _SECONDS
    assert isinstance(draft, Problem) or draft.text == TEXT


def test_the_words_of_deep_elements_are_kept_and_their_scripts_are_not() -> None:
    page = "<main>" + "<div>" * 400 + f"<p>{TEXT}</p><script>Bomb in Paris</script>" + "</div>" * 400
    (draft,) = webpage.drafts(page.encode(), where="a.html", stem="a")
    assert not isinstance(draft, Problem)
    assert draft.text == TEXT


@pytest.mark.parametrize(
    "value",
    [
        "Mon, 01 Jan 0001 00:00:00 +2359",
        "Fri, 31 Dec 9999 23:00:00 -2359",
        "Mon, 01 Jan 2001 00:00:00 +99999999999999999999",
        "0001-01-01T00:00:00+23:59",
        {"start": {"start": "2015", "end": "2016"}, "end": "2016"},
        "x" * 100_000,
        10**4000,
        [[[[[]]]]] * 1000,
    ],
)
def test_a_date_beyond_the_calendar_is_refused_in_a_few_words_or_read(value: Any) -> None:
    try:
        published(value, evidence="x")
    except ValueError as error:
        assert len(str(error)) < 300


def test_an_unexpected_error_costs_its_file_and_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(f"{TEXT} {name}")
    decode = plain.encoding.decode

    def broken(data: bytes, **options: Any) -> Any:
        if data.endswith(b"b"):
            raise KeyError("no such\nthing")
        return decode(data, **options)

    monkeypatch.setattr(plain.encoding, "decode", broken)
    first, problem, last = read([tmp_path])
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(problem, Problem)
    assert problem.where.endswith("b.txt")
    assert problem.what.startswith("reading it failed (KeyError at test_hostile.py:")
    assert problem.severity == "skipped"
