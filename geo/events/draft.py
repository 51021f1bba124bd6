"""An event on its way: a trigger tied to a place, before it is compared with its neighbours."""

from __future__ import annotations

from dataclasses import dataclass, replace

from geo.events.confidence import confidence
from geo.events.dating import Dating
from geo.events.sites import Site
from geo.events.status import Stance
from geo.events.triggers import Trigger
from geo.model import Event, EventType, PlaceRef, Tier, content_id
from geo.text import Sentence

_AGREEING = frozenset({"agreement", "talks"})
_TAKEN = "territory changes hands"
_HURT = frozenset({"wound", "injure", "hurt", "maim"})
_BODILY = frozenset({"battle", "explosion", "violence_against_civilians"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A trigger at a place; `margin` is by how much their tie passed its threshold.

    `summing` marks a noun that sums up what its sentence told: "..., the third day of attacks on the city".
    """

    trigger: Trigger
    site: Site
    stance: Stance
    type: EventType
    tier: Tier
    margin: float
    bond_reason: str
    dating: Dating
    sentence: Sentence
    summing: bool = False

    @property
    def told(self) -> bool:
        """Whether the article tells it as done, by itself or by someone."""
        return self.stance.status in ("reported", "claimed")


def _key(site: Site) -> tuple[float, float] | str:
    return (round(site.where.lat, 2), round(site.where.lon, 2)) if site.where else site.text


def one_per_place(drafts: list[Draft]) -> tuple[list[Draft], list[Draft]]:
    """Keep one event per type and place of a sentence, and one bodily event per place: its dead belong to the attack.

    Returns
    -------
    (list of Draft, list of Draft)
        The kept ones in reading order, and those merged into them.
    """
    order = sorted(drafts, key=lambda draft: (not draft.told, draft.tier, _consequence(draft), -draft.margin))
    seen: set[object] = set()
    kept: list[Draft] = []
    merged: list[Draft] = []
    for draft in order:
        key = draft.type, _key(draft.site)
        (merged if key in seen else kept).append(draft)
        seen.add(key)
    final: list[Draft] = []
    signed = {_key(draft.site) for draft in kept if draft.trigger.sense.sub_type in _AGREEING}
    # A truce signed at a place is one event there, its signing.
    truces = [draft for draft in kept if draft.trigger.sense.sub_type == "truce" and _key(draft.site) in signed]
    # And what was shot out of the sky belongs to the attack.
    fired_at = {_key(draft.site) for draft in kept if draft.type == "explosion"}
    met = [draft for draft in kept if draft.trigger.sense.sub_type == "intercept" and _key(draft.site) in fired_at]
    # Those who died in a riot died of it.
    crowds = {(_key(draft.site), draft.told) for draft in kept if draft.type == "riot"}
    dead = [draft for draft in kept if draft.trigger.has("casualty") and draft.type != "explosion"]
    met += [draft for draft in dead if (_key(draft.site), draft.told) in crowds]
    # Whoever takes a town or raises a flag over it has entered it.
    taken = {_key(draft.site) for draft in kept if draft.told and draft.trigger.sense.sub_type == _TAKEN}
    met += [draft for draft in kept if draft.trigger.lemma == "enter" and _key(draft.site) in taken]
    merged.extend(truces + met)
    kept = [draft for draft in kept if draft not in truces and draft not in met]
    bodily: dict[object, list[Draft]] = {}
    for draft in kept:
        if draft.type in _BODILY:
            bodily.setdefault((_key(draft.site), draft.told), []).append(draft)
        else:
            final.append(draft)
    for group in bodily.values():
        group.sort(key=lambda draft: (_consequence(draft), -draft.margin))
        acts = [draft for draft in group if not draft.trigger.has("casualty")] or group
        acts = [draft for draft in acts if not draft.trigger.has("weak")] or acts
        final.append(acts[0])
        merged.extend(draft for draft in group if draft is not acts[0])
    return sorted(final, key=lambda draft: (draft.trigger.start, draft.site.start)), merged


def _consequence(draft: Draft) -> float:
    """Rank the act before the weapon and the dead, those before the hurt."""
    if draft.trigger.lemma in _HURT:
        return 2
    if draft.trigger.has("casualty") or draft.trigger.has("weapon"):
        return 1
    return 0.5 if draft.summing else 0


def told_before(draft: Draft, earlier: list[Draft]) -> bool:
    """Tell whether a carried-over event goes on about one already told: same place, like type, days that overlap."""
    if draft.dating.basis in ("explicit", "relative"):
        return False
    for other in earlier:
        if not other.told or _key(other.site) != _key(draft.site) or other.sentence == draft.sentence:
            continue
        alike = other.type == draft.type or (draft.trigger.has("casualty") and other.type in _BODILY)
        if alike and _overlap(draft.dating, other.dating):
            return True
    return False


def announces(headline: Draft, draft: Draft) -> bool:
    """Tell whether a headline without a date of its own says what a sentence of the text then tells with its date."""
    undated = headline.dating.basis == "publication" != draft.dating.basis
    if not undated or not headline.sentence.headline or draft.sentence == headline.sentence:
        return False
    alike = headline.type == draft.type and headline.stance.status == draft.stance.status
    return alike and _key(headline.site) == _key(draft.site) and _overlap(headline.dating, draft.dating)


def _overlap(one: Dating, other: Dating) -> bool:
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return True
    return one.start <= other.end and other.start <= one.end


def as_event(draft: Draft, digest: str, ordinal: int = 0) -> Event:
    """Turn a draft into the record's event, with its reasons in words; `ordinal` tells equal ids apart."""
    trigger, site, dating = draft.trigger, draft.site, draft.dating
    reasons = [draft.bond_reason]
    if site.why:
        reasons.append(site.why)
    reasons.append(dating.reason)
    if draft.stance.cue:
        by = f" ({draft.stance.speaker})" if draft.stance.speaker else ""
        reasons.append(f"{draft.stance.status}: “{draft.stance.cue}”{by}")
    parts: list[object] = [digest, trigger.start, trigger.end, site.text]
    return Event(
        id=content_id(*parts, *([ordinal] if ordinal else [])),
        type=draft.type,
        sub_type=trigger.sense.sub_type if draft.type == trigger.sense.type else None,
        status=draft.stance.status,
        speaker=draft.stance.speaker,
        tier=draft.tier,
        confidence=confidence(trigger, site, dating, tier=draft.tier, margin=draft.margin, status=draft.stance.status),
        reasons=tuple(reasons),
        place=_drawn(site),
        place_text=site.text,
        date_start=dating.start,
        date_end=dating.end,
        date_precision=dating.precision,
        date_basis=dating.basis,
        date_text=dating.text,
        trigger=trigger.text,
        trigger_start=trigger.start,
        trigger_end=trigger.end,
        sentence_start=draft.sentence.start,
        sentence_end=draft.sentence.end,
    )


def _drawn(site: Site) -> PlaceRef | None:
    """Give the place to draw; an unknown village is drawn as a region, the one that holds it."""
    if site.place is None and site.inside is not None:
        return replace(site.inside, precision="region")
    return site.place
