"""How a name is used: for the place itself, for its government, as an adjective, or inside an organisation's name.

The corpora do not tell these apart, so rules do. Each rule is a small function that looks at one cue and either gives
a verdict with its reason in words or None; the first verdict stands. Names joined by "and" and commas share what
stands before the first and after the last of them ("talks between Armenia, Azerbaijan and Russia").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from geo import unit_words
from geo.model import Usage
from geo.recognise import verbs, words
from geo.recognise.candidates import Candidate
from geo.recognise.reading import Reading
from geo.recognise.setting import Setting, settings
from geo.surfaces import HOW

_LISTS = verbs.LISTS
_POSSESSIVES = frozenset(("'s", "’s", "'", "’", "'S", "’S"))
_PASSIVES = frozenset(("is", "was", "are", "were", "being", "be", "got", "gets"))
# Words of a dateline after its town: ", Haiti, May 2 -".
_LONGEST_DATELINE, _DASHES = 9, frozenset(("-", "–", "—"))
# "Athens fell into line", "Bonn fell silent": governments do.
_FIGURES = (["into"], ["silent"], ["short"], ["behind"], ["out"])
_HYPHENATED_GROUND = frozenset(("based", "born", "held", "area", "region", "bound", "wide", "side"))

# Words on either side of a place beyond which capitals are a heading or a list, no name of one organisation.
_LONGEST_NAME = 24

_UNITS = frozenset(("district", "province"))
_LONGEST_MOVEMENT, _MOVEMENT_LINKS = 10, frozenset(("the", "and", "of", "in", "greater", "-", "–"))
_MOVEMENT_HEADS = frozenset(head.split()[0] for head in _LISTS["movements"])

Verdict = tuple[Usage, str]


def usages(reading: Reading, kept: Sequence[Candidate]) -> list[Verdict]:
    """Give the usage of every name and the reason, in order.

    Parameters
    ----------
    reading : Reading
    kept : sequence of Candidate
        The names of the text, in order, none overlapping.
    """
    return [_judge(setting) for setting in settings(reading, kept)]


def _judge(setting: Setting) -> Verdict:
    for rule in RULES:
        verdict = rule(setting)
        if verdict:
            return verdict
    return "literal", "nothing says otherwise"


def _in_organisation(setting: Setting) -> Verdict | None:
    """Give "organisation" inside a capitalised run such as "Bank of China" or "Kherson City Council"."""
    reading, candidate = setting.reading, setting.candidate
    if candidate.surface.how == HOW["demonym"] and setting.next[:1] and setting.next[0] in _LISTS["units"]:
        return None
    if " ".join(reading.lower[candidate.first : candidate.stop]) in _LISTS["blocs"]:
        return "organisation", "a group of states"
    begin, stop = reading.runs[candidate.first]
    begin, stop = max(begin, candidate.first - _LONGEST_NAME), min(stop, candidate.stop + _LONGEST_NAME)
    rest = reading.lower[candidate.stop : stop]
    lead = reading.lower[begin : candidate.first]
    # "Kajuru Local Government Area of Kaduna State" is a unit in a unit.
    length, kinds = unit_words.leading(rest)
    rest = rest[length:] if kinds & _UNITS else rest
    lead = [] if unit_words.trailing(lead[:-1])[1] & _UNITS else lead
    movement = _movement(reading, candidate)
    if movement:
        return "organisation", f"inside the name of a movement: '{movement}'"
    organised = any(word in _LISTS["organisation words"] for word in rest)
    if organised and not (setting.next[:1] and setting.next[0] in _POSSESSIVES):
        return "organisation", f"inside the name {_quote(reading, begin, stop)}"
    if lead[-1:] == ["of"] and any(word in _LISTS["organisation words"] for word in lead):
        return "organisation", f"inside the name {_quote(reading, begin, stop)}"
    if setting.next[:1] and setting.next[0] in _POSSESSIVES:
        for index, word in enumerate(setting.next[1:]):
            if word == "ministry" and index:
                return "organisation", "a ministry's name"
            if word not in _LISTS["ministry words"]:
                break
    after = setting.next[0] if setting.next else ""
    if after in _LISTS["units"] or (after == "group" and not setting.governs):
        return "organisation", f"the name of a {after}"
    if after in _LISTS["agreements"]:
        return "organisation", f"the name of an agreement: '{after}'"
    if after in _LISTS["goods"]:
        return "adjectival", f"the name of a product: '{after}'"
    return None


def _movement(reading: Reading, candidate: Candidate) -> str | None:
    """Give the head of a movement's name around a place: "the Islamic State of Iraq and the Levant"."""
    at, lower = candidate.first, reading.lower
    for _ in range(_LONGEST_MOVEMENT):
        if at <= 0 or not (reading.capital[at - 1] or lower[at - 1] in _MOVEMENT_LINKS):
            return None
        at -= 1
        if lower[at] not in _MOVEMENT_HEADS:
            continue
        for head in _LISTS["movements"]:
            length = len(head.split())
            if " ".join(lower[at : at + length]) == head and at + length < candidate.first:
                return head if lower[at + length] in ("in", "of", "-", "–") else None
    return None


def _quote(reading: Reading, begin: int, stop: int) -> str:
    return f"'{reading.text[reading.tokens[begin].start : reading.tokens[stop - 1].end]}'"


def _demonym(setting: Setting) -> Verdict | None:
    """Give "adjectival" for the word for a country's people or things."""
    if setting.candidate.surface.how == HOW["demonym"]:
        last = setting.reading.lower[setting.candidate.stop - 1]
        if setting.candidate.stop - setting.candidate.first > 1 and last in words.TYPE_WORDS:
            return "literal", f"a '{last}'"
        return "adjectival", "names the people or things of a place, not the place"
    return None


def _thing(setting: Setting) -> Verdict | None:
    """Give "adjectival" to what goes by the name of a place: "he drove a Volga to work"."""
    reading, candidate = setting.reading, setting.candidate
    before = reading.lower[candidate.first - 1] if candidate.first else ""
    after = setting.next[0] if setting.next else ""
    if before in ("a", "an") and after not in ("-", "–") and (not after[:1].isalpha() or after in words.FUNCTION_WORDS):
        return "adjectival", "a thing of that name, not the place"
    return None


def _directed(setting: Setting) -> Verdict | None:
    """Give "literal" after a direction: governments have no east."""
    if setting.directed:
        return "literal", "after a direction"
    return None


def _dateline(setting: Setting) -> Verdict | None:
    """Give "literal" in the line that says where a report was filed."""
    reading, candidate = setting.reading, setting.candidate
    opens = candidate.first == 0 or reading.lower[candidate.first - 1].startswith("\n")
    if opens and any(word in ("(", "–", "—") or word.startswith("--") for word in setting.next[:3]):
        return "literal", "the dateline"
    line = reading.lower[candidate.stop : candidate.stop + _LONGEST_DATELINE]
    if opens and line[:1] == [","] and any(word in _DASHES for word in line) and words.CALENDAR & set(line):
        return "literal", "the dateline"
    return None


def _hyphenated(setting: Setting) -> Verdict | None:
    """Judge "pro-Moscow", "Kyiv-based", "US-made"."""
    reading, candidate = setting.reading, setting.candidate
    tokens, lower = reading.tokens, reading.lower
    first, stop = candidate.first, candidate.stop
    joined = first > 1 and lower[first - 1] in ("-", "–") and tokens[first - 1].end == tokens[first].start
    if joined and lower[first - 2] in ("pro", "anti"):
        return ("metonym" if setting.governs else "literal"), f"after '{lower[first - 2]}-'"
    if stop + 1 < len(tokens) and lower[stop] in ("-", "–") and tokens[stop].end == tokens[stop + 1].start:
        tail = lower[stop + 1]
        if reading.capital[stop + 1]:
            return "literal", "one end of a line between two places"
        if tail in _HYPHENATED_GROUND:
            return "literal", f"before '-{tail}'"
        if tokens[stop].start == tokens[stop - 1].end and lower[stop - 1] in _LISTS["always adjectival"]:
            return "adjectival", f"before '-{tail}'"
        if tokens[stop].start == tokens[stop - 1].end and setting.governs:
            return "metonym", f"before '-{tail}'"
    return None


def _attributive(setting: Setting) -> Verdict | None:
    """Judge a name that stands as it is before a noun: "US troops", "Kremlin hopes", "the Pacific port"."""
    after = setting.next[0] if setting.next else ""
    if not after[:1].isalpha():
        return None
    own = setting.reading.lower[setting.candidate.stop - 1]
    if verbs.is_verb(after) or verbs.has_object(setting.next) or after in verbs.NO_NOUN:
        return None
    if own in _LISTS["always adjectival"] or (setting.sea and not _names_water(setting)):
        return "adjectival", f"before the noun '{after}'"
    return ("metonym", f"a seat of government before '{after}'") if setting.building else None


def _names_water(setting: Setting) -> bool:
    own = setting.reading.lower[setting.candidate.first : setting.candidate.stop]
    return any(word in words.FEATURES for word in own)


def _before_noun(setting: Setting) -> Verdict | None:
    """Judge "the Ukraine war" (the place) and "Kyiv officials" (an adjective)."""
    after = setting.next[0] if setting.next else ""
    if verbs.has_object(setting.next):
        return None
    if after in _LISTS["war nouns"]:
        return "literal", f"before '{after}'"
    if after in _LISTS["attributive nouns"] and setting.governs:
        return "adjectival", f"before the noun '{after}'"
    return None


def _possessive(setting: Setting) -> Verdict | None:
    """Judge "Ukraine's army" (its government) and "Ukraine's east" (the place)."""
    if not setting.next or setting.next[0] not in _POSSESSIVES:
        return None
    if setting.owns:
        return "literal", "has a place"
    for word in setting.next[1:]:
        if word in _LISTS["ground nouns"]:
            return "literal", f"the place has the '{word}'"
        if word in _LISTS["governing nouns"]:
            return ("metonym" if setting.governs else "literal"), f"has the '{word}'"
    if setting.country or setting.building:
        return "metonym", "a government's possessive"
    return ("literal", "a town's possessive") if setting.governs else None


def _placed(setting: Setting) -> Verdict | None:
    """Give "literal" after a preposition or verb of place, unless a relation makes it a government."""
    if not setting.before:
        return None
    word = setting.before[0]
    if word in _LISTS["locative"] and (word in _LISTS["setting"] or not _relation_noun(setting)):
        return "literal", f"after '{word}'"
    return None


def _related(setting: Setting) -> Verdict | None:
    """Give "metonym" for a government that others accuse, arm, talk to or demand of."""
    if not setting.governs or not setting.before:
        return None
    word = setting.before[0]
    if word == "between" and not setting.together:
        return "literal", "between two places"
    if word in _LISTS["relations"]:
        if any(near in _LISTS["on the ground"] for near in setting.before[1:3]):
            return "literal", f"'{setting.before[1]} {word}' is on the ground"
        return "metonym", f"after '{word}'"
    if word == "of" and setting.before[1:2] and setting.before[1] in _LISTS["happens to places"]:
        return "literal", f"after '{setting.before[1]} of'"
    if word in ("on", "of", "to", "over", "from", "for", "towards", "toward"):
        noun = _relation_noun(setting)
        if noun:
            return "metonym", f"after '{noun} {word}'"
        if word == "for" and setting.after[:1] == ("to",):
            return "metonym", "for a government to do"
    return None


def _relation_noun(setting: Setting) -> str | None:
    return next((word for word in setting.before[1:3] if word in _LISTS["relation nouns"]), None)


def _acting(setting: Setting) -> Verdict | None:
    """Give "metonym" to a government as the subject of a verb, "literal" to the victim of a passive one."""
    after = [word for word in setting.after if word not in _LISTS["adverbs"]]
    acts = setting.governs or (setting.large and after[:1] and after[0] in _LISTS["utters"])
    if not acts or not after or (setting.before and setting.before[0] in words.PREPOSITIONS):
        return None
    passive = after[0] in _PASSIVES or "been" in after[1:3]
    if passive and any(word in _LISTS["passive verbs"] for word in after[1:4]):
        return "literal", f"'{after[0]} {after[1]}' happens to the place"
    if not setting.together and setting.governs:
        return None
    if after[0] in _LISTS["befalls"] and not setting.country and after[1:2] not in _FIGURES:
        return "literal", f"what it goes through: '{after[0]}'"
    if verbs.is_verb(after[0]) or verbs.has_object(tuple(after)) or _is_shouted(setting, after[0]):
        return "metonym", f"does something: '{after[0]}'"
    if after[0] == "and" and any(verbs.is_verb(word) or word == "allies" for word in after[1:5]):
        return "metonym", "does something with others"
    opens = setting.reading.opens[setting.candidate.first] or setting.before[:1] in (
        ('"',),
        ("“",),
        ("the",),
    )
    if opens and after[0] in (",", "-", "–", "—"):
        return "metonym", "the subject of the sentence"
    return None


def _seat(setting: Setting) -> Verdict | None:
    """Give "metonym" to a seat of government where nothing puts anyone there."""
    return ("metonym", "a seat of government") if setting.building else None


def _is_shouted(setting: Setting, after: str) -> bool:
    """Tell whether the word after a name is the verb of a headline in capitals: "HANOI CLAIMS VICTORY"."""
    stop, tokens = setting.candidate.stop, setting.reading.tokens
    return len(after) > 3 and after.endswith("s") and tokens[stop].word.isupper() and tokens[stop - 1].word.isupper()


Rule = Callable[[Setting], Verdict | None]


RULES: tuple[Rule, ...] = (
    _in_organisation,
    _demonym,
    _thing,
    _directed,
    _dateline,
    _hyphenated,
    _attributive,
    _before_noun,
    _possessive,
    _placed,
    _related,
    _acting,
    _seat,
)
