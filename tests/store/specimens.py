"""Real small records for the tests of the store and the exports: an article of 2015 and what is read out of it."""

from __future__ import annotations

from datetime import date

from geo.model import (
    Alternative,
    Article,
    Event,
    Mention,
    NotPlotted,
    PlaceRef,
    Published,
    Record,
    TimeSpan,
    content_id,
)

DEBALTSEVE = PlaceRef(
    id="g709611", name="Debaltseve", kind="town", lon=38.4444, lat=48.3406, country_code="UA", admin1="Donetsk"
)
TEXT = (
    "DEBALTSEVO, Ukraine - Shelling went on around Debaltsevo on Sunday, the army said. "
    "Moscow denied that its troops were in the town.\n\nShells also fell on the village of Vilne."
)


def published(day: str = "2015-01-26") -> Published:
    return Published(date.fromisoformat(day), date.fromisoformat(day), "supplied", f"date {day}")


def article(
    *,
    id: str = "debaltseve",
    text: str = TEXT,
    title: str | None = "Fighting for a railway town",
    day: str = "2015-01-26",
) -> Article:
    return Article(
        id=id,
        text=text,
        title=title,
        url="https://example.org/debaltseve",
        source="Brief written for this project",
        published=published(day),
    )


def _at(text: str, words: str) -> dict[str, int]:
    start = text.index(words)
    return {"start": start, "end": start + len(words)}


def record(of: Article | None = None, *, hostile: str = "") -> Record:
    """A record with an event that is placed and dated, and one that is neither; `hostile` stands in their words."""
    of = of or article()
    first_end = of.text.index(". ") + 1
    last_start = of.text.index("Shells")
    sunday = date(2015, 1, 25)
    trigger = of.text.index("Shelling")
    placed = Event(
        id=content_id(of.digest, "Debaltseve", trigger),
        type="explosion",
        sub_type="shelling",
        status="claimed",
        speaker="the army" + hostile,
        tier="A",
        confidence=0.91,
        reasons=("trigger 'shelling'", "place follows 'around'"),
        place=DEBALTSEVE,
        place_text="Debaltsevo",
        date_start=sunday,
        date_end=sunday,
        date_precision="day",
        date_basis="relative",
        date_text="on Sunday",
        trigger="Shelling",
        trigger_start=trigger,
        trigger_end=trigger + len("Shelling"),
        sentence_start=0,
        sentence_end=first_end,
        actor="separatists" + hostile,
        actor_kind="rebel_group",
        target="the railway town's people",
        target_kind="civilians",
        killed_low=2,
        killed_high=None,
        wounded_low=5,
        wounded_high=7,
        casualties_text="at least two killed and five to seven wounded",
    )
    unplaced = Event(
        id=content_id(of.digest, "Vilne", last_start),
        type="explosion",
        sub_type="shelling",
        status="reported",
        speaker=None,
        tier="B",
        confidence=0.4,
        reasons=(),
        place=None,
        place_text="Vilne" + hostile,
        date_start=None,
        date_end=None,
        date_precision=None,
        date_basis=None,
        date_text=None,
        trigger="Shells",
        trigger_start=last_start,
        trigger_end=last_start + len("Shells"),
        sentence_start=last_start,
        sentence_end=len(of.text),
    )
    town = _at(of.text, "Debaltsevo")
    moscow = _at(of.text, "Moscow")
    return Record(
        article=of,
        published=of.published,
        mentions=(
            Mention(
                **town,
                text="Debaltsevo",
                usage="literal",
                place=DEBALTSEVE,
                score=0.97,
                reasons=("only one place of this name",),
                alternatives=(Alternative("g1", "Debal'tsevo-2", 38.5, 48.4, 0.2),),
            ),
            Mention(**moscow, text="Moscow", usage="metonym", place=None, score=0.8),
        ),
        times=(
            TimeSpan(
                **_at(of.text, "on Sunday"),
                text="on Sunday",
                date_start=sunday,
                date_end=sunday,
                precision="day",
                basis="relative",
                role="said",
            ),
        ),
        events=(placed, unplaced),
        not_plotted=(
            NotPlotted(**moscow, text="Moscow", reason="metonym"),
            NotPlotted(start=last_start, end=last_start + 6, text="Shells", reason="no place"),
        ),
        nominals=(Mention(**_at(of.text, "the town"), text="the town", usage="literal", place=DEBALTSEVE, score=0.97),)
        if "the town" in of.text
        else (),
    )
