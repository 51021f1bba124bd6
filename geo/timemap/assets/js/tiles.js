/* Online tiles: off until asked for. Switching them on says that requests leave this machine, and whose tiles they are. */
(function (TM) {
  "use strict";

  const { h } = TM;

  TM.Tiles = class {
    constructor(app, { url, credit }) {
      this.app = app;
      this.layer = L.tileLayer(url, { pane: "tilePane", maxZoom: app.map.getMaxZoom() });
      this.layer.on("tileerror", () => this.say("Tiles do not arrive. The map requests them from another machine."));
      this.note = h("small", { role: "status" });
      this.box = h("input", { type: "checkbox", change: () => this.toggle() });
      this.control = h("label.tm-tiles", null, h("span", null, "Online map tiles"), this.box, this.note);
      this.credit = h("span", { hidden: true }, `Tiles: ${credit} · `);
    }

    toggle() {
      const { app, layer } = this, on = this.box.checked;
      this.credit.hidden = !on;
      this.say(on ? "Map requests now leave this machine." : "");
      if (on) layer.addTo(app.map);
      else layer.remove();
      app.map.getPane("tm-base").style.display = on ? "none" : "";
    }

    say(words) {
      this.note.textContent = words;
    }
  };
})((window.TM = window.TM || {}));
