"""Proposed events: a place, a kind, a standing and the words that tell it, as the reader judged them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geo.model import EVENT_TYPES, STATUSES, EventType, Status, TimeSpan
from geo.reader.candidates import Candidate
from geo.reader.judgement import Judged, Judgement, TriggerJudged
from geo.text import Sentence

# Below these probabilities nothing is proposed: of what lies there hardly one in fifty is an event (annotated news).
LEAST = 0.12
_LEAST_TRIGGER, _LEAST_TIE = 0.4, 0.35
SHOWN: tuple[Status, ...] = ("reported", "claimed")


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
        Number of the sentence that tells it; the place may be named in another (`carried`).
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
    carried: bool = False


def propose(
    text: str,
    sentences: Sequence[Sentence],
    candidates: Sequence[Candidate],
    times: Sequence[TimeSpan],
    judgement: Judgement,
) -> tuple[Proposal, ...]:
    """Give what may be told, in reading order: at each candidate, and by words whose place another sentence names."""
    said = {trigger.start: trigger for trigger in judgement.triggers}
    found = []
    for at, judged in sorted(judgement.candidates.items()):
        if judged.event >= LEAST:
            found.append(_at(text, sentences, candidates, at, judged, said))
    told = {proposal.sentence for proposal in found if proposal.event >= 0.5}
    starts = [sentence.start for sentence in sentences]
    best: dict[tuple[int, int], Proposal] = {}
    for trigger in judgement.triggers:
        number = max(0, bisect_right(starts, trigger.start) - 1)
        carried = None if number in told else _carried(candidates, times, sentences, judgement, trigger, number)
        if carried and carried.event > best.get((carried.at, number), carried).event - 1e-9:
            best[carried.at, number] = carried
    found += best.values()
    return tuple(sorted(found, key=lambda one: (sentences[one.sentence].start, candidates[one.at].start, one.trigger)))


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
    word = words[0] if words else None
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


def _carried(
    candidates: Sequence[Candidate],
    times: Sequence[TimeSpan],
    sentences: Sequence[Sentence],
    judgement: Judgement,
    trigger: TriggerJudged,
    number: int,
) -> Proposal | None:
    if trigger.p < _LEAST_TRIGGER or not trigger.places:
        return None
    at, tie = max(trigger.places, key=lambda place: place[1])
    if candidates[at].sentence == number or tie < _LEAST_TIE:
        return None
    there = judgement.candidates.get(at)
    kinds = sorted(range(len(EVENT_TYPES)), key=lambda kind: -trigger.types[kind])
    own = tuple(
        (k, 0.5) for k, span in enumerate(times) if sentences[number].start <= span.start < sentences[number].end
    )
    return Proposal(
        at=at,
        sentence=number,
        trigger=(trigger.start, trigger.end),
        trigger_p=trigger.p,
        event=trigger.p * tie,
        required=there.required if there else 0.5,
        type=EVENT_TYPES[kinds[0]],
        type_p=trigger.types[kinds[0]],
        second_p=trigger.types[kinds[1]],
        status="reported",
        shown_p=0.8,
        times=own,
        unstated=0.5,
        tie=_tie(trigger, at),
        carried=True,
    )
