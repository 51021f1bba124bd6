"""Whose change it is, and when it was made."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple


class Who(NamedTuple):
    """Whose change it is: a session, the name that was given there (empty for none), and when, in ISO 8601 (UTC)."""

    session: str = ""
    by: str = ""
    made: str = ""


def now(session: str, by: str = "") -> Who:
    """Give whose change it is that is made now."""
    return Who(session, by.strip(), datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
