"""The version of what makes records: a stored article is read anew when it differs."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from gazetteer.index import Gazetteer
from gazetteer.shipped import DATA
from geo import __version__
from geo.events import added
from geo.model import content_id

_PACKAGE = Path(__file__).resolve().parent.parent
# What a record depends on beside the gazetteer: the modules that read text, and their data. Those that tell whether two
# reports belong together are among them, so that no store holds groups of two makes: what is read anew is joined anew.
_READERS = ("model", "recognise", "resolve", "dates", "reader", "people", "events", "likeness")
_PIPELINE = ("article.py", "budget.py", "headline.py")
_DATA = ("lexicons", "models")


def version(gazetteer: Gazetteer) -> str:
    """Name the rules, word lists, models, gazetteer and added readers in use: ``0.1.0-<digest>``.

    Rules change more often than version numbers, so the digest is of the files themselves.
    """
    # Its checksum and the time of its build may differ where what it holds does not.
    gazetteers_own = sorted(
        (key, str(value)) for key, value in gazetteer.meta.items() if key not in ("built", "checksum")
    )
    parts: list[object] = [_rules(), gazetteers_own]
    # What other packages read by is theirs; it came, went or changed where their names or versions do.
    parts += added.makers()
    if gazetteer.places:
        # A place added by the user is a reason to read anew.
        parts.append(hashlib.sha256(gazetteer.places.read_bytes()).hexdigest())
    return f"{__version__}-{content_id(*parts)}"


@lru_cache(maxsize=1)
def _rules() -> str:
    digest = hashlib.sha256()
    for path in _files():
        digest.update(f"\0{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _files() -> list[Path]:
    own = [*_PACKAGE.glob("*.py"), *(path for name in _READERS for path in (_PACKAGE / name).rglob("*.py"))]
    own += [_PACKAGE / "pipeline" / name for name in _PIPELINE]
    data = [path for name in _DATA for path in (DATA / name).rglob("*") if path.is_file()]
    return sorted(own) + sorted(data)
