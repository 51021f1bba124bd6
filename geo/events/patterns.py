"""The small pattern language of the phrase lists, and the inflection of English verbs and nouns."""

from __future__ import annotations

import re
from collections.abc import Mapping

_ELEMENT = re.compile(r"<[^>]+>\S*|\S+")
_GAP = re.compile(r"~(\d)")
_SIBILANT = re.compile(r"(?:s|sh|ch|x|z)$")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")
_BETWEEN = r"[\s-]+"


def verb_forms(lemma: str, irregular: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Inflect a verb: base, third person, -ing and -ed, and the irregular forms, which replace nothing.

    Examples
    --------
    >>> verb_forms("storm")
    ('storm', 'stormed', 'storming', 'storms')
    """
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    forms = {lemma, _plural(lemma), stem + "ing", stem + "ed", *irregular}
    if _CONSONANT_Y.search(lemma):
        forms.add(lemma[:-1] + "ied")
    return tuple(sorted(forms))


def noun_forms(lemma: str, irregular: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Inflect a noun: singular and plural."""
    return tuple(sorted({lemma, _plural(lemma), *irregular}))


def _plural(word: str) -> str:
    if _CONSONANT_Y.search(word):
        return word[:-1] + "ies"
    return word + ("es" if _SIBILANT.search(word) else "s")


def _word(word: str) -> str:
    """Turn one alternative into a pattern: ``*`` ends a stem."""
    escaped = re.escape(word.rstrip("*")).replace("'", "['’]").replace(r"\ ", _BETWEEN).replace(r"\-", "[ -]?")
    return escaped + (r"[\w'’]*" if word.endswith("*") else "")


def _alternatives(element: str, irregular: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Give the words that an element stands for; the inflections for a verb in angle brackets."""
    if not element.startswith("<"):
        return element.split("|")
    words: list[str] = []
    for lemma in element[1 : element.index(">")].split("|"):
        known = irregular.get(lemma)
        words.extend(verb_forms(lemma, known or ()) if " " not in lemma else (lemma, *(known or ())))
    rest = element[element.index(">") + 1 :]
    return words + [word for word in rest.split("|") if word]


def compiled(pattern: str, irregular: Mapping[str, tuple[str, ...]]) -> tuple[frozenset[str], re.Pattern[str]]:
    """Compile a phrase pattern.

    Parameters
    ----------
    pattern : str
        Words parted by spaces: ``<open>`` is every inflection of a verb, ``a|b`` one of several, ``word?`` may be
        missing, ``stem*`` any word that begins so, ``~3`` up to three words of any kind.
    irregular : mapping
        Irregular forms by lemma.

    Returns
    -------
    (frozenset of str, re.Pattern)
        The lower-case words with which a match can begin, and the pattern itself, to be matched where one begins.

    Raises
    ------
    ValueError
        Where the first element is not a plain word: without it the pattern could begin anywhere.
    """
    elements = _ELEMENT.findall(pattern.lower())
    if not elements or elements[0][0] == "~" or elements[0].endswith("?"):
        raise ValueError(f"pattern {pattern!r} must begin with a word that is always there")
    parts: list[str] = []
    firsts: frozenset[str] = frozenset()
    for index, element in enumerate(elements):
        gap = _GAP.fullmatch(element)
        if gap:
            parts.append(rf"(?:[^\s,;:.“”‘\x22]+{_BETWEEN}){{0,{gap[1]}}}?")
            continue
        optional = element.endswith("?")
        words = _alternatives(element.rstrip("?"), irregular)
        if index == 0:
            if any(word.endswith("*") for word in words):
                raise ValueError(f"pattern {pattern!r} may not begin with a stem")
            firsts = frozenset(word.split()[0].split("-")[0] for word in words)
        choice = "|".join(_word(word) for word in sorted(words, key=len, reverse=True))
        last = index == len(elements) - 1
        piece = rf"(?:{choice})" + ("" if last else _BETWEEN)
        parts.append(rf"(?:{piece})?" if optional else piece)
    return firsts, re.compile("".join(parts) + r"(?![\w-])", re.IGNORECASE)
