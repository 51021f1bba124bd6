from __future__ import annotations

from datetime import date

from geo.store import Catalogued
from geo.views import articles

DAY = date(2023, 3, 11)
FIRST = Catalogued(1, "a", "Strike", "Post", DAY, DAY, ("news",), 3, "en", "a")
COPY = Catalogued(2, "b", "Strike again", "Times", DAY, DAY, ("news",), 3, "en", "a")
ALONE = Catalogued(3, "c", "Talks", None, None, None, ("news",), 1, None, "c")
UKRAINIAN = Catalogued(4, "d", "Обстріл", "Вісник", DAY, DAY, ("news",), 0, "uk", "d")
EVERY = (UKRAINIAN, ALONE, COPY, FIRST)


def test_articles_of_one_story_name_each_other() -> None:
    lines = {row["digest"]: row["story"] for row in articles.rows(EVERY, EVERY)}
    assert lines == {
        "a": "Printed also by Times (11 Mar 2023)",
        "b": "Same story as Post (11 Mar 2023), shown once",
        "c": "",
        "d": "",
    }
    assert articles.printed_by(["b"], EVERY) == "Times (11 Mar 2023)"


def test_what_is_not_read_is_listed_with_its_language_and_found_by_it() -> None:
    rows = {row["digest"]: row["events"] for row in articles.rows(EVERY, EVERY)}
    assert rows["d"] == "in Ukrainian, not read"
    assert rows["c"] == "1 event"
    assert articles.matching(EVERY, "ukrainian", None) == [UKRAINIAN]
    assert articles.set_aside({"en": 2, "uk": 1}) == "Not in English, kept and not read: 1 (Ukrainian 1)."
    assert articles.set_aside({"en": 2}) == ""
