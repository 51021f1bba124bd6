"""How reading grows with the text: ``python -m benchmarks.dense [--characters 10000] [--steps 3] [--shape NAME ...]``.

Each shape is one kind of dense or long text, made at a length, at twice that, and so on. Printed is the processor time
of the reading thread for 100,000 characters at each length: level where reading is linear, doubling where it is
quadratic. The last column is the step from the shortest to the longest, as a power of the length (1: linear).
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from gazetteer.index import Gazetteer
from geo.ingest import read
from geo.model import Article
from geo.pipeline import parse
from geo.settings import ARTICLES

_SYLLABLES = ("ka", "lo", "mir", "to", "sha", "ben", "du", "ri", "wa", "zo", "gle", "ust")


def _ordinary() -> str:
    """Give the demo articles, one behind the other: text as outlets print it, if denser in events."""
    return "\n\n".join(item.text for item in read([f"{ARTICLES}/*.txt"]) if isinstance(item, Article)) + "\n\n"


def _unknown(lead: str, joint: str) -> Callable[[int], str]:
    """Give a list of names that no gazetteer holds, no two alike."""

    def make(length: int) -> str:
        chance = random.Random(length)
        names, size = [], 0
        while size < length:
            names.append("".join(chance.choices(_SYLLABLES, k=4)).capitalize())
            size += len(names[-1]) + len(joint)
        return lead + joint.join(names) + "."

    return make


def _again(words: str) -> Callable[[int], str]:
    return lambda length: words * (length // len(words) + 1)


SHAPES: dict[str, Callable[[int], str]] = {
    "ordinary": lambda length: (_ordinary() * (length // len(_ordinary()) + 1))[:length],
    "unknown names": _unknown("Shelling hit ", ", "),
    "unknown lines": _unknown("", "\n"),
    "attacked": _again("attacked Bakhmut and "),
    "killed": _again("killed three people and wounded five in Aleppo, and "),
    "sentences": _again("Rebels shelled Aleppo on Monday, killing two. "),
    "names": _again("Kyiv, Kharkiv, Homs, Aleppo, "),
    "dates": _again("on 5 May 2015, on Monday, last week, "),
    "year": _again("in 2015 and in May and "),
    "said": _again("the army said, he said, police said that "),
    "nouns": _again("the town and the city and the village near the border "),
    "capitals": _again("General Ivan Petrov Sidorov "),
    "headings": _again("KHARKIV REGION\n\n"),
    "quotes": _again("“fighting” "),
    "brackets": _again("(in Homs ("),
    "numbers": _again("200 of 300, 40 more and 12 "),
    "paragraphs": _again("a\n\n"),
    "letters": _again("a"),
    "capital letters": _again("A"),
    "full stops": _again(". "),
    "hyphens": _again("Homs-"),
}  # fmt: skip


def measured(shape: str, gazetteer: Gazetteer, *, characters: int, steps: int) -> Iterator[tuple[int, float]]:
    """Give the length of each text of a shape and the processor time of reading it, in seconds."""
    for step in range(steps):
        text = SHAPES[shape](characters * 2**step)
        began = time.thread_time()
        parse(Article(shape, text), gazetteer)
        yield len(text), time.thread_time() - began


def main() -> None:
    """Print a line a shape."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.dense", description=__doc__)
    parser.add_argument("--characters", type=int, default=10_000)
    parser.add_argument("--steps", type=int, default=3)
    parser.add_argument("--shape", choices=SHAPES, nargs="*", default=list(SHAPES), metavar="NAME")
    parser.add_argument("--gazetteer", type=Path)
    options = parser.parse_args()
    with Gazetteer.open(options.gazetteer) as gazetteer:
        for text in ("Rebels shelled Aleppo on Monday, killing two.", _ordinary()[:2000]):
            parse(Article("warm", text), gazetteer)
        lengths = "".join(f"{options.characters * 2**step:>12,}" for step in range(options.steps))
        print(f"{'s/100,000 at':16}{lengths}{'power':>8}")
        for shape in options.shape:
            print(f"{shape:16}", end="", flush=True)
            taken = []
            for length, seconds in measured(shape, gazetteer, characters=options.characters, steps=options.steps):
                taken.append((length, seconds))
                print(f"{seconds / length * 100_000:>12.2f}", end="", flush=True)
            (short, fast), (long, slow) = taken[0], taken[-1]
            print(f"{math.log(slow / fast) / math.log(long / short):>8.2f}" if long > short else "", flush=True)


if __name__ == "__main__":
    main()
