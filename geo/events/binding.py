"""Which place of a sentence a trigger happened at: a sum of small weights, each with its reason."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from geo.events.clauses import borders
from geo.events.lexicon import alternation, lexicon
from geo.events.sites import Site
from geo.events.triggers import Trigger
from geo.text import Sentence

# The weights were set by hand on development articles; a unit is about the worth of ten words of distance.
_PER_WORD = 0.09
_PER_BORDER, _PER_COMMA, _MOST_COMMAS = 1.0, 0.25, 3
_OTHER_TYPE, _SAME_TYPE = 0.8, 0.3
_SCENE_WORDS = 8
_PASSIVE_WORDS = 12
NEEDED = 1.0
_NEEDED_WEAK, _NEEDED_STATE = 1.0, 0.8
_ENDS_IN_PREPOSITION = re.compile(r"\b(?:in|at|to|over|on|into|near|of|from|through|towards?)$", re.IGNORECASE)
_SPOKEN_IN = re.compile(
    r"\b(?:told (?:\w+ ){0,3}|said|say|says|speaking|speech|reporters|spokesm\w+|spokeswom\w+|conference|meeting|"
    r"statement|based|born|"
    r"talks|ministry|officials?|interview|correspondent|newspaper|summit|from|headquartered|governments?|"
    r"administration|authorities|junta|"
    r"exile|tribunal|disclosed|revealed|findings|briefing|hearing|reported|"
    r"monitors?)\b(?: \w+){0,2} (?:in|at|from|on) (?:the )?$",
    re.IGNORECASE,
)
_SEATED_IN = re.compile(
    r"\b(?:leaders?|ministers?|spokes\w+|diplomats?|envoys?|commanders?|sources?|analysts?|lawmakers?|aides?|"
    r"embassy|researchers?|historians?|experts?|academics?|campaigners?|lawyers?|doctors|medics|activists|"
    r"reporters?|lives?|living|settled) (?:in|at) (?:the )?$",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\b(?:Street|Avenue|Boulevard|Building|Hotel|Church|Brigade|Battalion|Division|Regiment|"
    r"University|School)\b"
)
_CONFERENCE = re.compile(
    r" (?:press |news |security |donor |peace )?(?:conference|summit|meeting|briefing|talks)\b", re.IGNORECASE
)
# "Zepa, which troops had overrun": the place is what the verb did it to.
_WHICH = re.compile(r",? which (?:[\w-]+ ){1,6}")
_FIRED = re.compile(r"(?:fir|launch)(?:e|ed|ing|es)\b|(?:rockets?|missiles?|shells?|drones?)\b", re.IGNORECASE)
_WHITHER = frozenset({"to", "towards", "toward", "into", "for", "across"})
_SINCE_THE = re.compile(
    r"\b(?:since|after|before|following|until|during|despite) (?:the |a |an |its |his |their )?(?:[\w-]+ ){0,2}$",
    re.IGNORECASE,
)
# "Aleppo, the second city, had fallen": what may stand between a subject and its verb.
_APPOSITION = re.compile(r"^,[^,]{3,60},")
_AUXILIARY = re.compile(r"\b(?:has|have|had|which|that|also|finally|itself|eventually|then|later|soon)\b")
# "The theatre of Mosul, where families had sheltered, was hit": what is said of a subject by the way.
_RELATIVE = re.compile(r",? (?:where|which|who|whose)\b[^;:]{2,120}?,")
_PASSIVE = re.compile(r"\W*(?:was|were|has been|have been|had been|is being|was being) (?:\w+ly |also |almost )?$")
# "in the Ukrainian port of Odesa", "from the new terminal of the airport": the phrase has a preposition of its own.
_FRAME = re.compile(
    r"\b(?P<lead>in|at|on|near|across|around|outside|inside|through|from|to) (?:the|an?|its|their) (?:[\w'’-]+ ){0,3}?"
    r"(?!hands|name|face|wake|absence|case|eyes|favou?r|interests?|expense|help|support|mercy|service|government|"
    r"president|request|behest)[\w-]+ of (?:the )?$"
)
_PART_OF = re.compile(
    r" ?(?:the|an?|its|most|much|part|parts|all|several|some|two|three|another) (?:[\w'’-]+ ){0,4}?"
    r"(?:side|parts?|half|third|quarter|districts?|terminals?|runways?|hospital|school|headquarters|centre|center|"
    r"edge|outskirts|gates?|wall|port|harbour|streets|villages|suburbs|areas?|ruins|approaches|buildings?) of (?:the )?"
)
_ROAD = re.compile(
    r" ?(?:the|a|an|all) (?:[a-z-]+ ){0,3}(?:roads?|highway|railway|corridor|bridge|crossing|border|route) "
    r"(?:between|linking|connecting) [^,;.]{0,40}"
)
_SIDE_OF = re.compile(r"\b(?:north|south|east|west)(?:-?(?:east|west))? of (?:the )?$")
# "in Paris, the president condemned the attack": the words are spoken there, the attack is elsewhere.
_SPOKEN_OF = re.compile(
    r"\b(?:condemn\w*|denounc\w+|call(?:s|ed|ing)?|describ\w+|brand(?:s|ed)|label\w+|term(?:s|ed)|critici[sz]\w+|"
    r"deplor\w+|mourn\w*|praised|hailed|welcomed|discuss\w*|debated?|commemorat\w+|remember\w*|recall\w*|"
    r"investigat\w+|reacted to|react to|responded to|commented on|spoke of|spoke about|"
    r"blamed [\w ]{2,30} for|warned of|"
    r"protest(?:ed|ing)? against|protests? over|outrage (?:at|over)|anger (?:at|over)|responsibility for|"
    r"play(?:ed|s|ing)? down|downplay\w*|"
    r"dismiss\w+|defend\w*|justif\w+|celebrat\w+|cit(?:ed|es|ing))\s+"
    r"(?:(?:the|an?|this|that|these|his|her|its|their|what|recent|latest|new|[\w-]+['’]s)\s+){0,3}(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
_WHERE = re.compile(r"[^.;:]{0,60}?,? where\b")


@functools.cache
def _scene() -> re.Pattern[str]:
    openers = alternation(lexicon().lists["scene openers"])
    return re.compile(
        rf"\W*(?:(?:{openers}),? )*(?:In|At|Near|Around|Across|Outside|Inside|Over|On|Throughout|Along|Off|Further "
        rf"\w+,? in|"
        rf"Elsewhere in|Also in|Meanwhile in|And in|But in|Back in)\b [^,;]{{0,60}}$"
    )


@functools.cache
def _strong() -> frozenset[str]:
    return lexicon().lists["strong prepositions"]


@dataclass(frozen=True, slots=True)
class Bond:
    """A trigger's tie to a place: its strength and, in words, what it rests on."""

    site: Site
    score: float
    reason: str


def needed(trigger: Trigger) -> float:
    """Give the score that a trigger's bond must reach."""
    threshold = NEEDED
    if trigger.has("weak") or trigger.sense.type == "political":
        threshold += _NEEDED_WEAK
    if trigger.has("state"):
        threshold += _NEEDED_STATE
    return threshold


def bind(text: str, trigger: Trigger, site: Site, sentence: Sentence, triggers: tuple[Trigger, ...]) -> Bond:
    """Score the tie between a trigger and a site of its sentence."""
    after = site.start >= trigger.end
    first, last = (trigger.end, site.start) if after else (site.end, trigger.start)
    gap = text[first:last]
    skipped = None if after or trigger.noun else _RELATIVE.match(gap)
    told = gap[skipped.end() :] if skipped else gap
    words = len(told.split())
    crossed = borders(text, last - len(told), last)
    score = 0.0
    where = not after and skipped is None and _WHERE.match(gap) is not None
    which = not after and trigger.has("object") and _WHICH.fullmatch(gap) is not None
    if where:
        crossed, score = max(0, crossed - 1), 1.0
    if which:
        crossed, score = max(0, crossed - 1), 1.5
    scene = not after and _scene().match(text[sentence.start : site.start]) is not None
    commas = min(told.count(","), _MOST_COMMAS)
    if scene:
        crossed, words, commas = 0, min(words, _SCENE_WORDS), min(commas, 1)
    score -= _PER_WORD * words + _PER_BORDER * crossed + _PER_COMMA * commas
    for other in triggers:
        if last - len(told) <= other.start < last and other is not trigger:
            score -= _SAME_TYPE if other.sense.type == trigger.sense.type else _OTHER_TYPE
    weight, grounds = _by_preposition(trigger, site, told, after=after)
    score += weight + (0.3 if after else 0.0)
    score += _corrections(text, trigger, site, sentence, gap, after=after)
    return Bond(site, score, _reason(text, trigger, site, scene=scene, where=where, crossed=crossed, grounds=grounds))


def spoken_in(text: str, sentence: Sentence, site: Site) -> bool:
    """Tell a place where someone only speaks: "leaders in Pale denied"."""
    before = text[max(sentence.start, site.start - 45) : site.start]
    return _SPOKEN_IN.search(before) is not None or _SEATED_IN.search(before) is not None


def _corrections(text: str, trigger: Trigger, site: Site, sentence: Sentence, gap: str, *, after: bool) -> float:
    """Sum what speaks for or against a tie beside distance and preposition; `gap` is the text between the two."""
    words = len(gap.split())
    total = 0.0
    if site.nominal:
        total -= 0.4
    if site.reference:
        total -= 2.6
    if site.where is None:
        total -= 2.5 if _STREET.search(site.text) else 0.7
    said_there = _SPOKEN_IN.search(text, max(sentence.start, site.start - 45), site.start) is not None
    if trigger.sense.type != "political" and (said_there or (not after and spoken_in(text, sentence, site))):
        total -= 2.8
    if after and _leads_away(trigger, site):
        total -= 3.0
    if trigger.has("weapon") and not (after and words <= 2 and site.preposition in _strong()):
        total -= 2.5
    if trigger.sense.type != "political" and _CONFERENCE.match(text, site.end):
        # "At a Brussels press conference, he spoke of ...": only the speaking happened there.
        total -= 3.0
    if after and trigger.noun and trigger.sense.type == "battle" and gap.strip() in ("for", "for the", "on", "on the"):
        total += 2.2
    if trigger.has("subject"):
        bare = _APPOSITION.sub(" ", gap, count=1)
        total += 1.5 if not after and not _AUXILIARY.sub("", bare).strip(" ,'’s") else -3.0
    if not after and trigger.lemma.startswith("<come> under") and not _APPOSITION.sub(" ", gap, count=1).strip(" ,"):
        total += 1.5
    if not after and trigger.noun and _SPOKEN_OF.search(text, max(sentence.start, trigger.start - 60), trigger.start):
        total -= 3.0
    if (
        not after
        and words > 1
        and trigger.noun
        and _SINCE_THE.search(text, max(sentence.start, trigger.start - 40), trigger.start)
    ):
        # "his first journey since the invasion": the noun only tells when.
        total -= 2.0
    return total


def _leads_away(trigger: Trigger, site: Site) -> bool:
    """Tell where the wounded or the rockets came from and where people fled to: it happened elsewhere."""
    if site.preposition == "from":
        return trigger.has("casualty") or _FIRED.match(trigger.text) is not None
    return trigger.lemma == "flee" and site.preposition in _WHITHER


def _by_preposition(trigger: Trigger, site: Site, gap: str, *, after: bool) -> tuple[float, str]:
    preposition, words = site.preposition, len(gap.split())
    if after and words == 0 and _ENDS_IN_PREPOSITION.search(trigger.text):
        return 3.2, f"stands right before “{site.text}”"
    if preposition in _strong():
        return 3.0, f"is joined to “{site.text}” by “{preposition}”"
    if preposition in ("object", "compound"):
        close = (after and words <= 5) if preposition == "object" else (not after and words <= 2)
        if preposition == "object":
            return (3.2 if close else 1.0), f"has “{site.text}” as its object"
        return (2.8 if close else 0.8), f"follows “{site.text}” directly"
    if preposition == "subject":
        return (3.2 if not after and words <= _PASSIVE_WORDS else 0.6), f"was done to “{site.text}”"
    if preposition == "of":
        if not after and not trigger.noun and _PASSIVE.fullmatch(gap):
            return 3.2, f"was done to “{site.text}”"
        if after and trigger.has("object") and _PART_OF.fullmatch(gap):
            return 3.0, f"has a part of “{site.text}” as its object"
        framed = _framed(trigger, gap) if after and words > 4 else None
        if framed:
            return framed, f"is joined to “{site.text}” by the phrase before it"
        near = 3.4 if words <= 2 else 2.2
        return (
            near if after and words <= 4 else 1.6 if not after and words <= 3 else 1.0
        ), f"is joined to “{site.text}” by “of”"
    if preposition in ("possessive", "off"):
        return 2.2, f"belongs to “{site.text}”"
    if preposition == "between" and after and _ROAD.fullmatch(gap):
        return 3.2, f"is joined to “{site.text}” by the road that leads there"
    if preposition in ("to", "from", "between", "against"):
        moving = trigger.has("motion") or trigger.lemma in lexicon().lists["moving"] or (after and words <= 3)
        return (2.2 if moving else 0.6), f"is joined to “{site.text}” by “{preposition}”"
    return (1.0 if preposition == "start" else 0.9), f"shares its sentence with “{site.text}”"


def _framed(trigger: Trigger, gap: str) -> float | None:
    """Give the weight of a far "of" whose phrase has a preposition of its own, or which says on which side."""
    frame = _FRAME.search(gap)
    if frame is None:
        return 2.2 if _SIDE_OF.search(gap) else None
    if frame["lead"] not in ("from", "to"):
        return 2.6
    return 2.2 if trigger.has("motion") else None


def _reason(text: str, trigger: Trigger, site: Site, *, scene: bool, where: bool, crossed: int, grounds: str) -> str:
    if scene:
        return f"“{trigger.text}”: the sentence is set in “{site.text}”"
    if where:
        return f"“{trigger.text}” follows “{site.text} ... where”"
    clause = "in the same clause" if not crossed else "in the same sentence"
    return f"“{trigger.text}” {grounds} {clause}"
