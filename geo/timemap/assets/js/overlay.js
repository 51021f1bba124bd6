/* Layers: other people's event data over the same map, in the same window. A layer's mark is a square, so that it is never
   taken for what the articles say; its sign tells one layer from another, its fill the commonest type. */
(function (TM) {
  "use strict";

  const { h, svg, TYPE_COUNT } = TM;
  const CLUSTER_BELOW = 9, CELL = 30; // zoom; pixels
  const SIZES = { usual: 2.2, least: 4.2, most: 17 }; // half a side in pixels; `usual` for the square root of a count
  const HIT = 4; // pixels around a square that still hit it
  const VAGUE = ["region", "sea"];
  // What stands in a square, for the first layer, the second ...: paths in a box from -1 to 1.
  const SIGNS = ["", "M-.5 0H.5", "M0-.5V.5M-.5 0H.5", "M-.5-.5.5.5", "M-.5-.5.5.5M.5-.5-.5.5"];
  const PATHS = SIGNS.map((sign) => new Path2D(sign));
  const text = TM.grouped;

  /** The layers on the map: which there are, which are on, and how many events each has in the window. */
  TM.Overlays = class {
    constructor(app) {
      this.app = app;
      this.list = []; // {key, name, credit, on, data, counts, points}
      this.rows = h("ul");
      this.size = h("small");
      this.root = h("aside.tm-card.tm-layers", { hidden: true, "aria-label": "Layers" }, h("h2", null, "Layers", this.size), this.rows);
      this.canvas = new TM.OverlayCanvas(this, { pane: "tm-overlays", padding: 0.15 });
    }

    /** Show these layers, `[{key, name, credit, url}]`; one that is shown already stays as it is. */
    set(wanted) {
      const told = JSON.stringify(wanted);
      if (told === this.told) return; // the page says all it wants with each message
      this.told = told;
      const before = new Map(this.list.map((layer) => [layer.key, layer]));
      this.list = wanted.map((layer, number) => Object.assign(before.get(layer.key) || { ...layer, on: true }, { number }));
      for (const layer of this.list) if (!layer.asked) this.fetch(layer);
      this.build();
      this.sync();
    }

    async fetch(layer) {
      layer.asked = true;
      try {
        const data = await TM.receive({ url: layer.url });
        await data.rest;
        const { places } = data, filter = new TM.Filter(data.table);
        const points = places.id.map((_, place) => TM.mercator(places.lon[place], places.lat[place]));
        Object.assign(layer, { data, counts: new TM.Counts(data), points });
        layer.counts.setFilter(filter, "happened");
      } catch (error) {
        layer.fault = String((error && error.message) || error);
      }
      this.app.change(true);
    }

    build() {
      this.root.hidden = !this.list.length;
      this.rows.replaceChildren(...this.list.map((layer) => {
        const sign = svg("path", { d: SIGNS[layer.number % SIGNS.length], transform: "translate(8 8) scale(6)", "stroke-width": 0.28, class: "tm-sign" });
        const box = svg("path", { d: "M2 2h12v12H2z", class: "tm-edge" });
        layer.count = h("b");
        layer.button = h("button", {
          type: "button", "aria-pressed": String(layer.on), title: layer.credit,
          click: () => {
            layer.on = !layer.on;
            layer.button.setAttribute("aria-pressed", String(layer.on));
            this.sync();
            this.canvas.redraw();
          },
        }, svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, box, sign), h("span", null, layer.name), layer.count);
        return h("li", null, layer.button, h("small", null, layer.credit));
      }));
    }

    /** Count what lies in the window; on the axis of reports, of which a layer knows none, its own days count. */
    sync() {
      const { view } = this.app;
      for (const layer of this.list) {
        if (layer.fault) layer.count.textContent = "not loaded";
        if (layer.fault) layer.button.title = layer.fault;
        if (!layer.counts) continue;
        layer.counts.count(view);
        layer.count.textContent = text(layer.counts.total.n);
      }
    }

    /** Say where the squares are drawn smaller than usual, so that the biggest fits. */
    scaled(part) {
      const words = part > 1 ? `squares at 1/${text(part)}` : "";
      if (this.size.textContent !== words) this.size.textContent = words;
    }

    shown() {
      return this.list.filter(({ on, counts }) => on && counts);
    }

    /** What stands under a layer point: a square's layer and places; null where none does. */
    hit(point) {
      let best = null, nearest = HIT;
      for (const square of this.canvas.squares) {
        const distance = Math.max(Math.abs(square.x - point.x), Math.abs(square.y - point.y)) - square.r;
        if (distance <= nearest) [nearest, best] = [distance, square];
      }
      return best && { kind: `layer ${best.layer.key} `, place: -1, places: [], square: best, key: best.key };
    }

    /** What the tooltip says of a square. */
    describe({ square: { layer, members, n, types } }) {
      const { places } = layer.data, others = members.length - 1, name = places.name[members[0]] || "A place without a name";
      return {
        title: others ? `${name} and ${others} nearby` : name,
        lines: [`${layer.name}: ${text(n)} ${n === 1 ? "event" : "events"} in the window`],
        counts: [...types],
        note: "A layer: event data of others, not read from these articles.",
      };
    }
  };

  TM.OverlayCanvas = TM.CanvasLayer.extend({
    initialize(overlays, options) {
      TM.CanvasLayer.prototype.initialize.call(this, options);
      this.overlays = overlays;
      this.squares = [];
    },

    draw(context, bounds) {
      const [scale, dx, dy] = this.projection(), zoom = this._map.getZoom(), palette = this.overlays.app.palette();
      const sizes = new TM.Scale(SIZES);
      this.squares = [];
      for (const layer of this.overlays.shown()) {
        const squares = this.place(layer, { scale, dx, dy, bounds, zoom });
        this.squares.push(...squares);
        if (squares.length) sizes.fit(squares[0].n);
      }
      for (const square of this.squares) {
        square.r = sizes.radius(square.n);
        drawSquare(context, square, palette);
      }
      this.overlays.scaled(sizes.part);
    },

    /** A square for each place with something inside the window; from afar for each cell, which is fixed to the world. */
    place(layer, { scale, dx, dy, bounds, zoom }) {
      const { counts, points, data } = layer, middle = this.middle(), cell = zoom < CLUSTER_BELOW ? CELL : 0, found = new Map();
      points.forEach(([px, py], place) => {
        const n = counts.n[place];
        if (!n || data.places.precision[place] === "country") return;
        const x = TM.near(px, middle) * scale, y = py * scale;
        if (x + dx < bounds.min.x || x + dx > bounds.max.x || y + dy < bounds.min.y || y + dy > bounds.max.y) return;
        const key = cell ? `${Math.floor(x / cell)}:${Math.floor(y / cell)}` : place;
        let square = found.get(key);
        if (!square) {
          square = { layer, key: `${layer.key}:${zoom}:${key}`, n: 0, x: 0, y: 0, members: [], types: new Uint32Array(TYPE_COUNT), vague: true };
          found.set(key, square);
        }
        square.n += n;
        square.x += (x + dx) * n;
        square.y += (y + dy) * n;
        square.members.push(place);
        square.vague = square.vague && VAGUE.includes(data.places.precision[place]);
        for (let type = 0; type < TYPE_COUNT; type++) square.types[type] += counts.byType[place * TYPE_COUNT + type];
      });
      const squares = [...found.values()];
      for (const square of squares) {
        square.x /= square.n;
        square.y /= square.n;
        square.members.sort((a, b) => counts.n[b] - counts.n[a] || a - b);
        square.lead = square.types.indexOf(Math.max(...square.types));
      }
      return squares.sort((a, b) => b.n - a.n || (a.key < b.key ? -1 : 1));
    },
  });

  function drawSquare(context, { x, y, r, lead, vague, layer }, palette) {
    context.fillStyle = palette.types[lead];
    context.globalAlpha = 0.3;
    context.fillRect(x - r, y - r, 2 * r, 2 * r);
    context.globalAlpha = 1;
    context.lineWidth = 2.8;
    context.strokeStyle = palette.halo;
    context.strokeRect(x - r, y - r, 2 * r, 2 * r);
    context.lineWidth = 1.2;
    context.strokeStyle = palette.ink;
    if (vague) context.setLineDash([3, 2.5]);
    context.strokeRect(x - r, y - r, 2 * r, 2 * r);
    context.setLineDash([]);
    if (r < 4) return;
    context.save();
    context.translate(x, y);
    context.scale(r, r);
    context.lineWidth = 1.2 / r;
    context.stroke(PATHS[layer.number % PATHS.length]);
    context.restore();
  }
})((window.TM = window.TM || {}));
