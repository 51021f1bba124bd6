"""What a process does before it forks others that go on with what it has imported."""

from __future__ import annotations

import gc
import warnings


def settle() -> None:
    """Leave what is imported out of later collections, so that forks share its memory; admit forks beside threads."""
    gc.collect()
    gc.freeze()
    warnings.filterwarnings("ignore", message=".*multi-threaded.*fork", category=DeprecationWarning)
