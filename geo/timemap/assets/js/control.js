/* Control areas: who holds what on the last day of the window, from a file of the user's own. They lie under everything
   that is reported: quiet tints, told apart by colour and by dots; lines belong to what an article names as an area.
   Every text arrives by textContent. */
(function (TM) {
  "use strict";

  const { days, h, svg } = TM;
  const FILL = { light: 0.24, dark: 0.3 };
  const TILE = 11; // pixels between two dots
  const NOT_SOLID = 6; // holders; from the seventh on a tint is dotted
  // What is strewn over a tint, in a tile from 0 to 1: told apart without colour, and never a hatch.
  const DOTS = [
    [], [[0.5, 0.5, 0.11]], [[0.25, 0.25, 0.07], [0.75, 0.75, 0.07]], [[0.5, 0.5, 0.2, true]], [[0.3, 0.5, 0.09], [0.7, 0.5, 0.09]],
    [[0.25, 0.25, 0.13, true], [0.75, 0.75, 0.13, true]],
  ];

  TM.ControlLayer = TM.CanvasLayer.extend({
    initialize(control, options) {
      TM.CanvasLayer.prototype.initialize.call(this, options);
      this.control = control;
      this.patterns = new Map();
    },

    draw(context, { min, max }) {
      const { control } = this, projection = this.projection(), [scale, dx, dy] = projection;
      const view = [(min.x - dx) / scale, (min.y - dy) / scale, (max.x - dx) / scale, (max.y - dy) / scale];
      this.drawn = [];
      if (!control.on) return;
      context.save();
      this.keepToOneWorld(context, { min, max });
      for (const area of control.held) {
        const path = new Path2D(), edge = new Path2D();
        TM.trace(path, area.rings, projection, view, { close: true });
        TM.trace(edge, area.rings, projection, view, { cut: true });
        this.tint(context, area.holder, path, edge);
        this.drawn.push({ area, path });
      }
      context.restore();
    },

    /** Fill with the tint and the dots of a holder, and draw the edge: of two paths, or of the context's own. */
    tint(context, holder, ...paths) {
      const { control } = this, colour = control.colour(holder), [path, edge = path] = paths;
      const fill = () => (path ? context.fill(path, "evenodd") : context.fill("evenodd"));
      context.fillStyle = colour;
      context.globalAlpha = FILL[control.app.theme];
      fill();
      context.globalAlpha = 0.75;
      const dots = this.pattern(context, holder, colour);
      if (dots) {
        context.fillStyle = dots;
        fill();
      }
      context.strokeStyle = colour;
      context.lineWidth = 1.4;
      context.lineJoin = "round";
      if (edge) context.stroke(edge);
      else context.stroke();
      context.globalAlpha = 1;
    },

    /** Dots of a holder as a pattern; null where the tint is plain. */
    pattern(context, holder, colour) {
      const dots = DOTS[holder % NOT_SOLID] || [], key = `${holder}${colour}${this.ratio}`;
      const strewn = holder < NOT_SOLID ? dots : [...dots, [0.5, 0.5, 0.06], [0, 0, 0.06], [1, 1, 0.06], [0, 1, 0.06], [1, 0, 0.06]];
      if (!strewn.length) return null;
      if (this.patterns.has(key)) return this.patterns.get(key);
      const tile = document.createElement("canvas"), side = Math.round(TILE * this.ratio);
      tile.width = tile.height = side;
      const pen = tile.getContext("2d");
      pen.fillStyle = pen.strokeStyle = colour;
      pen.lineWidth = this.ratio;
      for (const [x, y, r, hollow] of strewn) {
        pen.beginPath();
        pen.arc(x * side, y * side, r * side, 0, 2 * Math.PI);
        if (hollow) pen.stroke();
        else pen.fill();
      }
      const pattern = context.createPattern(tile, "repeat");
      pattern.setTransform(new DOMMatrix().scale(1 / this.ratio));
      this.patterns.set(key, pattern);
      return pattern;
    },

    /** The area under a layer point; null where there is none. */
    at(point) {
      const context = this._context;
      context.save();
      context.setTransform(1, 0, 0, 1, 0, 0);
      const under = [...(this.drawn || [])].reverse().find(({ path }) => context.isPointInPath(path, point.x, point.y, "evenodd"));
      context.restore();
      return under ? under.area : null;
    },
  });

  /** The layer with its place in the legend. `source`: {url} or {gzip}, as `geo.timemap.control` writes it. */
  TM.Control = class {
    constructor(app, source, on) {
      Object.assign(this, { app, on, holders: [], areas: [], held: [], told: "" });
      this.head = h("span");
      this.rows = h("ul");
      this.credit = h("small");
      this.button = h("button.tm-button", { type: "button", click: () => this.swap() });
      const details = h("details", null, h("summary", null, this.head), this.rows, this.credit, this.button);
      this.root = h("aside.tm-card.tm-control", { "aria-label": "Control areas", hidden: true }, details);
      details.open = !app.cramped();
      this.layer = new TM.ControlLayer(this, { pane: "tm-control", padding: 0.15 });
      this.loaded = TM.load(source).then((bytes) => this.take(TM.parseJson(bytes)));
    }

    take({ holders, areas, credit, restricted }) {
      Object.assign(this, { holders, restricted });
      this.areas = areas.map((area) => {
        const rings = TM.ringsOf(area.geometry, middleOf(area.geometry));
        return { holder: area.holder, from: area.from ?? -Infinity, to: area.to ?? Infinity, name: area.name, rings };
      });
      this.credit.textContent = credit;
      this.root.hidden = false;
      this.layer.addTo(this.app.map);
      this.app.change(true);
    }

    colour(holder) {
      const own = this.holders[holder].fill, list = this.app.palette().holders;
      return own || list[holder % list.length];
    }

    /** What a picture may show of it: nothing where it is hidden, not there yet, or not to be passed on. */
    isPublished() {
      return this.on && this.areas.length > 0 && !this.restricted;
    }

    set(on) {
      this.on = on;
      this.told = "";
    }

    swap() {
      this.set(!this.on);
      this.app.change(true);
    }

    /** Show who holds what on the last day of the window, where that is news. */
    sync() {
      const { app } = this, day = app.view.to;
      if (!this.areas.length) return;
      const held = this.areas.filter(({ from, to }) => from <= day && day <= to);
      const same = held.length === this.held.length && held.every((area, number) => area === this.held[number]);
      const words = `Control on ${days.text(day)}`;
      if (this.head.textContent !== words) this.head.textContent = words;
      const told = `${this.on}${app.theme}`;
      if (same && told === this.told) return;
      Object.assign(this, { held, told });
      this.list();
      this.layer.redraw();
    }

    list() {
      const holding = new Set(this.held.map(({ holder }) => holder));
      this.button.textContent = this.on ? "Hide areas" : "Show areas";
      this.root.classList.toggle("tm-off", !this.on);
      this.rows.replaceChildren(...this.holders.map(({ name }, holder) => {
        const colour = this.colour(holder);
        const swatch = svg("svg", { viewBox: "0 0 22 14", "aria-hidden": "true" },
          svg("rect", { x: 0.7, y: 0.7, width: 20.6, height: 12.6, fill: colour, "fill-opacity": FILL[this.app.theme], stroke: colour, "stroke-width": 1.4 }),
          ...(DOTS[holder % NOT_SOLID] || []).map(([x, y, r, hollow]) => svg("circle", {
            cx: 6 + 10 * x, cy: 2 + 10 * y, r: 10 * r, ...(hollow ? { fill: "none", stroke: colour } : { fill: colour }),
          })));
        return h(holding.has(holder) ? "li" : "li.tm-none", null, swatch, h("span", null, name));
      }));
    }

    /** What lies under a layer point, as the pointer takes it; null where nothing does. */
    hit(point) {
      const area = this.on && this.held.length ? this.layer.at(point) : null;
      return area && { kind: "control", place: -1, places: [], area, key: `control${this.areas.indexOf(area)}` };
    }

    describe({ area: { holder, name, from, to } }) {
      const since = Number.isFinite(from) ? `from ${days.text(from)}` : "", until = Number.isFinite(to) ? `to ${days.text(to)}` : "";
      const held = `Held by ${this.holders[holder].name}`;
      return {
        title: name || held, lines: [name && held, [since, until].filter(Boolean).join(" ")], counts: null,
        note: "Control areas: a file of your own, not read from these articles.",
      };
    }
  };

  /** The middle of the first ring, in world units: the other rings come to its side of the 180th meridian. */
  function middleOf({ coordinates }) {
    const xs = coordinates[0][0].map(([lon]) => lon / 360 + 0.5);
    return (Math.min(...xs) + Math.max(...xs)) / 2;
  }
})((window.TM = window.TM || {}));
