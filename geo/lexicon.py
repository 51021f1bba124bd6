"""Word lists in text files: sections in square brackets, entries parted by commas, ``#`` for comments."""

from __future__ import annotations

from pathlib import Path

from gazetteer.shipped import DATA

DIRECTORY = DATA / "lexicons"


class LexiconError(ValueError):
    """A word list that cannot be read as it stands; the message names file and line."""

    def __init__(self, path: Path, line: int, fault: str) -> None:
        super().__init__(f"{path.name}:{line}: {fault}")
        self.path = path
        self.line = line


def read_lists(path: Path) -> dict[str, frozenset[str]]:
    """Read every section of a word-list file.

    Parameters
    ----------
    path : pathlib.Path
        A UTF-8 file: ``[section]`` lines, then entries parted by commas over any number of lines. Entries are lower
        case; they may hold spaces.

    Returns
    -------
    dict of str to frozenset of str
        The entries by section.

    Raises
    ------
    LexiconError
        For an entry outside a section, given twice, empty or not in lower case, or a section given twice.
    """
    lists: dict[str, set[str]] = {}
    section: set[str] | None = None
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = raw.split("#", 1)[0].strip()
        if not line:
            continue
        if line.startswith("["):
            name = line.strip("[]").strip()
            if not line.endswith("]") or not name or name in lists:
                raise LexiconError(path, number, f"expected a new section such as [titles]; got {line!r}")
            section = lists[name] = set()
            continue
        if section is None:
            raise LexiconError(path, number, f"{line!r} stands before the first section; put [name] above it")
        for entry in line.rstrip(",").split(","):
            word = entry.strip()
            if not word or word != word.lower() or word in section:
                raise LexiconError(path, number, f"entry {word!r} is empty, not in lower case or given twice")
            section.add(word)
    return {name: frozenset(words) for name, words in lists.items()}
