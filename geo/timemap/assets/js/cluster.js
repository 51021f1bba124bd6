/* Marks that would cover each other become one. They come apart as the zoom grows; what stands at one point stays together
   at every zoom and opens as a list. */
(function (TM) {
  "use strict";

  const REACH = 0.66; // of the two radii together: nearer ones become one
  const CELL = 72; // pixels: no two marks further apart than this touch
  const HALO = 1.3;
  const NUMBER_HALF = 7; // pixels: half the height of a number
  const SUMS = ["n", "firm", "poss", "claim", "weak", "corrected"];
  const busiest = (a, b) => b.n - a.n || a.place - b.place;

  /** Join marks that lie over each other, or of which one would lie over the other's number. `marks`, busiest first, stay
      as they are. `radius(count)`: in pixels; `numberHalf(mark)`: half the width of the number within it, 0 where it has none.
      Gives those that are left, busiest first. */
  TM.cluster = function (marks, radius, numberHalf) {
    let kept = marks.map((mark) => ({ ...mark, r: radius(mark.n) })), before;
    for (const mark of kept) mark.half = numberHalf(mark);
    do {
      before = kept.length;
      kept = joined(kept, radius, numberHalf);
    } while (kept.length < before); // one that has grown may reach another now
    return kept;
  };

  function joined(marks, radius, numberHalf) {
    const kept = [], cells = new Map(), key = (x, y) => Math.floor(x / CELL) * 4096 + Math.floor(y / CELL);
    for (const mark of marks) {
      let host = null, nearest = 1;
      for (let i = -1; i <= 1; i++) {
        for (let j = -1; j <= 1; j++) {
          for (const other of cells.get(key(mark.x + i * CELL, mark.y + j * CELL)) || []) {
            const apart = Math.hypot(other.x - mark.x, other.y - mark.y) / (other.r + mark.r);
            if (apart < nearest && (apart < REACH || coversNumber(mark, other))) [host, nearest] = [other, apart];
          }
        }
      }
      if (host) {
        join(host, mark);
        host.r = radius(host.n);
        host.half = numberHalf(host);
        continue;
      }
      kept.push(mark);
      const at = key(mark.x, mark.y);
      if (cells.has(at)) cells.get(at).push(mark);
      else cells.set(at, [mark]);
    }
    return kept.sort(busiest);
  }

  /** Whether one of two marks would reach the number of the other: the one that is drawn later lies over it. */
  function coversNumber(a, b) {
    const [big, small] = a.n > b.n ? [a, b] : [b, a];
    return reaches(small, big) || (big.diamond && reaches(big, small));
  }

  function reaches(mark, numbered) {
    if (!numbered.half) return false;
    const dx = Math.max(0, Math.abs(mark.x - numbered.x) - numbered.half), dy = Math.max(0, Math.abs(mark.y - numbered.y) - NUMBER_HALF);
    return Math.hypot(dx, dy) < mark.r * (mark.diamond ? 1.22 : 1) + HALO;
  }

  function join(host, mark) {
    if (!host.members) {
      host.members = [host.place];
      host.types = Uint32Array.from(host.types);
    }
    host.members.push(...(mark.members || [mark.place]));
    for (const name of SUMS) host[name] += mark[name];
    mark.types.forEach((count, type) => (host.types[type] += count));
    TM.lead(host);
    host.diamond = false;
  }

  /** Work out which type leads a sum, and how many there are. */
  TM.lead = function (mark) {
    mark.kinds = mark.types.reduce((kinds, count) => kinds + (count ? 1 : 0), 0);
    mark.lead = mark.types.indexOf(Math.max(...mark.types));
  };
})((window.TM = window.TM || {}));
