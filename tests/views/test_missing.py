"""Names that no place bears, gathered from the mentions of a store."""

from __future__ import annotations

from geo.store.unresolved import Unresolved
from geo.views import missing

TEXT = "Quiet in Ost. Guns at Zarudka, they said. ZARUDKA fell."


def mention(article: str, text: str, *, laid_in: str | None = None) -> Unresolved:
    start = TEXT.index(text)
    return Unresolved(article, start, start + len(text), text, laid_in, "UA" if laid_in else None, ())


MENTIONS = (
    mention("a", "Zarudka"),
    mention("a", "ZARUDKA", laid_in="Kharkiv Oblast"),
    mention("b", "Ost"),
    mention("c", "Zarudka"),
)


def test_spellings_of_one_name_are_counted_together_the_most_frequent_first() -> None:
    first, second = missing.gather(MENTIONS)
    assert (first.told.name, first.told.mentions, first.told.laid_in, first.articles) == (
        "Zarudka", 3, "Kharkiv Oblast", ("a", "c"),
    )  # fmt: skip
    assert (second.told.name, second.articles) == ("Ost", ("b",))


def test_a_row_holds_the_sentence_of_the_first_mention_and_where_it_was_laid() -> None:
    row, other = missing.rows(missing.gather(MENTIONS), text=lambda _: TEXT)
    assert row["said"] == ("Guns at ", "Zarudka", ", they said.")
    assert (row["used"], row["where"]) == ("3 mentions in 2 articles", "laid in Kharkiv Oblast")
    assert other["where"] == "on no map"


def test_the_articles_concerned_are_those_that_use_any_of_the_spellings() -> None:
    names = missing.gather(MENTIONS)
    assert missing.concerned(names, ["zarudka"]) == {"a", "c"}
    assert missing.concerned(names, ["Elsewhere", "OST"]) == {"b"}
    assert missing.concerned(names, []) == frozenset()


def test_of_a_sentence_without_end_the_words_around_the_name_are_shown() -> None:
    long = f"{'word ' * 200}Zarudka {'word ' * 200}."
    start = long.index("Zarudka")
    names = missing.gather([Unresolved("a", start, start + 7, "Zarudka", None, None, ())])
    before, name, after = missing.rows(names, text=lambda _: long)[0]["said"]
    assert name == "Zarudka"
    assert len(before) + len(after) < 150
