"""The part of world and time that a map looks at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.query import AXES, MODES
from geo.query.view import Axis, Mode

MOST_LEVEL = 18
_MOST_LATITUDE = 85.05


@dataclass(frozen=True, slots=True)
class Part:
    """What a map looks at.

    Parameters
    ----------
    level
        Zoom level of the tiles (Web Mercator, 256 pixels), 0 to 18.
    tiles
        The numbers of the western, northern, eastern and southern tile, those included; over the 180th meridian the
        western is negative or the eastern beyond the last. None: the whole world.
    axis
        Whose days count.
    window, mode
        First and last day (since 1970, both included) for which counts shall be exact, and how they select.

    Raises
    ------
    ValueError
        If a value is out of range.
    """

    level: int = 2
    tiles: tuple[int, int, int, int] | None = None
    axis: Axis = "happened"
    window: tuple[int, int] | None = None
    mode: Mode = "window"

    def __post_init__(self) -> None:
        if not 0 <= self.level <= MOST_LEVEL:
            raise ValueError(f"level must lie in 0..{MOST_LEVEL}; got {self.level}")
        if self.axis not in AXES:
            raise ValueError(f"axis must be among {', '.join(AXES)}; got {self.axis!r}")
        if self.mode not in MODES:
            raise ValueError(f"mode must be among {', '.join(MODES)}; got {self.mode!r}")
        if self.tiles is not None:
            west, north, east, south = self.tiles
            around = 2**self.level
            if not (-around <= west <= east < 2 * around and 0 <= north <= south < around):
                raise ValueError(
                    f"tiles must be west, north, east, south within level {self.level} (0..{around - 1}, over the "
                    f"180th meridian one turn more); got {','.join(map(str, self.tiles))}"
                )
        if self.window is not None and self.window[0] > self.window[1]:
            raise ValueError(f"window ends before it begins: {self.window[0]} to {self.window[1]}")

    def holds(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Tell which points of the world (as `mercator` gives them) lie in the tiles."""
        if self.tiles is None:
            return np.ones(len(x), dtype=bool)
        west, north, east, south = (number / 2**self.level for number in self.tiles)
        step = 1 / 2**self.level
        found: NDArray[np.bool_] = ((x - west) % 1 <= min(1.0, east + step - west)) & (y >= north) & (y <= south + step)
        return found


def mercator(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give points of the world, which is one unit wide and high (Web Mercator, the north at 0)."""
    sine = np.sin(np.radians(np.clip(lat, -_MOST_LATITUDE, _MOST_LATITUDE)))
    return lon / 360 + 0.5, 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)
