/* Messages between the page and the map. In: `command({...})`. Out: the state after a release, a click or a pan, through
   `window.Streamlit.setComponentValue` where there is one, and always as a `timemap:state` event on the document.
   geo/timemap documents both. */
(function (TM) {
  "use strict";

  const { days, TYPES } = TM;

  TM.Post = class {
    constructor(app) {
      this.app = app;
      this.sent = "";
      this.number = 0;
    }

    /** What the page is told. Places and events by id; days as ISO dates; both days of the window included. */
    state() {
      const { view, data, map, filter, choice } = this.app, centre = map.getCenter().wrap();
      const { statuses, tiers } = data.table, named = TM.namesOf;
      const ids = (chosen) => [...chosen].map((place) => data.places.id[place]);
      return {
        from: days.iso(view.from), to: days.iso(view.to), axis: view.axis, mode: view.mode,
        whole: view.isWhole(),
        types: named(TYPES.map((type) => type.id), view.types),
        status: named(statuses, filter.status), tiers: named(tiers, filter.tiers), longest: filter.longest, draw: this.app.draw,
        ...(this.app.control ? { control: this.app.control.on ? "on" : "off" } : {}),
        lat: +centre.lat.toFixed(4), lng: +centre.lng.toFixed(4), z: map.getZoom(),
        event: choice.row >= 0 && data.complete ? data.eventId(choice.row) : data.table.grid ? choice.awaited : null,
        place: ids(choice.places)[0] || null, places: choice.named,
      };
    }

    /** What is shown now needs no telling: the page said it, or it is how the map starts. */
    keepStill() {
      this.sent = JSON.stringify(this.state());
    }

    /** Tell the page what the map shows, if that is news. `answer`: what it asked for, told once. */
    emit(answer) {
      const state = this.state(), text = JSON.stringify(state);
      if (text === this.sent && !answer) return;
      this.sent = text;
      // Numbered: where the page went back meanwhile, the same state is news once more.
      Object.assign(state, answer, { number: ++this.number });
      document.dispatchEvent(new CustomEvent("timemap:state", { detail: state }));
      if (window.Streamlit && window.Streamlit.setComponentValue) window.Streamlit.setComponentValue(state);
    }

    /** A message from the page; every key is optional, unknown keys and impossible values are passed over. */
    command(message) {
      if (!message || typeof message !== "object") return;
      const { app } = this, has = (...keys) => keys.some((key) => key in message);
      if (has("span")) app.stretch(message.span);
      if (has("theme")) app.setTheme(message.theme);
      app.view.readTypes(message.types);
      if (has("draw")) app.setDraw(message.draw);
      if (has("control") && app.control) app.control.set(message.control !== "off");
      if (has(...TM.Filter.KEYS)) {
        app.filter.read(message);
        app.refilter();
      }
      if (has("from", "to", "axis", "mode")) {
        app.stop();
        app.setView(TM.View.read(message));
        if (!app.view.isWhole()) app.bar.reveal();
      }
      if (has("spot")) app.choice.spot = message.spot;
      if (message.choice) app.choice.restore(message.choice);
      if (has("place")) app.choice.pickIds([].concat(message.place == null ? [] : message.place));
      if (has("event")) app.choice.open(message.event, true);
      if (has("ghost")) app.choice.showGhost(message.ghost);
      if (message.flyTo) app.choice.flyTo(message.flyTo);
      if (has("look")) app.sight.look(message.look);
      if (message.data) app.grid.take(message.data);
      if (message.layers) app.overlays.set(message.layers);
      if (message.pick) app.picker.start();
      else if (has("pick")) app.picker.stop();
      app.change(true);
      app.paintNow();
    }
  };
})((window.TM = window.TM || {}));
