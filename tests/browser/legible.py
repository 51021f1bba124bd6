"""What is written on a canvas, which axe does not see: each text with its contrast to what lies under it."""

from __future__ import annotations

import re
from typing import Any

# WCAG 2.2, 1.4.3: the contrast of text of this size.
ENOUGH = 4.5
# Writes everything anew and looks, before each text is filled in, at what lies under its box. What has a halo stands on
# that; what a canvas leaves clear shows the land, or the panel where it is no map.
_WRITTEN = """([lat, lng, z]) => {
  const { app, map } = __timemap, { prototype } = CanvasRenderingContext2D, { fillText, strokeText } = prototype;
  const palette = app.palette(), told = [];
  const parts = (colour) => {
    const hex = /^#([0-9a-f]{6})$/i.exec(colour);
    if (hex) return [...hex[1].match(/../g).map((pair) => parseInt(pair, 16)), 1];
    const [r, g, b, a = 1] = colour.match(/[0-9.]+/g).map(Number);
    return [r, g, b, a];
  };
  const over = ([r, g, b, a], under) => [r, g, b].map((value, at) => value * a + under[at] * (1 - a));
  const light = (rgb) => {
    const linear = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = rgb.map((value) => linear(value / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  let halo = null;
  prototype.strokeText = function (text, ...where) {
    halo = { text, colour: parts(this.strokeStyle) };
    return strokeText.call(this, text, ...where);
  };
  prototype.fillText = function (text, x, y, ...rest) {
    const around = this.canvas.closest(".leaflet-container") ? palette.land : palette.panel, back = parts(around);
    const { a: scale, e, f } = this.getTransform(), wide = this.measureText(text).width * scale;
    const left = { center: wide / 2, right: wide, end: wide }[this.textAlign] || 0;
    const box = [x * scale + e - left, y * scale + f - 4 * scale, wide, 8 * scale].map(Math.round);
    const fill = parts(this.fillStyle), grounds = [];
    fill[3] *= this.globalAlpha;
    if (halo && halo.text === text) grounds.push(over(halo.colour, back));
    else if (this.canvas.isConnected && box[2] > 0 && box[0] > -box[2] && box[1] >= 0) {
      const { data } = this.getImageData(...box);
      for (let at = 0; at < data.length; at += 4) {
        grounds.push(over([data[at], data[at + 1], data[at + 2], data[at + 3] / 255], back));
      }
    }
    const found = grounds.map((ground) => contrast(over(fill, ground), ground)).sort((a, b) => a - b);
    // A rim or a tick may cross the box: nine tenths of what lies under a text count.
    if (found.length) told.push([text, found[Math.floor(found.length / 10)]]);
    halo = null;
    return fillText.call(this, text, x, y, ...rest);
  };
  map.setView([lat, lng], z, { reset: true });
  app.change(true);
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
    Object.assign(prototype, { fillText, strokeText });
    done(told);
  })));
}"""


def rgb(colour: str) -> list[int]:
    """Read ``#rrggbb`` or ``rgb(r, g, b)``."""
    if colour.startswith("#"):
        return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return [int(part) for part in re.findall(r"\d+", colour)[:3]]


def _light(colour: str) -> float:
    parts = [value / 255 for value in rgb(colour)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in parts]
    return float(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])


def outline(node: Any) -> float:
    """Give the least contrast of an element's outline to land and sea; 0 where it has none."""
    style, colour, *grounds = node.evaluate(
        """node => { const { outlineStyle, outlineColor } = getComputedStyle(node);
        const { land, sea } = __timemap.app.palette();
        return [outlineStyle, outlineColor, land, sea]; }"""
    )
    lights = [sorted((_light(colour) + 0.05, _light(ground) + 0.05)) for ground in grounds]
    return 0.0 if style == "none" else min(bright / dim for dim, bright in lights)


def written(page: Any, lat: float, lng: float, z: float) -> dict[str, float]:
    """Look at a view of the map; gives what is written on it and on the bar, each with its least contrast."""
    least: dict[str, float] = {}
    for text, contrast in page.evaluate(_WRITTEN, [lat, lng, z]):
        least[text] = min(contrast, least.get(text, contrast))
    return least


def faint(texts: dict[str, float]) -> dict[str, float]:
    """Give those that are hard to read."""
    return {text: round(contrast, 2) for text, contrast in texts.items() if contrast < ENOUGH}
