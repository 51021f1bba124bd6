/* Where text may stand: boxes already taken, and where each label stood last time, so that nothing jumps between frames. */
(function (TM) {
  "use strict";

  const CELL = 64; // pixels: boxes are looked up by the squares they touch

  TM.Placer = class {
    constructor() {
      this.remembered = new Map();
      this.clear();
    }

    /** Start a frame: nothing is taken, memory stays. */
    clear() {
      this.cells = new Map();
    }

    /** Forget where labels stood (the zoom changed). */
    forget() {
      this.remembered.clear();
    }

    each(x0, y0, x1, y1, visit) {
      for (let cx = Math.floor(x0 / CELL); cx <= Math.floor(x1 / CELL); cx++) {
        for (let cy = Math.floor(y0 / CELL); cy <= Math.floor(y1 / CELL); cy++) {
          if (visit(cx * 65536 + cy)) return true;
        }
      }
      return false;
    }

    free(x0, y0, x1, y1) {
      return !this.each(x0, y0, x1, y1, (cell) => {
        const boxes = this.cells.get(cell);
        return boxes && boxes.some((box) => x0 < box[2] && x1 > box[0] && y0 < box[3] && y1 > box[1]);
      });
    }

    take(x0, y0, x1, y1) {
      const box = [x0, y0, x1, y1];
      this.each(x0, y0, x1, y1, (cell) => {
        if (this.cells.has(cell)) this.cells.get(cell).push(box);
        else this.cells.set(cell, [box]);
        return false;
      });
    }

    /** Take the first free one of `candidates` ({x0, y0, x1, y1, ...}), the one used last time before the others.
        Gives the candidate, or null. */
    place(key, candidates) {
      const last = this.remembered.get(key);
      if (last !== undefined && candidates[last] && this.fits(candidates[last])) return this.use(key, candidates, last);
      for (let number = 0; number < candidates.length; number++) {
        if (number !== last && this.fits(candidates[number])) return this.use(key, candidates, number);
      }
      return null;
    }

    fits(box) {
      return !box.never && this.free(box.x0, box.y0, box.x1, box.y1);
    }

    use(key, candidates, number) {
      const box = candidates[number];
      this.remembered.set(key, number);
      this.take(box.x0, box.y0, box.x1, box.y1);
      return box;
    }
  };

  const widths = new Map();

  /** The width of a text, measured once for each font. */
  TM.textWidth = function (context, text, font) {
    const key = `${font}\n${text}`;
    let width = widths.get(key);
    if (width === undefined) {
      if (widths.size > 20000) widths.clear();
      context.font = font;
      width = context.measureText(text).width;
      widths.set(key, width);
    }
    return width;
  };

  /** Forget the widths (a font has arrived). */
  TM.forgetWidths = () => widths.clear();

  /** Write a text with a halo that keeps it readable over lines. */
  TM.haloText = function (context, text, x, y, { font, fill, halo, align = "center" }) {
    context.font = font;
    context.textAlign = align;
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 3.2;
    context.strokeStyle = halo;
    context.strokeText(text, x, y);
    context.fillStyle = fill;
    context.fillText(text, x, y);
  };

  TM.FONTS = {
    town: '500 12px "Plex Cond", "Plex", sans-serif',
    small: '500 11px "Plex Cond", "Plex", sans-serif',
    country: '500 13px "Plex Cond", "Plex", sans-serif',
    sea: 'italic 400 13px "Plex Serif", Georgia, serif',
    badge: '500 11.5px "Plex Cond", "Plex", sans-serif',
    count: '600 11px "Plex", sans-serif',
    axis: '400 10.5px "Plex", sans-serif',
    label: '500 12.5px "Plex", sans-serif',
    heading: '600 17px "Plex Serif", Georgia, serif',
  };
})((window.TM = window.TM || {}));
