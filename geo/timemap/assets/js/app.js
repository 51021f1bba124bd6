/* The whole: the parts put together around one state, drawn once a frame; messages in and out.

   In: `command({...})`. Out: the state after a release, a click or a pan, through `window.Streamlit.setComponentValue`
   where there is one, and always as a `timemap:state` event on the document. geo/timemap documents both. */
(function (TM) {
  "use strict";

  const { days, h, TYPES } = TM;
  const ALL_TYPES = (1 << TYPES.length) - 1;
  const PAN_PAUSE = 400; // milliseconds after a pan before it is reported
  const RARE = 0.03; // share of events that may lie before the stretch of time shown at first
  const LONG = 15 * 365; // days; a shorter history is shown whole
  const clamp = (value, low, high) => Math.max(low, Math.min(high, value));
  const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  TM.App = class {
    constructor(map, options, data) {
      Object.assign(this, { map, options, data });
      const start = options.state || {};
      this.theme = options.theme === "dark" ? "dark" : "light";
      this.node = TM.makeStage(map, this.theme);
      this.counts = new TM.Counts(data);
      this.axes = { happened: this.counts.extent.happened, reported: this.counts.extent.reported };
      this.filter = new TM.Filter(data.table);
      this.filter.read(start);
      this.view = { axis: "happened", mode: "window", types: ALL_TYPES, from: 0, to: 0 };
      this.setRange(start.axis === "reported" ? "reported" : "happened");
      this.chosen = new Set(); // places whose events are listed
      this.eventRow = -1;
      this.hover = null;
      this.ghost = null;
      this.base = null;
      this.frame = 0;
      this.sent = "";
      this.answers = 0;
      this.covered = [];
      this.timing = { frame: 0, frames: 0 };
    }

    palette() {
      return TM.PALETTES[this.theme];
    }

    narrow() {
      return window.innerWidth <= 760;
    }

    /* ---- state ---- */

    /** The range of days of an axis; a corpus without any dated event still gets a bar. */
    setRange(axis) {
      const today = Math.floor(Date.now() / 864e5);
      const [first, last] = this.axes[axis] || this.axes.happened || this.axes.reported || [today - 365, today];
      this.range = [days.of(days.year(first), 0, 1), days.of(days.year(last), 11, 31)];
    }

    /** Change from, to, axis or mode; what cannot be is put right rather than refused. */
    setView(change) {
      const { view } = this, before = this.range;
      if (change.axis === "happened" || change.axis === "reported") {
        if (change.axis !== view.axis) {
          view.axis = change.axis;
          this.setRange(view.axis);
          if (view.from === before[0] && view.to === before[1]) [view.from, view.to] = this.range;
          this.refilter();
          if (this.bar) this.bar.domain = this.firstDomain();
        }
      }
      if (["window", "cumulative", "day"].includes(change.mode)) view.mode = change.mode;
      const day = (value) => (typeof value === "number" && Number.isFinite(value) ? Math.round(value) : null);
      const from = day(change.from) == null ? view.from : day(change.from);
      const to = day(change.to) == null ? view.to : day(change.to);
      view.from = clamp(Math.min(from, to), ...this.range);
      view.to = clamp(Math.max(from, to), ...this.range);
    }

    readTypes(list) {
      if (!Array.isArray(list)) return;
      this.view.types = TM.maskOf(TYPES.map(({ id }) => id), list);
    }

    readDays(message) {
      const day = (value, end) => (typeof value === "string" ? days.parse(value, end) : null);
      return { from: day(message.from, false), to: day(message.to, true), axis: message.axis, mode: message.mode };
    }

    refilter() {
      this.counts.setFilter(this.filter, this.view.axis);
      this.rowsOfStatus = 0;
      for (const status of this.data.column.status) this.rowsOfStatus += (this.filter.status >> status) & 1;
      this.stale = true;
    }

    isFiltered() {
      return this.view.types !== ALL_TYPES || this.filter.isSet();
    }

    clearFilters() {
      this.filter = new TM.Filter(this.data.table);
      this.view.types = ALL_TYPES;
      this.refilter();
      this.change(true);
    }

    /** The stretch of time to show first: all of it, or from where all but a few events begin. */
    firstDomain() {
      const [first, last] = this.range;
      if (last - first <= LONG) return this.range.slice();
      const { start } = this.counts[this.view.axis];
      const known = start.filter((day) => day !== TM.NO_DAY).sort();
      const early = known[Math.floor(known.length * RARE)];
      return known.length ? [Math.max(first, days.of(days.year(early), 0, 1)), last] : this.range.slice();
    }

    isWhole() {
      return this.view.from === this.range[0] && this.view.to === this.range[1];
    }

    wholeTime() {
      [this.view.from, this.view.to] = this.range;
      this.bar.showAll();
      this.change(true);
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
        this.legend.sync();
      } else if (settled && this.typesDrawn !== this.view.types) this.bar.rebuild();
      else this.bar.draw();
      if (settled) this.typesDrawn = this.view.types;
      this.marks.moving = !settled;
      if (settled) this.measureCards();
      this.areas.refresh();
      this.marks.redraw();
      this.transport.sync();
      this.chips.sync();
      this.countries.sync();
      this.empty.sync(settled);
      this.timing.frame = performance.now() - began;
      this.timing.frames++;
      if (settled) {
        this.transport.speak();
        this.emit();
      }
    }

    /** Where cards lie over the map: no name is written under them. */
    measureCards() {
      const { left, top } = this.node.stage.getBoundingClientRect();
      this.covered = [...this.node.stage.querySelectorAll(".tm-chip, .tm-card, .tm-world, .leaflet-control")]
        .map((card) => card.getBoundingClientRect())
        .filter(({ width }) => width)
        .map((box) => ({ x0: box.left - left, y0: box.top - top, x1: box.right - left, y1: box.bottom - top }));
    }

    stop() {
      if (this.transport) this.transport.stop();
    }

    outline(code) {
      if (this.base) this.base.outline(code);
    }

    isLit(place) {
      return this.chosen.has(place) || Boolean(this.hover && this.hover.place === place);
    }

    redrawMarks() {
      this.areas.refresh();
      this.marks.redraw();
    }

    setTheme(theme) {
      if (theme !== "light" && theme !== "dark") return;
      this.theme = theme;
      this.node.root.dataset.theme = theme;
      this.areas.patterns.clear();
      if (this.base) this.base.redraw();
      this.redrawMarks();
      this.bar.rebuild();
    }

    /* ---- choosing ---- */

    /** Choose places (numbers): their events are listed; a single event is opened. */
    pick(places) {
      this.ghost = null;
      this.chosen = new Set(places);
      const rows = places.length ? this.counts.rowsAt(this.chosen, this.view, 2) : [];
      this.eventRow = rows.length === 1 ? rows[0] : -1;
      this.showChosen();
      this.emit();
    }

    /** Ring what is chosen, outline a chosen country. */
    showChosen() {
      const { places } = this.data;
      const country = [...this.chosen].find((place) => places.precision[place] === "country");
      this.outline(country === undefined ? null : places.country[country]);
      this.redrawMarks();
    }

    /** Open an event by id (null: none), and bring its place into view if it is not. */
    select(id, pan) {
      this.ghost = null;
      this.eventRow = id == null ? -1 : this.data.indexOf(String(id));
      this.chosen = new Set();
      if (this.eventRow >= 0) {
        const place = this.data.column.place[this.eventRow];
        if (place !== TM.NO_PLACE) {
          this.chosen.add(place);
          if (pan) this.bringIntoView(place);
        }
      }
      this.showChosen();
    }

    bringIntoView(place) {
      const { places } = this.data;
      if (places.precision[place] === "country") return;
      const where = L.latLng(places.lat[place], places.lon[place]);
      if (this.map.getBounds().pad(-0.12).contains(where)) return;
      this.map.panTo(where, { animate: !calm(), duration: 0.35 });
    }

    /* ---- messages ---- */

    /** What the page is told. Places and events by id; days as ISO dates; both days of the window included. */
    state() {
      const { view, data, map, filter } = this, centre = map.getCenter();
      const { statuses, tiers } = data.table, named = TM.namesOf;
      const places = [...this.chosen].map((place) => data.places.id[place]);
      return {
        from: days.iso(view.from), to: days.iso(view.to), axis: view.axis, mode: view.mode,
        whole: this.isWhole(),
        types: named(TYPES.map((type) => type.id), view.types),
        status: named(statuses, filter.status), tiers: named(tiers, filter.tiers), longest: filter.longest,
        lat: +centre.lat.toFixed(4), lng: +centre.lng.toFixed(4), z: map.getZoom(),
        event: this.eventRow >= 0 ? data.eventId(this.eventRow) : null,
        place: places[0] || null, places,
      };
    }

    /** Tell the page what the map shows, if that is news. `answer`: what it asked for, told once. */
    emit(answer) {
      const state = this.state(), text = JSON.stringify(state);
      if (text === this.sent && !answer) return;
      this.sent = text;
      if (answer) Object.assign(state, answer, { answer: ++this.answers });
      document.dispatchEvent(new CustomEvent("timemap:state", { detail: state }));
      if (window.Streamlit && window.Streamlit.setComponentValue) window.Streamlit.setComponentValue(state);
    }

    /** A message from the page; every key is optional, unknown keys and impossible values are passed over. */
    command(message) {
      if (!message || typeof message !== "object") return;
      const has = (...keys) => keys.some((key) => key in message);
      if (has("theme")) this.setTheme(message.theme);
      this.readTypes(message.types);
      if (has(...TM.Filter.KEYS)) {
        this.filter.read(message);
        this.refilter();
      }
      if (has("from", "to", "axis", "mode")) {
        this.stop();
        this.setView(this.readDays(message));
        if (!this.isWhole()) this.bar.reveal();
      }
      if (has("place")) {
        const wanted = new Set([].concat(message.place == null ? [] : message.place).map(String));
        this.ghost = null;
        this.eventRow = -1;
        this.chosen = new Set(this.data.places.id.flatMap((id, place) => (wanted.has(id) ? [place] : [])));
        this.showChosen();
      }
      if (has("event")) this.select(message.event, true);
      if (has("ghost")) this.showGhost(message.ghost);
      if (message.flyTo) this.flyTo(message.flyTo);
      if (message.data) TM.renew(this, message.data);
      if (message.pick) this.picker.start();
      else if (has("pick")) this.picker.stop();
      this.change(true);
      this.paintNow(); // and the page is not told what it said itself
    }

    showGhost(ghost) {
      const real = ghost && Number.isFinite(+ghost.lat) && Number.isFinite(+ghost.lng);
      this.ghost = real ? { lat: +ghost.lat, lng: +ghost.lng, name: String(ghost.name || "") } : null;
      if (real && !this.map.getBounds().contains([+ghost.lat, +ghost.lng])) {
        const shown = this.map.getBounds().extend([+ghost.lat, +ghost.lng]);
        this.map.fitBounds(shown.pad(0.1), { animate: !calm() });
      }
      this.redrawMarks();
    }

    flyTo({ lat, lng, z }) {
      if (!Number.isFinite(+lat) || !Number.isFinite(+lng)) return;
      const { map } = this, given = z != null && Number.isFinite(+z);
      const zoom = given ? clamp(+z, map.getMinZoom(), map.getMaxZoom()) : map.getZoom();
      if (calm()) this.map.setView([+lat, +lng], zoom, { animate: false });
      else this.map.flyTo([+lat, +lng], zoom, { duration: 0.5 });
    }

    /* ---- building ---- */

    build(areaShapes) {
      const { map, data, node, options } = this, start = options.state || {};
      map.createPane("tm-base").style.zIndex = 200;
      map.createPane("tm-areas").style.zIndex = 410;
      map.createPane("tm-marks").style.zIndex = 420;
      for (const pane of ["tm-base", "tm-areas", "tm-marks"]) map.getPane(pane).style.pointerEvents = "none";
      const state = {
        counts: () => this.counts,
        palette: () => this.palette(),
        theme: () => this.theme,
        selected: () => this.chosen,
        hovered: () => (this.hover ? this.hover.place : -1),
        ghost: () => this.ghost,
        covered: () => this.covered,
        isLit: (place) => this.isLit(place),
      };
      const areas = TM.areasOf(data.places, areaShapes, options.radii || {});
      this.labels = { countries: [], seas: [], admin1: [], towns: [] };
      this.areas = new TM.AreaLayer(areas, state, { pane: "tm-areas", padding: 0.15 });
      this.marks = new TM.MarkLayer(data, this.labels, this.areas, state, { pane: "tm-marks", padding: 0.15 });

      this.readTypes(start.types);
      this.refilter();
      this.setView({ from: this.range[0], to: this.range[1] });
      this.setView(this.readDays(start));
      this.counts.count(this.view);
      this.tiles = options.tiles ? TM.makeTiles(this, options.tiles) : null;

      this.tip = new TM.Tip(node.stage);
      this.bar = new TM.TimeBar(this);
      this.bar.domain = this.firstDomain();
      this.transport = new TM.Transport(this);
      this.chips = new TM.Chips(this);
      this.countries = new TM.Countries(this);
      this.empty = new TM.EmptyCard(this);
      this.legend = new TM.Legend(this);
      const worldview = "Borders follow the UN General Assembly · Natural Earth · ";
      const world = h("div.tm-world", null, worldview, h("span.tm-dash"), " disputed");
      node.stage.append(
        this.chips.root, this.countries.root, this.legend.root, this.empty.root, world, this.tip.root,
      );
      node.foot.append(this.transport.root, this.bar.root, this.bar.years);
      L.control.zoom({ position: "topright" }).addTo(map);
      L.control.scale({ position: "bottomleft", imperial: false, maxWidth: 110 }).addTo(map);
      map.invalidateSize({ animate: false });
      if ("lat" in start && "lng" in start) map.setView(map.options.center, map.options.zoom, { reset: true });
      this.areas.addTo(map);
      this.marks.addTo(map);
      if (!this.isWhole()) this.bar.reveal();
      this.listen();
      if (start.event != null) this.select(start.event, !("lat" in start));
      else if (start.place != null) this.command({ place: start.place });
      this.change(true);
      this.paintNow();
    }

    /** Draw at once (a frame out of sight gets no animation frame), without telling the page what it has just said. */
    paintNow() {
      cancelAnimationFrame(this.frame);
      this.sent = JSON.stringify(this.state());
      this.paint();
    }

    /** The base map arrives after the events. */
    addBase(world, water, labels) {
      this.base = new TM.BaseLayer(TM.decodeBase(world, water), () => this.palette(), { pane: "tm-base", padding: 0.35 });
      this.base.addTo(this.map);
      for (const [name, list] of Object.entries(labels)) {
        for (const label of list) label.at = TM.mercator(label[1], label[2]);
        this.labels[name] = list;
      }
      this.showChosen();
    }

    listen() {
      const { map } = this;
      this.picker = new TM.Picker(this);
      this.pointer = new TM.Pointer(this);
      map.on("zoomend", () => this.legend.sync());
      map.on("moveend", () => {
        clearTimeout(this.panned);
        this.panned = setTimeout(() => this.emit(), PAN_PAUSE);
      });
      new ResizeObserver(() => {
        const { clientWidth, clientHeight } = map.getContainer(), size = map.getSize();
        // Leaflet forgets the exact centre even where the size is the same, and the link would drift.
        if (clientWidth !== size.x || clientHeight !== size.y) map.invalidateSize({ animate: false });
        if (this.bar.root.clientWidth !== this.bar.width) this.bar.rebuild();
        this.measureCards();
      }).observe(this.node.root);
      // All of them now: one that a card first needs in the middle of a drag would be fetched then.
      const fonts = Object.values(TM.FONTS).map((font) => document.fonts.load(font));
      Promise.all(fonts).then(() => {
        TM.forgetWidths();
        this.bar.rebuild();
        this.marks.redraw();
      });
    }
  };
})((window.TM = window.TM || {}));
