"""The common English name of a town whose country writes in another script.

GeoNames' main names are often strict transliterations ("Ar Raqqah", "Kryvyy Rih"); news has its own. Only names that
GeoNames lists for the town are chosen, and only romanisations of its main name: Kobani for Ayn al Arab is another name,
and stands in ``display_names.csv``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from wordfreq import get_frequency_dict

from gazetteer.names import fold, skeleton
from gazetteer.ranking import ROMANISED

# These write in Latin letters: Diyarbakır and Gračanica are their own names, marks and all.
_LATIN = frozenset(("AZ", "BA", "DJ", "ER", "ME", "RS", "SO", "TD", "TM", "TR", "UZ", "XK"))
# A spelling must be this many times as common in English text as the main name to take its place.
_TIMES_AS_COMMON = 1.5
# Below one in a hundred million words, counts are noise; above one in 20,000 a spelling is a word ("Sari", "Bar").
_SHORTEST_WITHOUT_ARTICLE = 5
_RAREST, _COMMONEST = 1e-8, 5e-5
# What one word in 50,000 is, is a word of everyday use.
_EVERYDAY = 2e-5
_ARTICLE = re.compile(r"^(?:A[lnrstzdh]|Ash|Adh|Ath)[ -](?=[A-Z])")
# What the romanisations of one name in English text differ in, far less than `skeleton` forgives.
_ENDINGS = (
    (re.compile(r"^(?:a[lnrstzd]|ash|adh|ath) "), ""),
    (re.compile(r"[ae]h?\b"), "a"),
    (re.compile(r"iy\b"), "y"),
)
_SOUNDS = (
    *_ENDINGS,
    (re.compile(r"ou|oo|w"), "u"),
    (re.compile(r"a[iy]|e[iy]"), "e"),
    (re.compile(r"ee|ii|i?yi?"), "i"),
    (re.compile(r"q"), "k"),
)
_MARKS = str.maketrans(dict.fromkeys("'’‘ʼʻ`´ʹʾʿ"))

# Resolution 55 of the Cabinet of Ministers of Ukraine (2010), the official romanisation, letter by letter; the second
# value is that of a letter at the beginning of a word.
_UKRAINIAN = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "y",
    "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu",
    "я": "ia", "'": "", "’": "", "ʼ": "", "`": "", "-": "-", " ": " ",
}  # fmt: skip
_UKRAINIAN_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_ONLY_UKRAINIAN = ("і", "ї", "є", "ґ", "ськ", "цьк")


def town_name(official: str, alternates: Sequence[str], country: str) -> str:
    """Choose the name to show for a town: the romanisation that English text uses, else the main name in plain letters.

    >>> town_name("Ar Raqqah", ["Raqqa", "Rakka", "الرقة"], "SY"), town_name("Kryvyy Rih", ["Кривий Ріг"], "UA")
    ('Raqqa', 'Kryvyi Rih')
    >>> town_name("Ḩamāh", ["Hama"], "SY"), town_name("Diyarbakır", ["Diyarbakir"], "TR")
    ('Hama', 'Diyarbakır')
    """
    if country not in ROMANISED or country in _LATIN:
        return official
    if country == "UA":
        bare = skeleton(fold(official))
        for name in alternates:
            latin = romanised_ukrainian(name)
            if latin and skeleton(fold(latin)) == bare:
                return latin
        return _plain(official)
    plain = _plain(official)
    # A main name in plain letters is a romanisation already: only its article and its endings are up for a change.
    rules = _SOUNDS if plain != official else _ENDINGS
    sound = _sound(plain, rules)
    has_article = _ARTICLE.match(plain) is not None
    # A dotted h at the end is a letter of the name; a plain one is only how a feminine ending is written.
    ends_in_h = official.endswith(("ḩ", "ẖ"))
    best, most = plain, _frequency(plain) * _TIMES_AS_COMMON
    for name in (_ARTICLE.sub("", plain), *alternates):
        often = _frequency(name) if name.isascii() and name[:1].isupper() else 0.0
        better = _RAREST <= often <= _COMMONEST and (often, -len(name)) > (most, -len(best))
        if not better or (ends_in_h and not name.endswith("h")):
            continue
        # Al-Bab and Al-Faw keep their article; Fallujah and Qamishli go without.
        if has_article and len(name) < _SHORTEST_WITHOUT_ARTICLE and not _ARTICLE.match(name):
            continue
        if _sound(name, rules) == sound:
            best, most = name, often
    return best if best.isascii() else official


def romanised_ukrainian(name: str) -> str | None:
    """Write a Ukrainian name in Latin letters as Ukraine does; None for what is not surely Ukrainian.

    >>> romanised_ukrainian("Куп’янськ"), romanised_ukrainian("Запоріжжя"), romanised_ukrainian("Купянск")
    ('Kupiansk', 'Zaporizhzhia', None)
    """
    return ukrainian_in_latin(name) if any(sign in name.lower() for sign in _ONLY_UKRAINIAN) else None


def ukrainian_in_latin(name: str) -> str | None:
    """Write a name that is known to be Ukrainian in Latin letters (Cabinet of Ministers, No. 55 of 2010).

    Returns
    -------
    str or None
        None for a name with a letter that Ukrainian does not have.

    Examples
    --------
    >>> ukrainian_in_latin("Вовчанськ"), ukrainian_in_latin("Згурівка"), ukrainian_in_latin("Robotyne")
    ('Vovchansk', 'Zghurivka', None)
    """
    letters = []
    start = True
    for letter in name.lower().replace("зг", "zgh"):
        latin = _UKRAINIAN_FIRST.get(letter) if start else None
        if latin is None:
            latin = letter if letter in "zgh" else _UKRAINIAN.get(letter)
        if latin is None:
            return None
        letters.append(latin.capitalize() if start else latin)
        start = letter in " -"
    return "".join(letters)


def is_common(folded: str) -> bool:
    """Tell a name that is made of words of everyday English alone: "market", "army camp".

    >>> is_common("army camp"), is_common("robotyne"), is_common("ma gyi kan")
    (True, False, False)
    """
    common = get_frequency_dict("en", wordlist="large")
    return all(common.get(word, 0.0) >= _EVERYDAY for word in folded.split())


def _sound(name: str, rules: Sequence[tuple[re.Pattern[str], str]]) -> str:
    text = fold(name)
    for pattern, by in rules:
        text = pattern.sub(by, text)
    return text


def _plain(name: str) -> str:
    """Take marks and apostrophes off a transliteration: news writes neither."""
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return bare.translate(_MARKS)


@lru_cache(maxsize=200_000)
def _frequency(name: str) -> float:
    """Give how often English text has the words of a name, together, as a share; 0 where it has one of them never."""
    common = get_frequency_dict("en", wordlist="large")
    rarity = 0.0
    for word in name.lower().replace("-", " ").split():
        often = common.get(word, 0.0)
        if not often:
            return 0.0
        rarity += 1 / often
    # "Al Fallujah" is as rare as "Fallujah" by its words alone; English text mostly leaves the article out.
    return (0.5 if _ARTICLE.match(name) else 1.0) / rarity if rarity else 0.0
