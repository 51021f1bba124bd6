/* A mark that stands for several places, opened as a list: which they are, and how many events each has. */
(function (TM) {
  "use strict";

  const { h } = TM;
  const ROWS = 8;
  const MARGIN = 60; // pixels around the places of a mark, seen near
  const text = TM.grouped;

  TM.Gathered = class {
    constructor(app) {
      this.app = app;
      this.all = false; // whether the list is shown to its end
      this.title = h("h2");
      this.list = h("div.tm-rows");
      this.foot = h("div.tm-buttons");
      const close = h("button.tm-close", { type: "button", "aria-label": "Close", title: "Close (Esc)", click: () => app.choice.pick([]) }, "×");
      this.root = h("aside.tm-card.tm-gathered", { hidden: true, "aria-label": "Places of the mark" }, close, this.title, this.list, this.foot);
    }

    /** Show the places of the clicked mark that have events in the window. */
    sync() {
      const { app } = this, { counts, data, choice } = app;
      const places = data.othersOf(choice.group) > 0 ? choice.group.filter((place) => counts.n[place]) : [];
      places.sort((a, b) => counts.n[b] - counts.n[a] || a - b);
      const total = data.othersOf(places) + 1;
      this.root.hidden = total < 2;
      const signature = places.map((place) => `${place}:${counts.n[place]}`).join();
      if (signature === this.shown) return;
      if (choice.group !== this.of) [this.of, this.all] = [choice.group, false];
      this.shown = signature;
      if (this.root.hidden) return;
      const events = places.reduce((sum, place) => sum + counts.n[place], 0);
      this.title.textContent = `${text(total)} places, ${text(events)} events`;
      this.fill(places);
      const points = new Set(places.map((place) => `${data.places.lon[place]},${data.places.lat[place]}`));
      const near = h("button.tm-button", { type: "button", click: () => this.goNear(places) }, "Zoom in");
      const apart = points.size > 1 || total > places.length;
      const note = !apart && h("small", null, "All at one point: zooming does not part them.");
      const listed = choice.named.length < total && h("small", null, `The list of events holds those of the ${choice.named.length} busiest.`);
      this.foot.replaceChildren(...[apart && near, note, listed].filter(Boolean));
    }

    fill(places) {
      const shown = this.all ? places : places.slice(0, ROWS);
      this.list.replaceChildren(...shown.map((place) => this.row(place)));
      if (shown.length === places.length) return;
      const more = () => {
        this.all = true;
        this.fill(places);
        this.list.children[ROWS].focus();
      };
      this.list.append(h("button.tm-country.tm-all", { type: "button", click: more }, `Show all ${text(places.length)}`));
    }

    row(place) {
      const { counts, data, choice } = this.app;
      const mix = TM.mixBar(Array.from(counts.byType.subarray(place * TM.TYPE_COUNT, (place + 1) * TM.TYPE_COUNT)));
      const others = data.othersOf([place]), called = data.places.name[place] || "A place without a name";
      const name = h("span", null, others ? `${called} and ${text(others)} nearby` : called);
      return h("button.tm-country", { type: "button", "data-place": place, click: () => choice.pick([place]) }, name, h("span", null, text(counts.n[place])), mix);
    }

    /** Look at these places from so near that they come apart, as far as they do. */
    goNear(places) {
      const { map, data } = this.app, { lon, lat } = data.places, cells = data.othersOf(places) >= places.length, middle = lon[places[0]] / 360;
      const bounds = L.latLngBounds(places.map((place) => [lat[place], TM.near(lon[place] / 360, middle) * 360]));
      const wanted = cells ? map.getZoom() + 2 : map.getBoundsZoom(bounds, false, L.point(2 * MARGIN, 2 * MARGIN));
      const centre = bounds.getCenter();
      map.setView(TM.nearby(map, centre.lat, centre.lng), Math.min(map.getMaxZoom(), Math.max(wanted, map.getZoom() + 1)), { animate: false });
    }
  };
})((window.TM = window.TM || {}));
