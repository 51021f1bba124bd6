/* Cells instead of marks, where places are too many for a mark each: a grid of hexagons that is fixed to the world. The
   tint of a cell is the order of magnitude of its count; the hexagon within it is the count itself by its area, and is
   drawn as a mark is: solid what is reported and dated inside the window, tinted what may be, hollow what is claimed. */
(function (TM) {
  "use strict";

  const { FONTS, TYPE_COUNT } = TM;
  const SIDE = { wide: 27, narrow: 23 }; // pixels from the middle of a cell to its corner
  const ROOT3 = Math.sqrt(3);
  const GAP = 1; // pixels between two cells
  const TINTS = [0.1, 0.17, 0.26, 0.36, 0.48]; // 1, 10, 100, 1,000, 10,000 events and more
  const NUMBER_FROM = 10;
  const SUMS = ["firm", "poss", "claim", "weak", "corrected"];

  TM.TINTS = TINTS;
  TM.tintOf = (count) => TINTS[Math.min(TINTS.length - 1, Math.floor(Math.log10(count) + 1e-9))];

  /** The side of a cell in pixels: as many cells fit round the world as are whole, so that it closes. */
  TM.cellSide = function (scale, narrow) {
    const wide = ROOT3 * (narrow ? SIDE.narrow : SIDE.wide);
    return scale / Math.round(scale / wide) / ROOT3;
  };

  /** The cells with something in them, busiest first: each as a mark, with its corner at `side` pixels. `towns`: places;
      `at(place)`: where one stands on the canvas, and `corner`: where the corner of the world does. */
  TM.cellsOf = function ({ towns, at, counts, side, corner: [dx, dy] }) {
    const cells = new Map(), wide = ROOT3 * side, tall = 1.5 * side;
    for (const place of towns) {
      const n = counts.n[place];
      if (!n) continue;
      const { x, y } = at(place), { key, cx, cy } = cellAt((x - dx) / wide, (y - dy) / tall);
      let cell = cells.get(key);
      if (!cell) {
        cell = { place, n: 0, x: cx * wide + dx, y: cy * tall + dy, r: side * 0.87, side, types: new Uint32Array(TYPE_COUNT), members: [], most: 0 };
        for (const name of SUMS) cell[name] = 0;
        cells.set(key, cell);
      }
      cell.n += n;
      for (const name of SUMS) cell[name] += counts[name][place];
      for (let type = 0; type < TYPE_COUNT; type++) cell.types[type] += counts.byType[place * TYPE_COUNT + type];
      cell.members.push(place);
      if (n > cell.most) [cell.most, cell.place] = [n, place];
    }
    const found = [...cells.values()];
    for (const cell of found) {
      TM.lead(cell);
      if (cell.members.length === 1) cell.members = null;
    }
    return found.sort((a, b) => b.n - a.n || a.place - b.place);
  };

  /** The cell around a point, in steps of the grid: rows are half a cell out of step with each other. */
  function cellAt(px, py) {
    let row = Math.round(py), column = Math.round(px - (row & 1) / 2);
    const dy = py - row;
    if (Math.abs(dy) * 3 > 1) { // near the corners the row above or below may be nearer
      const dx = px - (column + (row & 1) / 2), next = row + Math.sign(dy);
      const beside = Math.round(px - (next & 1) / 2), ex = px - (beside + (next & 1) / 2), ey = py - next;
      // A step along a row is a cell's width, between rows 1.5 sides: 0.75 is the square of their ratio.
      if (ex * ex + ey * ey * 0.75 < dx * dx + dy * dy * 0.75) [row, column] = [next, beside];
    }
    return { key: row * 1e6 + column, cx: column + (row & 1) / 2, cy: row };
  }

  TM.hexagon = function (context, x, y, side) {
    context.beginPath();
    for (let corner = 0; corner < 6; corner++) {
      const angle = (Math.PI / 3) * corner + Math.PI / 6;
      if (corner) context.lineTo(x + side * Math.cos(angle), y + side * Math.sin(angle));
      else context.moveTo(x + side * Math.cos(angle), y + side * Math.sin(angle));
    }
    context.closePath();
  };

  /** Draw a cell; `radius(count)`: the radius of a circle of the area that the count has. */
  TM.drawCell = function (context, cell, radius, palette) {
    const { x, y, n, firm, poss, weak, claim, lead, side } = cell, colour = palette.types[lead];
    TM.hexagon(context, x, y, side - GAP);
    context.fillStyle = context.strokeStyle = colour;
    context.globalAlpha = TM.tintOf(n);
    context.fill();
    context.globalAlpha = 0.55;
    context.lineWidth = 0.8;
    context.stroke();
    // A hexagon of the circle's area: 1.1 is the root of pi over its own factor, 1.5 times the root of 3.
    const outer = radius(n) * Math.sqrt(Math.PI / (1.5 * ROOT3)), solid = (firm + poss) / n;
    if (solid > 0) {
      TM.hexagon(context, x, y, outer * Math.sqrt(solid));
      context.globalAlpha = 0.36;
      context.fill();
    }
    context.globalAlpha = 1;
    if (firm) {
      TM.hexagon(context, x, y, outer * Math.sqrt(firm / n));
      context.fill();
    }
    if (solid > 0.97) return;
    TM.hexagon(context, x, y, Math.max(1, outer - 0.7));
    context.strokeStyle = palette.edges[lead] || colour;
    context.lineWidth = 1.4;
    if (weak > claim) context.setLineDash([2.2, 2]);
    context.stroke();
    context.setLineDash([]);
  };

  /** Where the number of a cell is written, and how wide it is; null where it has none. */
  TM.cellNumber = function (context, cell, radius) {
    if (cell.n < NUMBER_FROM) return null;
    const text = TM.shortNumber(cell.n), half = TM.textWidth(context, text, FONTS.count) / 2, inner = radius(cell.n);
    const within = inner * Math.sqrt(cell.firm / cell.n) > half + 1;
    return { text, half, within, x: cell.x, y: within ? cell.y + 0.5 : cell.y + Math.min(cell.side - 8, Math.max(0, inner + 7)) };
  };

  /** A number as long as a cell bears: from a hundred thousand on in thousands. */
  TM.shortNumber = (number) => (number < 100_000 ? TM.grouped(number) : `${TM.grouped(Math.round(number / 1000))}k`);
})((window.TM = window.TM || {}));
