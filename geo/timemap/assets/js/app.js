/* The whole: the parts put together around one view of the data, drawn once a frame. */
(function (TM) {
  "use strict";

  const { days, h } = TM;
  const PAN_PAUSE = 400; // milliseconds after a pan before it is reported
  const FONTS_PAUSE = 4000; // milliseconds after which names are drawn in whatever font there is
  const RARE = 0.03; // share of events that may lie before the stretch of time shown at first
  const LONG = 15 * 365; // days beside empty decades; a shorter history is shown whole
  const OF_AREAS = { pane: "tm-areas", padding: 0.15 }, OF_MARKS = { pane: "tm-marks", padding: 0.15 };
  const OF_BASE = { pane: "tm-base", padding: 0.35 };
  const PANES = { "tm-base": 200, "tm-tiles": 210, "tm-control": 300, "tm-areas": 410, "tm-marks": 420, "tm-overlays": 415 };
  const DRAWS = ["auto", "marks", "density"]; // cells where places are many; always marks; always cells
  const CARDS = ".tm-chip, .tm-card, .tm-world, .tm-fit, .tm-cells, .tm-outside, .leaflet-control";

  /** Two ISO dates as days; null where there are none. */
  function spanOf(span) {
    const [first, last] = Array.isArray(span) ? [days.parse(String(span[0]), false), days.parse(String(span[1]), true)] : [null, null];
    return first === null || last === null ? null : [first, last];
  }

  /** The first and last day of two stretches, each of which may be null. */
  const both = (one, other) => (one && other ? [Math.min(one[0], other[0]), Math.max(one[1], other[1])] : one || other);

  TM.App = class {
    constructor(map, node, options, data) {
      Object.assign(this, { map, node, options, data });
      const start = options.state || {};
      this.theme = options.theme === "dark" ? "dark" : "light";
      this.counts = new TM.Counts(data);
      this.filter = new TM.Filter(data.table);
      this.filter.read(start);
      this.span = spanOf(options.span); // days of layers, which the bar covers beside those of the events
      this.counts.hold(this.span);
      this.view = new TM.View((axis) => both(this.counts.extent(axis), this.span), start.axis);
      this.choice = new TM.Choice(this);
      this.post = new TM.Post(this);
      this.grid = new TM.Grid(this);
      this.draw = DRAWS.includes(start.draw) ? start.draw : DRAWS[0];
      this.hover = null;
      this.base = null;
      this.frame = 0;
      this.covered = [];
      this.lettered = false; // until the fonts are there: names in another font would jump when they come
      this.labels = { countries: [], seas: [], admin1: [], towns: [], near: [], airports: [] };
      this.timing = { frame: 0, frames: 0 };
    }

    palette() {
      return TM.PALETTES[this.theme];
    }

    narrow() {
      return this.node.stage.clientWidth <= 760; // the width that the style's container has, without an edge for a panel
    }

    /** Whether open cards would cover the map. */
    cramped() {
      return this.narrow() || this.node.root.clientHeight < 560;
    }

    /* ---- what is shown ---- */

    setView(change) {
      if (!this.view.set(change)) return;
      this.refilter();
      if (this.bar) this.bar.domain = this.firstDomain();
    }

    refilter() {
      this.counts.setFilter(this.filter, this.view.axis);
      this.stale = true;
    }

    isFiltered() {
      const { held } = this.grid;
      return !this.view.hasAllTypes() || this.filter.isSet() || Boolean(held && held.filtered);
    }

    clearFilters() {
      this.filter = new TM.Filter(this.data.table);
      this.view.showAllTypes();
      this.refilter();
      this.change(true);
    }

    /** The stretch of time to show first: all of it, or from where all but a few events begin. */
    firstDomain() {
      const [first, last] = this.view.range;
      const folded = this.counts.empty(this.view.axis, [first, last]).reduce((sum, { from, to }) => sum + to + 1 - from, 0);
      const rare = last - first - folded > LONG ? this.counts.startShare(this.view.axis, RARE) : null;
      if (rare === null) return [first, last];
      const early = this.span ? Math.min(rare, this.span[0]) : rare;
      return [Math.max(first, days.of(days.year(early), 0, 1)), last];
    }

    /** Let the bar cover these days too, two ISO dates or null: layers came or went. A whole window stays the whole. */
    stretch(span) {
      const { view, bar } = this, whole = view.isWhole(), before = view.range.join();
      this.span = spanOf(span);
      this.counts.hold(this.span);
      view.setRange();
      if (view.range.join() === before) return;
      if (whole) view.showWhole();
      view.set({});
      bar.domain = this.firstDomain();
      if (!view.isWhole()) bar.reveal();
      this.stale = true;
      this.change(true);
    }

    /** Whether the window is on its way: dragged or played. */
    isMoving() {
      return Boolean(this.bar.drag || this.transport.timer);
    }

    wholeTime() {
      this.view.showWhole();
      this.bar.showAll();
      this.change(true);
    }

    stop() {
      if (this.transport) this.transport.stop();
    }

    /* ---- drawing ---- */

    /** Something changed. `done`: the user has let go, so tell the page too. Drawing waits for the next frame. */
    change(done) {
      this.settled = this.settled || done;
      if (!this.frame) this.frame = requestAnimationFrame(() => this.paint());
    }

    paint() {
      const began = performance.now();
      this.frame = 0;
      const settled = this.settled;
      this.settled = false;
      this.counts.count(this.view);
      if (settled && this.stale) {
        this.stale = false;
        this.bar.rebuild();
      } else if (settled && this.typesDrawn !== this.view.types) this.bar.rebuild();
      else this.bar.draw();
      if (settled) this.typesDrawn = this.view.types;
      this.marks.moving = !settled;
      this.transport.sync();
      this.chips.sync();
      this.countries.sync();
      this.gathered.sync();
      this.overlays.sync();
      if (this.control) this.control.sync();
      this.empty.sync(settled);
      if (settled) {
        this.measureCards();
        this.sight.sync();
      }
      this.redrawMarks();
      this.timing.frame = performance.now() - began;
      this.timing.frames++;
      if (settled) {
        this.walk.sync();
        this.transport.speak();
        this.post.emit();
        this.grid.sync();
      }
    }

    /** Draw at once (a frame out of sight gets no animation frame), without telling the page what it has just said. */
    paintNow() {
      cancelAnimationFrame(this.frame);
      this.post.keepStill();
      this.paint();
    }

    /** Where cards lie over the map: no name is written under them. */
    measureCards() {
      const { left, top } = this.node.stage.getBoundingClientRect();
      this.covered = [...this.node.stage.querySelectorAll(CARDS)]
        .map((card) => card.getBoundingClientRect())
        .filter(({ width }) => width)
        .map((box) => ({ x0: box.left - left, y0: box.top - top, x1: box.right - left, y1: box.bottom - top }));
    }

    outline(code) {
      if (this.base) this.base.outline(code);
    }

    isLit(place) {
      return this.choice.places.has(place) || Boolean(this.hover && this.hover.place === place);
    }

    redrawMarks() {
      this.areas.refresh();
      this.marks.redraw();
      this.overlays.canvas.redraw();
    }

    setTheme(theme) {
      if (theme === this.theme || (theme !== "light" && theme !== "dark")) return; // the page says it with every message
      this.theme = theme;
      this.node.root.dataset.theme = theme;
      this.areas.patterns.clear();
      if (this.base) this.base.redraw();
      if (this.tiles) this.tiles.redraw();
      this.redrawMarks();
      this.bar.rebuild();
    }

    setDraw(draw) {
      if (DRAWS.includes(draw)) this.draw = draw;
    }

    /** Cells where marks are drawn, marks where cells are; what is drawn by itself here is not insisted on elsewhere. */
    swapDraw() {
      const wanted = this.marks.dense ? "marks" : "density";
      this.draw = DRAWS[0];
      this.marks.moving = false;
      this.marks.redraw();
      if (this.marks.dense !== (wanted === "density")) this.draw = wanted;
      this.change(true);
    }

    /** Marks were drawn anew: what tells of their scale follows. */
    drawn() {
      if (!this.legend) return;
      this.legend.sync();
      this.cells.setAttribute("aria-pressed", String(this.marks.dense));
    }

    /** Past the 180th meridian the map goes on; afterwards its middle has the longitude that everybody gives it. */
    turnBack() {
      const { map } = this, centre = map.getCenter();
      if (Math.abs(centre.lng) > 180) map.setView(centre.wrap(), map.getZoom(), { reset: true });
    }

    /* ---- building ---- */

    /** Build everything on the data that have come, and draw the events; `shapes`: outlines of areas by place id. */
    build(shapes) {
      const { map, node, options } = this, start = options.state || {}, centre = map.getCenter();
      for (const [pane, level] of Object.entries(PANES)) {
        Object.assign(map.createPane(pane).style, { zIndex: level, pointerEvents: "none" });
      }
      this.view.readTypes(start.types);
      this.view.set(TM.View.read(start));
      this.refilter();
      this.makeLayers(shapes, options.radii || {});
      this.makeControls();
      node.stage.prepend(this.walk.root);
      node.stage.append(...[
        h("div.tm-corner", null, this.control && this.control.root, this.overlays.root), this.chips.root, this.countries.root, this.legend.root, this.empty.root,
        options.base && TM.worldview(this.tiles), this.tip.root,
        this.sight.button, this.cells, this.sight.outside, this.gathered.root,
      ].filter(Boolean));
      node.foot.append(this.transport.root, this.bar.root, this.bar.years.root);
      map.invalidateSize({ animate: false });
      if (!this.view.isWhole()) this.bar.reveal();
      this.counts.count(this.view);
      if (start.lat != null && start.lng != null) map.setView(map.options.center, map.options.zoom, { reset: true });
      else if (options.placed) map.setView(centre, map.getZoom(), { reset: true }); // the bar has taken room from it
      else this.sight.look(null);
      this.areas.addTo(map);
      this.marks.addTo(map);
      this.overlays.canvas.addTo(map);
    }

    /** Fill in the time bar and the numbers, and begin to listen: the events are on the screen by now. */
    open() {
      this.listen();
      this.change(true);
      this.paintNow();
    }

    /** The layers that are drawn from the data. */
    makeLayers(shapes, radii) {
      const state = {
        counts: () => this.counts,
        palette: () => this.palette(),
        theme: () => this.theme,
        selected: () => this.choice.places,
        hovered: () => (this.hover ? this.hover.place : -1),
        ghost: () => this.choice.ghost,
        covered: () => this.covered,
        draw: () => this.draw,
        narrow: () => this.narrow(),
        drawn: () => this.drawn(),
        lettered: () => this.lettered,
        base: () => this.base && this.base.base,
        isLit: (place) => this.isLit(place),
      };
      this.areas = new TM.AreaLayer(TM.areasOf(this.data.places, shapes, radii), state, OF_AREAS);
      this.marks = new TM.MarkLayer(this.data, this.labels, this.areas, state, OF_MARKS);
    }

    makeControls() {
      const { map, node, options } = this;
      this.tiles = options.tiles ? new TM.Tiles(this, options.tiles) : null;
      this.tip = new TM.Tip(node.stage);
      this.bar = new TM.TimeBar(this);
      this.bar.domain = this.firstDomain();
      this.transport = new TM.Transport(this);
      this.chips = new TM.Chips(this);
      this.countries = new TM.Countries(this);
      this.empty = new TM.EmptyCard(this);
      this.legend = new TM.Legend(this);
      this.picker = new TM.Picker(this);
      this.overlays = new TM.Overlays(this);
      this.control = options.control ? new TM.Control(this, options.control, (options.state || {}).control !== "off") : null;
      this.sight = new TM.Sight(this);
      this.walk = new TM.Walk(this);
      this.gathered = new TM.Gathered(this);
      this.cells = h("button.tm-cells", {
        type: "button", "aria-pressed": "false", "aria-label": "Cells instead of marks",
        title: "Cells instead of marks (C): how densely events lie, where places are many", click: () => this.swapDraw(),
      }, TM.svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, TM.svg("path", { d: "M8 1l3 1.7v3.5L8 8 5 6.2V2.7zM5 6.2 8 8v3.5l-3 1.8-3-1.8V8zM11 6.2 14 8v3.5l-3 1.8-3-1.8V8z" })));
      if (options.base) map.on("moveend", () => this.turnBack());
      // A map that was somebody's before has its own; both would lie under our chips at the left.
      if (map.zoomControl) map.zoomControl.setPosition("topright");
      else L.control.zoom({ position: "topright" }).addTo(map);
      if (options.base) L.control.scale({ position: "bottomleft", imperial: false, maxWidth: 110 }).addTo(map);
      this.makeRoom();
    }

    /** Let what we have at the right stand below the controls that the page has put there. */
    makeRoom() {
      const { children } = this.map.getContainer().querySelector(".leaflet-top.leaflet-right");
      const others = [...children].filter((control) => !control.classList.contains("leaflet-control-zoom"));
      const height = others.reduce((sum, control) => sum + control.offsetHeight + 10, 0);
      if (!height) return;
      this.node.root.style.setProperty("--room", `${height}px`);
      this.node.root.style.setProperty("--beside", `${Math.max(...others.map((control) => control.offsetWidth)) + 24}px`);
    }

    /** The base map arrives after the events, and the names of its places by themselves. */
    addBase(world, water, near) {
      this.base = new TM.BaseLayer(TM.decodeBase(world, water), () => this.palette(), OF_BASE);
      if (near) this.base.near = new TM.Near(this, near);
      this.base.addTo(this.map);
      this.areas.redraw(); // the seas end at the coast
      this.choice.show();
    }

    addLabels(labels) {
      for (const [name, list] of Object.entries(labels)) {
        for (const label of list) label.at = TM.mercator(label[1], label[2]);
        this.labels[name] = list;
      }
      this.marks.redraw();
    }

    listen() {
      const { map } = this;
      this.pointer = new TM.Pointer(this);
      map.on("moveend", () => {
        clearTimeout(this.panned);
        this.panned = setTimeout(() => {
          this.sight.sync();
          this.walk.sync();
          this.post.emit();
          this.grid.sync();
        }, PAN_PAUSE);
      });
      const sizes = new ResizeObserver(() => this.fit());
      // The map by itself, too: the bar under it has more lines until its fonts are there.
      for (const part of [this.node.root, map.getContainer()]) sizes.observe(part);
      // All of them now: one that a card first needs in the middle of a drag would be fetched then.
      const fonts = Promise.allSettled(Object.values(TM.FONTS).map((font) => document.fonts.load(font)));
      const letter = () => {
        TM.forgetWidths();
        this.lettered = true;
        this.bar.rebuild();
        this.marks.redraw();
      };
      fonts.then(letter);
      // Names in another font are better than none.
      setTimeout(() => { if (!this.lettered) letter(); }, FONTS_PAUSE);
    }

    /** The frame or the map in it has another size. */
    fit() {
      const { map, bar } = this, { clientWidth, clientHeight } = map.getContainer(), size = map.getSize();
      const untouched = this.sight.isUntouched();
      // Leaflet forgets the exact centre even where the size is the same, and the link would drift.
      if (clientWidth !== size.x || clientHeight !== size.y) map.invalidateSize({ animate: false });
      if (bar.root.clientWidth !== bar.width) bar.rebuild();
      this.measureCards();
      if (untouched) this.sight.look(null);
    }
  };
})((window.TM = window.TM || {}));
