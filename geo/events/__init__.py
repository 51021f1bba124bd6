"""Events: what an article reports to have happened, where and when, and what was left out and why.

Four steps, each a room of its own: `geo.reader.candidates` (where something may have happened), `geo.reader.judgement`
(what a learned model says of each), `proposals`, `days` and `decision` (what is told, once), `reasons` and `left_out`
(why, in words).
"""

from geo.events.extract import extract

__all__ = ["extract"]
