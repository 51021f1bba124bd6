/* One mark: what a circle or a diamond says about its events. Area is the count; inside it, nested areas are shares:
   solid core = reported and dated inside the window, tint = dates only overlap it, hollow = claimed or weaker tie.
   The rim tells types apart by arcs, and the weaker ties by its dotted part. */
(function (TM) {
  "use strict";

  const SMALL = 4.6; // pixels; below, a mark has one style, by majority
  const HALO = 1.3;
  // Two edges of marks that lie beneath, at the upper right of a mark of radius 1.
  TM.STACK = "M.42-1.21A1.28 1.28 0 0 1 1.21-.42M.52-1.5A1.58 1.58 0 0 1 1.5-.52";
  const PENCIL = new Path2D(TM.PENCIL);
  const TAU = 2 * Math.PI, TOP = -Math.PI / 2;

  function outline(context, x, y, r, diamond) {
    context.beginPath();
    if (!diamond) {
      context.arc(x, y, r, 0, TAU);
      return;
    }
    const reach = r * 1.22; // a diamond of equal area looks smaller
    context.moveTo(x, y - reach);
    context.lineTo(x + reach, y);
    context.lineTo(x, y + reach);
    context.lineTo(x - reach, y);
    context.closePath();
  }

  /** Draw `mark`: {x, y, r, n, firm, poss, claim, weak, types (7 counts), lead, kinds, diamond}. */
  TM.drawMark = function (context, mark, palette) {
    const { x, y, r, diamond } = mark;
    outline(context, x, y, r + HALO, diamond);
    context.globalAlpha = 0.95;
    context.fillStyle = palette.halo;
    context.fill();
    context.globalAlpha = 1;
    if (r < SMALL || diamond) drawPlain(context, mark, palette);
    else drawNested(context, mark, palette);
  };

  /** Whether the solid part of a mark is as wide as the number on it; else the number needs a halo. */
  TM.holdsNumber = ({ r, n, firm, half, diamond }) => (diamond ? firm >= n / 2 : r * Math.sqrt(firm / n) >= half);

  function drawPlain(context, { x, y, r, n, firm, poss, claim, weak, lead, diamond }, palette) {
    const colour = palette.types[lead];
    if (firm >= n / 2) {
      outline(context, x, y, r, diamond);
      context.fillStyle = colour;
      context.fill();
      if (palette.edges[lead]) drawEdge(context, { x, y, r, diamond }, palette.edges[lead]);
    } else if (firm + poss >= n / 2) {
      outline(context, x, y, r, diamond);
      context.fillStyle = colour;
      context.globalAlpha = 0.38;
      context.fill();
      context.globalAlpha = 1;
      outline(context, x, y, r - 0.5, diamond);
      context.lineWidth = 1;
      context.strokeStyle = palette.edges[lead] || colour;
      context.stroke();
    } else {
      outline(context, x, y, r - 0.7, diamond);
      context.lineWidth = 1.6;
      context.strokeStyle = palette.edges[lead] || colour;
      if (weak > claim) context.setLineDash([1.6, 1.7]);
      context.stroke();
      context.setLineDash([]);
    }
  }

  function drawNested(context, mark, palette) {
    const { x, y, r, n, firm, poss, weak, kinds, lead } = mark;
    const solid = (firm + poss) / n, hollow = solid < 0.97, rim = hollow || kinds > 1;
    const inner = rim ? Math.max(0, r - 3.7) : r;
    const tint = hollow ? Math.min(inner, r * Math.sqrt(solid)) : inner;
    const core = solid ? tint * Math.sqrt(firm / (firm + poss)) : 0;
    context.fillStyle = palette.types[lead];
    if (tint > 0.4) {
      context.globalAlpha = 0.36;
      outline(context, x, y, tint, false);
      context.fill();
      context.globalAlpha = 1;
    }
    if (core > 0.4) {
      outline(context, x, y, core, false);
      context.fill();
    }
    if (rim) drawRim(context, mark, palette, TOP + TAU * (1 - weak / n));
    else if (palette.edges[lead]) drawEdge(context, mark, palette.edges[lead]);
  }

  /** The sign of a correction by hand: a small pencil at the lower right, in ink. */
  TM.drawPencil = function (context, { x, y, r }, palette) {
    const at = Math.max(r ? 6 : 0, r * 0.71 + 1);
    context.save();
    context.translate(x + at - 4, y + at - 4);
    context.beginPath();
    context.arc(4, 4, 6.2, 0, TAU);
    context.fillStyle = palette.panel;
    context.fill();
    context.fillStyle = palette.ink;
    context.fill(PENCIL);
    context.restore();
  };

  /** The sign of several places in one mark: edges of others beneath it, at the upper right. */
  TM.drawStack = function (context, { x, y, r }, palette) {
    context.strokeStyle = palette.mute;
    context.lineWidth = 1;
    for (const [away, turn] of [[r + 2.6, 0.5], [r + 4.8, 0.42]].slice(0, r < SMALL ? 1 : 2)) {
      context.beginPath();
      context.arc(x, y, away, -Math.PI / 4 - turn, -Math.PI / 4 + turn);
      context.stroke();
    }
  };

  /** A hairline around a colour that is too pale for the sea. */
  function drawEdge(context, { x, y, r, diamond }, colour) {
    outline(context, x, y, r - 0.5, diamond);
    context.lineWidth = 1;
    context.strokeStyle = colour;
    context.stroke();
  }

  /** Arcs by share of type from twelve o'clock; from the angle `dottedFrom` on they are dotted. */
  function drawRim(context, { x, y, r, n, types, kinds }, palette, dottedFrom) {
    const radius = r - 1.1;
    const arc = (from, to, dotted) => {
      if (to - from < 0.01) return;
      context.setLineDash(dotted ? [2.2, 2] : []);
      context.beginPath();
      context.arc(x, y, radius, from, to);
      context.stroke();
    };
    context.lineWidth = 2.1;
    let at = TOP;
    types.forEach((count, type) => {
      if (!count) return;
      const share = (count / n) * TAU, gap = kinds > 1 ? Math.min(1.5 / radius, share * 0.2) : 0;
      const from = at + gap / 2, to = at + share - gap / 2;
      context.strokeStyle = palette.edges[type] || palette.types[type];
      arc(from, Math.min(to, dottedFrom), false);
      arc(Math.max(from, dottedFrom), to, true);
      at += share;
    });
    context.setLineDash([]);
  }
})((window.TM = window.TM || {}));
