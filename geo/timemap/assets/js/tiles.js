/* Map tiles: off until asked for. Online ones say that requests leave this machine, and whose tiles they are; those of a
   file come from this map's own host. */
(function (TM) {
  "use strict";

  const { h } = TM;

  TM.Tiles = class {
    /** `local`: out of a file; `kind`: vector or image; `zooms`: the first and last that the file has. */
    constructor(app, { url, credit, local = false, kind = "image", zooms }) {
      Object.assign(this, { app, local, kind });
      this.layer = kind === "vector" ? this.makeVector(url, zooms) : this.makeImages(url, zooms);
      this.note = h("small", { role: "status" });
      this.box = h("input", { type: "checkbox", change: () => this.toggle() });
      this.control = h("label.tm-tiles", null, h("span", null, local ? "Map tiles of a file" : "Online map tiles"), this.box, this.note);
      this.credit = h("span", { hidden: true }, `Tiles: ${credit} · `);
    }

    makeImages(url, zooms) {
      const most = this.app.map.getMaxZoom(), last = zooms ? Math.min(zooms[1], most) : most;
      const layer = L.tileLayer(url, { pane: "tilePane", maxZoom: most, maxNativeZoom: last, minNativeZoom: zooms ? zooms[0] : 0 });
      // Where a file has no tile it answers with nothing, which is no picture either: the ground shows.
      layer.on("tileerror", () => !this.local && this.say("Tiles do not arrive. The map requests them from another machine."));
      return layer;
    }

    makeVector(url, [first, last]) {
      const failed = () => this.say("Some tiles of the file cannot be read.");
      const options = { pane: "tm-tiles", maxZoom: this.app.map.getMaxZoom(), minZoom: first, last };
      return new TM.VectorTiles(url, () => this.app.palette(), failed, options);
    }

    toggle() {
      const { app, layer } = this, on = this.box.checked;
      this.credit.hidden = !on;
      this.say(on && !this.local ? "Map requests now leave this machine." : "");
      if (on) layer.addTo(app.map);
      else layer.remove();
      if (this.kind !== "vector") app.map.getPane("tm-base").style.display = on ? "none" : "";
    }

    /** The colours have changed. */
    redraw() {
      if (this.kind === "vector" && this.box.checked) this.layer.redraw();
    }

    say(words) {
      this.note.textContent = words;
    }
  };
})((window.TM = window.TM || {}));
