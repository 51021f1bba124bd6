"""The article of a page in the shapes of many publishing systems, live pages by their posts, and no notices."""

from __future__ import annotations

import pytest

from geo.ingest import webpage
from geo.ingest.draft import Draft
from geo.ingest.main_text import without_notices
from tests.ingest.publishing import KEPT, PAGES, page, score


def read(text: str) -> list[Draft]:
    return [item for item in webpage.drafts(text.encode(), where="a.html", stem="a") if isinstance(item, Draft)]


@pytest.mark.parametrize("name", PAGES)
def test_the_article_is_read_whole_and_what_stands_around_it_is_not(name: str) -> None:
    (draft,) = read(PAGES[name])
    kept, left = score(draft.text)
    assert kept == len(KEPT)
    # A menu without a name, a list or a mark is told from text by nothing.
    assert left == (["menu"] if name == "blogging service" else [])


def post(stamp: str, text: str, *, tag: str = "div") -> str:
    return f"<{tag} class='post'><time datetime='{stamp}'>14 Mar 08:40</time><p>{text}</p></{tag}>"


LIVE = (
    '<script type="application/ld+json">{"@type": "LiveBlogPosting", "datePublished": "2023-03-10T05:00:00Z"}</script>'
)
STAMPS = ("2023-03-14T08:40:00Z", "2023-03-12T10:00:00Z")


@pytest.mark.parametrize(
    "posts",
    [
        post(STAMPS[0], KEPT[0]) + post(STAMPS[1], KEPT[2]),
        post(STAMPS[0], KEPT[0], tag="section") + post(STAMPS[1], KEPT[2], tag="section"),
        f"<ol>{post(STAMPS[0], KEPT[0], tag='li')}{post(STAMPS[1], KEPT[2], tag='li')}</ol>",
        "".join(
            f"<div><header><h2><time datetime={stamp}>x</time></h2></header><div><p>{text}</p></div></div>"
            for stamp, text in zip(STAMPS, (KEPT[0], KEPT[2]), strict=True)
        ),
        post(STAMPS[0], f"{KEPT[0]}</p><p>Updated at 09:15 on 14 March") + post(STAMPS[1], KEPT[2]),
    ],
)
def test_a_live_pages_posts_are_dated_by_their_own_stamps(posts: str) -> None:
    found = read(page(f"{LIVE}<article><h1>Live: war</h1>{posts}</article>"))
    assert [(one.published, one.text) for one in found] == [(STAMPS[0], KEPT[0]), (STAMPS[1], KEPT[2])]
    assert [one.id for one in found] == ["a-1", "a-2"]


def test_an_article_with_one_stamp_and_a_page_that_is_not_live_stay_one() -> None:
    assert len(read(page(f"{LIVE}<article>{post(STAMPS[0], ' '.join(KEPT))}</article>"))) == 1
    assert len(read(page(f"<article>{post(STAMPS[0], KEPT[0])}{post(STAMPS[1], KEPT[2])}</article>"))) == 1


@pytest.mark.parametrize(
    ("line", "is_kept"),
    [
        ("Published 14 March 2023", False),
        ("Updated: 14 Mar 2023, 09:15 GMT", False),
        ("Last updated on March 14, 2023 at 9:15", False),
        ("Correction: an earlier version said that Kherson had been hit.", False),
        ("Editor’s note: this report names Odesa.", False),
        ("This article was amended on 15 March 2023.", False),
        ("Published reports say that 14 people died in Kherson on Monday, when the bridge fell into the river.", True),
        ("The ministry updated its figures: two dead.", True),
        (KEPT[0], True),
    ],
)
def test_lines_that_tell_of_the_page_are_left_out(line: str, is_kept: bool) -> None:
    assert without_notices(f"One.\n{line}\nTwo.") == (f"One.\n{line}\nTwo." if is_kept else "One.\nTwo.")
