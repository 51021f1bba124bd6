"""Online tiles under the events: optional, off until the user switches them on, named while they are shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from geo.settings import Settings

_HOST = re.compile(r"(\{s\}\.)?[a-z0-9.-]+(:\d+)?", re.IGNORECASE)
_PARTS = ("{z}", "{x}", "{y}")


@dataclass(frozen=True, slots=True)
class Tiles:
    """Where tiles come from and whom to credit.

    Parameters
    ----------
    url
        A pattern with ``{z}``, ``{x}`` and ``{y}``, and ``{s}.`` before the host where it has mirrors:
        ``https://tile.example.org/{z}/{x}/{y}.png``.
    credit
        The words that the server's terms ask for; they stand on the map while its tiles do.

    Raises
    ------
    ValueError
        The pattern is none, or the credit is empty.
    """

    url: str
    credit: str

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not _HOST.fullmatch(parts.netloc):
            raise ValueError(f"tiles: expected an address such as https://host/{{z}}/{{x}}/{{y}}.png; got {self.url!r}")
        missing = [part for part in _PARTS if part not in self.url]
        if missing:
            raise ValueError(f"tiles: {self.url!r} lacks {', '.join(missing)}")
        if not self.credit.strip():
            raise ValueError("tiles: say whom to credit; every tile server asks for it")

    @classmethod
    def of(cls, settings: Settings) -> Tiles | None:
        """Give the tiles that the settings name; None where they name none."""
        return cls(settings.tiles, settings.tiles_credit) if settings.tiles else None

    @property
    def source(self) -> str:
        """What ``img-src`` in a content security policy must allow: the host and nothing else of it."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}"
