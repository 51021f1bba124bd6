"""Type words: *Donetsk oblast*, *River Don*, *city of Mosul* -> the bare name and the kinds that the word allows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from gazetteer.names import fold
from gazetteer.place import KINDS, Kind
from gazetteer.sources import tables

# Words of the longest type word: "local government area".
_LONGEST = 3


@dataclass(frozen=True, slots=True)
class TypeWord:
    """Where a type word may stand (before, after, before "of") and what kinds of place it can name, likeliest first."""

    before: bool
    after: bool
    of: bool
    kinds: tuple[Kind, ...]


def read(folder: Path) -> dict[str, TypeWord]:
    """Read ``type_words.csv``.

    Raises
    ------
    SourceError
        A row has an unknown kind or stands nowhere.
    """
    found: dict[str, TypeWord] = {}
    path = folder / "type_words.csv"
    if not path.exists():
        return found
    for line, row in tables.rows(path, ("word", "before", "after", "of", "kinds")):
        kinds = tuple(kind for kind in KINDS if kind in row["kinds"].split())
        unknown = set(row["kinds"].split()) - set(kinds)
        if unknown or not kinds:
            raise line.fault(f"kinds must be some of {', '.join(KINDS)}; got {row['kinds']!r}")
        word = fold(row["word"])
        if not word or word in found:
            raise line.fault(f"the word {row['word']!r} is empty or stands twice")
        flags = [row[column] == "1" for column in ("before", "after", "of")]
        if not any(flags):
            raise line.fault(f"{word!r} may stand nowhere; put 1 under before, after or of")
        # In the order of the file, which is the order of likelihood.
        ordered = sorted(kinds, key=row["kinds"].split().index)
        found[word] = TypeWord(flags[0], flags[1], flags[2], tuple(ordered))
    return found


def to_json(words: Mapping[str, TypeWord]) -> str:
    """Write the table as JSON, for the gazetteer file."""
    return json.dumps({word: [one.before, one.after, one.of, one.kinds] for word, one in words.items()})


def from_json(text: str) -> dict[str, TypeWord]:
    """Read what `to_json` wrote."""
    rows = json.loads(text).items()
    return {word: TypeWord(before, after, of, tuple(kinds)) for word, (before, after, of, kinds) in rows}


def strip(folded: str, words: Mapping[str, TypeWord]) -> Iterator[tuple[str, tuple[Kind, ...]]]:
    """Yield the bare names inside a folded name, with the kinds that its type word allows.

    >>> oblast = TypeWord(False, True, True, ("admin1",))
    >>> list(strip("donetsk oblast", {"oblast": oblast})), list(strip("oblast of donetsk", {"oblast": oblast}))
    ([('donetsk', ('admin1',))], [('donetsk', ('admin1',))])
    """
    parts = folded.split(" ")
    if len(parts) < 2:
        return
    for length in range(min(_LONGEST, len(parts) - 1), 0, -1):
        ending = " ".join(parts[-length:])
        last = words.get(ending) or words.get(ending.removesuffix("s"))
        if last and last.after:
            yield " ".join(parts[:-length]), last.kinds
            break
    first = words.get(parts[0])
    if first and first.of and parts[1] == "of" and len(parts) > 2:
        yield fold(" ".join(parts[2:])), first.kinds
    elif first and first.before:
        yield " ".join(parts[1:]), first.kinds
