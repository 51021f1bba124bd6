/* The base map: land, water, borders. Decoded from the topology that data/basemap/derive.py writes, drawn on one canvas. */
(function (TM) {
  "use strict";

  const FINEST = 1.1; // pixels: nearer points than this are not drawn
  const TINIEST = 1.5; // pixels: smaller islets and ponds are not drawn

  /** Undo the delta encoding (longitude, latitude, longitude, ...) and project; a line is {xy: Float64Array in world units,
      box: [x0, y0, x1, y1]}. There are hundreds of thousands of points, and nothing is made of one but its two numbers. */
  function decodeLine(steps, step) {
    const xy = new Float64Array(steps.length);
    let lon = 0, lat = 0;
    for (let i = 0; i < steps.length; i += 2) {
      lon += steps[i];
      lat += steps[i + 1];
      xy[i] = TM.mercatorX(lon * step);
      xy[i + 1] = TM.mercatorY(lat * step);
    }
    return boxed(xy);
  }

  TM.decodeLine = decodeLine;

  /** Join lines end to end into closed rings. */
  function chain(lines) {
    const key = (xy, i) => `${xy[i]},${xy[i + 1]}`;
    const at = new Map();
    lines.forEach((line, number) => {
      for (const end of [key(line.xy, 0), key(line.xy, line.xy.length - 2)]) {
        if (!at.has(end)) at.set(end, []);
        at.get(end).push(number);
      }
    });
    const used = new Uint8Array(lines.length), rings = [];
    for (let first = 0; first < lines.length; first++) {
      if (used[first]) continue;
      const parts = [];
      let next = first, from = key(lines[first].xy, 0), length = 0;
      while (next !== undefined) {
        used[next] = 1;
        const { xy } = lines[next], forward = key(xy, 0) === from;
        parts.push([xy, forward]);
        length += xy.length;
        from = key(xy, forward ? xy.length - 2 : 0);
        next = (at.get(from) || []).find((number) => !used[number]);
      }
      rings.push(boxed(joined(parts, length)));
    }
    return rings;
  }

  /** Put the points of lines one after the other; of those that are not `forward`, the last first. */
  function joined(parts, length) {
    const all = new Float64Array(length);
    let to = 0;
    for (const [xy, forward] of parts) {
      if (forward) all.set(xy, to);
      else {
        for (let i = 0, j = xy.length - 2; j >= 0; i += 2, j -= 2) {
          all[to + i] = xy[j];
          all[to + i + 1] = xy[j + 1];
        }
      }
      to += xy.length;
    }
    return all;
  }

  function boxed(xy) {
    let x0 = Infinity, y0 = Infinity, x1 = -Infinity, y1 = -Infinity;
    for (let i = 0; i < xy.length; i += 2) {
      const x = xy[i], y = xy[i + 1];
      if (x < x0) x0 = x;
      if (y < y0) y0 = y;
      if (x > x1) x1 = x;
      if (y > y1) y1 = y;
    }
    return { xy, box: [x0, y0, x1, y1] };
  }

  /** Decode the two geometry files into what is drawn. */
  TM.decodeBase = function (world, water) {
    const arcs = world.arcs.map((points) => decodeLine(points, world.step));
    const ofKind = (kinds) => arcs.filter((_, number) => kinds.includes(world.kinds[number]));
    const unitArcs = (unit) => {
      const numbers = world.objects.units[unit].arcs.flat(2);
      return numbers.map((number) => (number < 0 ? ~number : number));
    };
    const countries = new Map();
    for (const { code, units } of world.objects.countries) {
      countries.set(code, () => {
        const numbers = new Set(units.flatMap(unitArcs).filter((number) => "cbd".includes(world.kinds[number])));
        return chain([...numbers].map((number) => arcs[number]));
      });
    }
    return {
      land: chain(ofKind("c")),
      coast: ofKind("c"),
      borders: ofKind("b"),
      disputed: ofKind("d").concat(water.disputed.map((line) => decodeLine(line, water.step))),
      admin1: ofKind("a"),
      lakes: water.lakes.map((line) => decodeLine(line, water.step)),
      rivers: water.rivers.map(({ rank, lines }) => ({ rank, lines: lines.map((line) => decodeLine(line, water.step)) })),
      /** Rings of a country's outline by ISO code; worked out when first asked for. */
      outline(code) {
        const rings = countries.get(code);
        if (typeof rings === "function") countries.set(code, rings());
        return countries.get(code) || null;
      },
    };
  };

  const onEdge = (x) => Math.abs(x - Math.round(x)) < 1e-5; // of the map, at the 180th meridian

  /** Add lines to a path, skipping what is out of view or finer than a pixel; `cut` leaves out the map's own edge. A view
      over the 180th meridian takes lines from both sides of it. */
  TM.trace = function (path, lines, [scale, dx, dy], view, options) {
    for (let turn = Math.floor(view[0]) - 1; turn <= Math.floor(view[2]); turn++) {
      traceTurn(path, lines, [scale, dx + turn * scale, dy], [view[0] - turn, view[1], view[2] - turn, view[3]], options);
    }
  };

  TM.traceTurn = traceTurn;

  function traceTurn(path, lines, [scale, dx, dy], view, { cut = false, close = false } = {}) {
    for (const { xy, box } of lines) {
      if (box[2] < view[0] || box[0] > view[2] || box[3] < view[1] || box[1] > view[3]) continue;
      if ((box[2] - box[0]) * scale < TINIEST && (box[3] - box[1]) * scale < TINIEST) continue;
      let px = xy[0] * scale + dx, py = xy[1] * scale + dy;
      path.moveTo(px, py);
      const last = xy.length - 2;
      for (let i = 2; i <= last; i += 2) {
        const x = xy[i] * scale + dx, y = xy[i + 1] * scale + dy;
        if (i < last && Math.abs(x - px) < FINEST && Math.abs(y - py) < FINEST) continue;
        const edge = cut && onEdge(xy[i]) && onEdge(xy[i - 2]);
        if (edge) path.moveTo(x, y);
        else path.lineTo(x, y);
        px = x;
        py = y;
      }
      if (close) path.closePath();
    }
  }

  TM.BaseLayer = TM.CanvasLayer.extend({
    /** `palette` is a function that gives the current colours. */
    initialize(base, palette, options) {
      TM.CanvasLayer.prototype.initialize.call(this, options);
      this.base = base;
      this.palette = palette;
      this.outlined = null;
      this.near = null; // what is finer near a town (near.js)
    },
    /** Outline a country (ISO code) or, with null, none. */
    outline(code) {
      if (code === this.outlined) return;
      this.outlined = code;
      this.redraw();
    },
    draw(context, { min, max }) {
      const { base } = this, colours = this.palette(), zoom = this._map.getZoom();
      const projection = this.projection(), [scale, dx, dy] = projection;
      const view = [(min.x - dx) / scale, (min.y - dy) / scale, (max.x - dx) / scale, (max.y - dy) / scale];
      const stroke = (lines, colour, width, options = {}) => {
        const path = new Path2D();
        TM.trace(path, lines, projection, view, { cut: true });
        context.strokeStyle = colour;
        context.lineWidth = width;
        context.globalAlpha = options.alpha == null ? 1 : options.alpha;
        context.setLineDash(options.dash || []);
        context.stroke(path);
        context.setLineDash([]);
        context.globalAlpha = 1;
      };
      const fill = (rings, colour, alpha = 1) => {
        const path = new Path2D();
        TM.trace(path, rings, projection, view, { close: true });
        context.globalAlpha = alpha;
        context.fillStyle = colour;
        context.fill(path, "evenodd");
        context.globalAlpha = 1;
        return path;
      };
      context.save();
      this.keepToOneWorld(context, { min, max });
      context.lineJoin = "bevel"; // at a pixel's width no eye sees the joint, and round ones cost five times the time
      fill(base.land, colours.land);
      fill(base.lakes, colours.lake);
      const near = this.near ? this.near.inView(zoom, view) : [];
      if (near.length) {
        stroke(base.coast, colours.coast, 0.7);
        TM.drawNear(context, near, { projection, view, colours });
      }
      const widest = zoom >= 5 ? 99 : zoom >= 4 ? 5 : 3;
      const rivers = base.rivers.filter(({ rank }) => rank <= widest).flatMap(({ lines }) => lines);
      stroke(rivers, colours.river, 1, { alpha: zoom >= 5 ? 1 : 0.6 });
      if (zoom >= 5.5) stroke(base.admin1, colours.admin, 0.8, { alpha: zoom >= 6 ? 1 : 0.5 });
      if (!near.length) stroke(base.coast, colours.coast, 0.7);
      stroke(base.borders, colours.border, 0.9);
      stroke(base.disputed, colours.border, 1.1, { dash: [4, 3] });
      const rings = this.outlined && base.outline(this.outlined);
      if (rings) {
        fill(rings, colours.ink, 0.06);
        stroke(rings, colours.ink, 1.4, { dash: [2, 3] });
      }
      context.restore();
    },
  });
})((window.TM = window.TM || {}));
