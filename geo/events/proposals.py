"""Proposed events: a place, a kind, a standing and the words that tell it, as the reader judged them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from geo.model import EVENT_TYPES, STATUSES, EventType, Status
from geo.reader.candidates import Candidate
from geo.reader.judgement import Judged, Judgement, TriggerJudged
from geo.text import Sentence

# Below these probabilities nothing is proposed: of what lies there hardly one in fifty is an event (annotated news).
LEAST = 0.12
SHOWN: tuple[Status, ...] = ("reported", "claimed")
# Words that tell nothing by themselves.
_FUNCTION_WORDS = frozenset((
    "a", "an", "the", "and", "or", "but", "of", "to", "at", "in", "on", "by", "for", "from", "with", "as", "that",
    "which", "who", "it", "its", "his", "her", "their", "this", "these", "those", "is", "are", "was", "were", "be",
    "been", "has", "had", "have", "most", "some",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tie:
    """How a trigger is tied to its place: probabilities.

    Attributes
    ----------
    said : float
        That the trigger tells an event at all, wherever.
    here, rival, nowhere : float
        That what it tells happened at this place, at the likeliest other one, or at none of those named.
    """

    said: float = 0.0
    here: float = 0.0
    rival: float = 0.0
    nowhere: float = 1.0


@dataclass(frozen=True, slots=True)
class Proposal:
    """An event that may be told.

    Attributes
    ----------
    at : int
        Position of its place among the article's candidates.
    sentence : int
        Number of the sentence that tells it.
    trigger : (int, int)
        Offsets of the word that tells it.
    trigger_p : float
        The probability that this word tells it.
    event, required : float
        Probabilities that an event is told there, and that a careful editor would map it.
    type, type_p, second_p
        The likeliest type, its probability and that of the next.
    status, shown_p
        The likeliest status, and the probability that it is told as done.
    times : tuple of (int, float)
        The dated expressions, with the probability that each dates it; `unstated`, that none does.
    tie : Tie
        What the trigger, asked by itself, says of its place.
    """

    at: int
    sentence: int
    trigger: tuple[int, int]
    trigger_p: float
    event: float
    required: float
    type: EventType
    type_p: float
    second_p: float
    status: Status
    shown_p: float
    times: tuple[tuple[int, float], ...]
    unstated: float
    tie: Tie


def propose(
    text: str,
    sentences: Sequence[Sentence],
    candidates: Sequence[Candidate],
    judgement: Judgement,
) -> tuple[Proposal, ...]:
    """Give what may be told at each candidate, in reading order."""
    said = {trigger.start: trigger for trigger in judgement.triggers}
    found = []
    for at, judged in sorted(judgement.candidates.items()):
        if judged.event >= LEAST:
            found.append(_at(text, sentences, candidates, at, judged, said))
    return tuple(sorted(found, key=lambda one: (sentences[one.sentence].start, candidates[one.at].start, one.trigger)))


def narrowed(proposed: Sequence[Proposal], candidates: Sequence[Candidate]) -> tuple[Proposal, ...]:
    """Give the proposals with that at the province of "Lahore in Pakistan's Punjab" moved to the town.

    The town stands for what only says where it lies if nothing is proposed there, and no second town is said to lie
    there.
    """
    taken = {one.at for one in proposed}
    within: dict[int, list[int]] = {}
    for at, place in enumerate(candidates):
        if place.mention.within is not None:
            within.setdefault(place.mention.within, []).append(at)
    made = []
    for one in proposed:
        outer = candidates[one.at]
        wide = outer.place is not None and outer.place.precision in ("region", "country") and not outer.mention.lifted
        inner = [at for at in within.get(outer.start, ()) if _lies_in(candidates[at], outer)] if wide else []
        made.append(replace(one, at=inner[0]) if len(inner) == 1 and inner[0] not in taken else one)
    return tuple(made)


def _lies_in(inner: Candidate, outer: Candidate) -> bool:
    a, b = inner.place, outer.place
    named = inner.sentence == outer.sentence and not inner.implied
    literal = inner.nominal or inner.mention.usage == "literal"
    return bool(named and literal and a and b and a.precision in ("town", "point") and a.country_code == b.country_code)


def _at(
    text: str,
    sentences: Sequence[Sentence],
    candidates: Sequence[Candidate],
    at: int,
    judged: Judged,
    said: Mapping[int, TriggerJudged],
) -> Proposal:
    one = candidates[at]
    sentence = sentences[one.sentence]
    words = [
        word
        for word in judged.words
        if not (one.start < word.end and word.start < one.end) and sentence.start <= word.start < sentence.end
    ]
    # What the reader points at is not always a word that a person would underline: "Vuhledar, a coal town, fell".
    telling = [word for word in words if text[word.start : word.end].lower() not in _FUNCTION_WORDS]
    word = next(iter(telling or words), None)
    kinds = sorted(range(len(EVENT_TYPES)), key=lambda kind: -judged.types[kind])
    status = max(range(len(STATUSES)), key=lambda kind: judged.statuses[kind])
    return Proposal(
        at=at,
        sentence=one.sentence,
        trigger=(word.start, word.end) if word else first_word(text, sentence, one),
        trigger_p=word.p if word else 0.0,
        event=judged.event,
        required=judged.required,
        type=EVENT_TYPES[kinds[0]],
        type_p=judged.types[kinds[0]],
        second_p=judged.types[kinds[1]],
        status=STATUSES[status],
        shown_p=sum(judged.statuses[STATUSES.index(name)] for name in SHOWN),
        times=judged.times,
        unstated=judged.unstated,
        tie=_tie(said.get(word.start) if word else None, at),
    )


def _tie(trigger: TriggerJudged | None, at: int) -> Tie:
    if trigger is None:
        return Tie()
    here = dict(trigger.places).get(at, 0.0)
    rival = max((p for other, p in trigger.places if other != at), default=0.0)
    return Tie(trigger.p, here, rival, trigger.nowhere)


def first_word(text: str, sentence: Sentence, one: Candidate) -> tuple[int, int]:
    """Give a word of the sentence beside the candidate; the candidate itself where it has no other."""
    start = sentence.start
    for word in text[sentence.start : sentence.end].split():
        start = text.index(word, start)
        end = start + len(word)
        if not (one.start < end and start < one.end) and word[0].isalpha():
            return start, end
        start = end
    return one.start, one.end
