"""Who and whom about a noun: "an attack by X on Y", "an Israeli strike", "clashes between X and Y"."""

from __future__ import annotations

from geo.people.anchor import Anchor
from geo.people.clauses import auxiliary, coordinated_back, phrase_after, subject
from geo.people.lexicon import words
from geo.people.losses import sufferers
from geo.people.phrases import Phrase, Reading
from geo.people.sides import BY_REACH, REACH, Side, doer, hit, may_suffer, modifier, reached, side

_VICTIMS_OF = frozenset({"explosion", "violence_against_civilians", "battle"})


def of_noun(here: Reading, first: int, last: int, anchor: Anchor) -> tuple[Side | None, Side | None]:
    """Give who acts and who suffers about the noun that stands at words `first` to `last`."""
    inside = next((phrase for phrase in here.phrases if phrase.first <= first and last <= phrase.last), None)
    begin = inside.first if inside else first
    sides = _between(here, last)
    if sides is not None:
        return sides
    if inside is not None and inside.person and inside.last == last:
        # The trigger is who does it: "a suicide bomber".
        return side(here, (inside,)), _struck(here, last) or reached(here, last + 1) or _victims(here, None)
    actor = doer(here, last) or modifier(here, begin, first) or modifier(here, first, last - 1)
    actor = actor or _launcher(here, inside)
    end = inside.last if inside and inside.last > last else last
    target = reached(here, end, "reach of nouns") or _aimed(here, last)
    if target is None and inside is not None and inside.governor == "by":
        target = _victim_of_passive(here, inside)
    if target is None:
        target = _struck(here, inside.last if inside else last)
    if target is None and anchor.type in _VICTIMS_OF:
        target = _victims(here, actor)
    return actor, target


def _aimed(here: Reading, index: int) -> Side | None:
    """Give the jeep in "an attack by militants on a jeep": behind "on" or "against" in what goes with the noun."""
    for step in range(index, min(len(here.words), index + BY_REACH)):
        word = here.words[step]
        if word.tag in ("stop", "comma", "subordinator", "verb", "gerund", "being"):
            return None
        if word.lower in ("on", "against") and here.words[step + 1 : step + 2]:
            found = phrase_after(here, step + 1)
            if found is not None and may_suffer(here, found):
                return hit(here, found)
    return None


def _between(here: Reading, last: int) -> tuple[Side, Side] | None:
    """Give the two sides of "clashes between the army and the rebels"."""
    for step in range(last, min(len(here.words), last + REACH)):
        if here.words[step].lower == "between":
            one = phrase_after(here, step + 1)
            if one is None or not (one.person or one.kind):
                return None
            index = one.last
            while index < len(here.words) and here.words[index].lower != "and" and index - one.last < REACH:
                index += 1
            other = phrase_after(here, index + 1)
            sides = side(here, (one,)), side(here, (other,)) if other and other.person else None
            return (sides[0], sides[1]) if sides[0] and sides[1] else None
        if here.words[step].tag not in ("adverb", "time", "preposition", "noun", "determiner"):
            return None
    return None


def _launcher(here: Reading, inside: Phrase | None) -> Side | None:
    """Give the subject of "launched an attack", "carried out air strikes"."""
    if inside is None:
        return None
    index = inside.first - 1
    while index >= 0 and here.words[index].tag == "adverb":
        index -= 1
    if index < 0 or here.words[index].lower not in words("light verbs") or auxiliary(here, index) is not None:
        return None
    if here.words[index].lower in words("repelling"):
        return None
    found = subject(here, index, people=False)
    return side(here, coordinated_back(here, found)) if found and found.person else None


def _victim_of_passive(here: Reading, inside: Phrase) -> Side | None:
    """Give the convoy in "a convoy was hit by an air strike"."""
    index = inside.first - 2
    while index >= 0 and here.words[index].tag in ("adverb", "preposition", "noun", "time"):
        index -= 1
    passive = auxiliary(here, index) if index >= 0 and here.words[index].tag == "verb" else None
    return hit(here, subject(here, passive, people=False), back=True) if passive is not None else None


def _struck(here: Reading, index: int) -> Side | None:
    """Give the mosque in "a bomb tore through a mosque": the object of the verb whose subject ends at a word."""
    step = index
    while step < len(here.words) and step - index < REACH * 2:
        word = here.words[step]
        if word.tag in ("stop", "subordinator", "comma"):
            return None
        if word.tag in ("verb", "gerund"):
            break
        step += 1
    if step >= len(here.words) or here.words[step].lower not in words("hitting") or auxiliary(here, step) is not None:
        return None
    direct = phrase_after(here, step + 1)
    if direct is not None:
        # "destroyed 300 houses" is damage, no target
        several = direct.thing and direct.count not in (None, (1, 1))
        generic = direct.head in words("generic") or not direct.head or several
        return None if generic else hit(here, direct)
    return _reached_through(here, step + 1)


def _reached_through(here: Reading, index: int) -> Side | None:
    word = here.words[index : index + 1]
    if not word or word[0].tag != "preposition":
        return None
    found = phrase_after(here, index + 1)
    return hit(here, found) if found else None


def _victims(here: Reading, actor: Side | None) -> Side | None:
    """Give those whom the sentence says were killed or hurt, where they are more than "people"."""
    for listed in sufferers(here):
        worth = [phrase for phrase in listed if phrase.head not in words("generic")]
        if worth and all(phrase.person for phrase in worth):
            party = side(here, worth)
            return party if party and (actor is None or party.start != actor.start) else None
    return None
