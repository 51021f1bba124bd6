"""Who did it and to whom: the phrases around a trigger, by voice, preposition and list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.model import ActorKind
from geo.people.anchor import Anchor
from geo.people.clauses import (
    auxiliary,
    coordinated_back,
    coordinated_on,
    phrase_after,
    phrase_before,
    subject,
    verb_start,
)
from geo.people.lexicon import nations, parties, plurals, words
from geo.people.losses import sufferers
from geo.people.phrases import Phrase, Reading, reading

# "by" may follow a trigger by at most this many words; what is reached by a preposition by fewer.
_BY_REACH, _REACH = 14, 6
_VICTIMS_OF = frozenset({"explosion", "violence_against_civilians", "battle"})
_DONE = frozenset({"explosion", "violence_against_civilians", "battle", "riot", "strategic_development"})


@dataclass(frozen=True, slots=True)
class Who:
    """The parties of an event, each with its words and its kind."""

    actor: str | None = None
    actor_kind: ActorKind | None = None
    target: str | None = None
    target_kind: ActorKind | None = None


@dataclass(frozen=True, slots=True)
class _Party:
    """Words that name one side; half-open offsets."""

    start: int
    end: int
    kind: ActorKind
    person: bool
    known: bool


def actors(text: str, anchor: Anchor) -> Who:
    """Read who acts and who suffers off the words around a trigger; where that is not plain, nobody is named.

    Actors are people, armed forces and states, never buildings or weapons; targets may be buildings too, but no places.
    """
    here = reading(text, anchor.sentence_start, anchor.sentence_end)
    first, last = here.index_at(anchor.trigger_start), here.index_at(anchor.trigger_end - 1) + 1
    verb = next((index for index in range(first, last) if here.words[index].tag in ("verb", "gerund")), None)
    if verb is None:
        actor, target = _of_noun(here, first, last, anchor)
    else:
        actor, target = _of_verb(here, verb, last, anchor)
    if anchor.place and target and target.kind == "other" and anchor.place[0] <= target.start < anchor.place[1]:
        target = None
    if target and not _fits(target, anchor, here, verb):
        target = None
    if actor and target and actor.start == target.start:
        target = None
    kind = actor.kind if actor else None
    if kind in ("civilians", "other") and anchor.type == "protest" or kind == "civilians" and anchor.type == "riot":
        kind = "protesters"
    return Who(_words(text, actor), kind, _words(text, target), target.kind if target else None)


def _fits(target: _Party, anchor: Anchor, here: Reading, verb: int | None) -> bool:
    """Tell a target that an event of its type can have: nobody signs a castle, and trenches that are dug are none."""
    if verb is not None and here.words[verb].lower in words("sends"):
        return False
    if anchor.type == "political" and verb is not None:
        return False
    if target.person or anchor.type not in ("political", "strategic_development"):
        return target.known or anchor.type != "protest"
    names = verb is not None and here.words[verb].lower in _naming()
    return anchor.type == "strategic_development" and (verb is None or names)


def _words(text: str, party: _Party | None) -> str | None:
    if party is None:
        return None
    said = " ".join(text[party.start : party.end].split()).strip(" ,'’")
    return said[4:] if said[:4].lower() == "the " else said


def _party(here: Reading, listed: Sequence[Phrase]) -> _Party | None:
    """Make one party of a list of phrases."""
    if not listed or listed[0].count == (0, 0):
        return None
    kind = next((phrase.kind for phrase in listed if phrase.kind), "other")
    return _Party(
        _begin(here, listed[0]),
        _full(here, listed[-1]),
        kind,
        any(phrase.person for phrase in listed),
        any(phrase.person or phrase.thing for phrase in listed),
    )


def _begin(here: Reading, phrase: Phrase) -> int:
    """Give where a phrase begins with the nation that shares its noun: "Ugandan and | Rwandan troops"."""
    before = next((other for other in here.phrases if other.last == phrase.first - 1), None)
    joined = before is not None and here.words[phrase.first - 1].lower == "and"
    if before is None or not joined or before.last - before.first != 1:
        return phrase.start
    return before.start if here.words[before.first].text in nations() and not before.person else phrase.start


def _full(here: Reading, phrase: Phrase) -> int:
    """Give where a phrase ends with what "of" adds to it: "the headquarters of state television"."""
    following = here.words[phrase.last : phrase.last + 1]
    tail = phrase_after(here, phrase.last + 1) if following and following[0].lower == "of" else None
    plain = tail is None or tail.head in words("times") or (tail.count is not None and not tail.head) or tail.named
    return phrase.end if plain or tail is None else tail.end


def _of_verb(here: Reading, verb: int, last: int, anchor: Anchor) -> tuple[_Party | None, _Party | None]:
    if here.words[verb].lower in words("attributive"):
        return None, None
    passive = auxiliary(here, verb)
    reduced = passive is None and _is_reduced(here, verb, last)
    if passive is not None or reduced:
        found = subject(here, passive if passive is not None else verb, people=False)
        being = passive is not None and here.words[passive].lower == "being"
        found = phrase_before(here, verb_start(here, verb)) if reduced or being else found
        named = here.words[verb].lower in _naming() and anchor.type != "battle"
        return _by(here, last), _hit_list(here, found, back=True, named=named)
    found, listed = _acting(here, verb)
    if here.words[verb].lower in words("suffers"):
        return None, _party(here, listed) if found and found.person else None
    if here.words[verb].lower in words("joint acts") and len(listed) > 1:
        return _party(here, listed[:1]), _party(here, listed[1:])
    crowd = found is not None and anchor.type in words("crowd acts") and found.count is not None and not found.head
    acts = found is not None and (found.person or crowd or _is_acronym(here, found))
    actor = _party(here, listed) if acts else _maker(here, found)
    if here.words[verb].lower in words("falls to"):
        victor = _behind(here, verb + 1, ("to",))
        return (_party(here, (victor,)) if victor and victor.person else None), None
    if here.words[verb].lower in words("own act") and anchor.type not in _VICTIMS_OF - {"battle"}:
        return actor, None
    return actor, _object(here, verb, last, anchor)


def _is_reduced(here: Reading, verb: int, last: int) -> bool:
    """Tell a passive without its "was": "a church hit by shells", "President shot dead at home"."""
    if here.words[last : last + 1] and here.words[last].lower == "by":
        return True
    if here.words[verb].tag == "gerund":
        return False
    alone = last - verb == 1 and here.words[verb].lower in words("no passive")
    before = phrase_before(here, verb)
    if here.words[verb].lower not in _naming() and not (before and before.thing):
        return False
    return not alone and before is not None and phrase_after(here, last) is None and not _inner_object(here, verb, last)


def _inner_object(here: Reading, verb: int, last: int) -> bool:
    return any(verb < phrase.first < last for phrase in here.phrases)


def _is_acronym(here: Reading, phrase: Phrase) -> bool:
    """Tell an organisation that goes by its letters: "IOF killed a child"."""
    letters = here.words[phrase.last - 1].text
    return phrase.named and letters.isupper() and letters.isalpha() and 1 < len(letters) <= 6


def _acting(here: Reading, verb: int) -> tuple[Phrase | None, tuple[Phrase, ...]]:
    """Give the subject of an active verb with its list, or whoever is accused of it."""
    begin = verb_start(here, verb)
    lead = here.words[begin - 1] if begin else None
    if here.words[verb].tag == "gerund" and lead and lead.lower in ("of", "for"):
        accused = phrase_before(here, begin - 1)
        if accused and accused.governor in words("accusing"):
            return accused, (accused,)
    found = subject(here, verb, people=False)
    return found, coordinated_back(here, found) if found else ()


def _maker(here: Reading, phrase: Phrase | None) -> _Party | None:
    """Give the nation or group in "Russian missiles", "an IRA bomb"."""
    if phrase is None:
        return None
    return _modifier(here, phrase.first, phrase.last - 1)


def _modifier(here: Reading, first: int, last: int) -> _Party | None:
    """Give the nation, state or group that stands among the words before a noun."""
    known = parties()
    for begin in range(first, last):
        if here.words[begin].tag != "noun":
            continue
        for stop in range(min(last, begin + known.longest), begin, -1):
            name = " ".join(word.text for word in here.words[begin:stop] if word.tag == "noun")
            kind = known.names.get(name)
            if kind is None and (name in nations() or name.lower() in words("states")) and name[:1].isupper():
                kind = "state_forces"
            if kind is None and stop == last and name.lower() in ("police", "army", "government", "rebel"):
                kind = known.adjectives.get(name.lower())
            if kind is not None:
                return _Party(here.words[begin].start, here.words[stop - 1].end, kind, True, True)
    return None


def _by(here: Reading, index: int) -> _Party | None:
    """Give whoever stands behind "by" after a trigger."""
    for step in range(index, min(len(here.words), index + _BY_REACH)):
        word = here.words[step]
        light = word.lower in words("light verbs") or word.tag == "being"
        if word.tag in ("stop", "subordinator") or (word.tag in ("verb", "gerund") and not light and step > index):
            return None
        if word.lower == "by":
            found = phrase_after(here, step + 1)
            if found is None or found.head in words("times"):
                return None
            if found.person:
                return _party(here, coordinated_on(here, found))
            return _maker(here, found)
    return None


def _hit_list(here: Reading, found: Phrase | None, *, back: bool = False, named: bool = False) -> _Party | None:
    """Give a target with the list that it begins or ends; `named`: a bare name may be a person's."""
    if found is None or not _may_suffer(here, found, named=named):
        return None
    listed = coordinated_back(here, found) if back else coordinated_on(here, found, people=False)
    return _party(here, [phrase for phrase in listed if _may_suffer(here, phrase, named=named)])


def _may_suffer(here: Reading, phrase: Phrase, *, named: bool = False) -> bool:
    """Tell people and buildings from places, weapons, times and abstract things."""
    if phrase.head in plurals("weapons") or phrase.head in words("times") or phrase.head in words("no targets"):
        return False
    if phrase.last - phrase.first == 1 and phrase.head in words("no targets alone"):
        return False
    if phrase.kind == "state_forces" and _is_state(here, phrase):
        return False
    if here.words[phrase.first].lower in words("ship prefixes") or phrase.person or phrase.thing:
        return True
    if phrase.head in plurals("place heads") or not phrase.head:
        return bool(not phrase.head and phrase.count is not None)
    if phrase.named:
        return named
    last = here.words[phrase.last - 1]
    return not last.capital and last.tag == "noun" and phrase.head not in words("months")


def _is_state(here: Reading, phrase: Phrase) -> bool:
    name = " ".join(word.lower for word in here.words[phrase.first : phrase.last] if word.tag == "noun")
    return name in words("states") or name in words("capitals")


def _object(here: Reading, verb: int, last: int, anchor: Anchor) -> _Party | None:
    """Give whom an active verb reaches: its object, or who stands behind "on", "at", "against", "with"."""
    names = here.words[verb].lower in _naming() and anchor.type != "battle"
    inner = [
        phrase
        for phrase in here.phrases
        if verb < phrase.first < last
        and _may_suffer(here, phrase, named=names)
        and here.words[phrase.first - 1].tag != "adverb"
    ]
    open_end = here.words[last - 1].tag == "preposition"
    if inner and inner[-1].governor and not inner[-1].named and not open_end:
        return _hit_list(here, inner[-1], named=names)  # "clashed with riot police"
    direct = phrase_after(here, last)
    if direct is not None and direct.last > last and not _may_suffer(here, direct, named=names):
        robbed = _behind(here, direct.last, ("from",)) if anchor.type == "battle" else None
        if robbed and robbed.person:
            return _party(here, (robbed,))
        if direct.head in plurals("weapons") or direct.head in words("no targets"):
            return _reached(here, _list_end(here, direct))
        return None
    if direct is not None and _may_suffer(here, direct, named=names):
        robbed = _behind(here, direct.last, ("from",)) if anchor.type == "battle" else None
        if robbed and robbed.person:
            return _party(here, (robbed,))
        return _hit_list(here, direct, named=names)
    return _reached(here, last)


def _naming() -> frozenset[str]:
    from geo.people.lexicon import inflected

    return inflected("names whom") | frozenset({"shot", "took", "beaten", "overthrew", "hung"})


def _list_end(here: Reading, phrase: Phrase) -> int:
    """Give where a list of weapons ends: "25 rockets and 6 drones"."""
    index = phrase.last
    while index + 1 < len(here.words) and here.words[index].tag in ("conjunction", "comma"):
        following = next((other for other in here.phrases if other.first == index + 1), None)
        if following is None or following.head not in plurals("weapons"):
            break
        index = following.last
    return index


def _reached(here: Reading, index: int, section: str = "reach") -> _Party | None:
    """Give who stands behind a preposition that leads from an act to whom it is done."""
    found = _behind(here, index, tuple(words(section)))
    if found is None or not _may_suffer(here, found):
        return None
    return _hit_list(here, found)


def _behind(here: Reading, index: int, prepositions: Sequence[str]) -> Phrase | None:
    """Give the phrase behind the first of some prepositions, days and adverbs left out."""
    for step in range(index, min(len(here.words), index + _REACH)):
        word = here.words[step]
        if word.lower in prepositions:
            found = phrase_after(here, step + 1)
            if found is not None and not (found.head in words("times") or found.head in plurals("weapons")):
                return found
            if found is None and here.words[step + 1 : step + 2] and here.words[step + 1].tag == "time":
                continue
            return None
        if word.tag not in ("adverb", "time", "preposition"):
            return None
    return None


def _aimed(here: Reading, index: int) -> _Party | None:
    """Give the jeep in "an attack by militants on a jeep": behind "on" or "against" in what goes with the noun."""
    for step in range(index, min(len(here.words), index + _BY_REACH)):
        word = here.words[step]
        if word.tag in ("stop", "comma", "subordinator", "verb", "gerund", "being"):
            return None
        if word.lower in ("on", "against") and here.words[step + 1 : step + 2]:
            found = phrase_after(here, step + 1)
            if found is not None and _may_suffer(here, found):
                return _hit_list(here, found)
    return None


def _of_noun(here: Reading, first: int, last: int, anchor: Anchor) -> tuple[_Party | None, _Party | None]:
    inside = next((phrase for phrase in here.phrases if phrase.first <= first and last <= phrase.last), None)
    begin = inside.first if inside else first
    sides = _between(here, last)
    if sides is not None:
        return sides
    if inside is not None and inside.person and inside.last == last:
        # The trigger is who does it: "a suicide bomber".
        return _party(here, (inside,)), _struck(here, last) or _reached(here, last + 1) or _victims(here, None)
    actor = _by(here, last) or _modifier(here, begin, first) or _modifier(here, first, last - 1)
    actor = actor or _launcher(here, inside)
    end = inside.last if inside and inside.last > last else last
    target = _reached(here, end, "reach of nouns") or _aimed(here, last)
    if target is None and inside is not None and inside.governor == "by":
        target = _victim_of_passive(here, inside)
    if target is None:
        target = _struck(here, inside.last if inside else last)
    if target is None and anchor.type in _VICTIMS_OF:
        target = _victims(here, actor)
    return actor, target


def _between(here: Reading, last: int) -> tuple[_Party, _Party] | None:
    """Give the two sides of "clashes between the army and the rebels"."""
    for step in range(last, min(len(here.words), last + _REACH)):
        if here.words[step].lower == "between":
            one = phrase_after(here, step + 1)
            if one is None or not (one.person or one.kind):
                return None
            index = one.last
            while index < len(here.words) and here.words[index].lower != "and" and index - one.last < _REACH:
                index += 1
            other = phrase_after(here, index + 1)
            sides = _party(here, (one,)), _party(here, (other,)) if other and other.person else None
            return (sides[0], sides[1]) if sides[0] and sides[1] else None
        if here.words[step].tag not in ("adverb", "time", "preposition", "noun", "determiner"):
            return None
    return None


def _launcher(here: Reading, inside: Phrase | None) -> _Party | None:
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
    return _party(here, coordinated_back(here, found)) if found and found.person else None


def _victim_of_passive(here: Reading, inside: Phrase) -> _Party | None:
    """Give the convoy in "a convoy was hit by an air strike"."""
    index = inside.first - 2
    while index >= 0 and here.words[index].tag in ("adverb", "preposition", "noun", "time"):
        index -= 1
    passive = auxiliary(here, index) if index >= 0 and here.words[index].tag == "verb" else None
    return _hit_list(here, subject(here, passive, people=False), back=True) if passive is not None else None


def _struck(here: Reading, index: int) -> _Party | None:
    """Give the mosque in "a bomb tore through a mosque": the object of the verb whose subject ends at a word."""
    step = index
    while step < len(here.words) and step - index < _REACH * 2:
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
        return None if generic else _hit_list(here, direct)
    return _reached_through(here, step + 1)


def _reached_through(here: Reading, index: int) -> _Party | None:
    word = here.words[index : index + 1]
    if not word or word[0].tag != "preposition":
        return None
    found = phrase_after(here, index + 1)
    return _hit_list(here, found) if found else None


def _victims(here: Reading, actor: _Party | None) -> _Party | None:
    """Give those whom the sentence says were killed or hurt, where they are more than "people"."""
    for listed in sufferers(here):
        worth = [phrase for phrase in listed if phrase.head not in words("generic")]
        if worth and all(phrase.person for phrase in worth):
            party = _party(here, worth)
            return party if party and (actor is None or party.start != actor.start) else None
    return None
