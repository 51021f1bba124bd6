/* Where to look: a view of the densest part of what is in the window, clear of the cards, and how much lies outside it. */
(function (TM) {
  "use strict";

  const { h } = TM;
  const SHARE = 0.9; // of the events: what is far from the bulk of them would make it small
  const CLOSEST = 8; // zoom: a single town is shown with its surroundings
  const LEAST = 1e-4; // of the world's width, so that a line of towns has an area
  const NARROWER = 0.5; // of the usual view's width: from here on the map opens over the 180th meridian
  const AHEAD = 400; // items of a side that are weighed together
  const MARGIN = 24; // pixels around the events: a mark at the edge is seen whole
  const MOST_COVERED = 0.4; // of width or height that cards may keep clear: beyond, the map would be a strip

  /** The box around at least `share` of the weight. `items`: {box: [x0, y0, x1, y1], n}. Null where there is none.
      What lies outermost on a side gives way, the run of items first that costs least for what the box shrinks by it. */
  TM.densest = function (items, share) {
    if (!items.length) return null;
    const by = (edge, sign) => items.map((_, i) => i).sort((a, b) => sign * (items[a].box[edge] - items[b].box[edge]));
    const sides = [by(0, 1), by(1, 1), by(2, -1), by(3, -1)], gone = new Uint8Array(items.length);
    const size = (box) => Math.log(box[2] - box[0] + LEAST) + Math.log(box[3] - box[1] + LEAST);
    let spare = (1 - share) * items.reduce((sum, { n }) => sum + n, 0);
    for (;;) {
      const left = sides.map((side) => side.filter((i) => !gone[i])), box = left.map((side, edge) => items[side[0]].box[edge]);
      let best = [], worth = 0;
      left.forEach((side, edge) => {
        const smaller = box.slice();
        for (let count = 1, weight = 0; count < side.length && count <= AHEAD; count++) {
          weight += items[side[count - 1]].n;
          if (weight > spare) break;
          smaller[edge] = items[side[count]].box[edge];
          const gain = (size(box) - size(smaller)) / weight;
          if (gain > worth) [best, worth] = [side.slice(0, count), gain];
        }
      });
      if (!best.length) return box;
      for (const i of best) {
        gone[i] = 1;
        spare -= items[i].n;
      }
    }
  };

  TM.Sight = class {
    constructor(app) {
      this.app = app;
      this.seen = ""; // the view that was fitted: while it stands, a frame of another size is fitted anew
      this.button = h("button.tm-fit", {
        type: "button", title: "Fit the map to the events of the window (F)", "aria-label": "Fit the map to the events",
        click: () => this.show(SHARE),
      }, TM.svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, TM.svg("path", { d: "M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4" })));
      this.outside = h("button.tm-outside", { type: "button", hidden: true, title: "Show them all", click: () => this.show(1) });
    }

    /** The places with a mark that have events in the window, as boxes of the world. */
    items() {
      const { counts, data: { places }, areas } = this.app, wide = new Map(areas.areas.map((area) => [area.place, area.box]));
      const items = [];
      places.id.forEach((_, place) => {
        const precision = places.precision[place], area = wide.get(place);
        if (!counts.n[place] || (!area && precision !== "town" && precision !== "point")) return;
        const [x, y] = TM.mercator(places.lon[place], places.lat[place]);
        items.push({ box: area || [x, y, x, y], n: counts.n[place], at: [x, y] });
      });
      return items;
    }

    /** Show `share` of the events of the window. `still`: without telling the page. False where there is none to show. */
    show(share = SHARE, { still = false } = {}) {
      const { app } = this, { map } = app;
      app.counts.count(app.view);
      const box = this.boxOf(this.items(), share);
      if (!box) return false;
      app.measureCards();
      const [left, top, right, bottom] = this.covered(), at = (x, y) => L.latLng(TM.latitude(y), x * 360 - 180);
      map.fitBounds([at(box[0], box[3]), at(box[2], box[1])], {
        paddingTopLeft: [left, top], paddingBottomRight: [right, bottom], maxZoom: CLOSEST, animate: false,
      });
      if (still) {
        this.seen = this.view();
        app.post.keepStill();
      }
      return true;
    }

    /** The box around `share` of the events; over the 180th meridian where it is much narrower there. */
    boxOf(items, share) {
      const box = TM.densest(items, share), far = ({ at: [x] }) => (x < 0.5 ? 1 : 0);
      if (!box || box[2] - box[0] < 0.5) return box;
      const turned = items.map((item) => ({ ...item, box: item.box.map((edge, side) => (side % 2 ? edge : edge + far(item))) }));
      const over = TM.densest(turned, share);
      return over[2] - over[0] < NARROWER * (box[2] - box[0]) ? over : box;
    }

    /** Look somewhere at once: `{lat, lng, z}`, or (null) at the events of the window. The cards are filled first then,
        since nothing may lie under them. */
    look(view) {
      const { app } = this;
      if (view === null) {
        for (const card of [app.chips, app.countries]) card.sync();
        this.show(SHARE, { still: true });
      } else if (view && [view.lat, view.lng, view.z].every(Number.isFinite)) {
        app.map.setView([view.lat, view.lng], view.z, { reset: true });
      }
    }

    view() {
      const { lat, lng } = this.app.map.getCenter();
      return `${lat},${lng},${this.app.map.getZoom()}`;
    }

    /** Whether nobody has moved the map since it was fitted by itself. */
    isUntouched() {
      return this.seen !== "" && this.seen === this.view();
    }

    /** How far cards reach in from each side: left, top, right, bottom, in pixels. */
    covered() {
      const { x: wide, y: tall } = this.app.map.getSize(), reach = [0, 0, 0, 0];
      for (const { x0, y0, x1, y1 } of this.app.covered) {
        const from = [x1 / wide, y1 / tall, (wide - x0) / wide, (tall - y0) / tall], side = from.indexOf(Math.min(...from));
        if (from[side] <= MOST_COVERED) reach[side] = Math.max(reach[side], from[side] * (side % 2 ? tall : wide));
      }
      const most = [wide, tall, wide, tall].map((length) => (length * MOST_COVERED) / 2 + MARGIN);
      return reach.map((pixels, side) => Math.min(pixels + MARGIN, Math.max(most[side], MARGIN)));
    }

    /** Say how many events of the window have their place outside of what is seen. */
    sync() {
      const bounds = this.app.map.getBounds(), middle = this.app.map.getCenter().lng / 360 + 0.5, [west, north] = TM.mercator(bounds.getWest(), Math.min(85, bounds.getNorth()));
      const [east, south] = TM.mercator(bounds.getEast(), Math.max(-85, bounds.getSouth()));
      const number = this.items().reduce((sum, { at: [there, y], n }) => {
        const x = TM.near(there, middle);
        return sum + (x < west || x > east || y < north || y > south ? n : 0);
      }, 0);
      this.outside.hidden = !number;
      const text = `${TM.grouped(number)} ${number === 1 ? "event lies" : "events lie"} outside this view`;
      if (this.outside.textContent !== text) this.outside.textContent = text;
    }
  };
})((window.TM = window.TM || {}));
