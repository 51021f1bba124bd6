"""The network that is trained and what ships of it say the same. Needs what training needs; skipped without it."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the reader's network needs requirements-train.txt")

from tokenizers import Tokenizer  # noqa: E402  (after the skip)

from geo.reader.judgement import Heads  # noqa: E402  (after the skip)
from geo.reader.model import TOKENIZER  # noqa: E402  (after the skip)
from geo.reader.windows import Window, cut  # noqa: E402  (after the skip)
from geo.training.reader.batches import Sample, arrays  # noqa: E402  (after the skip)
from geo.training.reader.lesson import Lesson, Link, Seen, Told  # noqa: E402  (after the skip)
from tests.reader.specimens import PUBLISHED, seen  # noqa: E402  (after the skip)

RNG = random.Random(1)
TEXT = "Missiles hit Aleppo and Homs on Friday. In Syria, the army left Debaltseve on 3 January 2015."


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    parts, ones, times = seen(TEXT)
    told = [Told(event=int(at == 0), types={"explosion"}, statuses={"reported"}) for at in range(len(ones))]
    return Lesson(Seen("a", TEXT, PUBLISHED, parts, ones, times), told, [Link(9, 12, {0}, {"explosion"})], True, "own")


@pytest.fixture(scope="module")
def window(lesson: Lesson) -> Window:
    one = lesson.seen
    (made,) = cut(one.text, one.sentences, one.candidates, one.times, Tokenizer.from_file(str(TOKENIZER)))
    return made


def test_the_heads_in_numpy_are_those_of_the_network(lesson: Lesson, window: Window) -> None:
    from geo.training.reader.network import HIDDEN
    from geo.training.reader.network import Heads as Trained

    torch.manual_seed(0)
    trained = Trained().eval()
    hidden = torch.randn(1, window.size, HIDDEN)
    inputs, _ = arrays([Sample(window, lesson)])
    with torch.no_grad():
        out = trained(hidden, inputs)
    plain = Heads({name: tensor.detach().numpy() for name, tensor in trained.state_dict().items()})
    found, _ = plain.read(hidden[0].numpy(), window)
    events = torch.sigmoid(out["event"])[0].numpy()
    types = torch.softmax(out["type"], -1)[0].numpy()
    for x, at in enumerate(window.candidates):
        assert found[at].event == pytest.approx(float(events[x]), abs=2e-3)
        assert np.allclose(found[at].types, types[x], atol=2e-3)


def test_targets_lie_on_the_words_that_tell(lesson: Lesson, window: Window) -> None:
    _, targets = arrays([Sample(window, lesson)])
    (piece,) = np.flatnonzero(targets["trigger"][0].numpy())
    assert TEXT[slice(*window.offsets[piece])] == "hit"
    assert targets["event"][0].sum() == 1


def test_names_are_exchanged_all_mentions_alike_and_words_hidden(lesson: Lesson, window: Window) -> None:
    from geo.reader.windows import PLAIN
    from geo.training.reader.batches import Blur

    (start, stop), *_ = window.spans
    blurred = Blur([Sample(window, lesson)], RNG, names=1.0, words=0.3).tokens(window)
    assert blurred.shape == window.tokens.shape
    assert blurred[0] == window.tokens[0]
    assert blurred[-1] == window.tokens[-1]
    changed = np.flatnonzero(blurred != window.tokens)
    inside = {at for low, high in window.spans for at in range(low, high)}
    assert {int(at) for at in changed if window.marks[at] == PLAIN} - inside, "some words are hidden"
    assert set(blurred[start:stop].tolist()) <= {int(t) for low, high in window.spans for t in window.tokens[low:high]}
    same = Blur([Sample(window, lesson)], RNG, names=0.0, words=0.0).tokens(window)
    assert (same == window.tokens).all()


def test_a_pass_draws_its_share_anew(lesson: Lesson, window: Window) -> None:
    from geo.training.reader.fit import Stage

    sample = Sample(window, lesson)
    stage = Stage([sample], 1, 1e-4, [([sample] * 20, 0.15), ([sample] * 10, 0.5)])
    assert len(stage.drawn(RNG)) == 1 + 3 + 5


def test_what_a_teacher_says_is_kept_of_other_windows_alone(lesson: Lesson, window: Window) -> None:
    from geo.training.reader.fit import kept
    from geo.training.reader.network import HIDDEN, Heads

    torch.manual_seed(0)
    heads, other = Heads().eval(), Heads().eval()
    inputs, _ = arrays([Sample(window, lesson)])
    hidden = torch.randn(1, window.size, HIDDEN)
    with torch.no_grad():
        said, out = heads(hidden, inputs), other(hidden, inputs)
        asked, left = torch.ones(1), torch.zeros(1)
        assert kept(out, said, inputs, asked) > kept(said, said, inputs, asked) > 0
        assert kept(out, said, inputs, left) == 0


def test_a_network_learns_and_is_exported(lesson: Lesson, tmp_path: Path) -> None:
    pytest.importorskip("onnx", reason="the export needs requirements-train.txt")
    from geo.reader.model import Reader
    from geo.training.reader.batches import samples
    from geo.training.reader.export import export
    from geo.training.reader.fit import Stage, fit
    from geo.training.reader.network import Network

    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    tokenizer.no_truncation()
    torch.manual_seed(0)
    network = Network(tokenizer.get_vocab_size())
    said: list[str] = []
    fit(network, [Stage(samples([lesson], tokenizer), 8, 1e-4)], seed=0, say=said.append)
    losses = [float(line.split("loss ")[1].split(",")[0]) for line in said]
    assert losses[-1] < losses[0]
    encoder, heads = export(network, tmp_path)
    one = lesson.seen
    judged = Reader(encoder, heads).judge(one.text, one.sentences, one.candidates, one.times)
    assert set(judged.candidates) == set(range(len(one.candidates)))


def test_what_was_exported_is_read_back(lesson: Lesson, tmp_path: Path) -> None:
    pytest.importorskip("onnx", reason="the export needs requirements-train.txt")
    from geo.training.reader.export import export, restore
    from geo.training.reader.network import Network

    torch.manual_seed(0)
    network, other = Network(1000), Network(1000)
    export(network, tmp_path)
    other.encoder.word.weight.data.copy_(network.encoder.word.weight.data)
    restore(tmp_path, other)
    for (name, one), again in zip(network.named_parameters(), other.parameters(), strict=True):
        assert torch.allclose(one, again, atol=2e-3), name
    (tmp_path / "reader.npz").write_bytes((tmp_path / "reader.npz").read_bytes()[:100])
    with pytest.raises(ValueError, match="not the weights"):
        restore(tmp_path, other)
