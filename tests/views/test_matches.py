"""What a search has found of an event."""

from __future__ import annotations

import numpy as np

from geo.views import matches, reading
from tests.views.frames import frame

TEXT = "Fighting was heavy near Debaltseve. The bridge fell.\nElsewhere a truce held.\nShells hit a tower."


def test_the_sentence_comes_before_the_paragraph_and_that_before_the_article() -> None:
    events = frame({}, {"snippet": "Shells hit a tower.", "place": "Tower", "place_text": "Tower", "trigger": "Shells"})
    events["trigger_start"] = [TEXT.index("Fighting"), TEXT.index("Shells")]
    shown = np.ones(2, dtype=bool)

    def ranks(q: str) -> list[int]:
        return matches.ranks(events, shown, q, text=lambda _: TEXT).tolist()

    assert ranks("heavy") == [matches.SENTENCE, matches.ARTICLE]
    assert ranks("heavy bridge") == [matches.PARAGRAPH, matches.ARTICLE]
    assert ranks("truce") == [matches.ARTICLE, matches.ARTICLE]
    assert ranks("TOWER") == [matches.ARTICLE, matches.SENTENCE]


def test_every_place_where_a_word_stands_is_marked() -> None:
    (pieces,) = reading.paragraphs("A bridge, the Bridge", matches.found("A bridge, the Bridge", "bridge"))
    assert pieces == [("A ", ""), ("bridge", "found"), (", the ", ""), ("Bridge", "found")]
    assert matches.found("İ bridge", "bridge") == []
