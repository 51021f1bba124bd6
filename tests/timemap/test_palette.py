from __future__ import annotations

import itertools
import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from geo import model
from geo.timemap import files, palette
from geo.views import wording

# Machado, Oliveira and Fernandes 2009, full strength, on linear light.
SIGHT = {
    "usual": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]]
    ),
}
# Ottosson 2020, from linear sRGB.
CONES = np.array(
    [[0.41222147, 0.53633254, 0.05144599], [0.2119035, 0.68069955, 0.10739696], [0.08830246, 0.28171884, 0.62997870]]
)
OKLAB = np.array(
    [[0.21045426, 0.79361779, -0.00407205], [1.9779985, -2.4285922, 0.45059371], [0.02590404, 0.78277177, -0.80867577]]
)


def light(colour: str) -> NDArray[np.float64]:
    parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    dim, bright = sorted(light(colour) @ [0.2126, 0.7152, 0.0722] for colour in (one, other))
    return float((bright + 0.05) / (dim + 0.05))


def seen(colour: str, sight: NDArray[np.float64]) -> NDArray[np.float64]:
    return OKLAB @ np.cbrt(CONES @ np.clip(sight @ light(colour), 0, 1))


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("theme", palette.THEMES)
def test_no_two_types_look_alike(theme: str, sight: str) -> None:
    colours = [kind[theme] for kind in palette.read()["types"].values()]
    looks = [seen(colour, SIGHT[sight]) for colour in colours]
    assert min(np.linalg.norm(one - other) for one, other in itertools.combinations(looks, 2)) >= 0.094


@pytest.mark.parametrize("theme", palette.THEMES)
def test_every_mark_stands_out_on_land_and_sea(theme: str) -> None:
    ground = palette.read()[theme]["map"]
    for name, kind in palette.read()["types"].items():
        rim = kind.get("edge", kind[theme]) if theme == "light" else kind[theme]
        assert min(contrast(rim, ground["land"]), contrast(rim, ground["sea"])) >= 3.0, name


@pytest.mark.parametrize("theme", palette.THEMES)
def test_text_can_be_read(theme: str) -> None:
    page = palette.read()[theme]["page"]
    for paper in ("bg", "panel", "hover", "sel"):
        assert contrast(page["ink"], page[paper]) >= 7
        assert contrast(page["mute"], page[paper]) >= 4.5
    ground = palette.read()[theme]["map"]
    assert contrast(ground["seaLabel"], ground["sea"]) >= 4.5
    assert contrast(ground["town"], ground["land"]) >= 4.5
    for kind in palette.read()["types"].values():  # a number on a mark, in the ink that stands out more
        assert max(contrast(kind[theme], ink) for ink in (page["ink"], ground["onInk"])) >= 4.5


def test_the_words_of_the_page_are_those_of_the_map() -> None:
    assert {name: kind["label"] for name, kind in palette.types().items()} == wording.TYPE_LABELS
    assert list(palette.types()) == list(model.EVENT_TYPES)


def test_style_and_script_carry_the_colours() -> None:
    style = files.style()
    assert '.tm[data-theme="dark"] { --t-battle: #f1503f;' in style
    assert palette.FILE.name not in files.read("timemap.css").body.decode().split("*/")[1]
    assert files.script().startswith("(window.TM = window.TM || {}).PALETTE = {")


def test_a_palette_out_of_order_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = palette.read() | {"types": dict(reversed(palette.read()["types"].items()))}
    path = tmp_path / "palette.json"
    path.write_text(json.dumps(wrong), encoding="utf-8")
    monkeypatch.setattr(palette, "FILE", path)
    palette.read.cache_clear()
    with pytest.raises(ValueError, match=r"palette\.json: the types must be battle, explosion"):
        palette.read()
    palette.read.cache_clear()
