"""How much is read at once: a slip of the hand must not fill the memory."""

from __future__ import annotations

from dataclasses import dataclass

from geo.ingest.problem import Problem, UnreadableError

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes above which an input is refused.

    Parameters
    ----------
    article
        Characters of one article's text. The longest news features have some 100,000.
    file
        Bytes of a file that is read as a whole: a text, a web page, a feed, a JSON document. Files of lines (JSON
        Lines, CSV) have no limit.
    line
        Bytes of one line of JSON Lines, or characters of one cell of a table.
    unpacked
        Bytes that an archive may unpack to, all its members together.
    members
        Members of one archive, mails of one mailbox, pages of one web archive.
    depth
        How many archives or mails may lie within one another.
    seconds
        Processor time for each million bytes begun of a file that is read as a whole.
    """

    article: int = 1 * MEGABYTE
    file: int = 20 * MEGABYTE
    line: int = 20 * MEGABYTE
    unpacked: int = 1000 * MEGABYTE
    members: int = 100_000
    depth: int = 3
    seconds: float = 30.0


def size(amount: int) -> str:
    """Say a size in words: ``52 MB``."""
    return f"{amount / MEGABYTE:,.0f} MB" if amount >= MEGABYTE else f"{amount / 1000:,.1f} kB"


def too_big(where: str, amount: int, limit: int) -> UnreadableError:
    """Give the error for a file that is larger than one article could be."""
    what = f"{size(amount)} is too large for one document; at most {size(limit)} are read"
    return UnreadableError(Problem(where, what, "If it holds many articles, give them as JSON Lines or CSV"))
