/* What is chosen or pointed at on the map, and where a runner-up would stand. Part of the layer of marks. */
(function (TM) {
  "use strict";

  const { FONTS } = TM;

  TM.MarkRings = {
    isSelected(mark) {
      const selected = this.state.selected();
      return selected.size > 0 && (mark.members || [mark.place]).some((place) => selected.has(place));
    },

    drawRings({ context, palette }) {
      const hovered = this.state.hovered();
      for (const mark of this.marks) {
        const chosen = this.isSelected(mark);
        if (!chosen && mark.place !== hovered) continue;
        context.strokeStyle = palette.ink;
        context.lineWidth = chosen ? 2.2 : 1.2;
        if (mark.side) TM.hexagon(context, mark.x, mark.y, mark.side);
        else {
          context.beginPath();
          context.arc(mark.x, mark.y, mark.r * (mark.diamond ? 1.22 : 1) + 4, 0, 2 * Math.PI);
        }
        context.stroke();
      }
    },

    /** Where a runner-up would stand, with a dotted line to where the event stands. */
    drawGhost({ context, palette, at }) {
      const ghost = this.state.ghost(), { x, y } = at(TM.mercator(ghost.lng, ghost.lat));
      context.strokeStyle = palette.ink;
      context.lineWidth = 1.4;
      context.setLineDash([3, 3]);
      context.beginPath();
      context.arc(x, y, 13, 0, 2 * Math.PI);
      context.stroke();
      context.setLineDash([]);
      context.beginPath();
      context.moveTo(x - 5, y);
      context.lineTo(x + 5, y);
      context.moveTo(x, y - 5);
      context.lineTo(x, y + 5);
      context.stroke();
      for (const place of this.state.selected()) {
        const from = at(this.points[place]);
        context.setLineDash([2, 4]);
        context.beginPath();
        context.moveTo(from.x, from.y);
        context.lineTo(x, y);
        context.stroke();
        context.setLineDash([]);
      }
      const text = ghost.name ? `Would stand here: ${ghost.name}` : "Would stand here", width = TM.textWidth(context, text, FONTS.town) + 14;
      context.fillStyle = palette.ink;
      context.beginPath();
      context.roundRect(x - width / 2, y + 18, width, 20, 4);
      context.fill();
      context.fillStyle = palette.bg;
      context.font = FONTS.town;
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillText(text, x, y + 28.5);
    },
  };
})((window.TM = window.TM || {}));
