from __future__ import annotations

import base64
import gzip
import json
import re
from typing import Any

import geopandas
import pytest

from geo.export import html
from geo.store import Store
from tests.store.specimens import article, record

DRAWN = "<!DOCTYPE html><html><head><title>map</title></head><body><p>map</p></body><script>1</script></html>"
EVIL = '</script><script>alert(1)</script>"><img src=x onerror=alert(2)>'


@pytest.fixture(scope="module")
def events() -> geopandas.GeoDataFrame:
    with Store("sqlite://", create=True) as store:
        store.save(record(article()), pipeline="1")
        return store.events()


def told(page: str) -> Any:
    packed = re.search(r'id="told">([^<]*)</script>', page)
    assert packed
    return json.loads(gzip.decompress(base64.b64decode(packed[1])))


def test_the_page_holds_every_event_with_its_sentence_and_each_article_once(events: geopandas.GeoDataFrame) -> None:
    frame = events
    page = html.page(
        DRAWN, frame, html.Page("January", "A note", "Jan 2015", [["data", "licence"], ["GeoNames", "CC BY"]])
    )
    held = told(page.decode())
    assert held["events"]["id"] == list(frame["id"])
    assert held["events"]["snippet"] == list(frame["snippet"])
    assert len(held["articles"]) == frame["article"].nunique()
    assert held["licences"][1] == ["GeoNames", "CC BY"]
    assert (held["title"], held["note"], held["window"], held["story"]) == ("January", "A note", "Jan 2015", None)
    assert html.page(DRAWN, frame, html.Page("January")) == html.page(DRAWN, frame, html.Page("January"))


def test_no_word_of_an_article_or_of_whoever_named_the_view_is_markup(events: geopandas.GeoDataFrame) -> None:
    frame = events.assign(snippet=EVIL, title=EVIL, source=EVIL)
    story = {"title": EVIL, "scenes": [{"title": EVIL, "text": EVIL, "view": {}}]}
    page = html.page(DRAWN, frame, html.Page(EVIL, EVIL, EVIL, [[EVIL]], story)).decode()
    assert "<script>alert" not in page
    assert "<img" not in page
    assert told(page)["events"]["snippet"] == [EVIL] * len(frame)
    assert told(page)["story"] == story


def test_a_view_without_events_is_a_page_too_and_half_a_page_is_refused(events: geopandas.GeoDataFrame) -> None:
    assert told(html.page(DRAWN, events.iloc[:0], html.Page("Nothing")).decode())["events"]["id"] == []
    with pytest.raises(ValueError, match="whole HTML page"):
        html.page("<p>map</p>", events, html.Page("x"))
