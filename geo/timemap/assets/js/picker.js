/* Asking for a point: the page wants to know where something happened, and the next click (or Enter, at the centre of
   the view) says it. Told once, as `picked: [longitude, latitude]`; Esc and Cancel tell nothing. */
(function (TM) {
  "use strict";

  const { h } = TM;
  const PLACES = 5; // decimals of a degree: about a metre
  const MOVES = /^(Arrow|[+\-=])/; // keys with which Leaflet moves and zooms the map

  TM.Picker = class {
    constructor(app) {
      this.app = app;
      this.active = false;
      this.cross = h("div.tm-cross", { hidden: true, "aria-hidden": "true" });
      const words = h("p", { role: "status" });
      const keys = h("small", null, "Or move the map with the arrow keys and press Enter at the cross.");
      const cancel = h("button.tm-button", { type: "button", click: () => this.stop() }, "Cancel");
      this.words = words;
      this.banner = h("div.tm-card.tm-ask", { hidden: true }, h("div", null, words, keys), cancel);
      app.node.stage.append(this.cross, this.banner);
      this.keyed = this.keyed.bind(this);
    }

    /** Ask until a point is given or the question is taken back. */
    start() {
      const { app } = this;
      if (this.active) return;
      this.active = true;
      app.stop();
      app.tip.hide();
      app.node.root.classList.add("tm-picking");
      this.banner.hidden = false;
      this.words.textContent = app.narrow() ? "Tap where it happened" : "Click where it happened, Esc to cancel";
      // Before every other listener: while we ask, Enter and Esc mean the question.
      document.addEventListener("keydown", this.keyed, true);
      app.map.getContainer().focus({ preventScroll: true });
      app.measureCards();
      app.redrawMarks();
    }

    stop() {
      const { app } = this;
      if (!this.active) return;
      this.active = false;
      app.node.root.classList.remove("tm-picking");
      this.banner.hidden = this.cross.hidden = true;
      this.words.textContent = "";
      document.removeEventListener("keydown", this.keyed, true);
      app.measureCards();
      app.redrawMarks();
    }

    /** A point was given: show it, and tell the page. */
    take(latlng) {
      const { app } = this, { lat, lng } = latlng.wrap(), at = [+lng.toFixed(PLACES), +lat.toFixed(PLACES)];
      this.stop();
      app.choice.showGhost({ lng: at[0], lat: at[1] });
      app.post.emit({ picked: at });
    }

    keyed(event) {
      if (event.key === "Escape") this.stop();
      else if (event.key === "Enter" && !event.target.closest("button, input, select, summary")) {
        this.take(this.app.map.getCenter());
      } else {
        if (MOVES.test(event.key)) this.cross.hidden = false;
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    }
  };
})((window.TM = window.TM || {}));
