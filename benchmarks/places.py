"""Speed of recognition and resolution: articles a second, the share of each stage, memory, start-up.

``python -m benchmarks.places [ARTICLES.jsonl ...] [--processes 2]``: cuts articles of 400 words out of the demo
articles or the given files, reads them in separate processes and prints what it took. Where spaCy is installed, its
tagger runs on the same articles for comparison: the small English model's, or without it one of that shape that was
never trained, which takes as long.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazetteer.index import Gazetteer

ROOT = Path(__file__).resolve().parent.parent
# The script is run from anywhere, and its processes are started anew.
sys.path.insert(0, str(ROOT))
WORDS = 400
# Articles that are taken step by step, and those that spaCy reads.
STAGED, COMPARED = 60, 40
STAGES = (
    "tokens and candidates", "features of names", "regression and trees of names", "usage",
    "candidates and cues of places", "features and trees of places",
)  # fmt: skip
SPACY_LABELS = ("DATE", "EVENT", "FAC", "GPE", "LOC", "MONEY", "NORP", "ORG", "PERSON", "PRODUCT")
DEMO = ROOT / "data" / "articles"


def articles(paths: list[Path], count: int) -> list[str]:
    """Join and cut texts to articles of `WORDS` words; repeats them where there are too few."""
    words: list[str] = []
    for text in _texts(paths):
        words += text.split(" ")
    cut = [" ".join(words[at : at + WORDS]) for at in range(0, max(1, len(words) - WORDS + 1), WORDS)]
    return [cut[at % len(cut)] for at in range(count)]


def _texts(paths: list[Path]) -> Iterable[str]:
    if not paths:
        for path in sorted(DEMO.glob("*.txt")):
            yield path.read_text(encoding="utf-8").rpartition("---\n")[2]
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["text"]


def work(texts: list[str]) -> dict[str, float]:
    """Read `texts` in this process and say what each stage took."""
    began = time.perf_counter()
    from gazetteer.index import Gazetteer
    from geo.recognise import recognise
    from geo.resolve import resolve

    with Gazetteer.open(quiet=True) as gazetteer:
        resolve("Kyiv", recognise("Kyiv", gazetteer), gazetteer)
        ready = time.perf_counter()
        busy = time.process_time()
        found = []
        longest = 0.0
        for text in texts:
            start = time.perf_counter()
            found.append(recognise(text, gazetteer))
            longest = max(longest, time.perf_counter() - start)
        recognised = time.perf_counter()
        mentions = 0
        for text, spans in zip(texts, found, strict=True):
            mentions += len(resolve(text, spans, gazetteer))
        resolved = time.perf_counter()
        busy = time.process_time() - busy
        parts = staged(texts[:STAGED], gazetteer)
    return {
        "start-up": ready - began,
        "recognition": recognised - ready,
        "resolution": resolved - recognised,
        "longest": longest,
        "mentions": mentions,
        "processor": busy,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        **parts,
    }


def staged(texts: list[str], gazetteer: Gazetteer) -> dict[str, float]:
    """Take the same steps one by one and say what each took."""
    from geo.model import Span
    from geo.recognise import features, model, usage
    from geo.recognise.candidates import candidates
    from geo.recognise.model import Recogniser
    from geo.recognise.reading import read
    from geo.resolve import choice, context, groups
    from geo.resolve.features import table
    from geo.resolve.model import Resolver
    from geo.surfaces import Surfaces

    recogniser, resolver, surfaces = Recogniser.load(), Resolver.load(), Surfaces.of(gazetteer)
    taken = dict.fromkeys(STAGES, 0.0)
    clock = time.perf_counter

    def done(stage: str, since: float) -> float:
        taken[stage] += clock() - since
        return clock()

    for text in texts:
        at = clock()
        reading = read(text)
        found = candidates(reading, surfaces)
        at = done("tokens and candidates", at)
        numbers = features.dense(reading, found, surfaces, recogniser.lower_rates)
        hashed = features.lexical(reading, found)
        at = done("features of names", at)
        opinion = recogniser.second_opinion(reading, found, numbers, recogniser.first_opinion(numbers, hashed))
        at = done("regression and trees of names", at)
        kept = [found[index] for index in model.pick(found, opinion, recogniser.threshold)]
        verdicts = usage.usages(reading, kept)
        ends = [(reading.tokens[one.first].start, reading.tokens[one.stop - 1].end) for one in kept]
        spans = [
            Span(start, end, text[start:end], use, 1.0) for (start, end), (use, _) in zip(ends, verdicts, strict=True)
        ]
        at = done("usage", at)
        named, belongs = groups.names(text, spans, surfaces)
        context.gather(text, spans, named, belongs, surfaces)
        laid = table(named)
        at = done("candidates and cues of places", at)
        if laid is not None:
            choice.answers(named, laid, *resolver.score(laid), resolver.threshold)
        done("features and trees of places", at)
    return taken


def report(texts: list[str], processes: int) -> None:
    """Run and print."""
    parts = [texts[at::processes] for at in range(processes)]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        taken = list(pool.map(work, parts))
    slowest = max(one["recognition"] + one["resolution"] for one in taken)
    total = sum(one["recognition"] + one["resolution"] for one in taken)
    print(f"{len(texts)} articles of {WORDS} words, {processes} processes")
    print(f"  {len(texts) / slowest:.0f} articles a second, {1000 * total / len(texts):.1f} ms an article")
    busy = sum(one["processor"] for one in taken) / len(texts)
    print(f"  of it {1000 * busy:.1f} ms of a processor: {processes / busy:.0f} a second on {processes} left to it")
    for stage in ("recognition", "resolution"):
        print(f"  {stage:12} {sum(one[stage] for one in taken) / total:.0%} of the time")
    every = sum(one[stage] for one in taken for stage in STAGES)
    for stage in STAGES:
        print(f"    {stage:32} {sum(one[stage] for one in taken) / every:.0%}")
    print(f"  longest recognition {1000 * max(one['longest'] for one in taken):.0f} ms")
    print(f"  start-up {max(one['start-up'] for one in taken):.2f} s")
    print(f"  peak memory {max(one['memory'] for one in taken):.0f} MB a process")
    print(f"  {sum(one['mentions'] for one in taken):.0f} mentions")


def compare(texts: list[str]) -> None:
    """Time spaCy's tagger on the same articles, where it is installed."""
    if not find_spec("spacy"):
        print("  spaCy is not installed: no comparison")
        return
    import spacy

    if find_spec("en_core_web_sm"):
        name, tagger = "spaCy sm", spacy.load("en_core_web_sm", exclude=["parser", "lemmatizer", "attribute_ruler"])
    else:
        name, tagger = "spaCy, a tagger of sm's shape, untrained", spacy.blank("en")
        tagger.add_pipe("ner")
        for label in SPACY_LABELS:
            tagger.get_pipe("ner").add_label(label)
        tagger.initialize()
    began, busy = time.perf_counter(), time.process_time()
    for text in texts[:COMPARED]:
        tagger(text)
    taken, busy = (time.perf_counter() - began) / COMPARED, (time.process_time() - busy) / COMPARED
    print(f"  {name}, named entities alone: {1 / taken:.1f} articles a second, one process,")
    print(f"  {1000 * taken:.1f} ms an article, of it {1000 * busy:.1f} ms of a processor")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--count", type=int, default=400)
    options = parser.parse_args()
    sample = articles(options.files, options.count)
    report(sample, options.processes)
    compare(sample)
