"""Where what ships beside the code lies, and where a run keeps what it makes.

In a checkout that is the checkout itself: ``data/`` is read, ``.cache/`` and ``store/`` are written. In an installed
package (``pip install``) the same things lie in the folder ``conflict_map`` beside the packages, which nobody should
write to: caches and store then go where the platform keeps such files of a user (decision 0087).
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

NAME = "conflict-map"
_PACKAGES = Path(__file__).resolve().parent.parent
_INSTALLED = _PACKAGES / "conflict_map"
IS_CHECKOUT = not (_INSTALLED / "data").is_dir()
# The dashboard's script, Streamlit's configuration and data/, in a checkout and installed alike.
ROOT = _PACKAGES if IS_CHECKOUT else _INSTALLED
DATA = ROOT / "data"


def cache_folder() -> Path:
    """Give the folder of what can be made anew: the checkout's ``.cache``, else the platform's. It may not exist."""
    return _own(".cache") or platformdirs.user_cache_path(NAME, appauthor=False)


def store_folder() -> Path:
    """Give the folder of what cannot be made anew: the checkout's ``store``, else the platform's. It may not exist."""
    return _own("store") or platformdirs.user_data_path(NAME, appauthor=False)


def _own(name: str) -> Path | None:
    """Give a folder of the checkout if it is there or can be made: a checkout may lie where this user cannot write."""
    own = ROOT / name
    return own if IS_CHECKOUT and (own.is_dir() or os.access(ROOT, os.W_OK)) else None
