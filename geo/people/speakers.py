"""Who speaks in a sentence: the noun phrase before or behind "said", or after "according to"."""

from __future__ import annotations

from geo.people.clauses import in_aside, phrase_after, phrase_before
from geo.people.lexicon import inflected, words
from geo.people.phrases import Phrase, Reading, reading
from geo.text import Sentence

# An inverted speaker stands right behind the verb: "..., said the mayor".
_LONGEST = 9
_INVERTING = frozenset({",", "”", '"', "’", "'"})


def speaker(text: str, sentence: Sentence, trigger: int | None = None) -> str | None:
    """Give the words of who tells of an event, None where nobody is named.

    Parameters
    ----------
    text : str
    sentence : Sentence
    trigger : int, optional
        Where the event's trigger, or a word of speech, stands, as an offset into the text. Without it, whoever speaks
        first is given.
    """
    here = reading(text, sentence.start, sentence.end)
    spoken = [(index, phrase) for index, phrase in _speeches(here) if phrase is None or _may_speak(here, phrase)]
    if trigger is None:
        return next((_clean(here, phrase) for _, phrase in spoken if phrase), None)
    at = here.index_at(trigger)
    told = [(index, phrase) for index, phrase in spoken if not _apart(here, index, at)]
    exact = [phrase for index, phrase in told if index == at]
    if exact:
        return _clean(here, exact[0]) if exact[0] else None
    before = [phrase for index, phrase in told if index < at]
    after = [phrase for index, phrase in told if index > at]
    nearest = before[-1] if before else after[0] if after else None
    return _clean(here, nearest) if nearest else None


def _speeches(here: Reading) -> list[tuple[int, Phrase | None]]:
    """Give each word of speech with who says it."""
    found: list[tuple[int, Phrase | None]] = []
    last: Phrase | None = None
    for index, word in enumerate(here.words):
        if word.lower == "according" and here.words[index + 1 : index + 2] and here.words[index + 1].lower == "to":
            found.append((index, phrase_after(here, index + 2)))
        elif word.lower in inflected("said") and word.tag in ("verb", "gerund") and _is_speech(here, index):
            phrase = _who_says(here, index, last)
            found.append((index, phrase))
            last = phrase or last
    return found


def _is_speech(here: Reading, index: int) -> bool:
    """Tell "counted 157 dead", "put the toll at" and "spoke of" from other work of the same verbs."""
    word = here.words[index]
    if index and here.words[index - 1].tag in ("determiner", "number", "preposition"):
        return False
    passive = index and here.words[index - 1].lower in words("being")
    return not passive and not (word.tag == "gerund" and word.lower != "saying")


def _who_says(here: Reading, index: int, last: Phrase | None) -> Phrase | None:
    """Give the phrase before a verb of speech, behind it where the order is turned, or that of the verb before."""
    step = index
    while step and here.words[step - 1].tag in ("being", "adverb", "time"):
        step -= 1
    while step and here.words[step - 1].lower == "on" and here.words[step].tag == "time":
        step -= 1
    before = here.words[step - 1] if step else None
    if before is not None and before.tag == "conjunction":
        return last
    if before is None or before.text in _INVERTING:
        named = _apposed(here, step)
        if named is not None:
            return named
        behind = phrase_after(here, index + 1)
        turned = behind is not None and behind.first == index + 1 and not here.followed_by(behind, "verb", "being")
        return behind if before is not None and turned else _described(here, step)
    found = phrase_before(here, step)
    return _whole(here, found) if found else None


def _apposed(here: Reading, index: int) -> Phrase | None:
    """Give the commissioner in "the commissioner, Louis Le Franc, said"."""
    if not index or here.words[index - 1].tag != "comma":
        return None
    name = next((phrase for phrase in here.phrases if phrase.last == index - 1), None)
    if name is None or not name.first or here.words[name.first - 1].tag != "comma":
        return None
    return _whole(here, phrase_before(here, name.first - 1))


def _described(here: Reading, index: int) -> Phrase | None:
    """Give the man in "Omar Daud, a baker who saw the raid, said"."""
    commas = [place for place in range(index - 1) if here.words[place].tag == "comma"]
    found = phrase_before(here, commas[-1]) if commas and index and here.words[index - 1].tag == "comma" else None
    return _whole(here, found) if found is not None and not found.governor else None


def _whole(here: Reading, phrase: Phrase | None) -> Phrase | None:
    """Give the phrase that one is only the tail of: the mayor in "the mayor of Santiago said"."""
    while (
        phrase is not None
        and phrase.first
        and phrase.governor in ("of", "for", "in", "at", "from", "on", "against", "with", "to")
    ):
        if here.words[phrase.first - 1].tag != "preposition":
            break
        outer = next((other for other in here.phrases if other.last == phrase.first - 1), None)
        if outer is None or not outer.head:
            break
        phrase = outer
    return phrase


def _may_speak(here: Reading, phrase: Phrase) -> bool:
    """Tell a noun phrase that can name a speaker."""
    if phrase.head in words("no speakers") and phrase.last - phrase.first == 1:
        return False
    if phrase.person and phrase.kind is not None:
        return True
    if phrase.head in words("speaking things") or phrase.head.rstrip("s") in words("speaking things"):
        return True
    inner = here.words[phrase.first : phrase.last]
    if all(word.capital for word in inner if word.tag == "noun") and phrase.head:
        return True
    return phrase.head.endswith("s") and phrase.count is None and bool(phrase.head)


def _apart(here: Reading, index: int, at: int) -> bool:
    """Tell a word of speech that a semicolon parts from the trigger."""
    first, last = sorted((index, at))
    covers = here.words[index].lower == "according" and index > at
    parted = any(word.text in (";", ".", "?", "!") for word in here.words[first:last])
    return parted and not covers and not in_aside(here, index)


def _clean(here: Reading, phrase: Phrase) -> str | None:
    """Give the words of a speaker, with what follows "of" where it belongs to the name."""
    end = phrase.end
    following = here.words[phrase.last : phrase.last + 1]
    if following and following[0].lower in ("of", "for"):
        tail = phrase_after(here, phrase.last + 1)
        end = tail.end if tail and tail.head not in words("times") else end
    said = " ".join(here.text[phrase.start : end].split()).strip(" ,'’")
    return said if len(said.split()) <= _LONGEST else None
