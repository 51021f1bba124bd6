"""Articles and everything read out of them, in a database: a SQLite file by default, any SQLAlchemy URL by choice."""

from geo.store.catalogue import Catalogued
from geo.store.errors import (
    StoreConflict,
    StoreDamaged,
    StoreError,
    StoreForeign,
    StoreGone,
    StoreLocked,
    StoreMissing,
    StoreReadOnly,
    StoreReplaced,
    StoreUnreachable,
)
from geo.store.joins import Gone, Told, Unjoined
from geo.store.printings import Printed, Ties
from geo.store.removed import Removed
from geo.store.rows import alone
from geo.store.store import DATA_SET, Store
from geo.store.tallies import Counts
from geo.store.unplotted import Unplotted

__all__ = [
    "DATA_SET",
    "Catalogued",
    "Counts",
    "Gone",
    "Printed",
    "Removed",
    "Store",
    "StoreConflict",
    "StoreDamaged",
    "StoreError",
    "StoreForeign",
    "StoreGone",
    "StoreLocked",
    "StoreMissing",
    "StoreReadOnly",
    "StoreReplaced",
    "StoreUnreachable",
    "Ties",
    "Told",
    "Unjoined",
    "Unplotted",
    "alone",
]
