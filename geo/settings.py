"""The settings of one run: made by the command line or the page from arguments and environment, then handed down."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gazetteer.shipped import DATA, store_folder

ARTICLES = DATA / "articles"
DEFAULT_STORE = f"sqlite:///{store_folder() / 'conflict-map.sqlite'}"

STORE_VARIABLE = "CONFLICT_MAP_STORE"
READ_ONLY_VARIABLE = "CONFLICT_MAP_READ_ONLY"
GAZETTEER_VARIABLE = "CONFLICT_MAP_GAZETTEER"
TILES_VARIABLE = "CONFLICT_MAP_TILES"
TILES_CREDIT_VARIABLE = "CONFLICT_MAP_TILES_CREDIT"

_YES = ("1", "true", "yes", "on")
_NO = ("", "0", "false", "no", "off")


class SettingsError(ValueError):
    """A setting that makes no sense; the message names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things lie and what may be changed.

    Parameters
    ----------
    store
        An SQLAlchemy URL, or a path to a SQLite file.
    gazetteer
        Path of the gazetteer's file; None is the default one, built on first need.
    read_only
        True refuses every change to the store: for a shared screen or a public host.
    tiles, tiles_credit
        Address pattern of online map tiles that users may switch on, and whom to credit; None offers none.
    """

    store: str = DEFAULT_STORE
    gazetteer: Path | None = None
    read_only: bool = False
    tiles: str | None = None
    tiles_credit: str = ""

    @classmethod
    def from_environment(
        cls,
        environment: Mapping[str, str] | None = None,
        *,
        store: str | None = None,
        gazetteer: Path | None = None,
        read_only: bool | None = None,
    ) -> Settings:
        """Take what was given, else the environment's value, else the default.

        Raises
        ------
        SettingsError
            If ``CONFLICT_MAP_READ_ONLY`` is neither a yes nor a no.
        """
        environment = os.environ if environment is None else environment
        switch = environment.get(READ_ONLY_VARIABLE, "").strip().lower()
        if switch not in _YES + _NO:
            raise SettingsError(f"{READ_ONLY_VARIABLE}: expected 1 or 0, got {switch!r}")
        from_variable = environment.get(GAZETTEER_VARIABLE, "").strip()
        return cls(
            store=store or environment.get(STORE_VARIABLE, "").strip() or DEFAULT_STORE,
            gazetteer=gazetteer or (Path(from_variable) if from_variable else None),
            read_only=(switch in _YES) if read_only is None else read_only,
            tiles=environment.get(TILES_VARIABLE, "").strip() or None,
            tiles_credit=environment.get(TILES_CREDIT_VARIABLE, "").strip(),
        )
