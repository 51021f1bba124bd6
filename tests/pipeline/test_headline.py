from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from gazetteer.index import Gazetteer
from geo.model import Article, Published
from geo.pipeline import explain, parse

TUESDAY = Published(date(2023, 3, 14), date(2023, 3, 14), "supplied", "given")
# A headline, the first sentence, and the day that it gives.
TOLD = [
    ("Missiles strike Zaporizhzhia", "Two missiles struck the centre of Zaporizhzhia on Friday, killing two people, "
     "the governor said.", "2023-03-10"),
    ("Suicide bomber hits mosque in Peshawar", "A suicide bomber blew himself up in a mosque in Peshawar on 30 "
     "January, killing more than 80 people.", "2023-01-30"),
    ("Rebels take Bunagana", "M23 rebels took the border town of Bunagana in June 2022 and have held it since, the "
     "army said on Monday.", "2022-06-01"),
    ("Strike on Kramatorsk", "A rocket hit a residential building in Kramatorsk on 1 February, officials said. Three "
     "died.", "2023-02-01"),
    ("Attack on village in Ituri leaves 20 dead", "Militiamen attacked the village of Drodro in Ituri province on the "
     "night of 5 March, leaving 20 people dead, a local leader said.", "2023-03-05"),
]  # fmt: skip


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    with Gazetteer.open(quiet=True) as opened:
        yield opened


@pytest.mark.parametrize(("head", "lead", "day"), TOLD, ids=[head for head, _, _ in TOLD])
@pytest.mark.parametrize("titled", [False, True], ids=["first line", "title"])
def test_a_headline_and_its_sentence_tell_one_event_on_the_sentences_day(
    head: str, lead: str, day: str, titled: bool, gazetteer: Gazetteer
) -> None:
    article = Article("x", f"{head}\n\n{lead}", head if titled else None, published=TUESDAY)
    events = parse(article, gazetteer).events
    assert [(str(event.date_start), event.sentence_start > len(head)) for event in events] == [(day, True)]


def test_what_the_headline_only_sums_up_is_named_as_told_once(gazetteer: Gazetteer) -> None:
    head, lead, _ = TOLD[2]
    article = Article("x", f"{head}\n\n{lead}", published=TUESDAY)
    left_out = [item for item in parse(article, gazetteer).not_plotted if item.reason == "told once"]
    assert [(item.text, item.end <= len(head)) for item in left_out] == [("take", True)]
    assert "sums up the first sentence (geo.pipeline.headline)" in explain(article, gazetteer)


def test_a_headline_of_another_place_stays_an_event(gazetteer: Gazetteer) -> None:
    text = "Missiles strike Zaporizhzhia\n\nA rocket hit a residential building in Kramatorsk on 1 February."
    places = {event.place_text for event in parse(Article("x", text, published=TUESDAY), gazetteer).events}
    assert "Kramatorsk" in places
    alone = (
        "Car bomb explodes in Baghdad, killing 12 people\n\nThe prime minister was in Brussels at the time, he said."
    )
    events = parse(Article("x", alone, published=TUESDAY), gazetteer).events
    assert [event.place_text for event in events] == ["Baghdad"]


def test_the_heading_of_an_entry_is_no_second_event(gazetteer: Gazetteer) -> None:
    text = (
        "LIVE: the war in Ukraine\n16:20 Two killed in strike on Sloviansk\nTwo people were killed when two missiles "
        "hit Sloviansk on Monday morning, the governor said.\n07:10 Explosion in Melitopol\n"
        "A car blew up in Melitopol, wounding the police chief of the town."
    )
    events = parse(Article("x", text, published=TUESDAY), gazetteer).events
    told = [(event.place_text, event.sentence_start) for event in events if event.place_text != "Ukraine"]
    assert told == [("Sloviansk", text.index("Two people")), ("Melitopol", text.index("A car"))]


def test_a_headline_sums_up_what_the_text_tells_further_below(gazetteer: Gazetteer) -> None:
    text = (
        "Sudan: fighting rages in Khartoum, air strike hits market in Nyala\n\nHeavy fighting between the army and "
        "the Rapid Support Forces continued on Sunday in Khartoum, witnesses said.\n\n"
        "In Nyala, an air strike on a market on Saturday killed dozens, lawyers said."
    )
    events = parse(Article("x", text, published=TUESDAY), gazetteer).events
    assert [(event.place_text, event.type, str(event.date_start)) for event in events] == [
        ("Khartoum", "battle", "2023-03-12"),
        ("Nyala", "explosion", "2023-03-11"),
    ]


def test_a_text_in_another_language_is_kept_and_not_read(gazetteer: Gazetteer) -> None:
    text = "\nСильные бои под Бахмутом продолжались в пятницу весь день, сообщили военные.\nПогибли двое."
    record = parse(Article("2023-03-14-bakhmut", text), gazetteer)
    assert (record.language, record.mentions, record.times, record.events) == ("ru", (), (), ())
    assert record.published is not None
    assert record.published.start == date(2023, 3, 14)
    (left_out,) = record.not_plotted
    assert left_out.reason == "another language"
    assert text[left_out.start : left_out.end] == left_out.text
    assert explain(record.article, gazetteer) == "It is in Russian, which is not read."


def test_names_in_another_script_do_not_set_an_english_text_aside(gazetteer: Gazetteer) -> None:
    text = "Two people died as Бахмут was shelled on Monday. Rockets hit إدلب on Tuesday, the activists said."
    record = parse(Article("x", text, published=TUESDAY), gazetteer)
    assert record.language == "en"
    assert [mention.place.name for mention in record.mentions if mention.place] == ["Bakhmut", "Idlib"]
    told = [(event.place_text, event.type) for event in record.events]
    assert told == [("Бахмут", "explosion"), ("إدلب", "explosion")]
