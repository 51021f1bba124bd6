"""What leads from an article to another one: lines such as "Read more: ...", and paragraphs that are only a link.

The words are in ``data/intake/leads.csv``.
"""

from __future__ import annotations

import re
from functools import cache

from gazetteer.shipped import DATA
from geo.tables import read_table

_FILE = DATA / "intake" / "leads.csv"
_LONGEST = 400
# A paragraph that is a link and a sentence may be the article's own, in which everything is linked.
_SENTENCE = re.compile(r"[.!?…][\"'”’»)]*$")


def is_lead(line: str) -> bool:
    """Tell whether a line only leads elsewhere.

    Examples
    --------
    >>> is_lead("ALSO READ | Rockets hit Kherson"), is_lead("Related: Rockets hit Kherson"), is_lead("Read more")
    (True, True, True)
    >>> is_lead("Related families were buried in Kherson."), is_lead("Watch towers were shelled.")
    (False, False)
    """
    return len(line) <= _LONGEST and _lead().match(line) is not None


def is_teaser(text: str) -> bool:
    """Tell whether a paragraph all of which is a link is the headline of another article, not a sentence."""
    return len(text) <= _LONGEST and not _SENTENCE.search(text)


@cache
def _lead() -> re.Pattern[str]:
    words = [re.escape(row["words"]).replace("'", "['’]") for _, row in read_table(_FILE, ("language", "words"))]
    words.sort(key=len, reverse=True)
    joined = "|".join(words)
    # The words alone, or before what sets them apart from a sentence that begins with them.
    return re.compile(rf"\W{{0,3}}(?:{joined})\s*(?:[:|>»→▶]|[–—-]\s|\W{{0,3}}$)", re.IGNORECASE)
