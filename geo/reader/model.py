"""The reader that ships: an encoder run by ONNX Runtime, and its heads."""

from __future__ import annotations

import functools
from collections import OrderedDict
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from gazetteer.shipped import DATA
from geo.model import TimeSpan
from geo.reader.candidates import Candidate
from geo.reader.judgement import Heads, Judgement, together
from geo.reader.windows import FEATURES, LINK_FEATURES, MARKS, TIME_FEATURES, Floats, Window, cut
from geo.text import Sentence
from geo.weights import ModelMissingError

DIRECTORY = DATA / "models"
ENCODER, HEADS, TOKENIZER = (DIRECTORY / name for name in ("reader.onnx", "reader.npz", "reader_tokenizer.json"))
# Raised whenever the code and the weights must change together.
FORMAT = 1
# Windows whose states are kept while an article is judged: 0.4 MB each.
_KNOWN = 32


class ReaderMismatchError(ValueError):
    """Weights that were trained for other features than the code has."""


class Reader:
    """Judges the candidates of an article.

    Parameters
    ----------
    encoder, heads, tokenizer : pathlib.Path
        What `geo.training.reader.export` wrote, and the tokenizer's own file.

    Raises
    ------
    ModelMissingError
        Where a file is absent.
    ReaderMismatchError
        For weights of another format.
    """

    def __init__(self, encoder: Path = ENCODER, heads: Path = HEADS, tokenizer: Path = TOKENIZER) -> None:
        for path in (encoder, heads, tokenizer):
            if not path.is_file():
                raise ModelMissingError(
                    f"{path}: the reader of events is absent. Make it again with: conflict-map train events"
                )
        with np.load(heads, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        shape = tuple(arrays.pop("shape", np.zeros(0, dtype=np.int64)).tolist())
        expected = (FORMAT, FEATURES, LINK_FEATURES, TIME_FEATURES, MARKS)
        if shape != expected:
            raise ReaderMismatchError(
                f"{heads}: made for the features {shape}, this version has {expected}. "
                "Make it again with: conflict-map train events"
            )
        self._heads = Heads(arrays)
        options = onnxruntime.SessionOptions()
        # One thread: articles are read side by side by processes, and one article's last digits never change.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(encoder), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    @classmethod
    def load(cls) -> Reader:
        """Give the reader that ships, read once."""
        return _shipped()

    def judge(
        self,
        text: str,
        sentences: Sequence[Sentence],
        candidates: Sequence[Candidate],
        times: Sequence[TimeSpan],
        *,
        only: Collection[int] | None = None,
    ) -> Judgement:
        """Judge an article's candidates; windows without one are not encoded.

        Parameters
        ----------
        only : collection of int, optional
            Positions of the candidates that are asked for: windows without one of them are left out too.
        """
        parts = []
        encoded: OrderedDict[tuple[bytes, bytes], Floats] = OrderedDict()
        for window in cut(text, sentences, candidates, times, self._tokenizer):
            if only is not None and not any(at in only for at in window.candidates[: window.own]):
                continue
            parts.append(self._heads.read(self._encoded(window, encoded), window))
        return together(parts)

    def _encoded(self, window: Window, known: OrderedDict[tuple[bytes, bytes], Floats]) -> Floats:
        """Give the encoder's last states; a text that says one thing over and over has windows that are equal."""
        key = window.tokens.tobytes(), window.marks.tobytes()
        if key in known:
            known.move_to_end(key)
            return known[key]
        (hidden,) = self._session.run(None, {"tokens": window.tokens[None], "marks": window.marks[None]})
        known[key] = hidden[0]
        if len(known) > _KNOWN:
            known.popitem(last=False)
        return known[key]


@functools.lru_cache(maxsize=1)
def _shipped() -> Reader:
    return Reader()
