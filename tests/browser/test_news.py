"""What changed since this browser was here last: kept in the browser, offered, a filter and a link."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from geo.store import Store, since
from tests.browser import stories
from tests.browser.access import everywhere
from tests.browser.asking import expect
from tests.browser.dashboard import DESKTOP, PHONE, Visit, serving

pytestmark = pytest.mark.browser

# The visit before is an hour older than the last: longer ago than a visit lasts.
AN_HOUR_OLDER = """() => {
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith("conflict-map-visit-"))) {
        const kept = JSON.parse(localStorage.getItem(key));
        localStorage.setItem(key, JSON.stringify({ ...kept, at: kept.at - 3600e3 }));
    }
}"""
SEEN = "() => Object.keys(localStorage).some((name) => name.startsWith('conflict-map-visit-'))"


@pytest.fixture(scope="module")
def changed(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Visit, str]]:
    """A browser that was here, went, and finds one article more, a corrected event and a rejected one."""
    folder: Path = tmp_path_factory.mktemp("news")
    url = stories.make_store(folder / "store.sqlite")
    one, two, three = stories.records()
    with Store(url) as store:
        store.remove("articles", only=[three.article.digest])
    with serving(url, folder / "log") as address:
        here = Visit(browser, address)
        here.drawn()
        here.page.wait_for_function(SEEN)
        here.page.locator("[data-event]").first.wait_for()
        assert here.page.locator(".visit").count() == 0
        with Store(url) as store:
            state = since.state(store)
            store.save(three, pipeline="test")
            store.settle({}, store.unjoined())
            store.correct(one.events[0].id, dates=(date(2015, 1, 24), date(2015, 1, 24)), by="Ann")
            store.correct(two.events[0].id, rejected=True)
        here.page.evaluate(AN_HOUR_OLDER)
        here.page.reload()
        here.drawn()
        yield here, state
        here.close()


def test_the_offer_is_a_filter_a_link_and_a_step_back_and_a_reload_the_same_visit(changed: tuple[Visit, str]) -> None:
    here, state = changed
    page = here.page
    page.locator(".visit", has_text="1 new, 1 changed, 1 removed").wait_for()
    assert everywhere(page) == {}
    page.get_by_role("button", name="Show what changed").click()
    here.wait_for_link(changed=state)
    here.drawn().wait_for_function("__timemap.app.counts.total.n === 2")
    page.locator(".chip", has_text="New or changed since").wait_for()
    expect(page.locator("[data-event]")).to_have_count(2)
    for place, news in (("Bakhmut", "new"), ("Debaltseve", "changed")):
        row = page.locator("[data-event]").filter(has=page.locator(".place", has_text=place))
        expect(row.locator(".news")).to_have_text(news)
    gone = page.locator(".gone")
    expect(gone.locator("h3")).to_have_text("1 removed")
    expect(gone.locator(".lost")).to_have_text("Bakhmut 20 May 2023 rejected by hand", use_inner_text=True)
    assert everywhere(page) == {}
    page.go_back()
    here.wait_for_link(changed=None)
    page.locator(".visit").wait_for()
    here.drawn().wait_for_function("__timemap.app.counts.total.n === 5")
    page.reload()
    here.drawn()
    page.locator(".visit", has_text="1 new, 1 changed, 1 removed").wait_for()
    page.evaluate(AN_HOUR_OLDER)
    page.reload()
    here.drawn()
    page.locator(".month").first.wait_for()
    expect(page.locator(".visit")).to_have_count(0)


def test_somebody_elses_link_shows_the_same(changed: tuple[Visit, str], browser: Any) -> None:
    here, state = changed
    for size, scheme in ((DESKTOP, "dark"), (PHONE, "light")):
        other = Visit(browser, f"{here.page.url.split('?')[0]}?changed={state}", size=size, scheme=scheme)
        other.drawn().wait_for_function("__timemap.app.counts.total.n === 2")
        expect(other.page.locator(".news")).to_have_count(2)
        other.close()
    lost = Visit(browser, f"{here.page.url.split('?')[0]}?changed=3.00000000")
    lost.page.get_by_text("changed: 3.00000000 is no state of this store").wait_for()
    lost.drawn().wait_for_function("__timemap.app.counts.total.n === 5")
    lost.close()


def test_the_last_day_is_a_filter_for_who_was_never_here(browser: Any, changed: tuple[Visit, str]) -> None:
    here, _ = changed
    other = Visit(browser, f"{here.page.url.split('?')[0]}?tab=filters")
    other.drawn()
    other.page.get_by_role("group", name="What changed").get_by_text("In the last 24 hours").click()
    other.page.locator(".chip", has_text="New or changed").wait_for()
    other.wait_for_link(tab=None)
    other.close()
