"""Events: what an article reports to have happened, where and when, and what was left out and why."""

from geo.events.extract import extract

__all__ = ["extract"]
