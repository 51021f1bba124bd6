/* The marks for keyboard and screen reader: one stop of the Tab key, arrows go from mark to mark in reading order, Enter
   lists what is there. The marks themselves are drawn; these buttons lie over them and have no face. */
(function (TM) {
  "use strict";

  const { days, h, TYPES, TYPE_COUNT } = TM;
  const MOST = 200; // marks that are walked: the biggest in sight
  const LINE = 48; // pixels: what stands so near in height is read from left to right
  const LEAST = 24; // pixels of a button's side
  const MOVES = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

  TM.Walk = class {
    constructor(app) {
      this.app = app;
      this.spots = [];
      this.place = null; // where the walk is, whatever is drawn anew
      this.drawn = "";
      const label = "Places with events, in reading order. Arrow keys walk, Enter lists the events of a place.";
      this.root = h("div.tm-walk", { role: "group", "aria-label": label });
      this.root.addEventListener("keydown", (event) => this.keyed(event));
      this.root.addEventListener("focusout", () => app.pointer && app.pointer.unhover());
    }

    /** The marks and badges in sight, in reading order, in pixels of the map. */
    inSight() {
      const { map, marks } = this.app, { x: wide, y: tall } = map.getSize(), found = [];
      const add = (places, place, point, half, count) => {
        const { x, y } = map.layerPointToContainerPoint(L.point(point.x, point.y));
        if (x > 0 && y > 0 && x < wide && y < tall) found.push({ places, place, x, y, half, count });
      };
      for (const mark of marks.marks) add(mark.members || [mark.place], mark.place, mark, mark.r, mark.n);
      for (const badge of marks.badges) add([badge.place], badge.place, badge, badge.h / 2, this.app.counts.n[badge.place]);
      found.sort((a, b) => b.count - a.count || a.place - b.place);
      return found.slice(0, MOST).sort((a, b) => Math.round(a.y / LINE) - Math.round(b.y / LINE) || a.x - b.x);
    }

    /** Place, count, types, window: "Debaltseve and 2 nearby, 12 events: 8 battle, 4 explosion. 1 Jan 2015 to 31 Jan 2015". */
    words({ places, place, count }) {
      const { counts, data, view } = this.app, others = data.othersOf(places), text = TM.grouped;
      const types = TYPES.map(({ short }, type) => [places.reduce((sum, each) => sum + counts.byType[each * TYPE_COUNT + type], 0), short])
        .filter(([number]) => number >= 0.5).map(([number, short]) => `${text(Math.round(number))} ${short.toLowerCase()}`);
      const name = others ? `${data.places.name[place]} and ${others} nearby` : data.places.name[place];
      return `${name}, ${text(count)} ${count === 1 ? "event" : "events"}: ${types.join(", ")}. ${days.span(view.from, view.to)}`;
    }

    /** Lay the buttons over what was drawn; the focus stays at its place where that is still in sight. */
    sync() {
      const spots = this.inSight(), words = spots.map((spot) => this.words(spot));
      const drawn = spots.map(({ x, y, half }, at) => `${Math.round(x)},${Math.round(y)},${Math.round(half)},${words[at]}`).join("\n");
      if (drawn === this.drawn) return;
      const held = this.root.contains(document.activeElement);
      Object.assign(this, { drawn, spots });
      this.root.replaceChildren(...spots.map(({ x, y, half }, at) => {
        const button = h("button", { type: "button", tabindex: "-1", "aria-label": words[at], click: () => this.choose(at), focus: () => this.show(at) });
        const side = Math.max(LEAST, 2 * half + 8);
        Object.assign(button.style, { left: `${x - side / 2}px`, top: `${y - side / 2}px`, width: `${side}px`, height: `${side}px` });
        return button;
      }));
      const found = spots.findIndex(({ places }) => places.includes(this.place)), at = Math.max(0, found);
      if (!spots.length) return;
      this.root.children[at].tabIndex = 0;
      if (held) this.root.children[at].focus({ preventScroll: true });
    }

    keyed(event) {
      const at = [...this.root.children].indexOf(document.activeElement), count = this.spots.length;
      const next = { Home: 0, End: count - 1 }[event.key] ?? (MOVES[event.key] ? (at + MOVES[event.key] + count) % count : -1);
      if (at < 0 || next < 0) return;
      event.preventDefault();
      event.stopPropagation(); // Leaflet's own arrow keys pan the map
      this.root.children[at].tabIndex = -1;
      this.root.children[next].tabIndex = 0;
      this.root.children[next].focus({ preventScroll: true });
    }

    /** Ring the mark and say what the pointer would be told of it. */
    show(at) {
      const { app } = this, { place, places, x, y } = this.spots[at];
      this.place = place;
      app.hover = { place, places, key: `walk${place}` };
      app.redrawMarks();
      app.tip.showAt(x, y, `walk${place}:${app.counts.tick}`, () => app.pointer.describe({ place, places }));
    }

    choose(at) {
      this.app.choice.pick(this.spots[at].places);
    }
  };
})((window.TM = window.TM || {}));
