/* Mouse, finger and keyboard on the map: what is under the pointer, what a click chooses, which keys do what. */
(function (TM) {
  "use strict";

  const { TYPES } = TM;
  const AREA_NOTE = { region: "Reported only as this area.", sea: "Reported only as this sea." };

  TM.Pointer = class {
    constructor(app) {
      this.app = app;
      const { map } = app;
      map.on("mousemove", (event) => this.hovering(event));
      map.on("mouseout", () => this.unhover());
      map.on("click", (event) => {
        if (event.originalEvent.detail > 1) return; // the second click of a double one, which zooms
        if (app.picker.active) {
          app.picker.take(event.latlng);
          return;
        }
        const hit = app.marks.hit(event.layerPoint);
        app.choice.pick(hit ? hit.places : []);
      });
      document.addEventListener("keydown", (event) => {
        if (!window.__timemap || !window.__timemap.app || window.__timemap.app === app) this.keyed(event);
      });
    }

    hovering({ layerPoint, containerPoint }) {
      const { app } = this, { map } = app;
      if (app.picker.active || (map.dragging && map.dragging.moving())) {
        this.unhover();
        return;
      }
      const below = () => (app.control ? app.control.hit(layerPoint) : null); // of the user's own, and nothing to click
      const hit = app.marks.hit(layerPoint) || app.overlays.hit(layerPoint) || below(), key = hit ? hit.key || `${hit.kind}${hit.place}` : "";
      if (key !== (app.hover ? app.hover.key : "")) {
        app.hover = hit ? { ...hit, key } : null;
        map.getContainer().style.cursor = hit && !hit.area ? "pointer" : "";
        app.redrawMarks();
      }
      if (!hit) app.tip.hide();
      else app.tip.showAt(containerPoint.x, containerPoint.y, `${key}:${app.counts.tick}`, () => this.tell(hit));
    }

    tell(hit) {
      if (hit.square) return this.app.overlays.describe(hit);
      return hit.area ? this.app.control.describe(hit) : this.describe(hit);
    }

    unhover() {
      this.app.tip.hide();
      if (!this.app.hover) return;
      this.app.hover = null;
      this.app.redrawMarks();
    }

    /** What the tooltip says of a mark, a badge or an area. */
    describe({ place, places }) {
      const { counts, data, view } = this.app;
      const sum = (column) => places.reduce((total, number) => total + column[number], 0);
      const classes = [
        [counts.firm, "inside the window"], [counts.poss, "possibly"], [counts.claim, "claimed"], [counts.weak, "weaker tie"],
      ];
      const corrected = sum(counts.corrected);
      const bits = classes.map(([column, words]) => [sum(column), words]).filter(([number]) => number);
      const n = sum(counts.n), others = data.othersOf(places), name = data.places.name[place];
      const byType = TYPES.map((_, type) => {
        return places.reduce((total, number) => total + counts.byType[number * TYPES.length + type], 0);
      });
      const [row] = counts.rowsAt(new Set(places), view, 1), text = TM.grouped;
      const parts = bits.map(([number, words]) => `${text(number)} ${words}`).join(" · ");
      return {
        title: others ? `${name} and ${others} nearby` : name,
        lines: [`${text(n)} ${n === 1 ? "event" : "events"}: ${parts}`, corrected && `${text(corrected)} corrected by hand`],
        counts: byType,
        quote: row === undefined ? "" : data.snippet(row),
        note: AREA_NOTE[data.places.precision[place]] || "",
      };
    }

    keyed(event) {
      const { app } = this, on = (selector) => event.target.closest && event.target.closest(selector);
      if (on("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === " " && !on("button, summary, a")) {
        event.preventDefault();
        app.transport.toggle();
      } else if (event.key === "[" || event.key === "]") {
        app.stop();
        app.transport.step(event.key === "[" ? -1 : 1, "window");
        app.change(true);
      } else if (event.key === "f" || event.key === "F") app.sight.show();
      else if (event.key === "c" || event.key === "C") app.swapDraw();
      else if (event.key === "Escape" && !app.choice.isEmpty()) app.choice.pick([]);
    }
  };
})((window.TM = window.TM || {}));
