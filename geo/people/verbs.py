"""Who and whom about a verb: subjects and objects in active, passive and shortened forms."""

from __future__ import annotations

from functools import lru_cache

from geo.people.anchor import Anchor
from geo.people.clauses import (
    auxiliary,
    coordinated_back,
    phrase_after,
    phrase_before,
    subject,
    verb_start,
)
from geo.people.lexicon import inflected, plurals, words
from geo.people.phrases import Phrase, Reading
from geo.people.sides import Side, behind, doer, hit, maker, may_suffer, reached, side

_OWN_ACTS = frozenset({"explosion", "violence_against_civilians"})


def of_verb(here: Reading, verb: int, last: int, anchor: Anchor) -> tuple[Side | None, Side | None]:
    """Give who acts and who suffers about a verb; its trigger ends before word `last`."""
    if here.words[verb].lower in words("attributive"):
        return None, None
    passive = auxiliary(here, verb)
    reduced = passive is None and _is_reduced(here, verb, last)
    if passive is not None or reduced:
        found = subject(here, passive if passive is not None else verb, people=False)
        being = passive is not None and here.words[passive].lower == "being"
        found = phrase_before(here, verb_start(here, verb)) if reduced or being else found
        named = here.words[verb].lower in names_whom() and anchor.type != "battle"
        return doer(here, last), hit(here, found, back=True, named=named)
    found, listed = _acting(here, verb)
    if here.words[verb].lower in words("suffers"):
        return None, side(here, listed) if found and found.person else None
    if here.words[verb].lower in words("joint acts") and len(listed) > 1:
        return side(here, listed[:1]), side(here, listed[1:])
    crowd = found is not None and anchor.type in words("crowd acts") and found.count is not None and not found.head
    acts = found is not None and (found.person or crowd or _is_acronym(here, found))
    actor = side(here, listed) if acts else maker(here, found)
    if here.words[verb].lower in words("falls to"):
        victor = behind(here, verb + 1, ("to",))
        return (side(here, (victor,)) if victor and victor.person else None), None
    if here.words[verb].lower in words("own act") and anchor.type not in _OWN_ACTS:
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
    if here.words[verb].lower not in names_whom() and not (before and before.thing):
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


def _object(here: Reading, verb: int, last: int, anchor: Anchor) -> Side | None:
    """Give whom an active verb reaches: its object, or who stands behind "on", "at", "against", "with"."""
    names = here.words[verb].lower in names_whom() and anchor.type != "battle"
    inner = [
        phrase
        for phrase in here.phrases
        if verb < phrase.first < last
        and may_suffer(here, phrase, named=names)
        and here.words[phrase.first - 1].tag != "adverb"
    ]
    open_end = here.words[last - 1].tag == "preposition"
    if inner and inner[-1].governor and not inner[-1].named and not open_end:
        return hit(here, inner[-1], named=names)  # "clashed with riot police"
    direct = phrase_after(here, last)
    if direct is not None and direct.last > last and not may_suffer(here, direct, named=names):
        robbed = behind(here, direct.last, ("from",)) if anchor.type == "battle" else None
        if robbed and robbed.person:
            return side(here, (robbed,))
        if direct.head in plurals("weapons") or direct.head in words("no targets"):
            return reached(here, _list_end(here, direct))
        return None
    if direct is not None and may_suffer(here, direct, named=names):
        robbed = behind(here, direct.last, ("from",)) if anchor.type == "battle" else None
        if robbed and robbed.person:
            return side(here, (robbed,))
        return hit(here, direct, named=names)
    return reached(here, last)


@lru_cache(maxsize=1)
def names_whom() -> frozenset[str]:
    """Give the verbs whose object may be a person's bare name."""
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
