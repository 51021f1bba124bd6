"""Names to places, offline: one SQLite file built from pinned packages and curated tables."""
