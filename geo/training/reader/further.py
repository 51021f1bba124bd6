"""Teaches the reader that ships further: from articles annotated since, keeping what it knows of all the rest.

Real news taught the weights that ship, and its texts are not here. A copy of them is the teacher: on windows of other
texts what it says is learned beside what is annotated, so that nothing of it is lost. The decision, which real news was
fitted to, stays.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gazetteer.index import Gazetteer
from geo.reader.model import ENCODER
from geo.training.gold import STRANGERS, UNLEARNED, read_folder
from geo.training.reader import sources
from geo.training.reader.batches import samples
from geo.training.reader.course import Material, Stages, base, by_use
from geo.training.reader.export import export, restore
from geo.training.reader.fit import Stage, fit
from geo.training.reader.lesson import Lesson, see
from geo.training.reader.network import Network


@dataclass(frozen=True, slots=True)
class Plan:
    """How long it lasts and how fast it learns.

    Attributes
    ----------
    passes : int
        Over the articles.
    rate : float
        The encoder's highest rate of learning.
    quiet, own, sentences, others : float
        Of the own passages that tell of nothing and the own articles, the other own passages, the annotated sentences
        and the articles of other corpora, the share that is drawn anew for each pass.
    """

    passes: int = 3
    rate: float = 4e-5
    quiet: float = 0.2
    own: float = 0.08
    sentences: float = 0.06
    others: float = 0.6
    seed: int = 0


def lessons(folders: Sequence[Path], gazetteer: Gazetteer) -> Iterator[Lesson]:
    """Give a lesson for each annotated article of some folders of NAME.txt with gold/NAME.json.

    Of the strangers' articles those that teach the decision are left out: see `geo.training.gold.UNLEARNED`.

    Raises
    ------
    geo.training.corpus.CorpusError
        For a folder that holds no such articles.
    """
    for folder in folders:
        for one in read_folder(folder):
            if folder == STRANGERS and one.id[0] in UNLEARNED:
                continue
            events = json.loads((folder / "gold" / f"{one.id}.json").read_text(encoding="utf-8"))["events"]
            yield sources.annotated(see(one.id, one.text, one.published, gazetteer), events)


def run(
    material: Material,
    given: Sequence[Lesson],
    *,
    directory: Path = ENCODER.parent,
    plan: Plan | None = None,
    keep: Path | None = None,
    say: Callable[[str], None] = print,
) -> tuple[Path, Path]:
    """Teach the reader that ships further, and write it.

    Parameters
    ----------
    material : Material
        What is kept beside the articles; its news is left out.
    given : sequence of Lesson
        The articles, as `lessons` gives them.
    keep : pathlib.Path, optional
        Where the weights are kept, so that they can be written again.

    Returns
    -------
    tuple of pathlib.Path
        As `geo.training.reader.export.export` gives them.
    """
    plan = plan or Plan()
    network, tokenizer = base(plan.seed)
    teacher = copy.deepcopy(restore(ENCODER.parent, network)).eval()
    quiet, own = by_use(samples(material.own, tokenizer))
    pools = [
        (quiet, plan.quiet),
        (own, plan.own),
        (samples(material.sentences, tokenizer), plan.sentences),
        (samples(material.further, tokenizer), plan.others),
    ]
    windows = samples(given, tokenizer)
    say(f"{len(given)} articles in {len(windows)} windows, {sum(len(pool) for pool, _ in pools)} windows beside them")

    def learn() -> Network:
        stage = Stage(windows, plan.passes, plan.rate, pools, blurred=True, teacher=teacher)
        return fit(network, [stage], seed=plan.seed, say=say)

    Stages(keep).weights("further", network, learn)
    return export(network, directory)
