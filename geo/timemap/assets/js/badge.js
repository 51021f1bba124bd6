/* The badge of an area: its name and count in a small box, beside the area where it has room. */
(function (TM) {
  "use strict";

  const { FONTS } = TM;
  const RINGS = [0, 24, 44, 66, 90]; // pixels a badge may move aside

  /** Where a badge may stand around its anchor, nearest first; one without a name stays close. */
  TM.badgeSpots = function ({ x, y }, w, h, view, named) {
    const spots = [];
    for (const ring of named ? RINGS : RINGS.slice(0, 2)) {
      for (let step = 0; step < (ring ? 12 : 1); step++) {
        const angle = Math.PI * 0.06 + ((Math.ceil(step / 2) * Math.PI) / 6) * (step % 2 ? 1 : -1);
        const bx = x + Math.cos(angle) * (ring ? ring + w / 2 : 0), by = y + Math.sin(angle) * ring;
        const inside = bx - w / 2 > view.x0 && bx + w / 2 < view.x1 && by - h / 2 > view.y0 && by + h / 2 < view.y1;
        spots.push({
          x: bx, y: by, x0: bx - w / 2 - 3, y0: by - h / 2 - 3, x1: bx + w / 2 + 3, y1: by + h / 2 + 3,
          never: !inside, // every spot keeps its number, so that a remembered one means the same place
        });
      }
    }
    return spots;
  };

  /** Draw the line from a badge that had to move aside to its area: before the marks, so that it covers none and no number. */
  TM.drawLeader = function ({ context, palette }, { x, y, w, anchor, leader }) {
    if (!leader) return;
    const edge = x > anchor.x + w / 2 ? x - w / 2 : x < anchor.x - w / 2 ? x + w / 2 : x;
    context.strokeStyle = context.fillStyle = palette.mute;
    context.lineWidth = 0.8;
    context.beginPath();
    context.moveTo(anchor.x, anchor.y);
    context.lineTo(edge, y);
    context.stroke();
    context.beginPath();
    context.arc(anchor.x, anchor.y, 1.8, 0, 2 * Math.PI);
    context.fill();
  };

  /** Draw a badge. */
  TM.drawBadge = function ({ context, palette, counts }, badge) {
    const { x, y, w, h, name, count, nameWidth, lit } = badge;
    context.beginPath();
    context.roundRect(x - w / 2, y - h / 2, w, h, 4);
    context.fillStyle = palette.panel;
    context.fill();
    context.strokeStyle = lit ? palette.ink : palette.types[counts.leading[badge.place]];
    context.lineWidth = lit ? 1.6 : 1;
    if (badge.dashed && !lit) context.setLineDash([2.5, 2]);
    context.stroke();
    context.setLineDash([]);
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.fillStyle = palette.ink;
    context.font = FONTS.badge;
    if (name) context.fillText(name, x - w / 2 + 7, y + 0.5);
    context.font = FONTS.count;
    context.fillText(count, x - w / 2 + 7 + nameWidth, y + 0.5);
    if (counts.corrected[badge.place]) TM.drawPencil(context, { x: x + w / 2, y: y + h / 2, r: 0 }, palette);
  };
})((window.TM = window.TM || {}));
