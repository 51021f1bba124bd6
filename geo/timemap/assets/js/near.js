/* What the base map has to hold on to near a town: the finest coast and lakes there are, villages, airports.
   In squares of ten degrees, each fetched when it is first looked at from near enough, and drawn over the coarser land. */
(function (TM) {
  "use strict";

  const FROM = 8.5; // zoom from which the squares are worth their bytes
  const SIDE = 10; // degrees

  TM.Near = class {
    /** `source`: `{url}`, a folder of squares, or `{squares: {name: {gzip}}}`. */
    constructor(app, source) {
      Object.assign(this, { app, source, squares: new Map(), asked: new Set() });
      app.map.on("moveend", () => this.look());
      this.look();
    }

    /** Ask for the squares that the view needs; one that does not come is asked for again after the next move. */
    look() {
      const { map } = this.app;
      if (map.getZoom() < FROM) return;
      const bounds = map.getBounds().pad(0.2), corner = (degree) => Math.floor(degree / SIDE) * SIDE;
      for (let lat = corner(Math.max(-89, bounds.getSouth())); lat <= Math.min(89, bounds.getNorth()); lat += SIDE) {
        for (let lon = corner(bounds.getWest()); lon <= bounds.getEast(); lon += SIDE) {
          this.ask(`${((((lon + 180) % 360) + 360) % 360) - 180}_${lat}`);
        }
      }
    }

    async ask(name) {
      if (this.asked.has(name)) return;
      const { url, squares } = this.source, own = squares && squares[name];
      if (!url && !own) return;
      this.asked.add(name);
      try {
        this.take(name, TM.parseJson(await TM.load(own || { url: `${url}${name}.json` })));
      } catch (error) {
        console.warn(`The map near a town stays coarse: ${error.message}`);
        this.asked.delete(name);
      }
    }

    take(name, square) {
      const { app } = this;
      if (!square.box) return; // open sea
      const lines = (list) => list.map((line) => TM.decodeLine(line, square.step));
      const [west, south, east, north] = square.box;
      const [x0, y0] = TM.mercator(west, north), [x1, y1] = TM.mercator(east, south);
      const shapes = Object.fromEntries(["land", "lakes", "coast"].map((kind) => [kind, lines(square[kind])]));
      this.squares.set(name, { box: [x0, y0, x1, y1], ...shapes });
      for (const label of square.towns.concat(square.airports)) label.at = TM.mercator(label[1], label[2]);
      app.labels.near = app.labels.near.concat(square.towns).sort((a, b) => a[3] - b[3]);
      app.labels.airports = app.labels.airports.concat(square.airports);
      if (app.base) app.base.redraw();
      app.marks.redraw();
    }

    /** The squares that are there and lie in the view (world units; it may reach over the 180th meridian). */
    inView(zoom, view) {
      if (zoom < FROM) return [];
      const found = [];
      for (let turn = Math.floor(view[0]) - 1; turn <= Math.floor(view[2]); turn++) {
        for (const square of this.squares.values()) {
          const [x0, y0, x1, y1] = square.box;
          if (x1 + turn >= view[0] && x0 + turn <= view[2] && y1 >= view[1] && y0 <= view[3]) found.push({ square, turn });
        }
      }
      return found;
    }
  };

  /** Draw squares in place of what lies under them. */
  TM.drawNear = function (context, found, { projection: [scale, dx, dy], view, colours }) {
    for (const { square, turn } of found) {
      const projection = [scale, dx + turn * scale, dy], seen = [view[0] - turn, view[1], view[2] - turn, view[3]];
      const at = (value, shift) => Math.round(value * scale + shift); // whole pixels: no seam between two squares
      const [x0, y0, x1, y1] = square.box, left = at(x0, projection[1]), top = at(y0, dy);
      const inside = new Path2D();
      inside.rect(left, top, at(x1, projection[1]) - left, at(y1, dy) - top);
      context.save();
      context.clip(inside);
      context.fillStyle = colours.sea;
      context.fill(inside);
      const path = (lines, close) => {
        const traced = new Path2D();
        TM.traceTurn(traced, lines, projection, seen, { close, cut: !close });
        return traced;
      };
      context.fillStyle = colours.land;
      context.fill(path(square.land, true), "evenodd");
      context.fillStyle = colours.lake;
      context.fill(path(square.lakes, true), "evenodd");
      context.lineJoin = "round";
      context.strokeStyle = colours.coast;
      context.lineWidth = 0.8;
      context.stroke(path(square.coast, false));
      context.stroke(path(square.lakes, true));
      context.restore();
    }
  };

  const PLANE = "M0-6.5c.7 0 .9 1 .9 2v2.4L6 1.4v1.4L.9 1.3v3L2.4 5.5v1L0 5.9l-2.4.6v-1L-.9 4.3v-3L-6 2.8V1.4L-.9-2.1v-2.4c0-1 .2-2 .9-2z";
  let plane = null;

  /** A quiet aeroplane, where an airport lies. */
  TM.drawAirport = function (context, x, y) {
    if (!(plane instanceof Path2D)) plane = new Path2D(PLANE); // pictures as SVG have a Path2D of their own
    context.save();
    context.translate(x, y);
    context.scale(0.8, 0.8);
    context.fill(plane);
    context.restore();
  };
})((window.TM = window.TM || {}));
