/* Regions and seas: where an article names no closer place, ink covers an area thinly and never makes a pin.
   Nested areas do not cross-hatch: every spot carries the hatch of the smallest reported area around it, and a larger
   area shows outside it. The canvas is redrawn only when what it shows changes, not at every frame of a drag. */
(function (TM) {
  "use strict";

  const EARTH_KM = 40075;
  const SEA_KM = 150, REGION_KM = 45; // radius where the gazetteer gives none
  const WIDEST_SEA_KM = 300; // the disc of an ocean would tint the land around it
  const WIDE_KM = 400; // a region without an outline and wider than this says no more than a country does: it is listed
  const FIRM_SHARE = 0.34; // of the events certainly inside: from here on the hatch is drawn at full strength
  const HATCH = { light: [0.4, 0.24], dark: [0.55, 0.36] }; // thin lines lose more of their colour on dark ground
  const FORMAL = new Set(["admin1", "admin2", "admin3", "country"]);

  /** The areas of the data, largest first: place number, outline or radius (world units), where to write. */
  TM.areasOf = function (places, geometries, radii) {
    const areas = [];
    places.id.forEach((id, place) => {
      const precision = places.precision[place];
      if (precision !== "region" && precision !== "sea") return;
      const [x, y] = TM.mercator(places.lon[place], places.lat[place]);
      const stretch = Math.cos((places.lat[place] * Math.PI) / 180);
      const km = precision === "sea" ? Math.min(radii[id] || SEA_KM, WIDEST_SEA_KM) : radii[id] || REGION_KM;
      const radius = km / (EARTH_KM * Math.max(0.1, stretch));
      const vague = precision === "region" && !geometries[id];
      if (places.kind[place] === "continent" || (vague && radii[id] > WIDE_KM)) return;
      const area = { place, precision, x, y, radius, formal: FORMAL.has(places.kind[place]), rings: null };
      if (precision === "region" && geometries[id]) area.rings = TM.ringsOf(geometries[id], x);
      area.box = boxOf(area);
      area.size = (area.box[2] - area.box[0]) * (area.box[3] - area.box[1]);
      areas.push(area);
    });
    areas.sort((a, b) => b.size - a.size || a.place - b.place);
    areas.forEach((area, nesting) => (area.nesting = nesting));
    return areas;
  };

  /** The rings of a GeoJSON polygon or multipolygon, in world units, all in the turn of the world nearest to `middle`: what
      is cut in two at the 180th meridian comes together again. */
  TM.ringsOf = function (geometry, middle) {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    return polygons.flat().map((ring) => {
      const xy = new Float64Array(ring.length * 2);
      const box = [Infinity, Infinity, -Infinity, -Infinity];
      ring.forEach(([lon, lat], i) => {
        const [x, y] = TM.mercator(lon, lat);
        xy.set([x, y], 2 * i);
        box[0] = Math.min(box[0], x);
        box[1] = Math.min(box[1], y);
        box[2] = Math.max(box[2], x);
        box[3] = Math.max(box[3], y);
      });
      const centre = (box[0] + box[2]) / 2, turn = TM.near(centre, middle) - centre;
      if (turn) {
        for (let i = 0; i < xy.length; i += 2) xy[i] += turn;
        box[0] += turn;
        box[2] += turn;
      }
      return { xy, box };
    });
  };

  function boxOf({ rings, x, y, radius }) {
    if (!rings) return [x - radius, y - radius, x + radius, y + radius];
    return [
      Math.min(...rings.map(({ box }) => box[0])),
      Math.min(...rings.map(({ box }) => box[1])),
      Math.max(...rings.map(({ box }) => box[2])),
      Math.max(...rings.map(({ box }) => box[3])),
    ];
  }

  const overlap = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

  /** Lines [x0, y0, x1, y1] of a hatch tile of size s; the angle changes with the nesting. */
  const STROKES = [
    (s) => [[-1, s + 1, s + 1, -1], [-1, 1, 1, -1], [s - 1, s + 1, s + 1, s - 1]],
    (s) => [[-1, -1, s + 1, s + 1], [-1, s - 1, 1, s + 1], [s - 1, -1, s + 1, 1]],
    (s) => [[0, s / 2, s, s / 2]],
    (s) => [[s / 2, 0, s / 2, s]],
  ];

  TM.AreaLayer = TM.CanvasLayer.extend({
    initialize(areas, state, options) {
      TM.CanvasLayer.prototype.initialize.call(this, options);
      this.areas = areas;
      this.state = state; // {counts(), palette(), base(), isLit(place), theme()}
      this.patterns = new Map();
      this.signature = "";
    },

    /** The areas with something inside the window, largest first. */
    active() {
      const { n } = this.state.counts();
      return this.areas.filter((area) => n[area.place]);
    },

    /** Draw again if what is shown has changed. */
    refresh() {
      const { leading, firm, n } = this.state.counts();
      const marked = (place) => (this.state.isLit(place) ? "!" : "");
      const signature = this.active()
        .map(({ place }) => `${place}${marked(place)}:${leading[place]}${firm[place] >= FIRM_SHARE * n[place] ? "f" : ""}`)
        .join();
      const all = `${signature}|${this.state.theme()}`;
      if (all === this.signature) return;
      this.signature = all;
      this.redraw();
    },

    pattern(context, colour, nesting, alpha) {
      const key = `${colour}${nesting % 4}${alpha}${this.ratio}`;
      if (this.patterns.has(key)) return this.patterns.get(key);
      const size = (nesting % 4 < 2 ? 9 : 8) * this.ratio;
      const tile = document.createElement("canvas");
      tile.width = tile.height = size;
      const pen = tile.getContext("2d");
      pen.strokeStyle = colour;
      pen.globalAlpha = alpha;
      pen.lineWidth = 1.1 * this.ratio;
      pen.beginPath();
      for (const [x0, y0, x1, y1] of STROKES[nesting % 4](size)) {
        pen.moveTo(x0, y0);
        pen.lineTo(x1, y1);
      }
      pen.stroke();
      const pattern = context.createPattern(tile, "repeat");
      pattern.setTransform(new DOMMatrix().scale(1 / this.ratio));
      this.patterns.set(key, pattern);
      return pattern;
    },

    draw(context, { min, max }) {
      const projection = this.projection(), [scale, dx, dy] = projection, middle = this.middle();
      const view = [(min.x - dx) / scale, (min.y - dy) / scale, (max.x - dx) / scale, (max.y - dy) / scale];
      const active = this.active();
      for (const area of this.areas) area.path = null;
      for (const area of active) {
        area.path = area.edge = new Path2D();
        if (!area.rings) area.path.arc(TM.near(area.x, middle) * scale + dx, area.y * scale + dy, area.radius * scale, 0, 2 * Math.PI);
        else TM.trace(area.path, area.rings, projection, view, { close: true });
        if (!area.rings || Math.floor(area.box[0]) === Math.floor(area.box[2])) continue;
        area.edge = new Path2D(); // without the line along which the outline is cut in two
        TM.trace(area.edge, area.rings, projection, view, { cut: true });
      }
      context.save();
      this.keepToOneWorld(context, { min, max });
      const seas = active.filter(({ precision }) => precision === "sea");
      if (seas.length) {
        context.save();
        context.clip(this.waterPath(projection, view, { min, max }), "evenodd");
        for (const area of seas) this.drawSea(context, area, projection);
        context.restore();
      }
      const regions = active.filter(({ precision }) => precision === "region");
      regions.forEach((area, number) => {
        const inner = regions.slice(number + 1).filter((other) => overlap(area.box, other.box));
        this.drawRegion(context, area, inner, { min, max });
      });
      context.restore();
    },

    /** All that is not land, lakes included; everything until the base map has come. */
    waterPath(projection, view, { min, max }) {
      const base = this.state.base(), key = `${projection}|${view}|${Boolean(base)}`;
      if (key === this.waterKey) return this.water;
      const path = new Path2D();
      path.rect(min.x, min.y, max.x - min.x, max.y - min.y);
      if (base) for (const rings of [base.land, base.lakes]) TM.trace(path, rings, projection, view, { close: true });
      Object.assign(this, { water: path, waterKey: key });
      return path;
    },

    drawSea(context, { place, x, y, radius }, [scale, dx, dy]) {
      const palette = this.state.palette(), colour = palette.types[this.state.counts().leading[place]];
      const cx = TM.near(x, this.middle()) * scale + dx, cy = y * scale + dy, r = Math.min(1500, radius * scale);
      const shade = context.createRadialGradient(cx, cy, r * 0.1, cx, cy, r);
      shade.addColorStop(0, colour + (this.state.isLit(place) ? "66" : palette.seaTint));
      shade.addColorStop(0.55, `${colour}1c`);
      shade.addColorStop(1, `${colour}00`);
      context.fillStyle = shade;
      context.beginPath();
      context.arc(cx, cy, r, 0, 2 * Math.PI);
      context.fill();
    },

    drawRegion(context, area, inner, { min, max }) {
      const { counts, palette, isLit } = this.state;
      const { n, firm, leading } = counts();
      const colour = palette().types[leading[area.place]], lit = isLit(area.place);
      const [strong, weak] = HATCH[this.state.theme()];
      const hatch = lit ? 0.75 : firm[area.place] >= FIRM_SHARE * n[area.place] ? strong : weak;
      context.save();
      if (!lit) {
        for (const other of inner) {
          const outside = new Path2D();
          outside.rect(min.x, min.y, max.x - min.x, max.y - min.y);
          outside.addPath(other.path);
          context.clip(outside, "evenodd");
        }
      } else {
        context.fillStyle = colour;
        context.globalAlpha = 0.13;
        context.fill(area.path, "evenodd");
        context.globalAlpha = 1;
      }
      context.fillStyle = this.pattern(context, colour, area.nesting, hatch);
      context.fill(area.path, "evenodd");
      // An informal area has no border to draw; a faint dashed one appears where the hatch alone would not show it.
      const faint = !area.formal || !area.rings;
      if (!faint || lit || inner.length) {
        context.strokeStyle = colour;
        context.globalAlpha = lit ? 1 : faint ? 0.42 : 0.5;
        context.lineWidth = lit ? 1.6 : 1;
        context.setLineDash(faint ? [3, 4] : []);
        context.stroke(area.edge);
      }
      context.restore();
    },

    /** The smallest area under a layer point, seas last; null where there is none. */
    at(point) {
      const active = this.active().filter(({ path }) => path).reverse();
      const context = this._context;
      context.save();
      context.setTransform(1, 0, 0, 1, 0, 0);
      const under = active.filter(({ path }) => context.isPointInPath(path, point.x, point.y, "evenodd"));
      context.restore();
      return under.find(({ precision }) => precision === "region") || under[0] || null;
    },
  });
})((window.TM = window.TM || {}));
