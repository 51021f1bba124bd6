"""From an article with resolved places and dates to the events it reports, and what was left out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from geo import distances
from geo.events import decision, left_out, listed, setting
from geo.events.days import days, of_renown
from geo.events.decision import Kept
from geo.events.implied import goes_on, implied
from geo.events.kinds import of_parties, sub_type
from geo.events.lines import told_in_text
from geo.events.meant import is_elsewhere, is_far_end, is_measure, is_state, meant
from geo.events.model import Decision
from geo.events.proposals import SHOWN, narrowed, propose
from geo.events.reasons import reasons
from geo.events.rules import ALL, Rules
from geo.events.scene import Scene, openings
from geo.model import Article, Event, Mention, NotPlotted, PlaceRef, Published, Tier, TimeSpan, content_id
from geo.people.actors import actors
from geo.people.anchor import Anchor
from geo.people.casualties import Toll, casualties
from geo.people.speakers import speaker
from geo.reader.candidates import Candidate, candidates
from geo.reader.judgement import Judgement
from geo.reader.model import Reader
from geo.text import Sentence, sentences

# Below this confidence an event is of the weaker tier.
_FIRM = 0.7
# What moves towards a place is not there; shells are, and marches go on around it.
_BOUND = frozenset(("battle", "strategic_development", "political", "violence_against_civilians"))


@dataclass(frozen=True, slots=True)
class Weighed:
    """What may be told in an article, and what the decision made of it.

    Attributes
    ----------
    sentences : sequence of Sentence
    candidates : sequence of Candidate
    scenes : tuple of Scene
        Every proposed event.
    stands, right : sequence of float
        By scene, the probability that place and days are right, and that the type is too.
    kept : tuple of Kept
        The scenes that are told, in reading order.
    threshold : float
        Of `stands`: from it on a scene is told.
    """

    sentences: Sequence[Sentence]
    candidates: Sequence[Candidate]
    scenes: tuple[Scene, ...]
    stands: Sequence[float]
    right: Sequence[float]
    kept: tuple[Kept, ...]
    threshold: float


def extract(
    article: Article,
    published: Published | None,
    mentions: Sequence[Mention],
    nominals: Sequence[Mention],
    times: Sequence[TimeSpan],
    doubtful: Collection[Mention] = (),
) -> tuple[tuple[Event, ...], tuple[NotPlotted, ...]]:
    """Find the events that an article reports.

    Parameters
    ----------
    article : Article
    published : Published or None
        When it appeared: undated reports are dated from it.
    mentions, nominals : sequence of Mention
        Its resolved names, in reading order, and the nouns that stand for places.
    times : sequence of TimeSpan
        Its dated expressions, in reading order.
    doubtful : collection of Mention
        Those of the mentions that are more likely no names of places.

    Returns
    -------
    (tuple of Event, tuple of NotPlotted)
        The events in reading order, one per place and event; and every mention or trigger without a pin, with a reason.
    """
    text = article.text
    judgement, weighed = read(text, published, mentions, nominals, times, doubtful)
    parts, events = weighed.sentences, told_events(article, weighed)
    told, again = [one.scene for one in weighed.kept], [scene for one in weighed.kept for scene in one.again]
    settled = {id(scene) for scene in (*told, *again)}
    doubted = [scene for scene in weighed.scenes if id(scene) not in settled]
    known = [mention for mention in mentions if mention not in doubtful]
    return events, left_out.left_out(
        text, parts, known, judgement, kept=told, again=again, doubted=doubted, events=events
    )


def read(
    text: str,
    published: Published | None,
    mentions: Sequence[Mention],
    nominals: Sequence[Mention],
    times: Sequence[TimeSpan],
    doubtful: Collection[Mention] = (),
) -> tuple[Judgement, Weighed]:
    """Give what the reader makes of an article, and what was decided of it; the arguments are those of `extract`."""
    parts = sentences(text)
    ones = candidates(parts, mentions, nominals, doubtful=doubtful)
    judgement = Reader.load().judge(text, parts, ones, times)
    ones, judgement = implied(text, parts, ones, times, judgement)
    return judgement, weigh(text, parts, ones, times, published, judgement)


def weigh(
    text: str,
    parts: Sequence[Sentence],
    ones: Sequence[Candidate],
    times: Sequence[TimeSpan],
    published: Published | None,
    judgement: Judgement,
    *,
    model: Decision | None = None,
    rules: Rules = ALL,
) -> Weighed:
    """Decide what is told, by the reader's judgement.

    Parameters
    ----------
    model : Decision, optional
        The one that ships where left out.
    rules : Rules
        What is on; all of it but where an evaluation asks what a rule is worth.
    """
    model = model or Decision.load()
    proposed = scenes(text, parts, ones, times, published, judgement, rules=rules)
    rows = decision.rows(proposed, parts, ones)
    if not rules.setting:
        model = model.by_scenes_alone()
    said = setting.words(text, parts, proposed, setting.load() if model.stands_here is not None else {})
    stands, right = model.judge(decision.without(rows, rules.unseen) if rules.unseen else rows, said, len(parts))
    stands, right = decision.sureness(proposed, stands), decision.sureness(proposed, right)
    if rules.listed:
        stands, right = listed.alike(text, proposed, stands), listed.alike(text, proposed, right)
    kept = decision.decide(proposed, stands, model.threshold, model.apart, model.most, rules=rules)
    return Weighed(parts, ones, proposed, stands, right, kept, model.threshold)


def scenes(
    text: str,
    parts: Sequence[Sentence],
    ones: Sequence[Candidate],
    times: Sequence[TimeSpan],
    published: Published | None,
    judgement: Judgement,
    *,
    rules: Rules = ALL,
) -> tuple[Scene, ...]:
    """Give every proposed event with its candidate and its days."""
    found: list[Scene] = []
    opens = openings(text, parts)
    proposed = propose(text, parts, ones, judgement)
    for told in narrowed(proposed, ones) if rules.locators else proposed:
        one, part = ones[told.at], parts[told.sentence]
        if rules.meant and told.status in SHOWN and (status := meant(text, (part.start, part.end), told.trigger)):
            told = replace(told, status=status)  # noqa: PLW2901  (the reader's answer gives way)
        # A second event of a sentence has its days behind what tells it, not behind the place.
        second = one.implied and part.start <= one.start < part.end
        place = told.trigger if second else (one.start, one.end)
        bound = told.type in _BOUND and not one.implied and is_elsewhere(text, told.trigger, place)
        measured = is_measure(text, told.trigger, (one.start, one.end))
        far = is_far_end(text, (one.start, one.end))
        if rules.meant and (bound or measured or far or is_state(text, told.trigger)):
            continue
        when = days(told, parts, times, published, text=text, place=place, rules=rules)
        if rules.renown and when.span is None and told.status in SHOWN:
            names = [one.text, one.place.name] if one.place else [one.text]
            when = of_renown(text, told.trigger, place, names, published) or when
        found.append(Scene(told, one, when, opens[told.sentence]))
    found = _going_on(found, published, rules)
    return told_in_text(text, parts, found) if rules.lines else tuple(found)


def _going_on(found: Sequence[Scene], published: Published | None, rules: Rules) -> list[Scene]:
    """Leave out what only seems to go on: it is held against all that its own sentence names, wherever that stands."""
    kept = [not scene.candidate.implied for scene in found]
    # What is held against one: the scenes of its sentence, and those at its place.
    beside: dict[tuple[str, int], list[int]] = {}
    for at, scene in enumerate(found):
        beside.setdefault(("sentence", scene.proposal.sentence), []).append(at)
        beside.setdefault(("place", scene.candidate.start), []).append(at)
    for at, scene in enumerate(found) if rules.implied else ():
        if not kept[at]:
            near = {*beside["sentence", scene.proposal.sentence], *beside["place", scene.candidate.start]}
            before = [found[k] for k in sorted(near) if kept[k]]
            kept[at] = goes_on(scene, before, published)
    return [scene for scene, stays in zip(found, kept, strict=True) if stays]


def told_events(article: Article, weighed: Weighed) -> tuple[Event, ...]:
    """Give the events of an article, one for each scene that is kept, with the people in them."""
    text, parts, kept, right = article.text, weighed.sentences, weighed.kept, weighed.right
    anchors = [_anchor(parts, one.scene) for one in kept]
    # The dead of what is only planned or denied are nobody's.
    done = [at for at, one in enumerate(kept) if one.scene.proposal.status in SHOWN]
    counted = dict(zip(done, casualties(text, parts, [anchors[at] for at in done]), strict=True))
    tolls = [counted.get(at, Toll()) for at in range(len(kept))]
    found: list[Event] = []
    seen: dict[str, int] = {}
    digest = article.digest  # of the whole text: once, not once an event
    for one, anchor, toll in zip(kept, anchors, tolls, strict=True):
        told, when = one.scene.proposal, one.scene.days
        who = actors(text, anchor)
        said = speaker(text, parts[told.sentence], told.trigger[0]) if told.status == "claimed" else None
        name = content_id(digest, *told.trigger, one.scene.candidate.text)
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            name = content_id(digest, *told.trigger, one.scene.candidate.text, seen[name])
        trigger = text[told.trigger[0] : told.trigger[1]]
        kind = of_parties(told.type, trigger, who.actor_kind, who.target_kind)
        found.append(
            Event(
                id=name,
                type=kind,
                sub_type=sub_type(kind, trigger),
                status=told.status,
                speaker=said,
                tier=_tier(one.scene, right[one.at]),
                confidence=round(right[one.at], 3),
                reasons=reasons(one, trigger, said),
                place=_drawn(one.scene, text),
                place_text=one.scene.candidate.text,
                date_start=when.start,
                date_end=when.end,
                date_precision=when.precision,
                date_basis=when.basis,
                date_text=when.text,
                trigger=trigger,
                trigger_start=told.trigger[0],
                trigger_end=told.trigger[1],
                sentence_start=anchor.sentence_start,
                sentence_end=anchor.sentence_end,
                actor=who.actor,
                actor_kind=who.actor_kind,
                target=who.target,
                target_kind=who.target_kind,
                killed_low=toll.killed[0],
                killed_high=toll.killed[1],
                wounded_low=toll.wounded[0],
                wounded_high=toll.wounded[1],
                casualties_text=toll.words,
            )
        )
    return tuple(found)


def _anchor(parts: Sequence[Sentence], scene: Scene) -> Anchor:
    told, one = scene.proposal, scene.candidate
    return Anchor.of(parts[told.sentence], *told.trigger, type=told.type, place=(one.start, one.end))


def _tier(scene: Scene, confidence: float) -> Tier:
    one = scene.candidate
    firm = confidence >= _FIRM and not one.mention.lifted and not one.implied
    return "A" if firm else "B"


def _drawn(scene: Scene, text: str) -> PlaceRef | None:
    """Give the place to draw; where the text only tells how far from it, and on which side, its surroundings there."""
    place, mention = scene.candidate.place, scene.candidate.mention
    if place is None or mention.offset_km is None:
        return place
    return replace(
        distances.off(place, mention.offset_km, distances.side_before(text, mention.start)), precision="region"
    )
