"""Dates: the dated expressions of a text, and the day an article was published."""

from geo.dates.find import find
from geo.dates.published import publication_date

__all__ = ["find", "publication_date"]
