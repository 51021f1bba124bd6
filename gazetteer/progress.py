"""A progress bar for the build: one bar a stage, on standard error, silent where nobody watches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm


class Progress:
    """Draw stages as tqdm bars; `quiet` draws nothing."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.quiet = quiet

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Callable[[int], object]]:
        """Open a stage of `total` steps; call what it gives with the steps done."""
        # disable=None: no bar where standard error is not a terminal.
        with tqdm(
            total=total, desc=f"gazetteer: {name}", unit="", unit_scale=True, disable=True if self.quiet else None
        ) as bar:
            yield bar.update
