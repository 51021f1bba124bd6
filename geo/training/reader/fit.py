"""Fitting the network to lessons, in stages."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from geo.training.reader.batches import Blur, Sample, arrays, shuffled
from geo.training.reader.network import Network, precision


@dataclass(frozen=True, slots=True)
class Stage:
    """Some passes over some windows.

    Attributes
    ----------
    rate : float
        The encoder's highest rate; the heads learn ten times as fast.
    others : sequence of (sequence of Sample, float)
        Windows of which every pass draws a share anew, each kind with its share.
    blurred : bool
        Whether names are exchanged and words hidden.
    teacher : Network, optional
        A network whose judgement of the others is kept, beside what is annotated of them.
    """

    samples: Sequence[Sample]
    epochs: int
    rate: float
    others: Sequence[tuple[Sequence[Sample], float]] = ()
    blurred: bool = False
    teacher: Network | None = None

    def drawn(self, rng: random.Random) -> list[Sample]:
        """Give the windows of one pass."""
        drawn = [rng.sample(list(pool), int(len(pool) * share)) for pool, share in self.others]
        return [*self.samples, *(one for part in drawn for one in part)]


def any_of(logits: Tensor, right: Tensor, dim: int = -1) -> Tensor:
    """Give minus the log of the probability that one of the right answers is chosen; 0 where none is known."""
    chosen = torch.logsumexp(functional.log_softmax(logits, dim).masked_fill(right < 0.5, -1e4), dim)
    return -chosen * (right.sum(dim) > 0)


def loss(out: Mapping[str, Tensor], y: Mapping[str, Tensor]) -> Tensor:
    """Give the loss of a batch: the sum over its tasks, each divided by what it counts."""
    bce = functional.binary_cross_entropy_with_logits
    weight = y["event_weight"]
    count = weight.sum().clamp(min=8.0)
    total = (bce(out["event"], y["event"], reduction="none") * weight).sum() / count
    needed = bce(out["required"], y["required"], reduction="none") * y["required_weight"]
    total = total + 0.7 * needed.sum() / count
    for name, share in (("type", 1.0), ("status", 1.0), ("time", 1.0), ("pointed", 0.5)):
        total = total + share * (any_of(out[name], y[name]) * weight).sum() / count
    words = y["trigger_weight"]
    positive = 1 + 2 * y["trigger"]
    said = bce(out["trigger"], y["trigger"], reduction="none") * words * positive
    total = total + 2.0 * said.sum() / words.sum().clamp(min=40.0)
    links = y["placed_weight"]
    total = total + 0.5 * (any_of(out["placed"], y["placed"], 1) * links).sum() / links.sum().clamp(min=4.0)
    kinds = any_of(out["trigger_type"], y["trigger_type"]) * y["trigger"]
    return total + 0.3 * kinds.sum() / y["trigger"].sum().clamp(min=4.0)


def kept(out: Mapping[str, Tensor], said: Mapping[str, Tensor], x: Mapping[str, Tensor], whose: Tensor) -> Tensor:
    """Give how far a network's answers are from those of its teacher, by the tasks of `loss`.

    Parameters
    ----------
    out, said : mapping
        The logits of both, see `geo.training.reader.network.Heads.forward`.
    whose : torch.Tensor, shape (windows,)
        1 for the windows whose answers are to be kept.
    """
    bce = functional.binary_cross_entropy_with_logits
    places, words = x["candidate_mask"] * whose[:, None], x["words"] * whose[:, None]

    def binary(name: str, mask: Tensor, least: float) -> Tensor:
        each = bce(out[name], torch.sigmoid(said[name]), reduction="none")
        return (each * mask).sum() / mask.sum().clamp(min=least)

    def among(name: str, weight: Tensor, dim: int = -1) -> Tensor:
        each = -(torch.softmax(said[name], dim) * functional.log_softmax(out[name], dim)).sum(dim)
        return (each * weight).sum() / weight.sum().clamp(min=4.0)

    told, triggers = places * torch.sigmoid(said["event"]), words * torch.sigmoid(said["trigger"])
    total = binary("event", places, 8.0) + 0.7 * binary("required", places, 8.0) + 2.0 * binary("trigger", words, 40.0)
    for name, share in (("type", 1.0), ("status", 1.0), ("time", 1.0), ("pointed", 0.5)):
        total = total + share * among(name, told)
    return total + 0.5 * among("placed", triggers, 1) + 0.3 * among("trigger_type", triggers)


def fit(network: Network, stages: Sequence[Stage], *, seed: int, say: Callable[[str], None] = print) -> Network:
    """Train in place, stage by stage; deterministic for a seed on one machine."""
    torch.manual_seed(seed)
    rng = random.Random(seed)  # noqa: S311  (an order to learn in, no secret)
    for stage in stages:
        steps = stage.epochs * sum(1 for _ in shuffled(stage.drawn(random.Random(seed)), None))  # noqa: S311  (no secret)
        groups = [
            {"params": [p for n, p in network.encoder.named_parameters() if "word" not in n], "share": 1.0},
            {"params": list(network.heads.parameters()), "share": 10.0},
        ]
        network.encoder.word.weight.requires_grad_(False)
        optimiser = torch.optim.AdamW(groups, lr=stage.rate, weight_decay=0.01)
        done = 0
        own = {id(one) for one in stage.samples}
        blur = (
            Blur([*stage.samples, *(one for pool, _ in stage.others for one in pool)], rng) if stage.blurred else None
        )
        network.train()
        for epoch in range(stage.epochs):
            began, sum_of, batches = time.monotonic(), 0.0, 0
            for group in shuffled(stage.drawn(rng), rng):
                warm = min(1.0, (done + 1) / max(1, steps // 12))
                left = 0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * min(1.0, done / steps)))
                for one in optimiser.param_groups:
                    one["lr"] = stage.rate * one["share"] * warm * left
                x, y = arrays(group, blur)
                with precision():
                    hidden = network.encoder(x["tokens"], x["marks"], x["mask"])
                out = network.heads(hidden.float(), x)
                value = loss(out, y)
                if stage.teacher is not None:
                    with torch.no_grad(), precision():
                        taught = stage.teacher.encoder(x["tokens"], x["marks"], x["mask"])
                    with torch.no_grad():
                        said = stage.teacher.heads(taught.float(), x)
                    value = value + kept(out, said, x, torch.tensor([float(id(one) not in own) for one in group]))
                optimiser.zero_grad(set_to_none=True)
                value.backward()
                torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
                optimiser.step()
                sum_of, batches, done = sum_of + float(value.detach()), batches + 1, done + 1
            spent = time.monotonic() - began
            say(f"  epoch {epoch + 1}/{stage.epochs}: loss {sum_of / max(1, batches):.4f}, {spent:.0f} s")
    network.eval()
    return network
