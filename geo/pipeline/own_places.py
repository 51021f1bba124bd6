"""Which file of a user's own places belongs to a store, and the gazetteer with it laid over."""

from __future__ import annotations

import os
from pathlib import Path

from gazetteer import own
from gazetteer.index import Gazetteer
from geo.settings import Settings
from geo.store.opening import address, file_of


def file(settings: Settings) -> Path | None:
    """Give the file: the one given, else the one that the environment names, else the one beside the store's file.

    The last need not exist: the page makes it as the first name is filled in. None where the store is no file.
    """
    if settings.places:
        return settings.places
    if named := os.environ.get(own.VARIABLE, "").strip():
        return Path(named)
    store = file_of(address(settings.store))
    return store.with_suffix(".places.csv") if store else None


def laid_over(settings: Settings) -> Gazetteer:
    """Open the gazetteer of a store: with the user's own places over it, if there are any.

    Raises
    ------
    gazetteer.errors.GazetteerError
        If the gazetteer or the places cannot be read.
    """
    places = file(settings)
    # One that somebody named must be there; the one beside the store comes with the first place.
    beside = not (settings.places or os.environ.get(own.VARIABLE, "").strip())
    return Gazetteer.open(settings.gazetteer, places=None if places and beside and not places.exists() else places)
