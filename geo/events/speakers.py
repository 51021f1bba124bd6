"""Who speaks in a sentence: the noun phrase before "said", or after "according to"."""

from __future__ import annotations

import functools
import re

from geo.events.lexicon import alternation, lexicon
from geo.text import Sentence

_DENYING = r"den(?:y|ies|ied)|reject(?:s|ed)|dismiss(?:es|ed)|refut(?:es|ed)|disput(?:es|ed)"
_WARNING = r"warn(?:s|ed)|fear(?:s|ed)|vow(?:s|ed)|threaten(?:s|ed)|demand(?:s|ed)"
_TOKEN = re.compile(r"\w+(?:[.'’-]\w+)*['’]?|[^\w\s]")
# What holds a noun phrase together; "and" only between names.
_JOINTS = frozenset({"of", "for", "in", "at", "from", "and"})
_DETERMINERS = frozenset({"the", "a", "an", "its", "his", "her", "their", "our"})
_TIMES = re.compile(
    r"(?:(?:late|early|earlier|later|on|last|next|this|in|by|meanwhile|separately|yesterday|today|overnight|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|morning|afternoon|evening|night|week|month|year|january|february|"
    r"march|april|may|june|july|august|september|october|november|december|\d+)\s+)+",
    re.IGNORECASE,
)
# "has also", "told on Monday": what may stand between a speaker and the verb.
_FILLER = re.compile(
    r"(?:\s+(?:has|have|had|also|later|then|again|earlier|first|now|once|still|repeatedly|recently|initially|always|"
    r"both|each|all|\w+ly|(?:late |early )?on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day))+$"
)
_ASIDE = re.compile(r",\s*[^,;:]{2,60},$")
_CLAUSE = re.compile(r"[;:“”\"()]|,\s|\s[–—-]{1,2}\s")
_SHARED = re.compile(r"(?:^|\s)(?:and|but|or)$")
_ENDS_AT = re.compile(r"\s*(?:$|[.,;:”\")]|(?:on|late|early|in|at|to|as|after|when|while|during|by)\b)")
_INVERTED = re.compile(r"[,”\"]\s*$")
_LONGEST = 7


@functools.cache
def _verbs() -> re.Pattern[str]:
    words = alternation(lexicon().lists["speech"] - lexicon().cues["no verbs of speakers"])
    return re.compile(rf"\b(?:{words}|{_DENYING}|{_WARNING})\b", re.IGNORECASE)


_ACCORDING = re.compile(r"\baccording to\s+", re.IGNORECASE)


def speaker_of(text: str, sentence: Sentence, at: int | None = None) -> str | None:
    """Give the words of who speaks in a sentence, None where nobody is named.

    Parameters
    ----------
    text : str
    sentence : Sentence
    at : int, optional
        Where the words of speech stand, as an offset into the text: only who says these is given. Without it, whoever
        speaks first.
    """
    for match in _ACCORDING.finditer(text, sentence.start, sentence.end):
        if at is None or match.start() <= at < match.end():
            return _phrase_after(text, match.end(), sentence.end)
    subject: str | None = None
    for verb in _verbs().finditer(text, sentence.start, sentence.end):
        before = text[sentence.start : verb.start()].rstrip()
        if _INVERTED.search(before) and not _ASIDE.search(before):
            found = _phrase_after(text, verb.end(), sentence.end)
        elif _SHARED.search(_FILLER.sub("", before)):
            found = subject  # "denied that ... and said": one subject for both
        else:
            found = _phrase_before(before)
        subject = found or subject
        if at is None:
            if found:
                return found
        elif verb.end() > at:
            return found if verb.start() <= at else None
    return None


def _phrase_before(before: str) -> str | None:
    """Give the noun phrase that `before` ends with."""
    bare = _FILLER.sub("", before).rstrip()
    aside = _ASIDE.search(bare)
    if aside:
        bare = bare[: aside.start()]
    if bare.endswith(","):
        return None
    borders = [match.end() for match in _CLAUSE.finditer(bare)]
    listed = bool(borders) and bare[borders[-1] - 2 : borders[-1]] == ", "
    bare = bare[borders[-1] :] if borders else bare
    tokens = list(_TOKEN.finditer(bare))
    first = len(tokens)
    while first and len(tokens) - first < _LONGEST:
        word = tokens[first - 1][0].lower()
        if word in _DETERMINERS and first < len(tokens):
            first -= 1
            if not (first and tokens[first - 1][0].lower() in _JOINTS):
                break
        elif _is_border(word) or (word == "and" and not _between_names(tokens, first - 1)):
            break
        else:
            first -= 1
    if first == len(tokens):
        return None
    found = _clean(bare[tokens[first].start() :])
    # "the leaders of Peru, Chile and Bolivia said": the list began before.
    return None if found and listed and " and " in found and found[0].isupper() else found


def _is_border(word: str) -> bool:
    return not word[0].isalnum() or word in lexicon().cues["speaker borders"] or bool(_verbs().fullmatch(word))


def _between_names(tokens: list[re.Match[str]], index: int) -> bool:
    around = tokens[index - 1 : index] + tokens[index + 1 : index + 2]
    return len(around) == 2 and all(token[0][0].isupper() for token in around)


def _phrase_after(text: str, start: int, end: int) -> str | None:
    """Give the noun phrase that begins at `start`."""
    words: list[str] = []
    stop = start
    for token in _TOKEN.finditer(text, start, end):
        word = token[0].lower()
        opens = word in _DETERMINERS and (not words or words[-1] in _JOINTS)
        dates = _TIMES.match(f"{word} ") and not (word in _JOINTS and words)
        if len(words) >= _LONGEST or dates or (_is_border(word) and not opens):
            break
        words.append(word)
        stop = token.end()
    while words and words[-1] in _JOINTS:
        words.pop()
        stop = text.rindex(" ", start, stop)
    return _clean(text[start:stop]) if _ENDS_AT.match(text, stop, end) else None


def _clean(phrase: str) -> str | None:
    """Trim a phrase to a noun phrase that can name a speaker; None where it cannot."""
    words = re.sub(r"\s+", " ", phrase).strip(" ,'’-")
    words = _TIMES.sub("", words, count=1) if _TIMES.match(words + " ") else words
    words = re.sub(r"^(?:of|for|in|at|from|and|but)\s+", "", words, flags=re.IGNORECASE).strip()
    tokens = words.split()
    if not tokens or tokens[0].lower() in _JOINTS or tokens[-1].lower() in _JOINTS | _DETERMINERS:
        return None
    lowered = [token.lower() for token in tokens]
    if len(tokens) == 1 and lowered[0] in lexicon().cues["no speakers"]:
        return None
    joint = next((index for index, token in enumerate(lowered) if token in _JOINTS), len(lowered))
    head = lowered[joint - 1]
    named = words[0].isupper() or lowered[0] in _DETERMINERS or head.endswith("s") or head in lexicon().cues["crowds"]
    return words if named else None
