"""Toponym resolution: which place a recognised name means, with reasons and runners-up.

All names of a document are resolved together. A name has one sense in a document.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from gazetteer.index import Gazetteer
from gazetteer.names import fold
from gazetteer.place import Candidate
from geo import distances
from geo.entries import Entries
from geo.model import Alternative, Mention, PlaceRef, Span
from geo.resolve import choice, context, explain, frames, groups, lifting, relations, venues
from geo.resolve.features import Table, table
from geo.resolve.groups import Name
from geo.resolve.model import Resolver
from geo.resolve.references import place_ref
from geo.resolve.relations import Relation
from geo.surfaces import Surfaces
from geo.text import sentences
from geo.trees import Floats

__all__ = ["place_ref", "resolve"]

_RUNNERS_UP = 4


def resolve(
    text: str, spans: Sequence[Span], gazetteer: Gazetteer, *, resolver: Resolver | None = None
) -> tuple[Mention, ...]:
    """Resolve the names of a text to places.

    Parameters
    ----------
    text : str
    spans : sequence of Span
        As `geo.recognise.recognise` gives them, or given ones: sorted, not overlapping.
    gazetteer : Gazetteer
    resolver : Resolver, optional
        Weights; those that ship where left out.

    Returns
    -------
    tuple of Mention
        One for each span, in order. Where no place of the name fits, a literal one is lifted to the area that the text
        says it lies in; `place` is None where the text says nothing.

    Raises
    ------
    geo.weights.ModelMissingError
        Where the weights that ship are absent.
    """
    mentions, said = known(text, spans, gazetteer, resolver or Resolver.load())
    lifted = lifting.lift(text, mentions, said, gazetteer)
    within = _seats(text, lifted)
    within |= {one.inner: mentions[one.outer].start for one in said if one.kind in relations.SAYING}
    return tuple(replace(one, within=within[at]) if at in within else one for at, one in enumerate(lifted))


def _seats(text: str, mentions: Sequence[Mention]) -> dict[int, int]:
    """Give for names of a unit the offset of its seat where the sentence or the entry opens with that.

    "In Yala, a man was shot in Bannang Sata" and "Bouira: clashes at Chorfa" speak of the provinces: nothing is told of
    their seats.
    """
    parts = sentences(text)
    starts = [part.start for part in parts]
    number = [bisect_right(starts, one.start) for one in mentions]
    pairs = list(frames.openings(text, mentions))
    pairs += [(at, head) for at, head in Entries(text, mentions).held().items() if number[at] == number[head]]
    return {inner: mentions[outer].start for inner, outer in pairs if _is_seat(mentions[outer], mentions[inner])}


def _is_seat(seat: Mention, other: Mention) -> bool:
    """Tell whether a name is that of a town and of its unit, and another place lies in that unit."""
    a, b = seat.place, other.place
    if a is None or b is None or a.kind != "town" or a.admin1 is None or a.id == b.id or seat.lifted:
        return False
    named = fold(a.name) in fold(a.admin1)
    return named and (a.country_code, a.admin1) == (b.country_code, b.admin1)


def known(
    text: str, spans: Sequence[Span], gazetteer: Gazetteer, resolver: Resolver, hidden: Collection[str] = ()
) -> tuple[list[Mention], tuple[Relation, ...]]:
    """Resolve the names that places bear, and give what the text says of where all of them lie.

    Parameters
    ----------
    hidden : collection of str
        Names that are taken for unknown, as they stand in the text: from them is learned where unknown names stand.
    """
    surfaces = Surfaces.of(gazetteer)
    found, belongs = groups.names(text, spans, surfaces)
    for one in found:
        one.candidates = () if one.text in hidden else venues.own(text, spans, one)
    said = context.gather(text, spans, found, belongs, surfaces)
    laid = table(found)
    answers = _answers(found, laid, resolver) if laid is not None else {}
    mentions = []
    for index, span in enumerate(spans):
        place, score, reasons, others = answers.get(index, _UNKNOWN)
        offset = distances.offset_before(text, span.start)
        if offset:
            reasons = (*reasons, f"only tells where something lies, {offset:g} km off")
        mentions.append(
            Mention(
                span.start,
                span.end,
                span.text,
                span.usage,
                place,
                score,
                span.reasons + reasons,
                others,
                offset_km=offset,
            )
        )
    return _shortened(mentions), said


def _shortened(mentions: Sequence[Mention]) -> list[Mention]:
    """Let a later short form mean what the whole name did: "the Old City" after "the Old City of Mosul"."""
    whole: dict[str, Mention] = {}
    made = []
    for one in mentions:
        head, of, _ = one.text.partition(" of ")
        longer = whole.get(one.text)
        if of and one.place:
            whole[head] = one
        if longer is not None:
            why = (*one.reasons, f"short for {longer.text}")
            one = replace(one, place=longer.place, score=longer.score, reasons=why)  # noqa: PLW2901  (its longer form stands for it)
        made.append(one)
    return made


_Answer = tuple[PlaceRef | None, float, tuple[str, ...], tuple[Alternative, ...]]
_UNKNOWN: _Answer = (None, 0.0, ("no place of that name is known",), ())


def _answers(found: Sequence[Name], laid: Table, resolver: Resolver) -> dict[int, _Answer]:
    """Give the answer for every mention of a name with candidates, by its position."""
    probability, seen = resolver.score(laid)
    rows = choice.ranges(laid)
    countries = _countries(found, {at: int(probability[part].argmax()) for at, part in rows.items()})
    answers: dict[int, _Answer] = {}
    located = choice.located(laid, probability)
    for position, part in rows.items():
        one, scores = found[position], probability[part]
        made: dict[choice.Choice, _Answer] = {}
        beside = bool((laid.beside[position] & located).any())
        for mention, chosen in choice.choose(one, scores, seen[part], resolver.threshold, beside=beside).items():
            if chosen not in made:
                sure = chosen.score if chosen.told else resolver.probability(chosen.score)
                made[chosen] = _answer(one, replace(chosen, score=sure), scores, seen[part], countries)
            answers[mention] = made[chosen]
    return answers


def _answer(one: Name, chosen: choice.Choice, scores: Floats, seen: Floats, countries: Sequence[str]) -> _Answer:
    if chosen.meant is None:
        others = _alternatives(one.candidates, scores, int(scores.argmax()))
        return None, chosen.score, ("no place of that name fits the article",), others
    candidate = one.candidates[chosen.meant]
    why = chosen.said + explain.reasons(one, candidate, seen[chosen.meant], countries)
    return place_ref(candidate.place), chosen.score, why, _alternatives(one.candidates, scores, chosen.meant)


def _countries(found: Sequence[Name], winners: dict[int, int]) -> list[str]:
    """Give the countries of the document, most mentioned first."""
    heard: Counter[str] = Counter()
    for position, best in winners.items():
        place = found[position].candidates[best].place
        if place.country_code:
            heard[place.country_code] += len(found[position].mentions)
    return [code for code, _ in sorted(heard.items(), key=lambda item: (-item[1], item[0]))]


def _alternatives(candidates: Sequence[Candidate], scores: Floats, best: int) -> tuple[Alternative, ...]:
    order = [int(index) for index in np.argsort(-scores, kind="stable") if index != best]
    return tuple(
        Alternative(place.id, place.name, place.lon, place.lat, round(float(scores[index]), 4))
        for index in order[:_RUNNERS_UP]
        for place in (candidates[index].place,)
    )
