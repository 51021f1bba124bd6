/* The years (or months) under the time bar: buttons that make their period the window. */
(function (TM) {
  "use strict";

  const { days, h } = TM;
  const WHOLE = 36, SHORT = 26, LEAST = 14; // pixels that "2015", "’15" and the letter of a month take
  const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

  TM.Years = class {
    /** `bar`: {app, domain, axis(), showAll(), unfold(fold)} */
    constructor(bar) {
      this.bar = bar;
      this.root = h("div.tm-years", { role: "group", "aria-label": "Years" });
    }

    make() {
      const { bar } = this, [first, last] = bar.domain, { range } = bar.app.view;
      this.root.textContent = "";
      if (first > range[0]) {
        const all = h("button.tm-earlier", { type: "button", title: "Show the whole time", click: () => bar.showAll() });
        all.textContent = bar.app.narrow() ? "‹" : `‹ ${days.year(range[0])}`;
        this.root.append(all);
      }
      const axis = bar.axis(), every = axis.span > 1150 ? stepOf(axis.scale * 365.25) : 0;
      for (const part of axis.parts) {
        if (part.fold) this.addFold(part);
        else if (every) this.addYears(part, every);
        else this.addMonths(part);
      }
    }

    addYears(part, every) {
      const last = days.year(part.to);
      for (let year = Math.floor(days.year(part.from) / every) * every; year <= last; year += every) {
        const to = days.of(year + every - 1, 11, 31);
        this.addPeriod(part, [days.of(year, 0, 1), to], String(year), every === 1 ? String(year) : `${year}–${year + every - 1}`);
      }
    }

    /** Months, or quarters and halves of a year where a month is too narrow for its letter. */
    addMonths(part) {
      const wide = this.bar.axis().scale * 30.4, every = [1, 3].find((months) => months * wide >= LEAST) || 6;
      const start = Math.floor(days.month(part.from) / every) * every, name = (day) => days.MONTHS[days.month(day)];
      for (let month = start; ; month += every) {
        const from = days.of(days.year(part.from), month, 1), to = days.addMonths(from, every) - 1;
        if (from > part.to) return;
        const withYear = days.month(from) === 0 || month === start;
        const text = withYear ? `${name(from)} ${days.year(from)}` : name(from);
        this.addPeriod(part, [from, to], text, every === 1 ? text : `${name(from)}–${name(to)} ${days.year(from)}`);
      }
    }

    /** A period as a button, as wide as it is in this part of the axis. */
    addPeriod(part, [from, to], text, whole = text) {
      const { app } = this.bar, axis = this.bar.axis();
      const x0 = axis.x(clamp(from, part.from, part.to)), x1 = axis.x(clamp(to, part.from, part.to) + 1);
      const wide = x1 - x0;
      if (wide < LEAST) return;
      const show = () => {
        app.view.from = clamp(from, ...app.view.range);
        app.view.to = clamp(to, ...app.view.range);
        app.stop();
        app.change(true);
      };
      const button = h("button", { type: "button", title: `Show ${whole}`, "data-from": from, "data-to": to, click: show });
      this.put(button, x0, wide, shorten(text, wide));
    }

    /** A break says its years; a click shows them at their length. */
    addFold({ x, wide, fold }) {
      const { years, nothing } = TM.foldWords(fold);
      const unfold = () => {
        this.bar.unfold(fold);
        const first = [...this.root.children].find((button) => +button.dataset.to >= fold.from);
        if (first) first.focus();
      };
      const label = `${years}, folded. ${nothing} Show them at their length`;
      const button = h("button.tm-fold", { type: "button", title: label, "aria-label": label, click: unfold });
      this.put(button, x, wide, years);
    }

    put(button, x, wide, text) {
      button.style.left = `${x}px`;
      button.style.width = `${wide}px`;
      button.textContent = text;
      this.root.append(button);
    }

    /** Mark the periods that the window touches. */
    mark({ from, to }) {
      for (const button of this.root.children) {
        if (button.dataset.from) button.classList.toggle("tm-on", +button.dataset.to >= from && +button.dataset.from <= to);
      }
    }
  };

  /** How many years a button holds, so that its first one can be written on it: 1, 2, 5, 10, 20 ... */
  function stepOf(pixels) {
    if (pixels >= SHORT) return 1;
    for (let power = 1; ; power *= 10) {
      for (const step of [1, 2, 5]) if (step * power * pixels >= WHOLE) return step * power;
    }
  }

  function shorten(text, wide) {
    if (wide >= (text.length > 4 ? 52 : WHOLE)) return text;
    if (/^\d{4}$/.test(text)) return wide >= SHORT ? `’${text.slice(2)}` : "";
    if (/^[A-Z]/.test(text)) return wide >= 26 ? text.slice(0, 3) : text[0];
    return "";
  }
})((window.TM = window.TM || {}));
