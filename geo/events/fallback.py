"""The last resort for an article none of whose triggers found a place: its first violent act at its first town."""

from __future__ import annotations

from collections.abc import Sequence

from geo.events.dating import Dating, assumed, in_words
from geo.events.draft import Draft
from geo.events.frames import figurative, is_armed
from geo.events.kinds import event_type
from geo.events.lexicon import Lexicon
from geo.events.sites import Site
from geo.events.status import stance
from geo.events.triggers import find_triggers
from geo.model import Published, TimeSpan
from geo.text import Sentence

# News says what happened at its head.
_HEAD_SENTENCES = 8
_TYPES = frozenset({"explosion", "violence_against_civilians"})


def fallback(
    text: str,
    cut: Sequence[Sentence],
    words: Lexicon,
    named: Sequence[tuple[Site, ...]],
    times: Sequence[TimeSpan],
    published: Published | None,
) -> tuple[Draft, ...]:
    """Give the first violent act of an article at the first settled place it names, as a tier B event, or nothing."""
    sites = [
        site for group in named for site in group if site.literal and site.place and site.settled and not site.reference
    ]
    if not sites:
        return ()
    for sentence in cut[:_HEAD_SENTENCES]:
        taken = tuple((site.start, site.end) for group in named for site in group)
        for trigger in find_triggers(text, sentence, words, taken):
            held = stance(text, trigger, sentence)
            if (
                trigger.sense.type not in _TYPES
                or any(trigger.has(flag) for flag in ("casualty", "weapon", "weak"))
                or held.status not in ("reported", "claimed")
                or figurative(text, sentence, trigger, armed=is_armed(text))
            ):
                continue
            site = sites[0]
            reason = f"“{trigger.text}” has no place of its own; “{site.text}” is the first town the article names"
            kind = event_type(text, trigger, sentence)
            dating = _dating(sentence, times, published)
            return (Draft(trigger, site, held, kind, "B", 0.0, reason, dating, sentence),)
    return ()


def _dating(sentence: Sentence, times: Sequence[TimeSpan], published: Published | None) -> Dating:
    last = published.end if published else None
    for span in times:
        start, end = span.date_start, span.date_end
        if not (sentence.start <= span.start < sentence.end) or start is None or end is None or (last and start > last):
            continue
        end = min(end, last) if last else end
        return Dating(
            start, end, span.precision, span.basis, span.text, f"dated by “{span.text}” = {in_words(start, end)}", span
        )
    return assumed(published)
