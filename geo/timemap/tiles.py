"""Map tiles under the events: online, or out of a file on this machine. Off until switched on, named while shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from geo.settings import Settings
from geo.timemap.tile_file import TileFile

_HOST = re.compile(r"(\{s\}\.)?[a-z0-9.-]+(:\d+)?", re.IGNORECASE)
_PARTS = ("{z}", "{x}", "{y}")
FILE_ENDING = ".pmtiles"


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
    file
        The file on this machine that they come from; `url` is then the page's own route, from which they are served.

    Raises
    ------
    ValueError
        The pattern is none, or the credit is empty.
    """

    url: str
    credit: str
    file: TileFile | None = None

    def __post_init__(self) -> None:
        if self.file is not None:
            return
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not _HOST.fullmatch(parts.netloc):
            raise ValueError(f"tiles: expected an address such as https://host/{{z}}/{{x}}/{{y}}.png; got {self.url!r}")
        missing = [part for part in _PARTS if part not in self.url]
        if missing:
            raise ValueError(f"tiles: {self.url!r} lacks {', '.join(missing)}")
        if not self.credit.strip():
            raise ValueError("tiles: say whom to credit; every tile server asks for it")

    @classmethod
    def of(cls, settings: Settings, *, url: str = "api/tiles/{z}/{x}/{y}") -> Tiles | None:
        """Give the tiles that the settings name, an address or a file; None where they name none.

        Parameters
        ----------
        url
            Where the tiles of a file are served.

        Raises
        ------
        geo.timemap.tile_file.TileFileError
            The file cannot be read.
        """
        named = settings.tiles
        if not named:
            return None
        if named.lower().endswith(FILE_ENDING) and "://" not in named:
            file = TileFile.open(Path(named).expanduser())
            return cls(url, settings.tiles_credit or file.credit or file.path.name, file)
        return cls(named, settings.tiles_credit)

    @property
    def source(self) -> str:
        """What ``img-src`` in a content security policy must allow: the host and nothing else; nothing for a file."""
        if self.file is not None:
            return ""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}"

    def config(self) -> dict[str, Any]:
        """Give what the browser has to know."""
        told: dict[str, Any] = {"url": self.url, "credit": self.credit}
        if self.file is not None:
            told |= {"local": True, "kind": self.file.kind, "zooms": list(self.file.zooms)}
        return told
