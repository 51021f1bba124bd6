"""The type of an event from its context: who was killed, with what an attack was made, whose strike it is."""

from __future__ import annotations

import re

from geo.events.triggers import Trigger
from geo.model import EventType
from geo.text import Sentence

_WINDOW = 60
_STORY = 350
_BLAST = re.compile(r"\b(?:bombs?|explo\w+|dynamite|blasts?|detonat\w+|grenades?)\b", re.IGNORECASE)
_EXPLOSIVE = re.compile(
    r"\b(?:missiles?|rockets?|shell(?:s|ed|ing)?|bomb\w*|air ?strikes?|air-strikes?|drones?|explo\w+|blast\w*|mines?|"
    r"landmines?|artillery|"
    r"mortars?|bombard\w*|air ?raids?|grenades?|dynamite|detonat\w+|warplanes?|helicopters?|jets|car bomb|IEDs?|"
    r"suicide|projectiles?|"
    r"howitzers?|warheads?|munitions?|ballistic|gunships?|sorties)\b",
    re.IGNORECASE,
)
_STRIKE = re.compile(r"\bstrikes?\b|\bstruck\b", re.IGNORECASE)
_ARMED = re.compile(
    r"\b(?:clash\w*|fight(?:ing|ers?)|battles?|soldiers?|troops|militants|rebels|insurgents|gunfight|combat|"
    r"guerrillas?|offensive|army|"
    r"firefight|ambush\w*|forces|servicemen|marines|paratroopers|commandos|jihadists?|policemen|officers|militia\w*|"
    r"peacekeepers)\b",
    re.IGNORECASE,
)
_UNARMED = re.compile(
    r"\b(?:civilians?|women|children|child|villagers?|residents?|abduct\w*|gunmen|execut\w*|massacr\w*|priests?|"
    r"journalists?|students?|"
    r"peasants?|worshippers|passengers|protesters|demonstrators|teachers?|judges?|mayor|workers?|farmers?|leader|"
    r"bishop|nuns?|ambassador|"
    r"business\w+|candidate|family|families|assassins?|kidnap\w*|hitmen|murder\w*|shot dead|gunned|people|pilgrims|"
    r"mourners|herders|"
    r"schoolgirls|girls|boys|refugees|tourists|activists?|lawyers?|doctors?|nurses?|miners|congregation|shoppers|"
    r"commuters|homes?)\b",
    re.IGNORECASE,
)
_LABOUR = re.compile(
    r"\b(?:strikers?|general strike|on strike|strike by|work stoppage|walkout|workers|peasants|unions?|labou?r|"
    r"teachers|hunger|growers|transport)\b",
    re.IGNORECASE,
)
_STOPPAGE = re.compile(r"\b(?:strikers?|general strike|on strike|strike by|work stoppage|walkout)\b", re.IGNORECASE)
_GAINED = re.compile(
    r"\b(?:control|city|town|village|territor\w+|area|islands?|base|airport|bridge|capital|province|district|"
    r"positions?|hill|port|post|outpost)\b|\b[A-Z]"
)
_CIVILIAN_OBJECT = re.compile(
    r"\b(?:village|villages|villagers|civilians?|school|mosque|church|market|bus|hospital|residents|worshippers|"
    r"passengers|farmers|camp for|"
    r"displaced|refugees|wedding|funeral|convent|aid workers?|journalists?|protesters|homes)\b",
    re.IGNORECASE,
)
_CROWD = re.compile(
    r"\b(?:protesters|demonstrators|crowds?|marchers|rioters|mobs?|looters|strikers)\b(?! were\b)", re.IGNORECASE
)
_CROWD_CONTROL = re.compile(r"\b(?:stun grenades?|tear ?gas|rubber bullets|water cannons?|batons?)\b", re.IGNORECASE)
_STORMERS = re.compile(
    r"\b(?:armed men|gunm[ae]n|militants|rebels|attackers|fighters|jihadists|suicide)\b", re.IGNORECASE
)
_GUNMEN = re.compile(
    r"\b(?:gunm[ae]n|gangs?|gang members|assailants?|bandits|cattle rustlers|death squads?)\b", re.IGNORECASE
)
_FORMATION = re.compile(
    r"\b(?:column|tanks?|armou?red|brigade|battalion|positions?|patrol|checkpoint|garrison)\b", re.IGNORECASE
)
_VICTIMS = re.compile(
    r"\b(?:kill(?:ed|ing)|murder(?:ed|ing)|massacr\w+|slaughter\w+)\s+(?:[\w-]+\s+){0,5}?(?:people|civilians|"
    r"villagers|worshippers|women|children|"
    r"residents|farmers|students|herders|refugees|pilgrims|passengers|mourners|miners|priests|monks|nuns|workers)\b|"
    r"half of them children",
    re.IGNORECASE,
)
_MOB = re.compile(r"\b(?:mobs?|rioters|looters|hooligans|arsonists)\b(?! were\b)", re.IGNORECASE)
_GANG = re.compile(r"\b(?:gangs?|gang members|bandits|gunm[ae]n|armed men|raiders|machete-wielding)\b", re.IGNORECASE)
_INTO = "<burst|barge|break|rush> into"
_INDOORS = re.compile(
    r"\b(?:homes?|houses?|schools?|church|mosque|hospital|hotel|stadium|studio|campus|office|market)\b"
)
_SOLDIERS = re.compile(
    r"\b(?:soldiers|troops|infantry|paratroopers|marines|rebels|tanks|forces|commandos|brigade|battalion|"
    r"fighters|army)\b",
    re.IGNORECASE,
)
_FIRED = re.compile(r"fir(?:e|es|ed|ing)\b|live (?:rounds|fire|ammunition|bullets)", re.IGNORECASE)
_PEOPLE = re.compile(
    r"\b(?:protesters|demonstrators|crowds?|marchers|worshippers|students|mourners|villagers|civilians|"
    r"residents|people|"
    r"passengers|families|women|children|farmers|workers)\b",
    re.IGNORECASE,
)
_DEMONSTRATORS = re.compile(r" (?:[\w-]+ ){0,2}(?:protesters|demonstrators|crowds?|students|rioters|marchers)\b")
# Soldiers of the state who take its own seats make a coup.
_STATE_SEAT = re.compile(
    r"\b(?:presidential palace|state (?:television|radio)|parliament|government buildings|presidency)\b"
)
_OFFICERS = re.compile(
    r"\b(?:armed forces|the army|soldiers|officers|the military|colonels?|generals|presidential guard|"
    r"junta|putschists)\b",
    re.IGNORECASE,
)
_LESS_LETHAL = re.compile(r"\b(?:pellets?|rubber|plastic bullets|tear ?gas|water cannons?|stun)\b", re.IGNORECASE)
_STONES = re.compile(r"\bston(?:e|es|ing)\b|\brocks\b|\bbottles\b|\bbarricades\b", re.IGNORECASE)
_ATTACKS = frozenset({"attack", "assault", "raid", "ambush", "storm", "target", "strike", "hit"})


def event_type(text: str, trigger: Trigger, sentence: Sentence) -> EventType:
    """Give the type of an event: the trigger's own, unless its context says more."""
    start, end = max(sentence.start, trigger.start - _WINDOW), min(sentence.end, trigger.end + _WINDOW)
    own, window = trigger.sense.type, text[start:end]
    if trigger.has("casualty"):
        return _of_casualties(text, trigger, sentence, window)
    subject = text[max(sentence.start, trigger.start - 45) : trigger.start]
    if _MOB.search(subject) and (trigger.lemma in _ATTACKS or own not in ("protest", "riot", "political")):
        return "riot"
    if trigger.lemma in _ATTACKS and not trigger.noun and _CROWD.search(subject):
        return "riot"
    if trigger.lemma in _ATTACKS or trigger.lemma.startswith("<launch|mount|carry out"):
        return _of_attack(text, trigger, sentence)
    if own == "riot":
        return _of_riot(text, trigger, sentence)
    shot = _of_shots(text, trigger, sentence, window)
    if shot:
        return shot
    if _CROWD.search(subject) and own in ("battle", "strategic_development", "explosion"):
        return "protest" if own == "strategic_development" else "riot"
    return _by_side(text, trigger, sentence, window)


def _of_shots(text: str, trigger: Trigger, sentence: Sentence, window: str) -> EventType | None:
    """Tell at whom shots were fired: at people, at a crowd with stones in its hands, or from one side to the other."""
    own = trigger.sense.type
    fired = own in ("battle", "explosion") and _FIRED.match(trigger.text) and not _EXPLOSIVE.search(window)
    if fired and _PEOPLE.search(text, trigger.end, min(sentence.end, trigger.end + 60)):
        return "riot" if _LESS_LETHAL.search(window) or _STONES.search(window) else "violence_against_civilians"
    if trigger.lemma.startswith("<open> fire"):
        gunman = _GUNMEN.search(text, sentence.start, sentence.end)
        at_civilians = _CIVILIAN_OBJECT.search(text, trigger.end, min(sentence.end, trigger.end + 60))
        return "violence_against_civilians" if gunman or at_civilians else own
    return None


def _by_side(text: str, trigger: Trigger, sentence: Sentence, window: str) -> EventType:
    """Tell soldiers from bandits and crowds by the words around a trigger."""
    own, before = trigger.sense.type, text[sentence.start : trigger.start]
    behind = text[trigger.end : min(sentence.end, trigger.end + 40)]
    if trigger.lemma == _INTO:
        return "battle" if _SOLDIERS.search(before[-40:]) and not _INDOORS.search(behind) else own
    if own == "battle" and trigger.sense.sub_type == "advance" and _GANG.search(before):
        return "violence_against_civilians"
    if own == "explosion" and _CROWD_CONTROL.search(window):
        return "riot"
    if own == "battle" and _DEMONSTRATORS.match(behind):
        return "riot"
    if own == "protest" and "march" in trigger.text and _ARMED.search(before[-_WINDOW:]):
        return "battle"
    if trigger.lemma == "destroy" and _FORMATION.search(window) and not _EXPLOSIVE.search(behind):
        return "battle"
    if trigger.lemma == "shooting" and _ARMED.search(text, sentence.start, sentence.end):
        return own if _UNARMED.search(window) else "battle"
    if trigger.lemma in ("seize", "storm", "occupy") and _STATE_SEAT.search(behind) and _OFFICERS.search(before):
        return "strategic_development"
    if trigger.lemma == "seize" and not _GAINED.search(behind):
        return "strategic_development"
    return own


def _of_riot(text: str, trigger: Trigger, sentence: Sentence) -> EventType:
    """Tell a mob from soldiers who burn houses, gunmen who storm a consulate and shells that set fire to roofs."""
    before = text[sentence.start : trigger.start]
    if trigger.sense.sub_type in ("arson", "looting"):
        if _EXPLOSIVE.search(before):
            return "explosion"
        if _ARMED.search(before) or _GUNMEN.search(before):
            return "violence_against_civilians"
    if trigger.sense.sub_type == "mob violence" and _STORMERS.search(before):
        return "violence_against_civilians"
    return "riot"


def _of_casualties(text: str, trigger: Trigger, sentence: Sentence, window: str) -> EventType:
    said = text[sentence.start : sentence.end]
    if _EXPLOSIVE.search(said) or (_STRIKE.search(said) and not _LABOUR.search(said)):
        return "explosion"
    unarmed, armed = _UNARMED.search(window), _ARMED.search(said)
    if armed and not unarmed:
        return "battle"
    if unarmed and not (armed and re.search(r"\bclash\w*|\bfighting\b|\bbattles?\b", said, re.IGNORECASE)):
        return "violence_against_civilians"
    if armed or _ARMED.search(text, max(0, sentence.start - 300), sentence.end):
        return "battle"
    return "violence_against_civilians"


def _of_attack(text: str, trigger: Trigger, sentence: Sentence) -> EventType:
    around = (
        text[max(sentence.start, trigger.start - 40) : trigger.start]
        + " "
        + text[trigger.end : min(sentence.end, trigger.end + 50)]
    )
    if (
        trigger.lemma == "strike"
        and _LABOUR.search(text, sentence.start, sentence.end)
        and not _EXPLOSIVE.search(around)
    ):
        return "protest"
    if _EXPLOSIVE.search(around):
        return "explosion"
    if trigger.lemma in ("attack", "raid", "target", "ambush", "storm", "assault") or trigger.sense.phrase:
        behind = text[trigger.end : min(sentence.end, trigger.end + 50)]
        victims = _VICTIMS.search(text, sentence.start, sentence.end)
        if _CIVILIAN_OBJECT.search(behind) or victims or _GUNMEN.search(text, sentence.start, sentence.end):
            return "violence_against_civilians"
    # "An attack shook the town. The bomb went off at noon": the story goes on to say with what.
    story = text[sentence.end : sentence.end + _STORY]
    if trigger.noun and _BLAST.search(story) and not _ARMED.search(text, sentence.start, sentence.end):
        return "explosion"
    return trigger.sense.type
