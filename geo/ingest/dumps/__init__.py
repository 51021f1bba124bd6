"""Texts that hold several articles: downloads of news databases, and notes between rulers.

Each is taken apart into articles with their own title, source and date; a text that looks like a dump of another kind
is read as one article, and that is said.
"""

from geo.ingest.dumps.apart import apart

__all__ = ["apart"]
