"""How this machine's processor rounds: others give the reader's numbers other last digits, and flip a few decisions."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import onnxruntime

from geo.reader.model import ENCODER
from tests.golden.writing import HERE

KEPT = HERE / "rounded_by"
_TOKENS = 64


def fingerprint() -> str:
    """Give what the encoder makes of some word pieces, to the last digit, as 16 hexadecimal digits."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(ENCODER), options, providers=["CPUExecutionProvider"])
    tokens = np.arange(1000, 1000 + _TOKENS, dtype=np.int64)[None]
    (hidden,) = session.run(None, {"tokens": tokens, "marks": np.zeros_like(tokens)})
    return hashlib.sha256(hidden.tobytes()).hexdigest()[:16]


def is_kept(path: Path = KEPT) -> bool:
    """Tell whether the golden files were written on a processor that rounds as this one does."""
    return path.exists() and path.read_text(encoding="utf-8").strip() == fingerprint()
