/* What is chosen: places whose events are listed, one opened event, and where a runner-up would stand. */
(function (TM) {
  "use strict";

  const clamp = (value, low, high) => Math.max(low, Math.min(high, value));
  const MOST_LISTED = 100; // places of one mark: a link of them all still fits into an address (geo.query.view)
  const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  TM.Choice = class {
    constructor(app) {
      Object.assign(this, { app, listed: new Set(), row: -1, ghost: null });
      this.named = []; // the ids of those whose events are listed: a cell of counts stands for several
      this.group = []; // the places of the clicked mark, all of them
      this.awaited = null; // an event that the page opened before its data came, or that is one of many in a count
      this.seen = {}; // the cells of the spot, as they were looked up
      this.spot = null; // where the opened event stands, where the data cannot know: `{event, place, precision, lat, lng}`
    }

    /** What is lit: the places whose events are listed, and that of the opened event. */
    get places() {
      const { place } = this.app.data.column;
      if (this.row < 0) return this.spotted().size ? new Set([...this.listed, ...this.spotted()]) : this.listed;
      return place[this.row] === TM.NO_PLACE ? this.listed : new Set([...this.listed, place[this.row]]);
    }

    /** The cells in which the opened event stands, where the page had to say so. */
    spotted() {
      const { data } = this.app, { spot, awaited } = this, place = spot && spot.event === awaited ? spot.place : null;
      if (this.seen.data !== data || this.seen.place !== place) this.seen = { data, place, cells: place === null ? new Set() : this.numbersOf([place]) };
      return this.seen.cells;
    }

    isEmpty() {
      return !this.named.length && this.row < 0 && this.awaited === null;
    }

    /** Choose places (numbers): their events are listed; a single event is opened, and closes to the list as it was. */
    pick(places) {
      const { counts, view, data } = this.app;
      const rows = places.length ? counts.rowsAt(new Set(places), view, 2) : [], single = rows.length === 1 && data.isEvent(rows[0]);
      const busiest = places.length > MOST_LISTED ? [...places].sort((a, b) => counts.n[b] - counts.n[a] || a - b) : places;
      const named = single ? [] : busiest.slice(0, MOST_LISTED).flatMap(data.idsOf).slice(0, MOST_LISTED);
      Object.assign(this, { ghost: null, awaited: null, named, listed: this.numbersOf(named), row: single ? rows[0] : -1 });
      this.group = single ? [] : busiest;
      this.show();
      this.app.post.emit();
    }

    /** Choose places by their ids. */
    pickIds(ids) {
      Object.assign(this, { ghost: null, awaited: null, row: -1 });
      this.list(ids);
      this.show();
    }

    /** List the events of the places with these ids, as far as the data have them. */
    list(ids) {
      const { data } = this.app, wanted = new Set(ids.map(String));
      this.listed = this.numbersOf(ids);
      const known = new Set([...this.listed].flatMap(data.idsOf));
      // A cell of counts names its busiest places only: what is chosen stays chosen wherever the map goes.
      this.named = [...wanted].filter((id) => data.table.grid || known.has(id));
      this.group = [...this.listed];
    }

    numbersOf(ids) {
      const { data } = this.app, wanted = new Set(ids.map(String));
      return new Set(data.places.id.flatMap((_, place) => (data.idsOf(place).some((id) => wanted.has(id)) ? [place] : [])));
    }

    /** Open an event by id (null: none), and bring its place into view if it is not. */
    open(id, pan) {
      const { data } = this.app;
      this.ghost = null;
      this.row = id == null ? -1 : data.indexOf(String(id));
      this.awaited = id != null && this.row < 0 ? String(id) : null;
      const { places } = data, place = this.row < 0 ? TM.NO_PLACE : data.column.place[this.row];
      if (pan && place !== TM.NO_PLACE) this.bringIntoView({ lat: places.lat[place], lng: places.lon[place], precision: places.precision[place] });
      else if (pan && this.spot && this.spot.event === this.awaited) this.bringIntoView(this.spot);
      this.show();
    }

    /** Be as an earlier step of the page was: `{event, places}`, ids; the view stays. */
    restore({ event, places }) {
      this.list(Array.isArray(places) ? places : []);
      this.open(event, false);
    }

    /** The data are new: choose the same places and the same event in them. */
    carryOver(before) {
      const { data } = this.app, late = this.row < 0, { ghost } = this;
      const event = late ? this.awaited : before.eventId(this.row);
      this.list(this.named);
      this.open(event, late && !data.table.grid); // counts of another part come with each pan
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

    bringIntoView({ lat, lng, precision }) {
      const { map } = this.app;
      if (precision === "country") return;
      const where = TM.nearby(map, lat, lng);
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
