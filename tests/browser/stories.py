"""A small store with known events, one of its articles hostile."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from geo.model import Article, Event, Mention, NotPlotted, PlaceRef, Published, Record, TimeSpan, content_id
from geo.store import Store

DEBALTSEVE = PlaceRef("g709932", "Debaltseve", "town", 38.4086, 48.3376, "UA", "Donetsk", "town")
BAKHMUT = PlaceRef("g712451", "Bakhmut", "town", 37.9999, 48.5956, "UA", "Donetsk", "town")
DONETSK = PlaceRef("g709716", "Donetsk Oblast", "admin1", 37.5, 48.0, "UA", "Donetsk", "region")
UKRAINE = PlaceRef("g690791", "Ukraine", "country", 32.0, 49.0, "UA", None, "country")
LUHANSK = PlaceRef("g702658", "Luhansk", "town", 39.3, 48.57, "UA", "Luhansk", "town")
# The names of all places that the articles tell of.
PLACES = tuple(place.name for place in (DEBALTSEVE, BAKHMUT, DONETSK, UKRAINE, LUHANSK))
HOSTILE = (
    '<img src=x onerror="window.__hacked=1"> ${window.__hacked=2} `window.__hacked=3` '
    "</script><script>window.__hacked=4</script>"
)


def _record(
    name: str,
    title: str,
    source: str,
    published: date,
    sentences: list[tuple[str, list[tuple[str, PlaceRef, str, date, date, str]]]],
) -> Record:
    text = "\n".join(sentence for sentence, _ in sentences)
    when = Published(published, published, "supplied", "given")
    article = Article(name, text, title, "https://example.org/story", source, when)
    mentions, times, events, at = [], [], [], 0
    for sentence, told in sentences:
        for trigger, place, words, first, last, status in told:
            start = text.index(trigger, at)
            here = text.index(words, at)
            mentions.append(
                Mention(here, here + len(words), words, "literal", place, 0.9, ("the only place of that name",))
            )
            events.append(
                Event(
                    id=content_id(article.digest, start, start + len(trigger), words),
                    type="explosion" if "hell" in trigger else "battle",
                    sub_type=None,
                    status=status,  # type: ignore[arg-type]  # (a status by name)
                    speaker="the army" if status == "claimed" else None,
                    tier="A",
                    confidence=0.9,
                    reasons=(f"“{trigger}” stands beside “{words}”",),
                    place=place,
                    place_text=words,
                    date_start=first,
                    date_end=last,
                    date_precision="day" if first == last else "month",
                    date_basis="explicit",
                    date_text=None,
                    trigger=trigger,
                    trigger_start=start,
                    trigger_end=start + len(trigger),
                    sentence_start=at,
                    sentence_end=at + len(sentence),
                )
            )
        at += len(sentence) + 1
    kyiv = text.find("Kyiv")
    monday = text.find("Monday")
    if monday >= 0:
        times.append(TimeSpan(monday, monday + 6, "Monday", published, published, "day", "relative"))
    unplotted = (NotPlotted(kyiv, kyiv + 4, "Kyiv", "metonym"),) if kyiv >= 0 else ()
    return Record(article, when, tuple(mentions), tuple(times), tuple(events), unplotted)


def records() -> list[Record]:
    """Give the articles, as they would have been read."""
    day = date(2015, 1, 26)
    return [
        _record(
            "one",
            "Fighting near Debaltseve",
            "Morning wire",
            day,
            [
                (
                    "Fighting was heavy near Debaltseve on Monday.",
                    [("Fighting", DEBALTSEVE, "Debaltseve", day, day, "reported")],
                ),
                (
                    "Kyiv said shelling went on in the Donetsk region in January.",
                    [("shelling", DONETSK, "Donetsk region", date(2015, 1, 1), date(2015, 1, 31), "claimed")],
                ),
                (
                    "Clashes were reported in Luhansk too.",
                    [("Clashes", LUHANSK, "Luhansk", date(2015, 1, 25), day, "reported")],
                ),
            ],
        ),
        _record(
            "two",
            "The battle of Bakhmut",
            "Evening wire",
            date(2023, 5, 21),
            [
                (
                    "The battle for Bakhmut ended on 20 May.",
                    [("battle", BAKHMUT, "Bakhmut", date(2023, 5, 20), date(2023, 5, 20), "reported")],
                ),
                (
                    "The army claimed that fighting went on across Ukraine.",
                    [("fighting", UKRAINE, "Ukraine", date(2023, 5, 19), date(2023, 5, 21), "claimed")],
                ),
            ],
        ),
        _record(
            "three",
            f"A hostile title {HOSTILE}",
            f"Source {HOSTILE}",
            date(2016, 3, 1),
            [
                (
                    f"Shelling hit Bakhmut {HOSTILE} on 1 March 2016.",
                    [("Shelling", BAKHMUT, "Bakhmut", date(2016, 3, 1), date(2016, 3, 1), "reported")],
                )
            ],
        ),
    ]


def make_store(path: Path) -> str:
    """Write the store; gives its URL."""
    url = f"sqlite:///{path}"
    with Store(url, create=True) as store:
        for record in records():
            store.save(record, pipeline="test")
        # Joined, with the outcome that each stands alone: the page has nothing to catch up with.
        store.settle({}, store.unjoined())
    return url
