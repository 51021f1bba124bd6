/* What is chosen: places whose events are listed, one opened event, and where a runner-up would stand. */
(function (TM) {
  "use strict";

  const clamp = (value, low, high) => Math.max(low, Math.min(high, value));
  const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  TM.Choice = class {
    constructor(app) {
      Object.assign(this, { app, places: new Set(), row: -1, ghost: null });
      this.awaited = null; // an event that the page opened before its data came
    }

    isEmpty() {
      return !this.places.size && this.row < 0;
    }

    /** Choose places (numbers): their events are listed; a single event is opened. */
    pick(places) {
      const { counts, view } = this.app;
      this.ghost = this.awaited = null;
      this.places = new Set(places);
      const rows = places.length ? counts.rowsAt(this.places, view, 2) : [];
      this.row = rows.length === 1 ? rows[0] : -1;
      this.show();
      this.app.post.emit();
    }

    /** Choose places by their ids. */
    pickIds(ids) {
      const wanted = new Set(ids.map(String));
      Object.assign(this, { ghost: null, awaited: null, row: -1 });
      this.places = new Set(this.app.data.places.id.flatMap((id, place) => (wanted.has(id) ? [place] : [])));
      this.show();
    }

    /** Open an event by id (null: none), and bring its place into view if it is not. */
    open(id, pan) {
      const { data } = this.app;
      this.ghost = null;
      this.row = id == null ? -1 : data.indexOf(String(id));
      this.awaited = id != null && this.row < 0 ? String(id) : null;
      const place = this.row < 0 ? TM.NO_PLACE : data.column.place[this.row];
      this.places = new Set(place === TM.NO_PLACE ? [] : [place]);
      if (pan) this.places.forEach((chosen) => this.bringIntoView(chosen));
      this.show();
    }

    /** The data are new: choose the same places and the same event in them. */
    carryOver(before) {
      const { data } = this.app, ids = [...this.places].map((place) => before.places.id[place]);
      const event = this.row < 0 ? this.awaited : before.eventId(this.row), late = this.row < 0, { ghost } = this;
      if (event == null) this.pickIds(ids);
      else this.open(event, late);
      this.ghost = data.indexOf(event) < 0 ? ghost : null;
    }

    /** Ring what is chosen, outline a chosen country. */
    show() {
      const { places } = this.app.data;
      const country = [...this.places].find((place) => places.precision[place] === "country");
      this.app.outline(country === undefined ? null : places.country[country]);
      this.app.redrawMarks();
    }

    bringIntoView(place) {
      const { data: { places }, map } = this.app;
      if (places.precision[place] === "country") return;
      const where = L.latLng(places.lat[place], places.lon[place]);
      if (!map.getBounds().pad(-0.12).contains(where)) map.panTo(where, { animate: !calm(), duration: 0.35 });
    }

    /** Show where an event would stand: `{lat, lng, name}`, or null. */
    showGhost(ghost) {
      const { map } = this.app, real = ghost && Number.isFinite(+ghost.lat) && Number.isFinite(+ghost.lng);
      this.ghost = real ? { lat: +ghost.lat, lng: +ghost.lng, name: String(ghost.name || "") } : null;
      if (real && !map.getBounds().contains([+ghost.lat, +ghost.lng])) {
        map.fitBounds(map.getBounds().extend([+ghost.lat, +ghost.lng]).pad(0.1), { animate: !calm() });
      }
      this.app.redrawMarks();
    }

    flyTo({ lat, lng, z }) {
      if (!Number.isFinite(+lat) || !Number.isFinite(+lng)) return;
      const { map } = this.app, given = z != null && Number.isFinite(+z);
      const zoom = given ? clamp(+z, map.getMinZoom(), map.getMaxZoom()) : map.getZoom();
      if (calm()) map.setView([+lat, +lng], zoom, { animate: false });
      else map.flyTo([+lat, +lng], zoom, { duration: 0.5 });
    }
  };
})((window.TM = window.TM || {}));
