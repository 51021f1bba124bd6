"""Where what is missed or wrong went wrong: each error of the strict count by class, and the room that decided.

A class is the first step of reading at which the event was lost: was its place a candidate, where did that stand, was
an event seen there, on which days, of which type, and was it sure enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gazetteer.names import fold
from geo.events.extract import Weighed
from geo.events.scene import Scene
from geo.model import Event
from geo.reader.candidates import Candidate
from geo.training import strict
from geo.training.gold import GoldDocument, GoldEvent
from geo.training.reader.lesson import Seen
from geo.training.reader.scenes import event_of
from geo.training.scores import distance_km

_HALF = 0.5
# The class of an error, and the room to look into.
ROOMS: dict[str, str] = {
    "no candidate at its place": "geo.recognise, geo.resolve.nominal",
    "a name without a place": "geo.resolve.choice",
    "a name laid in an area too far off": "geo.resolve.lifting",
    "another place of that name": "geo.resolve.choice",
    "another place of the sentence": "geo.reader.judgement",
    "no event seen there": "geo.reader.judgement",
    "told as another event there": "geo.events.proposals",
    "days": "geo.events.days",
    "only planned or denied": "geo.reader.judgement",
    "type": "geo.reader.judgement",
    "merged with another": "geo.events.decision",
    "not sure enough": "geo.events.decision",
    "a sentence without an annotated event": "geo.events.decision",
    "told again": "geo.events.incident",
}


@dataclass(frozen=True, slots=True)
class _Try:
    """A proposed event against the annotated one that it comes closest to telling."""

    event: Event
    fate: str
    sure: float
    near: bool
    dated: bool
    typed: bool

    def closeness(self) -> tuple[bool, bool, bool, bool, float]:
        return self.near, self.dated, self.event.status in strict.SHOWN, self.typed, self.sure


def faults(document: GoldDocument, weighed: Weighed, events: Sequence[Event]) -> tuple[tuple[str, str], ...]:
    """Give the errors of an article: class, with the room that decided, and example.

    Parameters
    ----------
    weighed : Weighed
        What was made of the article.
    events : sequence of Event
        What is told of it, one for each of `weighed.kept`.
    """
    gold = document.events or ()
    scenes = dict(zip(map(id, events), (one.scene for one in weighed.kept), strict=True))
    pins = strict.pinned(events)
    verdicts = strict.verdicts(document, pins)
    wrong = [pin for pin, one in zip(pins, verdicts, strict=True) if not one.fits]
    found = _missed(document, weighed, events, wrong)
    for pin, one in zip(pins, verdicts, strict=True):
        words = f"{pin.trigger} ({pin.type}) {pin.place_text} {pin.date_start or 'no date'}, {pin.confidence:.0%}"
        if not one.fits:
            why = _why_wrong(pin, scenes[id(pin)], gold, weighed.candidates)
            found.append((f"wrong pin: {_named(why)}", words))
        elif not one.typed:
            found.append((f"mistyped pin: {_named('type')}", words))
        elif one.again:
            found.append((f"repeated pin: {_named('told again')}", words))
    return tuple(found)


def _named(why: str, band: str = "") -> str:
    return f"{why}{band} [{ROOMS[why]}]"


def _missed(
    document: GoldDocument, weighed: Weighed, events: Sequence[Event], wrong: Sequence[Event]
) -> list[tuple[str, str]]:
    gold = document.events or ()
    required = strict.asked_for(gold)
    placed = [one for one in events if one.status in strict.SHOWN and one.place is not None]
    told = strict.pair(placed, required, lambda one, asked: strict.tells(one, asked, gold))
    used = {id(placed[at]) for at in told}
    every = _told(document, weighed, events)
    found = []
    for at, asked in enumerate(required):
        if at in set(told.values()):
            continue
        tries = [
            _Try(
                one,
                fate,
                sure,
                strict.place_right(one, asked),
                strict.date_right(one, asked),
                one.type in asked.types,
            )
            for one, fate, sure in every
            if one.place is not None and strict.told_in(one, asked, gold)
        ]
        best = max((one for one in tries if id(one.event) not in used), key=_Try.closeness, default=None)
        why = _why_missed(best, asked, weighed.candidates)
        if why == "no event seen there" and any(one.near for one in tries):
            why = "told as another event there"
        elif why in ("no event seen there", "not sure enough") and any(
            strict.told_in(one, asked, gold) and not strict.place_right(one, asked) for one in wrong
        ):
            why = "another place of the sentence"
        band = _band(best.sure) if best and why == "not sure enough" else ""
        found.append((f"missed: {_named(why, band)}", _words(asked, best)))
    return found


def _told(document: GoldDocument, weighed: Weighed, events: Sequence[Event]) -> list[tuple[Event, str, float]]:
    """Give every proposed event, what became of it, and the probability that decided."""
    seen = Seen(document.id, document.text, None, tuple(weighed.sentences), tuple(weighed.candidates), ())
    kept = {one.at: event for one, event in zip(weighed.kept, events, strict=True)}
    again = {id(scene) for one in weighed.kept for scene in one.again}
    found = []
    for at, scene in enumerate(weighed.scenes):
        event = kept.get(at) or event_of(seen, scene, weighed.right[at])
        fate = "kept" if at in kept else "merged" if id(scene) in again else "doubted"
        found.append((event, fate, weighed.stands[at]))
    return found


def _why_missed(best: _Try | None, asked: GoldEvent, candidates: Sequence[Candidate]) -> str:
    if best is None or not best.near:
        here = [one for one in candidates if asked.sentence[0] <= one.start < asked.sentence[1]]
        return "no event seen there" if _one_right(here, asked) else _why_no_place(here, asked)
    if not best.dated:
        return "days"
    if best.event.status not in strict.SHOWN:
        return "only planned or denied"
    if not best.typed:
        return "type"
    return "merged with another" if best.fate == "merged" else "not sure enough"


def _why_no_place(here: Sequence[Candidate], asked: GoldEvent) -> str:
    """Say why no candidate of the sentence stands within reach."""
    named = [one for one in here if _bears(one.text, asked)]
    if not named:
        return "no candidate at its place"
    if all(one.place is None for one in named):
        return "a name without a place"
    lifted = any(one.mention.lifted for one in named)
    return "a name laid in an area too far off" if lifted else "another place of that name"


def _why_wrong(pin: Event, scene: Scene, gold: Sequence[GoldEvent], candidates: Sequence[Candidate]) -> str:
    start, end = pin.sentence_start, pin.sentence_end
    inside = [one for one in gold if strict.overlap((start, end), one.sentence) > _HALF]
    if not inside:
        return "a sentence without an annotated event"
    done = [one for one in inside if one.status in strict.SHOWN]
    if not done:
        return "only planned or denied"
    if any(strict.place_right(pin, one) for one in done):
        return "days"
    if scene.candidate.mention.lifted:
        return "a name laid in an area too far off"
    if any(_bears(pin.place_text, one) for one in done):
        return "another place of that name"
    here = [one for one in candidates if start <= one.start < end]
    known = any(_one_right(here, one) for one in done)
    return "another place of the sentence" if known else "no candidate at its place"


def _one_right(candidates: Sequence[Candidate], asked: GoldEvent) -> bool:
    return any(
        one.place is not None and distance_km((one.place.lon, one.place.lat), (place.lon, place.lat)) <= place.reach
        for one in candidates
        for place in asked.places
    )


def _bears(text: str, asked: GoldEvent) -> bool:
    """Say whether words are the name of an annotated place, or hold it, or are part of it."""
    words = set(fold(text).split())
    names = [set(fold(place.name).split()) for place in asked.places]
    return any(name and words and (words <= name or name <= words) for name in names)


def _band(p: float) -> str:
    low = int(p * 10) / 10
    return f", {low:.1f} to {low + 0.1:.1f}"


def _words(asked: GoldEvent, best: _Try | None) -> str:
    days = " to ".join(dict.fromkeys(map(str, asked.dates))) if asked.dates else "any day"
    closest = ""
    if best:
        one = best.event
        closest = f" | {one.trigger} ({one.type}) {one.place_text} {one.date_start or 'no date'}, {best.sure:.0%}"
    return f"{asked.types[0]} {asked.places[0].name} {days}{closest}"
