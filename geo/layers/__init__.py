"""Other people's event data beside what was read from articles: read, kept as layers of their own, and compared."""
