"""From a pile of news articles to what was reported to have happened, where and when."""

import os

__version__ = "0.1.0"

# ONNX Runtime's official builds tell their maker of every start, from their import on and whatever is called on them
# later. Nothing leaves the machine: this is set before any module of ours imports it, and workers inherit it.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
# The matrices of a reading are small: spread over threads, most of the processor's time goes into waiting (twice the
# time an article). Whoever wants more threads for work of their own says so before, and is heard.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
