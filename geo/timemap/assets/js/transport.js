/* The row over the time bar: play, step, exact dates, count, axis and mode, and a few options. */
(function (TM) {
  "use strict";

  const { days, h, svg } = TM;
  const AXES = [
    ["happened", "Happened", "When it is reported to have happened"],
    ["reported", "Reported", "When the article was published"],
  ];
  const MODES = [
    ["window", "Window", "Events inside the window"],
    ["cumulative", "Cumulative", "Everything up to the end of the window"],
    ["day", "On this day", "The same days in every year"],
  ];
  const STEPS = [["window", "window"], ["day", "day"], ["week", "week"], ["month", "month"], ["year", "year"]];
  const SPEEDS = [["0.5", "½ ×"], ["1", "1 ×"], ["2", "2 ×"], ["4", "4 ×"]];
  const LASTS = [[7, "7 days"], [30, "30 days"], [365, "year"]];
  const WIDEST = [
    ["", "any width"], ["366", "a year"], ["93", "three months"], ["31", "a month"], ["7", "a week"], ["1", "a day"],
  ];
  const TICK = { window: 66, day: 66, week: 160, month: 400, year: 900 }; // milliseconds between two steps of play

  const icon = (d, name) => svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true", class: name }, svg("path", { d }));
  const PLAY = "M4 2.5v11l9.5-5.5z", PAUSE = "M3.5 2.5h3v11h-3zM9.5 2.5h3v11h-3z";

  TM.Transport = class {
    constructor(app) {
      this.app = app;
      this.timer = null;
      this.unit = "window";
      this.speed = 1;
      this.play = h("button.tm-round", { type: "button", "aria-label": "Play", click: () => this.toggle() }, icon(PLAY));
      const back = this.stepButton("Step back", "M10 3 5 8l5 5", -1);
      const forward = this.stepButton("Step forward", "m6 3 5 5-5 5", 1);
      this.dates = new TM.DateFields(app);
      this.stepper = new TM.Stepper();
      this.count = h("p.tm-count");
      this.spoken = h("p.tm-spoken", { "aria-live": "polite" });
      this.axis = this.segments("axis", "Time axis", AXES);
      this.mode = this.segments("mode", "Window mode", MODES);
      this.options = this.makeOptions();
      this.root = h(
        "div.tm-row", null,
        h("div.tm-transport", null, this.play, back, forward, ...this.zoomButtons(), this.options),
        h("div.tm-when", null, this.dates.root, this.count, this.spoken),
        this.axis.root, this.mode.root,
      );
    }

    stepButton(label, d, direction) {
      const click = () => {
        this.stop();
        this.step(direction, this.unit);
        this.app.change(true);
      };
      return h("button.tm-square", { type: "button", "aria-label": label, title: label, click }, icon(d));
    }

    zoomButtons() {
      const button = (label, d, factor) => {
        const click = () => this.app.bar.zoomBy(factor);
        return h("button.tm-square.tm-zoom", { type: "button", "aria-label": label, title: label, click }, icon(d));
      };
      return [button("Show more time", "M3 8h10", 1.6), button("Show less time", "M3 8h10M8 3v10", 1 / 1.6)];
    }

    segments(key, label, choices) {
      const root = h("div.tm-segments", { role: "radiogroup", "aria-label": label });
      const choose = (value, focus) => {
        this.stop();
        this.app.setView({ [key]: value });
        this.app.change(true);
        sync();
        if (focus) root.querySelector('[aria-checked="true"]').focus();
      };
      choices.forEach(([value, text, title], number) => {
        const keydown = (event) => {
          const move = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
          if (!move) return;
          event.preventDefault();
          choose(choices[(number + move + choices.length) % choices.length][0], true);
        };
        const click = () => choose(value, false);
        root.append(h("button", { type: "button", role: "radio", title, "data-value": value, click, keydown }, text));
      });
      const sync = () => {
        for (const button of root.children) {
          const on = button.dataset.value === this.app.view[key];
          button.setAttribute("aria-checked", on);
          button.tabIndex = on ? 0 : -1;
        }
      };
      return { root, sync };
    }

    select(label, choices, value, change) {
      const list = choices.map(([key, text]) => h("option", { value: key, selected: key === value }, text));
      const menu = h("select", { change: (event) => change(event.target.value) }, ...list);
      return h("label", null, h("span", null, label), menu);
    }

    makeOptions() {
      const { app } = this;
      const rows = [
        this.select("Step and play by", STEPS, this.unit, (value) => (this.unit = value)),
        this.select("Speed", SPEEDS, "1", (value) => {
          this.speed = +value;
          if (this.timer) this.start();
        }),
        this.select("Hide dates wider than", WIDEST, "", (value) => {
          app.filter.longest = value ? +value : null;
          app.refilter();
          app.change(true);
        }),
      ];
      this.longest = rows[2].lastChild;
      const whole = h("button.tm-button", { type: "button", click: () => app.wholeTime() }, "Whole time");
      const lasts = LASTS.map(([count, text]) => {
        return h("button.tm-button", { type: "button", click: () => this.showLast(count) }, text);
      });
      const last = h("div.tm-lasts", { role: "group", "aria-label": "The last days with reports" }, h("span", null, "Last"), ...lasts);
      const zoom = h("div.tm-lasts.tm-narrow", { role: "group", "aria-label": "Time shown" }, h("span", null, "Time shown"), ...this.zoomButtons());
      const panel = h("div.tm-card.tm-options", { role: "group", "aria-label": "Time options" }, ...rows, last, zoom, whole);
      if (app.tiles) panel.append(app.tiles.control);
      const sliders = icon("M2 4.5h12M2 8h12M2 11.5h12M5 3v3M11 6.5v3M7 10v3");
      const summary = h("summary.tm-square", { "aria-label": "Time options", title: "Time options" }, sliders);
      const root = h("details.tm-more", null, summary, panel);
      document.addEventListener("pointerdown", (event) => {
        if (!root.contains(event.target)) root.open = false;
      });
      root.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || !root.open) return;
        root.open = false;
        root.firstChild.focus();
        event.stopPropagation();
      });
      return root;
    }

    /** Move the window by one step; whole windows, or calendar units. */
    step(direction, unit) {
      const { view } = this.app;
      Object.assign(view, this.stepper.move(view, direction, unit, view.range));
    }

    /** Make the last days that reports tell of the window. */
    showLast(count) {
      const { app } = this, last = app.counts.latest();
      if (last === null) return;
      this.stop();
      app.setView({ from: last - count + 1, to: last, mode: "window" });
      app.bar.reveal();
      app.change(true);
    }

    toggle() {
      if (this.timer) {
        this.stop();
        this.app.change(true);
      } else this.start();
    }

    start() {
      const { view } = this.app, { range } = view;
      clearInterval(this.timer);
      if (view.to >= range[1]) {
        const length = Math.min(view.to - view.from, 364, Math.round((range[1] - range[0]) / 3));
        const months = { month: 1, year: 12 }[this.unit]; // the range begins with a year
        Object.assign(view, { from: range[0], to: months ? days.addMonths(range[0], months) - 1 : range[0] + length });
      }
      this.showPlaying(true);
      this.timer = setInterval(() => this.tick(), TICK[this.unit] / this.speed);
    }

    tick() {
      const { view, bar } = this.app, { range } = view;
      if (view.to >= range[1]) {
        this.toggle();
        return;
      }
      const { from: before, to: last } = view;
      if (this.unit === "window") {
        const stride = Math.max(1, Math.round(bar.axis().span / 500));
        view.to = Math.min(range[1], view.to + stride);
        view.from = Math.min(view.to, view.from + stride);
      } else this.step(1, this.unit);
      this.hop();
      if (view.to === last) {
        this.toggle(); // a further step would lie beyond the data
        return;
      }
      if (view.mode === "cumulative") view.from = before;
      this.app.change(false);
    }

    /** Playing passes over what is folded: as many whole steps as lie in it are one. */
    hop() {
      const { view, bar } = this.app, cumulative = view.mode === "cumulative";
      const fold = bar.axis().foldOf(cumulative ? view.to : view.from, view.to);
      if (!fold) return;
      const { from, to } = view, length = { day: 1, week: 7 }[this.unit];
      if (length || this.unit === "window") {
        const steps = Math.ceil((fold.to + 1 - view.to) / (length || 1)) * (length || 1);
        view.to = Math.min(view.range[1], to + steps);
        view.from = Math.min(view.to, from + steps);
        return;
      }
      let before;
      do {
        before = view.to;
        this.step(1, this.unit);
      } while (view.to <= fold.to && view.to !== before);
    }

    stop() {
      clearInterval(this.timer);
      this.timer = null;
      this.showPlaying(false);
    }

    showPlaying(on) {
      this.play.replaceChildren(icon(on ? PAUSE : PLAY));
      this.play.setAttribute("aria-label", on ? "Pause" : "Play");
    }

    /** Write what the window is and what is in it. */
    sync() {
      const { view, counts, filter } = this.app, { n, sure, articles } = counts.total;
      this.dates.sync();
      const text = TM.grouped;
      const certain = n === sure ? "all surely inside" : `${text(sure)} surely inside, ${text(n - sure)} possibly`;
      const what = h("span", null,
        h("b", null, text(n)),
        ` of ${text(counts.ofStatus(filter.status))} `,
        h("span.tm-roomy", null, "reported "),
        "events",
      );
      const told = h("span", null, " in ", h("b", null, text(articles)), articles === 1 ? " article" : " articles");
      const rough = this.app.grid.rough(), edges = rough && n ? `, by the ${rough} at its edges until it rests` : "";
      const said = (view.axis === "reported" ? "by date of publication" : n ? certain : "") + edges;
      const how = this.app.grid.late() ? "being counted" : said;
      this.count.replaceChildren(what, ...(counts.grid ? [] : [told]), how && h("small", null, how));
      this.longest.value = filter.longest == null ? "" : String(filter.longest);
      this.axis.sync();
      this.mode.sync();
    }

    /** Say the count to a screen reader once the window rests. */
    speak() {
      this.spoken.textContent = this.count.textContent;
    }
  };
})((window.TM = window.TM || {}));
