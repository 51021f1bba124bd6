"""Example: one addition of each kind that conflict-map takes (docs/extending.md)."""
