/* What is chosen: places whose events are listed, one opened event, and where a runner-up would stand. */
(function (TM) {
  "use strict";

  const clamp = (value, low, high) => Math.max(low, Math.min(high, value));
  const MOST_LISTED = 100; // places of one mark: a link of them all still fits into an address (geo.query.view)
  const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  TM.Choice = class {
    constructor(app) {
      Object.assign(this, { app, listed: new Set(), row: -1, ghost: null });
      this.group = []; // the places of the clicked mark, all of them
      this.awaited = null; // an event that the page opened before its data came
    }

    /** What is lit: the places whose events are listed, and that of the opened event. */
    get places() {
      const { place } = this.app.data.column, own = this.row < 0 ? TM.NO_PLACE : place[this.row];
      return own === TM.NO_PLACE ? this.listed : new Set([...this.listed, own]);
    }

    isEmpty() {
      return !this.listed.size && this.row < 0;
    }

    /** Choose places (numbers): their events are listed; a single event is opened, and closes to the list as it was. */
    pick(places) {
      const { counts, view } = this.app;
      const rows = places.length ? counts.rowsAt(new Set(places), view, 2) : [], single = rows.length === 1;
      const busiest = places.length > MOST_LISTED ? [...places].sort((a, b) => counts.n[b] - counts.n[a] || a - b) : places;
      const listed = new Set(single ? [] : busiest.slice(0, MOST_LISTED));
      Object.assign(this, { ghost: null, awaited: null, listed, row: single ? rows[0] : -1 });
      this.group = single ? [] : busiest;
      this.show();
      this.app.post.emit();
    }

    /** Choose places by their ids. */
    pickIds(ids) {
      Object.assign(this, { ghost: null, awaited: null, row: -1, listed: this.numbersOf(ids) });
      this.group = [...this.listed];
      this.show();
    }

    numbersOf(ids) {
      const wanted = new Set(ids.map(String));
      return new Set(this.app.data.places.id.flatMap((id, place) => (wanted.has(id) ? [place] : [])));
    }

    /** Open an event by id (null: none), and bring its place into view if it is not. */
    open(id, pan) {
      const { data } = this.app;
      this.ghost = null;
      this.row = id == null ? -1 : data.indexOf(String(id));
      this.awaited = id != null && this.row < 0 ? String(id) : null;
      if (pan && this.row >= 0 && data.column.place[this.row] !== TM.NO_PLACE) this.bringIntoView(data.column.place[this.row]);
      this.show();
    }

    /** Be as an earlier step of the page was: `{event, places}`, ids; the view stays. */
    restore({ event, places }) {
      this.listed = this.numbersOf(Array.isArray(places) ? places : []);
      this.group = [...this.listed];
      this.open(event, false);
    }

    /** The data are new: choose the same places and the same event in them. */
    carryOver(before) {
      const { data } = this.app, late = this.row < 0, { ghost } = this;
      const event = late ? this.awaited : before.eventId(this.row);
      this.listed = this.numbersOf([...this.listed].map((place) => before.places.id[place]));
      this.group = [...this.listed];
      this.open(event, late);
      this.ghost = event == null || data.indexOf(event) < 0 ? ghost : null;
    }

    /** Ring what is chosen, outline a chosen country. */
    show() {
      const { places } = this.app.data;
      const country = [...this.places].find((place) => places.precision[place] === "country");
      this.app.outline(country === undefined ? null : places.country[country]);
      this.app.gathered.sync();
      this.app.redrawMarks();
    }

    bringIntoView(place) {
      const { data: { places }, map } = this.app;
      if (places.precision[place] === "country") return;
      const where = TM.nearby(map, places.lat[place], places.lon[place]);
      if (!map.getBounds().pad(-0.12).contains(where)) map.panTo(where, { animate: !calm(), duration: 0.35 });
    }

    /** Show where an event would stand: `{lat, lng, name}`, or null. */
    showGhost(ghost) {
      const { map } = this.app, real = ghost && Number.isFinite(+ghost.lat) && Number.isFinite(+ghost.lng);
      this.ghost = real ? { lat: +ghost.lat, lng: +ghost.lng, name: String(ghost.name || "") } : null;
      const where = real && TM.nearby(map, +ghost.lat, +ghost.lng);
      if (real && !map.getBounds().contains(where)) {
        map.fitBounds(map.getBounds().extend(where).pad(0.1), { animate: !calm() });
      }
      this.app.redrawMarks();
    }

    flyTo({ lat, lng, z }) {
      if (!Number.isFinite(+lat) || !Number.isFinite(+lng)) return;
      const { map } = this.app, given = z != null && Number.isFinite(+z);
      const zoom = given ? clamp(+z, map.getMinZoom(), map.getMaxZoom()) : map.getZoom();
      const where = TM.nearby(map, +lat, +lng);
      if (calm()) map.setView(where, zoom, { animate: false });
      else map.flyTo(where, zoom, { duration: 0.5 });
    }
  };
})((window.TM = window.TM || {}));
