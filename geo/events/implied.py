"""What is told at a place without its name beside it, as "On Friday two explosions brought down the roof" does.

Where that was, the text has said before: where it last told something, if that is also where it told first or most.
The reader is then asked what it would make of the sentence with the place at its end ("... the roof in Beslan"): its
answer is that of any sentence that names its place, and no weights are needed for it. So is a second event of a
sentence that names its place once: "Bama fell in September and was recaptured in March".
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from gazetteer.nearest import great_circle_km
from geo.entries import Entries
from geo.events.proposals import SHOWN
from geo.events.scene import Scene, same_place, touch
from geo.model import STATUSES, Published, TimeSpan
from geo.reader.candidates import Candidate
from geo.reader.inserted import Inserted
from geo.reader.judgement import Judged, Judgement, Word
from geo.reader.model import Reader
from geo.text import Sentence

# From this probability on a word tells an event, and a place has one: only then the reader is asked again.
_TELLS, _TOLD = 0.55, 0.5
# A candidate that is more likely one than this has its sentence to itself.
_TAKEN = 0.12
# Within so many kilometres two places are one for a map.
_SAME_KM = 25.0
# What happened so long before a text appeared is no news in it.
_STALE = timedelta(days=7)
# From this probability on a word tells an event, at the place that its sentence tells of already; so many characters
# from what tells that, or it is part of the same phrase.
_SECOND, _APART = 0.5, 12
_SPOKEN = "political"
_CLOSING = " .!?…\"'”’)»"


@dataclass(frozen=True, slots=True)
class _Asked:
    """A sentence by its number, where its place is put in, and the candidate that names it elsewhere."""

    sentence: int
    at: int
    place: Candidate

    @property
    def words(self) -> str:
        """What is put in."""
        return f" in {self.name}"

    @property
    def name(self) -> str:
        """What the place is called: by the text, but for a noun that stands for it."""
        place = self.place.place
        return place.name if self.place.nominal and place is not None else self.place.text


def implied(
    text: str,
    parts: Sequence[Sentence],
    ones: Sequence[Candidate],
    times: Sequence[TimeSpan],
    judgement: Judgement,
) -> tuple[tuple[Candidate, ...], Judgement]:
    """Give the candidates with those of sentences that name no place, and what the reader makes of all of them.

    Those that stood there keep their positions. The mention of an implied one is that of the place where the text
    names it: it stands in a sentence before.
    """
    asked = _asked(text, parts, ones, judgement)
    if not asked:
        return tuple(ones), judgement
    laid = Inserted(text, [(one.at, one.words) for one in asked])
    # Shown to the reader each is a name like any other, in its sentence.
    shown = [_shown(one, laid.end_of(number)) for number, one in enumerate(asked)]
    first = len(ones)
    again = Reader.load().judge(
        laid.text,
        [laid.sentence(one) for one in parts],
        [*map(laid.candidate, ones), *shown],
        [laid.time(one) for one in times],
        only=range(first, first + len(shown)),
    )
    found: list[Candidate] = []
    judged = dict(judgement.candidates)
    for number, one in enumerate(asked):
        if (said := again.candidates.get(first + number)) is not None:
            judged[first + len(found)] = _unlaid(said, laid)
            mention = replace(one.place.mention, text=one.name)
            found.append(replace(one.place, mention=mention, nominal=True, sentence=one.sentence, implied=True))
    return (*ones, *found), Judgement(judged, judgement.triggers)


def _asked(text: str, parts: Sequence[Sentence], ones: Sequence[Candidate], judgement: Judgement) -> list[_Asked]:
    placed = {one.sentence for at, one in enumerate(ones) if _has_place(one, judgement.candidates.get(at))}
    starts = [part.start for part in parts]
    telling = {bisect_right(starts, word.start) - 1 for word in judgement.triggers if word.p >= _TELLS}
    before, asked = _Told(ones, judgement), []
    heads = _Heads(text, ones)
    for number in sorted(telling - placed):
        part = parts[number]
        meant = heads.meant(part.start, before.last(number)) or before.meant(number)
        if meant is not None and not part.headline:
            at = part.start + len(text[part.start : part.end].rstrip(_CLOSING))
            asked.append(_Asked(number, at, meant))
    return sorted([*asked, *_seconds(parts, ones, judgement)], key=lambda one: one.at)


def _seconds(parts: Sequence[Sentence], ones: Sequence[Candidate], judgement: Judgement) -> Iterator[_Asked]:
    """Give the words that tell a second event at a place that their sentence names once, and where it is put in.

    "Bama fell in September and was recaptured in March" is read as "... was recaptured in Bama in March".
    """
    starts = [part.start for part in parts]
    told: dict[int, list[int]] = {}
    for at, judged in judgement.candidates.items():
        if _is_told(ones[at], judged):
            told.setdefault(ones[at].sentence, []).append(at)
    first: dict[int, list[Word]] = {}
    for at, judged in judgement.candidates.items():
        first.setdefault(ones[at].sentence, []).extend(judged.words[:1])
    for word in judgement.triggers:
        number = bisect_right(starts, word.start) - 1
        here = dict(word.places)
        place = max(told.get(number, ()), key=lambda at: here.get(at, 0.0), default=None)
        if place is None or parts[number].headline or min(word.p, here.get(place, 0.0)) < _SECOND:
            continue
        beside = first.get(number, ())
        if not any(other.start < word.end + _APART and word.start < other.end + _APART for other in beside):
            yield _Asked(number, word.end, ones[place])


def _has_place(one: Candidate, judged: Judged | None) -> bool:
    """Say whether a candidate may be the place of its sentence: a name is; "the market" is if the reader says so."""
    named = one.usage == "literal" and one.place is not None
    return named or (judged is not None and judged.event >= _TAKEN)


class _Heads:
    """The places under which a text tells something, where it is a list of entries: "Sumy region. 214 explosions."."""

    def __init__(self, text: str, ones: Sequence[Candidate]) -> None:
        self._named = [one for one in ones if not one.nominal]
        self._entries = Entries(text, [one.mention for one in self._named])

    def meant(self, offset: int, last: Candidate | None) -> Candidate | None:
        """Give where an entry last told something, `last`, or the place at its head; None outside of entries."""
        entry = self._entries.at(offset)
        if entry is None:
            return None
        return last if last is not None and last.start >= entry.start else self._named[entry.head]


class _Told:
    """Where a text tells something, sentence by sentence: asked in their order, it looks at each candidate once."""

    def __init__(self, ones: Sequence[Candidate], judgement: Judgement) -> None:
        each = [(ones[at], judged) for at, judged in sorted(judgement.candidates.items())]
        self._waiting = deque(one for one, judged in each if _is_told(one, judged))
        self._often: Counter[str] = Counter()
        self._first: Candidate | None = None
        self._last: Candidate | None = None
        self._most: Candidate | None = None

    def meant(self, sentence: int) -> Candidate | None:
        """Give where it last told something before a sentence, if that is where it told first or most."""
        last = self.last(sentence)
        known = last is not None and any(_is_same(last, other) for other in (self._first, self._most))
        return last if known else None

    def last(self, sentence: int) -> Candidate | None:
        """Give where it last told something before a sentence."""
        while self._waiting and self._waiting[0].sentence < sentence:
            self._take(self._waiting.popleft())
        return self._last

    def _take(self, one: Candidate) -> None:
        self._first, self._last = self._first or one, one
        self._often[_id(one)] += 1
        if self._most is None or self._often[_id(one)] > self._often[_id(self._most)]:
            self._most = one


def _id(one: Candidate) -> str:
    return one.place.id if one.place is not None else ""


def _is_told(one: Candidate, judged: Judged) -> bool:
    status = STATUSES[max(range(len(STATUSES)), key=lambda kind: judged.statuses[kind])]
    drawn = one.place is not None and one.place.precision != "country"
    return drawn and judged.event >= _TOLD and status in SHOWN


def _is_same(one: Candidate, other: Candidate | None) -> bool:
    a, b = one.place, other.place if other else None
    return a is not None and b is not None and great_circle_km(a.lon, a.lat, b.lon, b.lat) <= _SAME_KM


def goes_on(scene: Scene, before: Sequence[Scene], published: Published | None) -> bool:
    """Say whether a sentence without a place tells of the days in which its text appeared, where it says no others.

    Behind something long past ("in September 1982") it is a detail of that, whose days nobody says. What is planned or
    denied without a place has none either: it is on no map, and the list of what is not says of each where it would be.

    Parameters
    ----------
    before : sequence of Scene
        What else is told in its sentence and at its place, in reading order.
    """
    if scene.proposal.status not in SHOWN:
        return False
    there = [one.proposal.type for one in before if same_place(one, scene)]
    if there and scene.proposal.type != _SPOKEN and all(kind == _SPOKEN for kind in there):
        # Where ministers met is not where the war goes on that they met about.
        return False
    beside = [one for one in before if one.proposal.sentence == scene.proposal.sentence and same_place(one, scene)]
    if beside:
        # A second event of a sentence has days of its own, or it is a detail of the first.
        return scene.days.span is not None and not any(touch(one, scene) for one in beside)
    if scene.days.span is not None or published is None or published.start is None:
        return True
    here = (
        one.days.end
        for one in reversed(before)
        if one.proposal.sentence < scene.proposal.sentence and one.candidate.start == scene.candidate.start
    )
    last = next(here, None)
    return last is None or last >= published.start - _STALE


def _shown(one: _Asked, end: int) -> Candidate:
    mention = replace(one.place.mention, start=end - len(one.name), end=end, text=one.name, usage="literal")
    return replace(one.place, mention=mention, nominal=False, sentence=one.sentence)


def _unlaid(judged: Judged, laid: Inserted) -> Judged:
    """Give a judgement with the offsets of the text itself; of the words put in none tells anything."""
    spans = [(laid.back(word.start, word.end), word.p) for word in judged.words]
    return replace(judged, words=tuple(Word(*span, p) for span, p in spans if span is not None))
