"""Articles and everything read out of them, in a database: a SQLite file by default, any SQLAlchemy URL by choice."""

from geo.store.errors import StoreError, StoreForeign, StoreLocked, StoreMissing, StoreReadOnly, StoreUnreachable
from geo.store.store import Counts, Store, Unplotted

__all__ = [
    "Counts",
    "Store",
    "StoreError",
    "StoreForeign",
    "StoreLocked",
    "StoreMissing",
    "StoreReadOnly",
    "StoreUnreachable",
    "Unplotted",
]
