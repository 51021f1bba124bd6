"""Places beside the story: where someone only speaks, where something was signed, came from or went to."""

from __future__ import annotations

import re
from dataclasses import replace

from geo.events.binding import spoken_in
from geo.events.sites import Site
from geo.text import Sentence

# "a truce signed in Minsk", "withdrew to Donetsk", "had come from Odesa", "leave the suburbs for Tripoli"
_ON_THE_WAY = re.compile(
    r"\b(?:signed|agreed|negotiated|brokered|concluded|reached) (?:\w+ )?in (?:the )?$|"
    r"\b(?:withdrew|withdrawn|retreated|fled|went|returned|came|come|sailed|flew|travel\w+|driven|taken|brought|"
    r"evacuated|lea(?:ve|ves|ving)(?: [\w'’-]+){0,4}|on the way|on the road|bound|moved|sent) "
    r"(?:back |on |off |away )?(?:to|from|for|towards?) (?:the )?$",
    re.IGNORECASE,
)
_REACH = 45


def with_aside(text: str, sentence: Sentence, site: Site) -> Site:
    """Mark a settlement of a sentence that lies beside the story, so that it is no later "the town"."""
    if not site.literal or not site.settled:
        return site
    floor = max(sentence.start, site.start - _REACH)
    beside = (
        site.reference or spoken_in(text, sentence, site) or _ON_THE_WAY.search(text, floor, site.start) is not None
    )
    return replace(site, aside=True) if beside else site
