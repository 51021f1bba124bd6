"""The reader as a network to be trained: a small BERT encoder and the heads that read events off it.

`geo.reader.judgement` computes the same heads with NumPy; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

from geo.model import EVENT_TYPES, STATUSES
from geo.reader.windows import FEATURES, LINK_FEATURES, MARKS, TIME_FEATURES

LAYERS, HEADS, HIDDEN, INNER = 6, 12, 384, 1536
_ASK = 96
_DROP = 0.1
# Sixteen bits are faster only where the processor computes in them; elsewhere they are imitated, ten times slower.
_SIXTEEN = any(torch.cpu.get_capabilities().get(name) for name in ("avx512_bf16", "amx_bf16"))


def precision() -> torch.autocast:
    """Give the context in which the encoder is trained: sixteen bits where this processor has them."""
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=_SIXTEEN)


class Layer(nn.Module):
    """One layer of the encoder (Vaswani et al. 2017, with BERT's order of norms)."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Give the next hidden states; `mask` is True where a word piece may be looked at, shape (batch, 1, 1, n)."""
        batch, size, _ = x.shape
        q, k, v = self.qkv(x).view(batch, size, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        # Attention itself is not dropped out: on processors that alone takes a third of the time.
        y = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        y = self.out(y.transpose(1, 2).reshape(batch, size, HIDDEN))
        x = self.norm1(x + functional.dropout(y, _DROP, self.training))
        y = self.down(functional.gelu(self.up(x)))
        return self.norm2(x + functional.dropout(y, _DROP, self.training))


class Encoder(nn.Module):
    """Word pieces to hidden states; `marks` say what each belongs to."""

    def __init__(self, vocabulary: int, positions: int = 512) -> None:
        super().__init__()
        self.word = nn.Embedding(vocabulary, HIDDEN)
        self.position = nn.Embedding(positions, HIDDEN)
        self.marks = nn.Embedding(MARKS, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        nn.init.zeros_(self.marks.weight)

    def forward(self, tokens: Tensor, marks: Tensor, mask: Tensor) -> Tensor:
        """Give hidden states of shape (batch, n, HIDDEN)."""
        x = self.word(tokens) + self.position.weight[: tokens.shape[1]] + self.marks(marks)
        x = functional.dropout(self.norm(x), _DROP, self.training)
        allowed = mask[:, None, None, :].bool()
        for layer in self.layers:
            x = layer(x, allowed)
        return x

    def load(self, weights: Mapping[str, Tensor]) -> None:
        """Take over a BERT checkpoint's weights."""
        w = {name.removeprefix("bert."): tensor.float() for name, tensor in weights.items()}
        with torch.no_grad():
            self.word.weight.copy_(w["embeddings.word_embeddings.weight"])
            kind = w["embeddings.token_type_embeddings.weight"][0]
            self.position.weight.copy_(w["embeddings.position_embeddings.weight"] + kind)
            _copy(self.norm, w, "embeddings.LayerNorm")
            for number, layer in enumerate(self.layers):
                at = f"encoder.layer.{number}."
                parts = [f"{at}attention.self.{name}" for name in ("query", "key", "value")]
                layer.qkv.weight.copy_(torch.cat([w[f"{part}.weight"] for part in parts]))
                layer.qkv.bias.copy_(torch.cat([w[f"{part}.bias"] for part in parts]))
                _copy(layer.out, w, f"{at}attention.output.dense")
                _copy(layer.norm1, w, f"{at}attention.output.LayerNorm")
                _copy(layer.up, w, f"{at}intermediate.dense")
                _copy(layer.down, w, f"{at}output.dense")
                _copy(layer.norm2, w, f"{at}output.LayerNorm")


def _copy(module: nn.Module, weights: Mapping[str, Tensor], name: str) -> None:
    module.weight.copy_(weights[f"{name}.weight"])
    module.bias.copy_(weights[f"{name}.bias"])


class Heads(nn.Module):
    """What is read off the hidden states: events at candidates, triggers, and what belongs together."""

    def __init__(self) -> None:
        super().__init__()
        self.mention = nn.Linear(2 * HIDDEN + FEATURES, HIDDEN)
        self.trigger = nn.Linear(HIDDEN, 1)
        self.trigger_kind = nn.Linear(HIDDEN, len(EVENT_TYPES))
        self.place_ask = nn.Linear(HIDDEN, _ASK)
        self.word_ask = nn.Linear(HIDDEN, _ASK)
        self.link = nn.Linear(LINK_FEATURES, 1, bias=False)
        self.nowhere = nn.Linear(HIDDEN, 1)
        self.joint = nn.Linear(2 * HIDDEN, HIDDEN)
        self.event = nn.Linear(HIDDEN, 1)
        self.required = nn.Linear(HIDDEN, 1)
        self.kind = nn.Linear(HIDDEN, len(EVENT_TYPES))
        self.status = nn.Linear(HIDDEN, len(STATUSES))
        self.unstated = nn.Linear(HIDDEN, 1)
        self.time_ask = nn.Linear(HIDDEN, _ASK)
        self.time = nn.Linear(HIDDEN, _ASK)
        self.near = nn.Linear(TIME_FEATURES, 1, bias=False)

    def forward(self, x: Tensor, b: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """Give the logits of a batch; see `geo.training.reader.batches` for its arrays."""
        span = b["spans"] @ x
        around = b["around"] @ x
        m = functional.gelu(self.mention(torch.cat([span, around, b["features"]], -1)))
        m = functional.dropout(m, _DROP, self.training)
        trigger = self.trigger(x)[..., 0]
        link = self.place_ask(m) @ self.word_ask(x).transpose(1, 2) * _ASK**-0.5 + self.link(b["links"])[..., 0]
        pointed = (link + trigger[:, None, :]).masked_fill(b["words"][:, None, :] < 0.5, -1e4)
        seen = torch.softmax(pointed, -1) @ x
        z = functional.gelu(self.joint(torch.cat([m, seen], -1)))
        z = functional.dropout(z, _DROP, self.training)
        ask, time = self.time_ask(z), self.time(b["time_spans"] @ x)
        dated = ask @ time.transpose(1, 2) * _ASK**-0.5 + self.near(b["near"])[..., 0]
        dated = dated.masked_fill(b["time_mask"][:, None, :] < 0.5, -1e4)
        placed = link.masked_fill(b["candidate_mask"][:, :, None] < 0.5, -1e4)
        return {
            "event": self.event(z)[..., 0],
            "required": self.required(z)[..., 0],
            "type": self.kind(z),
            "status": self.status(z),
            "time": torch.cat([self.unstated(z), dated], -1),
            "trigger": trigger,
            "trigger_type": self.trigger_kind(x),
            "pointed": pointed,
            "placed": torch.cat([self.nowhere(x).transpose(1, 2), placed], 1),
        }


class Network(nn.Module):
    """Encoder and heads."""

    def __init__(self, vocabulary: int) -> None:
        super().__init__()
        self.encoder = Encoder(vocabulary)
        self.heads = Heads()

    def forward(self, b: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """Give the logits of a batch."""
        out: dict[str, Tensor] = self.heads(self.encoder(b["tokens"], b["marks"], b["mask"]).float(), b)
        return out
