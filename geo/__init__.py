"""From a pile of news articles to what was reported to have happened, where and when."""

__version__ = "0.1.0"
