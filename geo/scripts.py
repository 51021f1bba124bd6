"""Words in other scripts than Latin: whether one is, and whether its script has capitals to know a name by."""

from __future__ import annotations

import unicodedata

# Below are Latin letters with marks, and the marks themselves.
_FIRST_OTHER = "\u0370"
# Vietnamese, and what else Latin has: Latin Extended Additional.
_LATIN_ADDITIONAL = ("\u1e00", "\u1eff")
# Georgian has capitals in Unicode, and nobody writes names with them.
_GEORGIAN = ("\u10d0", "\u10ff")


def is_other(word: str) -> bool:
    """Tell whether a word begins with a letter of another script than Latin.

    Examples
    --------
    >>> is_other("Харків"), is_other("حلب"), is_other("Sévaré"), is_other("Huế"), is_other("12")
    (True, True, False, False, False)
    """
    first = word[:1]
    return first >= _FIRST_OTHER and first.isalpha() and not _LATIN_ADDITIONAL[0] <= first <= _LATIN_ADDITIONAL[1]


def has_no_capitals(word: str) -> bool:
    """Tell whether a word is of a script in which names do not begin with a capital.

    Examples
    --------
    >>> has_no_capitals("حلب"), has_no_capitals("תל"), has_no_capitals("თბილისი"), has_no_capitals("Харків")
    (True, True, True, False)
    """
    first = word[:1]
    return is_other(word) and (unicodedata.category(first) == "Lo" or _GEORGIAN[0] <= first <= _GEORGIAN[1])
