/* Where days lie on the time bar: evenly, but for long stretches without an event, each of which is folded into a short
   break. The bar, its years and the pictures measure by the same axis. */
(function (TM) {
  "use strict";

  const { days, NO_DAY } = TM;
  const LEAST = 10; // whole years without an event that may be folded
  const WIDE = LEAST * 366; // days; a wider date says of no decade that something happened in it
  const BREAK = 64; // pixels that a break takes: "1920–1969" and its two edges
  const SPARED = 1.5; // breaks; a stretch that would take less is shown at its length
  const MOST = 0.4; // share of the bar that breaks may take
  const SHORTEST = 20; // days; what is left beside the breaks is at least that much

  /** The stretches of whole years, ten at least, in which nothing is dated: `[{from, to, wide}]` in days, both included.
      `wide` dates span more than ten years each and are counted, but keep no stretch open. `span`: columns `start` and
      `end`; `range`: where to look. */
  TM.emptyYears = function ({ start, end }, [first, last]) {
    const length = last - first + 1;
    if (length < WIDE) return [];
    const change = new Int32Array(length + 1), wide = [];
    let known = 0;
    for (let row = 0; row < start.length; row++) {
      const from = start[row], to = end[row];
      if (from === NO_DAY || to < first || from > last) continue;
      if (to - from > WIDE) {
        wide.push([from, to]);
        continue;
      }
      known++;
      change[Math.max(from, first) - first]++;
      change[Math.min(to, last) + 1 - first]--;
    }
    const found = [];
    for (let day = 0, level = 0, empty = 0; known && day <= length; day++) {
      level += day < length ? change[day] : 1; // beyond the end the last stretch ends
      if (!level) continue;
      if (day - empty >= WIDE - LEAST) found.push(wholeYears(first + empty, first + day - 1));
      empty = day + 1;
    }
    const long = found.filter(({ from, to }) => days.year(to) - days.year(from) + 1 >= LEAST);
    return long.map(({ from, to }) => ({ from, to, wide: wide.filter(([a, b]) => a <= to && b >= from).length }));
  };

  /** The calendar years that lie wholly between two days. */
  function wholeYears(from, to) {
    const year = days.year(from), late = days.of(year, 0, 1) < from;
    return { from: late ? days.of(year + 1, 0, 1) : from, to: days.of(days.year(to + 1), 0, 1) - 1 };
  }

  TM.TimeAxis = class {
    /** `first`, `last`: the days shown; `width`: pixels; `folds`: as of `TM.emptyYears`. */
    constructor([first, last], width, folds) {
      Object.assign(this, { first, last, width });
      const total = last + 1 - first;
      const cut = folds.map((fold) => ({ ...fold, from: Math.max(fold.from, first), to: Math.min(fold.to, last) }));
      const size = ({ from, to }) => to + 1 - from;
      let kept = cut.filter((fold) => size(fold) >= LEAST * 365).sort((a, b) => size(b) - size(a));
      kept = kept.slice(0, Math.floor((width * MOST) / BREAK));
      for (;;) {
        this.span = total - kept.reduce((sum, fold) => sum + size(fold), 0); // days beside the breaks
        this.scale = (width - BREAK * kept.length) / this.span; // pixels a day
        if (kept.length && this.span < SHORTEST) kept = [];
        else {
          const long = kept.filter((fold) => size(fold) * this.scale >= SPARED * BREAK);
          if (long.length === kept.length) break;
          kept = long;
        }
      }
      this.folds = kept.sort((a, b) => a.from - b.from);
      this.layOut();
    }

    /** The parts in order: stretches of time and breaks, `{from, to, x, wide: pixels, fold}`. */
    layOut() {
      this.parts = [];
      let day = this.first, x = 0;
      const add = (to, wide, fold) => {
        if (to < day) return;
        this.parts.push({ from: day, to, x, wide, fold });
        day = to + 1;
        x += wide;
      };
      for (const fold of this.folds) {
        add(fold.from - 1, (fold.from - day) * this.scale, null);
        add(fold.to, BREAK, fold);
      }
      add(this.last, (this.last + 1 - day) * this.scale, null);
    }

    /** The stretches at their length. */
    get stretches() {
      return this.parts.filter(({ fold }) => !fold);
    }

    x(day) {
      if (day < this.first) return (day - this.first) * this.scale;
      if (day > this.last) return this.width + (day - this.last - 1) * this.scale;
      const { from, to, x, wide } = this.parts.find((part) => day < part.to + 1);
      return x + ((day - from) / (to + 1 - from)) * wide;
    }

    /** The day, with its fraction, at a pixel; beyond the edges at the scale of the stretches. */
    day(x) {
      if (x < 0) return this.first + x / this.scale;
      if (x >= this.width) return this.last + 1 + (x - this.width) / this.scale;
      const part = this.parts.find((one) => x < one.x + one.wide) || this.parts[this.parts.length - 1];
      return part.from + ((x - part.x) / part.wide) * (part.to + 1 - part.from);
    }

    /** The break in which a stretch of days lies wholly; null where there is none. */
    foldOf(from, to = from) {
      return this.folds.find((fold) => from >= fold.from && to <= fold.to) || null;
    }
  };

  /** Draw the breaks over a bar that stands `height` tall at the context's origin: torn edges, dots between them. */
  TM.drawBreaks = function (context, axis, height, palette) {
    context.save();
    context.strokeStyle = palette.rule2;
    context.lineWidth = 1;
    for (const { x, wide, fold } of axis.parts) {
      if (!fold) continue;
      for (const edge of [x + 3, x + wide - 3]) {
        context.beginPath();
        context.moveTo(edge - 2, height);
        for (let y = height - 5, side = 2; y > 0; y -= 5, side = -side) context.lineTo(edge + side, y);
        context.stroke();
      }
      context.fillStyle = palette.mute;
      for (const shift of [-6, 0, 6]) context.fillRect(x + wide / 2 + shift - 1, height - 3, 2, 2);
    }
    context.restore();
  };

  /** What a break stands for, in words. */
  TM.foldWords = function ({ from, to, wide }) {
    const some = wide === 1 ? "one event dated more widely spans them" : `${TM.grouped(wide)} events dated more widely span them`;
    return { years: `${days.year(from)}–${days.year(to)}`, nothing: `Nothing is dated to these years${wide ? `; ${some}` : ""}.` };
  };
})((window.TM = window.TM || {}));
