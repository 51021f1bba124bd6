"""How a place name stands in its sentence: as a place, a speaker, an adjective, an actor's home."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from geo.events.lexicon import alternation, lexicon
from geo.model import Mention
from geo.text import Sentence

_BEFORE, _AFTER = 70, 90
_SIDES = r"(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west)\b"
_WORD = re.compile(r"[A-Za-z][\w'’-]*|[^\w\s]")
# Before a country or a capital these mostly name a party: "talks with Moscow", "war against Iraq".
_TOWARDS = frozenset({"against", "to", "from", "between", "with", "by", "for"})
_WIDE = frozenset({"country", "continent"})
_FROM_LEAD = re.compile(
    r"withdr|pull|retreat|fled|flee|expel|evacuat|driven|drove|troops from|forces (?:away )?from|"
    r"deport|displac",
    re.I,
)
_TO_LEAD = re.compile(
    r"visit|travel|flew|fly|flies|fled|trip|moved|sent|deploy\w*|arriv|return|spread|dispatch|airlift|"
    r"march",
    re.I,
)
_TOOK_FROM = re.compile(
    r"\s*(?:[\w-]+ )?(?:annexation|capture|recapture|seizure|fall|liberation|siege|bombing|bombardment|shelling|"
    r"evacuation|surrender)\b",
    re.I,
)
_REFERENCE = re.compile(
    r"(?:\b(?:\d[\d,.]*|few|several|dozens?|hundreds?|some|many)[ -]*(?:km|kms|kilomet\w+|miles?|mi|hours?|minutes?|"
    r"met(?:re|er)s?|yards?)\b"
    r"[^,.;]{0,30}|\b(?:halfway|midway) between[^.;]{0,60}|"
    r"\b(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west)(?:ern)? (?:of|from) (?:the )?"
    r"(?:\w+ (?:city|town|village|capital) of )?|"
    r"\b(?:road|highway|link\w*|connect\w*|route|corridor|leading|railway|pipeline|motorway|bus|train) (?:\w+ "
    r")?(?:from|to|between|with) ?)$",
    re.I,
)
# "an ambush east of Basra", "a village 15 km north of Gao": near enough, where no narrower name stands before it.
_NEARBY = re.compile(
    r"(?P<lead>[\w'’-]+)(?:,)? (?:(?:just|some|about|around|immediately|roughly) )?"
    r"(?:(?P<number>\d+|an?|two|three|five|ten|few|a few|several)[ -](?P<unit>km|kilomet\w+|miles?) )?(?:to the )?"
    r"(?:just )?(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west) of (?:the )?$"
)
_NEARBY_KM = 30
_KM = {"an": 1, "a": 1, "two": 2, "three": 3, "five": 5, "ten": 10, "few": 3, "a few": 3, "several": 5}
_ORIGIN = re.compile(
    r"\b(?:(?:native|natives|born|originally|hails?|hailed|originating|man|woman|student|immigrant|refugees?|"
    r"citizens?|nationals?|"
    r"imported|bought|supplied|shipped|weapons?|arms|mercenaries|volunteers|fighters|recruits|workers|migrants?|team|"
    r"player|"
    r"tourists?|journalists?|reporters?|diplomats?|delegation|experts|aircraft|parts) from|"
    r"(?:born|grew up|raised|a resident|made|built|assembled|manufactured|educated|trained) (?:in|at)|a native of|"
    r"natives of) (?:the )?$",
    re.IGNORECASE,
)
# An adjective that says where: "the Rwandan genocide".
_OWN_TRAGEDY = re.compile(r" (?:\d{4} )?(?:genocide|coup|massacre|pogrom|revolution)\b")
_NAME_BEGUN = re.compile(r"(?<=\bof )(?:[A-Z][\w'’-]+ )+$")
_EXTENDED = re.compile(
    r" (?:peninsula|borders?|coast|coastline|territory|soil|airspace|waters|side of|front|"
    r"frontline|capital)\b"
)
_BESIDE = re.compile(
    r"\b(?:in(?: the)? front of|next to|close to|outside of|in the vicinity of|on the outskirts of|just off|not far "
    r"from|adjacent to|"
    r"at the (?:entrance|gates?|corner) (?:to|of)|a short distance from)\s+(?:the |a |an )?(?:[\w-]+ ){0,2}$",
    re.IGNORECASE,
)
# "on the seafront of Beirut": any noun in a place's frame, but not "in the hands of", "at the request of".
_FRAMED_BY_NOUN = re.compile(
    r"\b(in|on|at|near|outside|inside|around|across)\s+(?:the|a|an)\s+(?:[a-z-]+ ){0,2}"
    r"(?!hands|orders|request|behest|name|face|wake|absence|case|eyes|favou?r|interests?|side|expense|help|support|"
    r"mercy|service|"
    r"president|government|king|bank|university|history|future|rest|leadership|matter|question)[a-z-]+ of (?:the )?$"
)
# "Paris was liberated", "Goma, the provincial capital, had been shelled": what the verb was done to.
_PASSIVE = re.compile(
    r"(?:,[^,.;]{2,60},)? (?:was|were|is being|was being|were being|has been|have been|had been)"
    r" (?:\w+ly |also |then |again |later |soon |finally |first )*([a-z]+)\b"
)
# "the Red Sea city", "the Black Sea port of Poti": a town described by its sea or region.
_WATERS_AND_REGIONS = frozenset({"sea", "river", "lake", "region", "admin1", "country"})
_SOME_TOWN = re.compile(r" (?:port |border |resort |oil |garrison )?(?:city|town|port|village|resort|suburb)\b(?!['’])")
# "the Libya market", "the Ukraine hotel": a name that was given, not a place.
_NAMED_AFTER = re.compile(
    r" (?:market|street|road|bridge|hotel|square|gate|avenue|boulevard|stadium|cafe|restaurant|pavilion|desk|file)\b"
)
_CHAIN_END = re.compile(
    r"['’]?s?\s*(?:[,.;:)]|and\b|or\b|$|on\b|in\b|at\b|where|when|after|as\b|by\b|during|since|were|was|"
    r"have|has|had|to|"
    r"late|early|"
    r"(?:Department|Province|Municipality|District|County|State|Region|Oblast)\b)"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a mention stands; `why` names the reason where it is no place here."""

    literal: bool
    preposition: str | None
    reference: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Lists:
    prepositions: frozenset[str]
    adjectives: frozenset[str]
    place_nouns: frozenset[str]
    speech_verbs: frozenset[str]
    capitals: frozenset[str]
    framed: re.Pattern[str]
    named_as: re.Pattern[str]
    owned: re.Pattern[str]
    actor: re.Pattern[str]


@functools.cache
def _lists() -> _Lists:
    words = lexicon().lists
    nouns = alternation(words["place nouns"])
    prepositions = r"in|at|near|on|across|into|around|outside|inside|over|from|to|off|of|toward|towards|along|within"
    return _Lists(
        words["prepositions"],
        words["place adjectives"],
        words["place nouns"],
        words["speech verbs"],
        words["capitals"],
        re.compile(
            rf"\b({prepositions})\s+(?:(?:the|a|an|its|his|their)\s+)?(?:[\w’'-]+ ){{0,5}}?(?:{nouns}) (?:of|in|"
            rf"called|named|around|near) (?:the )?$",
            re.IGNORECASE,
        ),
        re.compile(rf" (?!and\b|or\b)(?:[\w-]+ ){{0,2}}(?!{_SIDES})(?:{nouns}) of [A-Z]"),
        re.compile(rf"\s?(?:[\w-]+ ){{0,3}}(?:{nouns})\b", re.IGNORECASE),
        re.compile(rf"[-–](?:{alternation(words['actor suffixes'])})\b| (?:registered|flagged) [a-z]", re.IGNORECASE),
    )


def standing(
    text: str, mention: Mention, sentence: Sentence, earlier: tuple[tuple[int, int, Standing], ...]
) -> Standing:
    """Tell how a mention stands in its sentence.

    Parameters
    ----------
    text : str
    mention : Mention
    sentence : Sentence
        The sentence that holds the mention.
    earlier : tuple of (start, end, Standing)
        The mentions before it in the sentence, from which a list or a chain passes its preposition on.
    """
    start, end = mention.start, mention.end
    before = text[max(sentence.start, start - _BEFORE) : start]
    after = text[end : min(len(text), end + _AFTER)]
    reference = bool(_REFERENCE.search(before)) and not _is_nearby(before)
    # The rest of a longer name that was only partly recognised: "the hamlet of Inug-ugan | Bato".
    before = _NAME_BEGUN.sub("", before)
    if mention.usage in ("adjectival", "organisation"):
        return _as_adjective(text, mention, before, after, reference)
    lists = _lists()
    if lists.actor.match(after) or re.search(r"(?:pro|anti|non|ex)[-–]$", before, re.I):
        return Standing(False, None, reference, "adjectival")
    if lists.named_as.match(after):
        return Standing(False, None, reference, "adjectival")
    if not _is_small(mention) and _NAMED_AFTER.match(after):
        return Standing(False, None, reference, "adjectival")
    if _is_wide(mention) and _SOME_TOWN.match(after):
        return Standing(False, None, reference, "adjectival")
    if _ORIGIN.search(before):
        return Standing(False, None, reference, "background")
    beside = _BESIDE.search(before)
    if beside:
        return Standing(True, "near", reference)
    framed = lists.framed.search(before) or (_FRAMED_BY_NOUN.search(before) if _is_small(mention) else None)
    if framed:
        return Standing(True, framed[1].lower(), reference)
    return _by_words(text, mention, sentence, earlier, before, after, reference)


def _is_wide(mention: Mention) -> bool:
    return mention.place is not None and mention.place.kind in _WATERS_AND_REGIONS


def _is_nearby(before: str) -> bool:
    """Tell "east of" and "15 km north of" from the measure of a long way and from what only explains a name."""
    nearby = _NEARBY.search(before)
    if nearby is None or nearby["lead"][0].isupper() or nearby["lead"][-1:].isdigit():
        return False
    if nearby["number"] is None:
        return True
    number = _KM.get(nearby["number"]) or int(nearby["number"])
    return number * (1.6 if nearby["unit"].startswith("mi") else 1) <= _NEARBY_KM


def _is_small(mention: Mention) -> bool:
    """Tell a place that seldom speaks or acts from countries and capitals, which mostly do."""
    wide = mention.place is not None and mention.place.kind in _WIDE
    return not wide and mention.text.lower() not in _lists().capitals


def _as_adjective(text: str, mention: Mention, before: str, after: str, reference: bool) -> Standing:
    """Let "on Ukrainian soil" and "shelled the Crimean peninsula" be places; other adjectives and names are none."""
    if mention.usage == "adjectival" and _OWN_TRAGEDY.match(after):
        return Standing(True, "compound", reference)
    if mention.usage == "adjectival" and _EXTENDED.match(after) and not re.match(r" capital\b", after):
        lead = re.search(
            r"\b(in|at|near|on|across|into|around|along|over|to|from|of|off|inside)\s+(?:the "
            r")?(?:[\w-]+ )?$",
            before,
            re.I,
        )
        if lead:
            return Standing(True, lead[1].lower(), reference)
        verb = re.search(r"([\w-]+) (?:the )?$", before)
        senses = lexicon().words.get(verb[1].lower(), ()) if verb else ()
        if any("object" in sense.flags for sense in senses):
            return Standing(True, "object", reference)
    return Standing(False, None, reference, mention.usage)


def _walk_back(
    text: str, before: str, mention: Mention, earlier: tuple[tuple[int, int, Standing], ...]
) -> tuple[str | None, list[str], list[str], str]:
    """Walk back over adjectives; give the preposition, the words passed, all words, and the word that stopped it."""
    lists = _lists()
    words = _WORD.findall(before)
    passed: list[str] = []
    index = len(words) - 1
    names = {text[a:b].lower() for a, b, _ in earlier}
    while index >= 0 and len(passed) < 9:
        word = words[index].lower()
        if word in lists.prepositions and word != "of":
            return word, passed, words, words[index - 1].lower() if index else ""
        modifies = (
            word == "of"
            or word in lists.adjectives
            or word.endswith(("-held", "'s", "’s", "-controlled"))
            or word in "\"“‘'’"
            or word in names
            or (words[index][0].isupper() and word.endswith(("ian", "ish", "ese", "an", "i")))
        )
        if not modifies:
            break
        passed.append(word)
        index -= 1
    return None, passed, words, words[index].lower() if index >= 0 else ""


def _by_words(
    text: str,
    mention: Mention,
    sentence: Sentence,
    earlier: tuple[tuple[int, int, Standing], ...],
    before: str,
    after: str,
    reference: bool,
) -> Standing:
    lists = _lists()
    small = _is_small(mention)
    preposition, passed, words, stopped = _walk_back(text, before, mention, earlier)
    framed = any(word in lists.place_nouns for word in passed)
    if preposition == "between" and not small:
        return Standing(False, preposition, reference, "metonym")
    if preposition in _TOWARDS and not small and not framed:
        lead = {"from": _FROM_LEAD, "to": _TO_LEAD}.get(preposition)
        moved = lead is not None and lead.search(before) is not None
        return Standing(moved, preposition, reference, "" if moved else "metonym")
    possessive = re.match(r"['’]s? +", after)
    if possessive:
        return _possessive(after[possessive.end() :], preposition, small, reference)
    if preposition:
        return Standing(True, preposition, reference)
    if "of" in passed:
        return Standing(True, "object", reference) if framed and _takes_place(stopped) else _of(words, small, reference)
    follower = re.match(r"[,\s]*([\w'’-]+)", after)
    following = follower[1].lower() if follower else ""
    senses = lexicon().words
    passive = _PASSIVE.match(after)
    if passive and any("object" in sense.flags for sense in senses.get(passive[1], ())):
        return Standing(True, "subject", reference)
    if _takes_place(stopped):
        return Standing(True, "object", reference)
    if following in lists.speech_verbs and not after.startswith(","):
        return Standing(False, None, reference, "metonym")
    following_senses = senses.get(following, ())
    if following.endswith("ed") and following_senses and not after.startswith(","):
        return Standing(False, None, reference, "metonym")
    if any(sense.noun for sense in following_senses) and not after.startswith(","):
        return Standing(True, "compound", reference)
    chained = _chained(text, mention, earlier)
    if chained and _CHAIN_END.match(after):
        return Standing(chained.literal, chained.preposition, reference, chained.why)
    if not text[sentence.start : mention.start].strip(" \"“‘'—-"):
        return Standing(small, "start" if small else None, reference, "" if small else "metonym")
    return Standing(small, None, reference, "" if small else "metonym")


def _takes_place(word: str) -> bool:
    """Tell a verb whose object may be a place: "left", "stormed"."""
    senses = [sense for sense in lexicon().words.get(word, ()) if not sense.noun]
    return word in lexicon().lists["reached"] or any("object" in sense.flags for sense in senses)


def _possessive(rest: str, preposition: str | None, small: bool, reference: bool) -> Standing:
    """Tell what a possessive does, by the `rest` of the text after it."""
    if _lists().owned.match(rest):
        return Standing(True, preposition or "possessive", reference)
    if _TOOK_FROM.match(rest):
        return Standing(small, "possessive", reference, "" if small else "metonym")
    if preposition and re.match(r"(?:[\w-]+ ){0,2}[A-Z]", rest):
        return Standing(True, preposition, reference)
    literal = small and preposition is not None
    return Standing(literal, preposition, reference, "" if literal else "metonym")


def _of(words: list[str], small: bool, reference: bool) -> Standing:
    lists = _lists()
    index = max(position for position, word in enumerate(words) if word.lower() == "of")
    head = words[index - 1].lower() if index else ""
    senses = lexicon().words.get(head, ())
    event = any(sense.noun and sense.type != "political" for sense in senses)
    if head in lists.place_nouns or head in lists.adjectives or head in lexicon().lists["of heads"] or event:
        return Standing(True, "of", reference)
    return Standing(small, "of", reference, "" if small else "metonym")


_CHAIN = re.compile(
    r"(?:, | and |, and | or |, or |, including |, especially | \(|/)(?:in |the |near |at "
    r")?(?:[a-z]+ )?"
)


def _chained(text: str, mention: Mention, earlier: tuple[tuple[int, int, Standing], ...]) -> Standing | None:
    """Give the standing of the mention before, where a list or "Village, Province" joins the two."""
    for _, end, stands in reversed(earlier):
        if end <= mention.start:
            return stands if _CHAIN.fullmatch(text[end : mention.start]) else None
    return None
