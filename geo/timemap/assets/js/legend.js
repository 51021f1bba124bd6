/* How to read a mark, and at which scale marks are drawn now. */
(function (TM) {
  "use strict";

  const { h, svg } = TM;
  const OPEN_KEY = "conflict-map-legend-seen"; // the legend is open on the first visit only
  const text = TM.grouped;

  function remember(key, value) {
    try {
      if (value !== undefined) window.localStorage.setItem(key, value);
      return window.localStorage.getItem(key);
    } catch (error) {
      return null; // storage is closed to us (a file opened from disk, a sandboxed frame): nothing is remembered
    }
  }

  const box = (...children) => svg("svg", { viewBox: "0 0 34 20", "aria-hidden": "true" }, ...children);
  const dot = (attributes) => svg("circle", { cx: 17, cy: 10, ...attributes });

  function softDisc() {
    const stop = (offset, opacity) => svg("stop", { offset, "stop-color": "currentColor", "stop-opacity": opacity });
    const shade = svg("radialGradient", { id: "tm-soft" }, stop(0, 0.55), stop(1, 0));
    return box(svg("defs", {}, shade), dot({ r: 10, fill: "url(#tm-soft)" }));
  }

  /** How to read a mark, in a few words. */
  TM.Legend = class {
    constructor(app) {
      this.app = app;
      const line = (picture, words) => h("li", null, picture, words);
      const ring = { r: 6.2, fill: "none", stroke: "currentColor", "stroke-width": 2 };
      this.sizes = h("li.tm-sizes");
      const pencil = svg("path", { d: TM.PENCIL, transform: "translate(11 4) scale(1.5)", class: "tm-pencil" });
      this.corrected = line(box(pencil), "Corrected by hand");
      const list = h("ul", null,
        line(box(dot({ r: 7, fill: "currentColor" })), "Reported inside the window"),
        line(box(dot({ r: 7, fill: "currentColor", "fill-opacity": 0.36 })), "Possibly inside: vague date"),
        line(box(dot(ring)), "Claimed by someone"),
        line(box(dot({ ...ring, "stroke-dasharray": "2.2 2" })), "Weaker tie"),
        line(box(
          dot({ r: 5, fill: "currentColor" }),
          svg("path", { d: "M17 1.8a8.2 8.2 0 1 1-7.1 4.1", fill: "none", stroke: "currentColor", "stroke-width": 2.1 }),
          svg("path", { d: "M10.3 5.3A8.2 8.2 0 0 1 16.4 1.8", fill: "none", class: "tm-other", "stroke-width": 2.1 }),
        ), "Ring: shares of type"),
        line(box(svg("path", { d: "M17 3l7 7-7 7-7-7z", fill: "currentColor" })), "A facility"),
        line(box(
          svg("path", { d: "M5 18 19 2M12 18 26 2M19 18 31 4M4 11 11 2M26 18l5-6", stroke: "currentColor", "stroke-width": 1.1 }),
          svg("rect", { x: 3, y: 2, width: 28, height: 16, rx: 2, fill: "none", stroke: "currentColor", "stroke-opacity": 0.5 }),
        ), "Somewhere in this area"),
        line(softDisc(), "Somewhere at sea"),
        line(box(dot({ r: 6, fill: "currentColor" }), svg("path", { d: TM.STACK, transform: "translate(17 10) scale(6)", class: "tm-stack" })), "Several places: a list"),
        this.corrected,
        this.sizes);
      this.list = list;
      this.head = h("span");
      this.size = h("small");
      const details = h("details", null, h("summary", null, this.head, this.size), list);
      this.root = h("aside.tm-card.tm-legend", { "aria-label": "Legend" }, details);
      const wanted = app.options.legend;
      details.open = wanted ? wanted === "open" : !app.cramped() && remember(OPEN_KEY) === null;
      remember(OPEN_KEY, "1");
    }

    /** Say at which scale the marks or cells are drawn, where that is news. */
    sync() {
      const { marks, data } = this.app, { scale, dense } = marks;
      this.corrected.hidden = !data.column.corrected;
      if (!scale) return;
      const most = marks.marks.length ? marks.marks[0].n : 0, round = TM.roundDown(Math.max(25, most));
      const signature = `${scale.usual},${scale.most},${scale.part},${dense},${round}`;
      if (signature === this.drawn) return;
      this.drawn = signature;
      this.root.dataset.part = scale.part;
      this.head.textContent = dense ? "How to read a cell" : "How to read a mark";
      this.size.textContent = scale.part > 1 ? `1/${text(scale.part)} area` : "";
      this.size.title = scale.part > 1 ? `Drawn at 1/${text(scale.part)} of the usual area, so that the biggest fits` : "";
      this.list.classList.toggle("tm-dense", dense);
      this.sizes.replaceChildren(this.picture(scale, round), ...this.words(scale, dense));
    }

    /** Three counts at the present scale, each with its number: the smallest that differ, one between, about the biggest. */
    picture(scale, round) {
      const floor = scale.floor(), middle = TM.roundDown(Math.max(2, round / 6));
      const shown = [[floor > 1 ? `1–${text(floor)}` : "1", scale.least], [text(middle), scale.radius(middle)], [text(round), scale.radius(round)]];
      const tall = 2 * scale.radius(round) + 16;
      let at = 1;
      const parts = shown.filter(([, r], number) => number !== 1 || r > scale.least + 1.5).flatMap(([label, r]) => {
        const wide = Math.max(2 * r, 6.4 * label.length), x = at + wide / 2;
        at += wide + 9;
        const words = svg("text", { x, y: tall - 2, "text-anchor": "middle" });
        words.textContent = label;
        return [svg("circle", { cx: x, cy: tall - 15 - r, r }), words];
      });
      const picture = svg("svg", { viewBox: `0 0 ${at} ${tall}`, "aria-hidden": "true" }, ...parts);
      Object.assign(picture.style, { width: `${at}px`, height: `${tall}px` });
      return picture;
    }

    words(scale, dense) {
      const what = dense ? "events: the inner hexagon’s area; a cell’s tint: 1, 10, 100, 1,000, 10,000 and more" : "events: area is the count";
      const tints = dense && svg("svg", { viewBox: "0 0 90 14", class: "tm-tints", "aria-hidden": "true" },
        ...TM.TINTS.map((tint, step) => svg("rect", { x: 18 * step + 0.5, y: 0.5, width: 17, height: 12, "fill-opacity": tint })));
      const part = scale.part > 1 && `Now at 1/${text(scale.part)} of the usual area, so that the biggest fits.`;
      return [h("span", null, what, tints, part && h("em", null, part))];
    }
  };
})((window.TM = window.TM || {}));
