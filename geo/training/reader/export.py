"""The trained network as what ships: an ONNX graph of the encoder in eight bits, and the heads as arrays."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from geo.reader.model import FORMAT
from geo.reader.windows import FEATURES, LINK_FEATURES, MARKS, TIME_FEATURES
from geo.training.reader.network import HEADS, HIDDEN, Layer, Network

_OPSET, _IR = 17, 9
# Constants of a layer in the graph.
_LAYER = 22


class _Graph:
    """Collects nodes and constants under names of their own."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, value: object, kind: type[np.generic] = np.float32) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.asarray(value, dtype=kind), name))
        return name

    def op(self, kind: str, *inputs: str, **attributes: object) -> str:
        name = f"v{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def dense(self, x: str, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        return self.op("Add", self.op("MatMul", x, self.constant(weight.T)), self.constant(bias))

    def norm(self, x: str, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        return self.op("LayerNormalization", x, self.constant(weight), self.constant(bias), epsilon=1e-12)


def export(network: Network, directory: Path) -> tuple[Path, Path]:
    """Write ``reader.onnx`` and ``reader.npz``.

    Weights are rounded to eight bits by column, in a range reduced by a bit: with it a decision in ten thousand flips,
    without it one in ten.
    """
    directory.mkdir(parents=True, exist_ok=True)
    target, heads = directory / "reader.onnx", directory / "reader.npz"
    with tempfile.TemporaryDirectory() as folder:
        exact = Path(folder) / "exact.onnx"
        onnx.save(graph(network), exact)
        quantize_dynamic(exact, target, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    arrays = {name: tensor.detach().numpy().astype(np.float16) for name, tensor in network.heads.state_dict().items()}
    shape = np.array([FORMAT, FEATURES, LINK_FEATURES, TIME_FEATURES, MARKS], dtype=np.int64)
    with heads.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, shape=shape, **arrays)
    return target, heads


def restore(directory: Path, network: Network) -> Network:
    """Read back into a network, in place, what `export` wrote; its table of words, which is never learned, stays.

    The encoder comes back as it was rounded: to eight bits by column.

    Raises
    ------
    ValueError
        For files of another shape.
    """
    arrays = {one.name: numpy_helper.to_array(one) for one in onnx.load(directory / "reader.onnx").graph.initializer}

    def constant(number: int) -> torch.Tensor:
        """Give a constant by the number under which `graph` adds it; of a weight, rows are outputs again."""
        name = f"c{number}"
        if name in arrays:
            return torch.from_numpy(arrays[name].astype(np.float32))
        parts = (f"{name}_{part}" for part in ("quantized", "scale", "zero_point"))
        whole, scale, zero = (arrays[part].astype(np.float32) for part in parts)
        return torch.from_numpy((whole - zero) * scale)

    try:
        with torch.no_grad():
            _restored(network, constant)
        with np.load(directory / "reader.npz", allow_pickle=False) as heads:
            names = [name for name in heads.files if name != "shape"]
            network.heads.load_state_dict({name: torch.from_numpy(heads[name].astype(np.float32)) for name in names})
    except (KeyError, RuntimeError, zipfile.BadZipFile) as fault:
        raise ValueError(f"{directory}: not the weights of this version's reader ({fault})") from fault
    return network


def _restored(network: Network, constant: Callable[[int], torch.Tensor]) -> None:
    """Copy the constants of a graph back, in the order in which `graph` and `_layer` add them."""
    encoder = network.encoder
    encoder.position.weight.copy_(constant(1))
    encoder.marks.weight.copy_(constant(3))
    _both(encoder.norm, constant(4), constant(5))
    for number, layer in enumerate(encoder.layers):
        at = 6 + _LAYER * number
        asked = [constant(at + 1 + 2 * part).T for part in range(3)]
        _both(layer.qkv, torch.cat(asked), torch.cat([constant(at + 2 + 2 * part) for part in range(3)]))
        _both(layer.out, constant(at + 9).T, constant(at + 10))
        _both(layer.norm1, constant(at + 11), constant(at + 12))
        _both(layer.up, constant(at + 13).T, constant(at + 14))
        _both(layer.down, constant(at + 18).T, constant(at + 19))
        _both(layer.norm2, constant(at + 20), constant(at + 21))


def _both(module: object, weight: torch.Tensor, bias: torch.Tensor) -> None:
    module.weight.copy_(weight)  # type: ignore[attr-defined]  # (a torch layer)
    module.bias.copy_(bias)  # type: ignore[attr-defined]  # (the same)


def graph(network: Network) -> onnx.ModelProto:
    """Give the encoder as a graph: tokens and marks of shape (1, n) to hidden states of shape (1, n, HIDDEN)."""
    g = _Graph()
    encoder = network.encoder

    def array(tensor: object) -> NDArray[np.float32]:
        return np.asarray(tensor.detach().numpy(), dtype=np.float32)  # type: ignore[attr-defined]  # (a torch tensor)

    size = g.op("Shape", "tokens", start=1, end=2)
    zero = g.constant([0], np.int64)
    position = g.op("Slice", g.constant(array(encoder.position.weight)), zero, size, zero)
    words = g.op("Gather", g.constant(array(encoder.word.weight)), "tokens")
    marked = g.op("Gather", g.constant(array(encoder.marks.weight)), "marks")
    x = g.op("Add", g.op("Add", words, position), marked)
    x = g.norm(x, array(encoder.norm.weight), array(encoder.norm.bias))
    for layer in encoder.layers:
        x = _layer(g, x, layer, array)
    g.nodes.append(helper.make_node("Identity", [x], ["hidden"]))
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, [1, "n"]) for name in ("tokens", "marks")]
    outputs = [helper.make_tensor_value_info("hidden", TensorProto.FLOAT, [1, "n", HIDDEN])]
    made = helper.make_graph(g.nodes, "reader", inputs, outputs, g.constants)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR)
    onnx.checker.check_model(model)
    return model


def _layer(g: _Graph, x: str, layer: Layer, array: object) -> str:
    take = array  # the caller's way from a tensor to an array

    def of(module: object) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        return take(module.weight), take(module.bias)  # type: ignore[attr-defined,operator]  # (a torch layer)

    weight, bias = of(layer.qkv)
    shape = g.constant([0, 0, HEADS, HIDDEN // HEADS], np.int64)

    def heads(at: int) -> str:
        rows = slice(at * HIDDEN, (at + 1) * HIDDEN)
        return g.op("Transpose", g.op("Reshape", g.dense(x, weight[rows], bias[rows]), shape), perm=[0, 2, 1, 3])

    q, k, v = heads(0), heads(1), heads(2)
    scores = g.op("MatMul", q, g.op("Transpose", k, perm=[0, 1, 3, 2]))
    looked = g.op("Softmax", g.op("Mul", scores, g.constant((HIDDEN // HEADS) ** -0.5)), axis=-1)
    y = g.op("Transpose", g.op("MatMul", looked, v), perm=[0, 2, 1, 3])
    y = g.op("Reshape", y, g.constant([0, 0, HIDDEN], np.int64))
    x = g.norm(g.op("Add", x, g.dense(y, *of(layer.out))), *of(layer.norm1))
    up = g.dense(x, *of(layer.up))
    half = g.op("Mul", up, g.constant(0.5))
    up = g.op("Mul", half, g.op("Add", g.op("Erf", g.op("Mul", up, g.constant(2**-0.5))), g.constant(1.0)))
    return g.norm(g.op("Add", x, g.dense(up, *of(layer.down))), *of(layer.norm2))
