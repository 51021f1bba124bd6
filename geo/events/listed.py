"""What one word tells of a list of places it tells of each: "missiles hit Aleppo, Homs and the port of Mariupol".

A reader ties a word to the places nearest to it; a list that is told in part is a list cut short.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from geo.events.scene import Scene

# What parts the members of a list, with what may stand before the next: ", in", " and the port of".
_JOINT = re.compile(r"(?:,|,? and|,? or)(?: (?:in|at|near))?(?: the)?(?: [a-z]+ of)? ")


def lists(text: str, scenes: Sequence[Scene]) -> Iterator[list[int]]:
    """Give the positions of the scenes that one word tells of places listed one after the other, two or more each."""
    told: dict[tuple[object, ...], list[int]] = {}
    for at, scene in enumerate(scenes):
        one = scene.proposal
        if not scene.candidate.implied:
            told.setdefault((one.sentence, one.trigger, one.type, one.status), []).append(at)
    for members in told.values():
        members.sort(key=lambda at: scenes[at].candidate.start)
        run = members[:1]
        for before, at in pairwise(members):
            if _JOINT.fullmatch(text, scenes[before].candidate.end, scenes[at].candidate.start) is None:
                if len(run) > 1:
                    yield run
                run = []
            run.append(at)
        if len(run) > 1:
            yield run


def alike(text: str, scenes: Sequence[Scene], sure: Sequence[float]) -> list[float]:
    """Give how sure each scene is, a member of a list at least as sure as its list is in the mean."""
    made = list(sure)
    for run in lists(text, scenes):
        mean = sum(sure[at] for at in run) / len(run)
        for at in run:
            made[at] = max(made[at], mean)
    return made
