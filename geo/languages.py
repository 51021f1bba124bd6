"""The language of an article, told offline: what is surely in one that cannot be read is set aside, nothing on a guess.

The reader has learned from English alone. Of another language it would find names and read the words around them
wrongly.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from gazetteer.shipped import DATA
from geo.tables import read_table

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# Nigerian Pidgin is told in English words, and its posts are among those that the reader has learned from.
_ENGLISH, _AS_ENGLISH = "en", frozenset(("en", "pcm"))
# The detector's mark for what is in no language: figures, addresses, code.
_NO_LANGUAGE = "zxx"
# How sure the detector must be: of 2,884 English texts the surest wrong guess is 0.55. Where most letters are of
# another script it only has to choose between languages that are not English.
_SURE, _SURE_FOREIGN = 0.85, 0.6
_MOSTLY = 0.7
# Fewer letters say nothing; a script that English does not use says more with fewer.
_FEWEST, _FEWEST_FOREIGN = 40, 12
# An article says in its beginning what it is in.
_HEAD = 3000
# A text of two languages is read where so much of it, by letters, is in English.
_ENGLISH_SHARE = 0.15
_SHORTEST_PIECE, _LONGEST_PIECE, _MOST_PIECES = 60, 400, 40
_LAST_LATIN = "\u024f"
# Below this share of letters what stands in another script are names: they say nothing of the language around them.
_NAMES_ONLY = 0.4
# From Greek on, but for what Latin has beyond (Vietnamese, U+1E00 to U+1EFF).
_OTHER_SCRIPTS = re.compile(
    "[\u0370-\u1dff\u1f00-\u1fff\u2c00-\u2c5f\u2c80-\ua71f\ua800-\uaaff\uabc0-\ufaff\ufb13-\ufeff]+"
)
_NAMES_FILE = DATA / "intake" / "languages.csv"


def detect(text: str) -> str | None:
    """Tell which language a text is in.

    Returns
    -------
    str or None
        An ISO 639 code; None where that is not sure: too little text, or several languages with English among them.
    """
    head = text[:_HEAD]
    letters = [letter for letter in head if letter.isalpha()]
    share = sum(letter > _LAST_LATIN for letter in letters) / max(1, len(letters))
    foreign = share > _MOSTLY
    if 0 < share < _NAMES_ONLY:
        head = _OTHER_SCRIPTS.sub(" ", head)
    if len(letters) < (_FEWEST_FOREIGN if foreign else _FEWEST):
        return None
    found, sure = _classify(head)
    if found == _ENGLISH:
        return _ENGLISH
    if sure < (_SURE_FOREIGN if foreign else _SURE) or found == _NO_LANGUAGE or _english_share(text) >= _ENGLISH_SHARE:
        return None
    return found


def is_read(language: str | None) -> bool:
    """Tell whether articles in a language are read for events; what may be English is."""
    return language in (None, _ENGLISH)


def name(language: str) -> str:
    """Name a language by its code: ``Ukrainian``; a code without a name speaks for itself."""
    return _names().get(language, language)


def set_aside(counts: Mapping[str, int]) -> str:
    """Say how many articles were set aside, by the codes of their languages; empty where none was."""
    if not counts:
        return ""
    named = ", ".join(f"{name(code)} {n:,}" for code, n in sorted(counts.items(), key=lambda one: (-one[1], one[0])))
    return f"Not in English, kept and not read: {sum(counts.values()):,} ({named})."


def _english_share(text: str) -> float:
    """Give the share of a text's pieces that are in English, by their length."""
    pieces = list(_pieces(text))
    step = -(-len(pieces) // _MOST_PIECES) or 1
    looked_at = pieces[::step]
    english = sum(len(piece) for piece in looked_at if _classify(piece)[0] == _ENGLISH)
    return english / max(1, sum(map(len, looked_at)))


def _pieces(text: str) -> Iterator[str]:
    """Give the lines of a text, short ones together and long ones cut."""
    waiting = ""
    for line in itertools.chain(text.splitlines(), [""]):
        waiting = f"{waiting} {line.strip()}".strip()
        if len(waiting) >= _SHORTEST_PIECE:
            yield from (waiting[start : start + _LONGEST_PIECE] for start in range(0, len(waiting), _LONGEST_PIECE))
            waiting = ""
    if waiting:
        yield waiting


def _classify(text: str) -> tuple[str, float]:
    language, sure = _detector().classify(text)
    return _ENGLISH if language in _AS_ENGLISH else language, sure


@cache
def _detector() -> LanguageIdentifier:
    # Half a second, and a hundred megabytes: not before the first article.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 (see above)

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _names() -> dict[str, str]:
    return {row["code"]: row["name"] for _, row in read_table(_NAMES_FILE, ("code", "name"))}
