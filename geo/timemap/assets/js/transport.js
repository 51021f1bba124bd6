/* The row over the time bar: play, step, exact dates, count, axis and mode, and a few options. */
(function (TM) {
  "use strict";

  const { days, h, svg } = TM;
  const clamp = (value, low, high) => Math.max(low, Math.min(high, value));
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
      this.inputs = { from: this.dateInput("from", "From"), to: this.dateInput("to", "To") };
      this.length = h("em");
      this.count = h("p.tm-count");
      this.spoken = h("p.tm-spoken", { "aria-live": "polite" });
      this.axis = this.segments("axis", "Time axis", AXES);
      this.mode = this.segments("mode", "Window mode", MODES);
      this.options = this.makeOptions();
      const dates = h("div.tm-dates", null, this.inputs.from, h("span", null, "to"), this.inputs.to, this.length);
      this.root = h(
        "div.tm-row", null,
        h("div.tm-transport", null, this.play, back, forward, this.options),
        h("div.tm-when", null, dates, this.count, this.spoken),
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
      const panel = h("div.tm-card.tm-options", { role: "group", "aria-label": "Time options" }, ...rows, whole);
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

    dateInput(side, label) {
      const input = h("input", { "aria-label": label, spellcheck: "false", autocomplete: "off" });
      const hint = "Write a date as 2015-01-26, 26 Jan 2015, Jan 2015 or 2015";
      input.title = hint;
      const apply = () => {
        const day = days.parse(input.value, side === "to");
        input.classList.toggle("tm-bad", day === null);
        input.setAttribute("aria-invalid", day === null);
        if (day === null || day === this.app.view[side]) return;
        this.stop();
        this.app.setView({ [side]: day });
        this.app.change(true);
      };
      input.addEventListener("change", apply);
      input.addEventListener("keydown", (event) => {
        event.stopPropagation();
        if (event.key === "Enter") {
          apply();
          if (!input.classList.contains("tm-bad")) input.blur();
        } else if (event.key === "Escape") {
          input.classList.remove("tm-bad");
          input.value = days.text(this.app.view[side]);
          input.blur();
        }
      });
      input.addEventListener("blur", () => {
        if (!input.classList.contains("tm-bad")) this.sync();
      });
      return input;
    }

    /** Move the window by one step; whole windows, or calendar units. */
    step(direction, unit) {
      const { view } = this.app, { range } = view, length = view.to - view.from;
      let from;
      if (unit === "month" || unit === "year") from = days.addMonths(view.from, direction * (unit === "year" ? 12 : 1));
      else from = view.from + direction * ({ day: 1, week: 7 }[unit] || length + 1);
      view.from = clamp(from, range[0], Math.max(range[0], range[1] - length));
      view.to = Math.min(range[1], view.from + length);
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
        Object.assign(view, { from: range[0], to: range[0] + length });
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
      const before = view.from;
      if (this.unit === "window") {
        const stride = Math.max(1, Math.round((bar.domain[1] - bar.domain[0]) / 500));
        view.to = Math.min(range[1], view.to + stride);
        view.from = Math.min(view.to, view.from + stride);
      } else this.step(1, this.unit);
      if (view.mode === "cumulative") view.from = before;
      if (view.mode === "cumulative" && this.unit !== "window") view.to = Math.min(range[1], view.to);
      this.app.change(false);
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
      for (const side of ["from", "to"]) {
        const input = this.inputs[side];
        if (document.activeElement !== input) input.value = days.text(view[side]);
      }
      this.length.textContent = days.length(view.to - view.from + 1);
      const text = (number) => number.toLocaleString("en");
      const how = view.axis === "reported" ? "by date of publication" : `${text(sure)} surely inside, ${text(n - sure)} possibly`;
      this.count.replaceChildren(
        h("b", null, text(n)),
        ` of ${text(counts.ofStatus(filter.status))} reported events in `,
        h("b", null, text(articles)),
        articles === 1 ? " article" : " articles",
        h("small", null, how),
      );
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
