"""The date that a story hangs on: what one sentence leaves for the next, and what only marks a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from geo.events.clauses import BORDER
from geo.events.dating import Dating, coarse, dated_by, in_words
from geo.events.discourse import Discourse
from geo.events.lexicon import cue
from geo.events.triggers import Trigger
from geo.model import Published, TimeSpan
from geo.text import Sentence

# What ended longer before publication than this is a story, not news.
_OLD = timedelta(days=45)
# What a story tells next, of elsewhere and without a date, lies in this many days.
_GOES_ON = timedelta(days=6)
_NOW = re.compile(r"\b(?:now|today|still|has|have|is|are|says?|will)\b")
# "since the first day of the invasion", "since the war began": the event only says since when.
_MARK = re.compile(r"\bsince (?:the |its |their |his |her )?(?:[\w'’-]+ ){0,6}$", re.IGNORECASE)
_PLUPERFECT = re.compile(r"\bhad (?:\w+ ){0,3}$", re.IGNORECASE)
_MEMORY = cue("in memory", after=r"\s(?:[\w'’-]+\s){0,7}$")


def is_old(dating: Dating, published: Published | None) -> bool:
    """Tell what happened long before publication."""
    return bool(published and published.start and dating.end and dating.end < published.start - _OLD)


def only_marks_time(text: str, trigger: Trigger, sentence: Sentence) -> bool:
    """Tell an event noun that says since when something is so."""
    mark = _MARK.search(text, sentence.start, trigger.start) if trigger.noun else None
    return mark is not None and not BORDER.search(text, mark.start() + len("since"), trigger.start)


def in_memory(text: str, trigger: Trigger, sentence: Sentence) -> bool:
    """Tell the dead of another time, who are only remembered: "in memory of those killed in the war"."""
    memory = _MEMORY().search(text, sentence.start, trigger.start)
    if memory is None or not (trigger.noun or trigger.text.lower().endswith("ed")):
        return False
    return not BORDER.search(text, memory.start(), trigger.start)


def leads_on(
    text: str,
    trigger: Trigger,
    dating: Dating,
    state: Discourse,
    *,
    number: int,
    spans: Sequence[TimeSpan],
    published: Published | None,
) -> bool:
    """Tell whether the next sentence may go on from this date: a look back within a sentence leaves the later one."""
    last = state.last_dating if state.dated_sentence == number else None
    if last and last.start and dating.start and dating.start < last.start - _GOES_ON:
        return False
    if not is_old(dating, published):
        return True
    if published and published.start and any(_is_news(span, published) for span in spans):
        return False
    return _PLUPERFECT.search(text, max(0, trigger.start - 30), trigger.start) is None


def _is_news(span: TimeSpan, published: Published) -> bool:
    return bool(span.date_end and published.start and span.date_end >= published.start - _OLD)


def left_undated(
    text: str, sentence: Sentence, spans: Sequence[TimeSpan], published: Published | None
) -> Dating | None:
    """Give the one old date of a sentence none of whose events found its place: "It came down on 17 July 2014."."""
    dated = [span for span in spans if span.date_start]
    if len(dated) != 1 or dated[0].basis != "explicit" or dated[0].precision not in ("day", "month"):
        return None
    found = dated_by(dated[0], published)
    since = re.search(
        r"\b(?:since|until|of|by|before) (?:the )?$", text[max(sentence.start, dated[0].start - 12) : dated[0].start]
    )
    return found if found and not since and is_old(found, published) else None


def inherited(
    text: str,
    sentence: Sentence,
    state: Discourse,
    *,
    number: int,
    same_place: bool,
    carried: bool,
    published: Published | None,
) -> Dating | None:
    """Give the date that an undated event takes over from the sentences before, None where it may not."""
    last = state.dating_near(number)
    if last is None or last.start is None or last.end is None:
        return None
    together = state.dated_paragraph == sentence.paragraph
    story = together and not _NOW.search(text, sentence.start, sentence.end)
    reason = f"{last.reason}, taken over from the sentence before"
    if not is_old(last, published):
        fine = last.precision in ("day", "week")
        if carried or (fine and same_place) or (last.precision == "year" and story):
            return replace(last, basis="inherited", reason=reason)
        return None
    if carried or (last.precision in ("day", "week") and same_place) or (story and last.precision == "year"):
        return replace(last, basis="inherited", reason=reason)
    if not story:
        return None
    end = last.end + _GOES_ON if last.precision == "day" else last.end
    reason = f"a story told of the past goes on from “{last.text}”: {in_words(last.start, end)}"
    return replace(last, end=end, precision=coarse(last.start, end), basis="inherited", reason=reason)
