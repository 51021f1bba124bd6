/* The time bar: a histogram stacked by type, a window with two handles over it, years under it; decades without an event
   are folded into breaks (axis.js). Bars are painted once into a canvas of their own; a frame of a drag copies them and
   draws the veil. */
(function (TM) {
  "use strict";

  const { days, h, TYPE_COUNT } = TM;
  const HEADROOM = 12; // pixels over the tallest bar
  const MARGIN = 30; // pixels right of the bars for the scale's numbers, clear of the handle of a window that ends there
  const SHORTEST = 20; // days: time cannot be zoomed in further
  const STEPS = [1, 2, 5];
  const ZOOMS = { "+": 0.8, "=": 0.8, "-": 1.25 };

  const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

  /** Where the bins begin: years over 45,000 days shown at their length, quarters over 18,000, months over 1,150, weeks
      over 240, two days over 90, else days. A break is one bin. */
  function edgesOf({ span, parts, last }) {
    const edges = parts.flatMap(({ from, to, fold }) => (fold ? [from] : edgesIn(from, to, span)));
    edges.push(last + 1);
    return edges;
  }

  function edgesIn(first, last, span) {
    const edges = [];
    if (span > 1150) {
      const months = span > 45000 ? 12 : span > 18000 ? 3 : 1;
      const year = days.year(first);
      const start = months === 12 ? 0 : Math.floor(days.month(first) / months) * months;
      for (let month = start; ; month += months) {
        const edge = days.of(year, month, 1);
        if (edge > last) break;
        edges.push(edges.length ? edge : Math.max(edge, first));
      }
    } else {
      const step = span > 240 ? 7 : span > 90 ? 2 : 1;
      for (let edge = first; edge <= last; edge += step) edges.push(edge);
    }
    return edges;
  }

  function niceStep(most) {
    for (let power = 1; ; power *= 10) {
      for (const step of STEPS) if (most / (step * power) <= 4) return Math.max(1, step * power);
    }
  }

  TM.TimeBar = class {
    /** `app`: {view, counts, palette(), change(done), stop(), tip} */
    constructor(app) {
      this.app = app;
      this.canvas = h("canvas", { "aria-hidden": "true" });
      this.window = h("div.tm-window");
      this.handles = ["from", "to"].map((side) => this.makeHandle(side));
      this.root = h("div.tm-hist", null, this.canvas, this.window, ...this.handles);
      this.years = new TM.Years(this);
      this.domain = app.view.range.slice();
      this.painted = document.createElement("canvas");
      this.drag = null;
      this.fingers = new Map(); // pointers that are down, and where
      this.pinch = null; // where on the axis two fingers were laid
      this.opened = new Set(); // first days of the empty stretches that are shown at their length all the same
      this.listen();
    }

    makeHandle(side) {
      const handle = h(
        `div.tm-handle.tm-${side}`,
        { role: "slider", tabindex: "0", "aria-label": side === "from" ? "Window start" : "Window end" },
        h("i"), h("b"),
      );
      handle.addEventListener("keydown", (event) => this.keyed(event, side));
      return handle;
    }

    /** The axis of the days that are shown. */
    axis() {
      const { counts, view } = this.app, key = [counts, view.axis, this.domain, this.width, this.opened.size];
      if (!this.axisKey || key.some((part, at) => part !== this.axisKey[at])) {
        this.axisKey = key;
        const folds = counts.empty(view.axis, view.range).filter(({ from }) => !this.opened.has(from));
        this.measured = new TM.TimeAxis(this.domain, this.width, folds);
      }
      return this.measured;
    }

    x(day) {
      return this.axis().x(day);
    }

    day(x) {
      return this.axis().day(x);
    }

    /** Show an empty stretch at its length, until the whole time is asked for. */
    unfold({ from, to }) {
      const { counts, view } = this.app;
      for (const fold of counts.empty(view.axis, view.range)) if (fold.from <= to && fold.to >= from) this.opened.add(fold.from);
      this.rebuild();
    }

    /** Count the bins again: the filters, the axis or the shown stretch of time have changed. */
    rebuild() {
      this.width = Math.max(50, this.root.clientWidth);
      this.height = Math.max(30, this.root.clientHeight);
      const { counts, view } = this.app;
      this.bins = counts.histogram(edgesOf(this.axis()), view.types);
      const { edges, firm, vague } = this.bins;
      for (const { from } of this.axis().folds) {
        // What spans a break is dated to none of its years: a bar of decades there would outgrow all others.
        const bin = edges.indexOf(from);
        vague.fill(0, bin * TYPE_COUNT, (bin + 1) * TYPE_COUNT);
      }
      this.most = 1;
      for (let bin = 0; bin < edges.length - 1; bin++) {
        let sum = 0;
        for (let at = bin * TYPE_COUNT; at < (bin + 1) * TYPE_COUNT; at++) sum += firm[at] + vague[at];
        this.most = Math.max(this.most, sum);
      }
      this.paintBars();
      this.years.make();
      this.draw();
    }

    paintBars() {
      const ratio = window.devicePixelRatio || 1, canvas = this.painted, palette = this.app.palette();
      canvas.width = Math.round((this.width + MARGIN) * ratio);
      canvas.height = Math.round(this.height * ratio);
      const context = canvas.getContext("2d");
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      const room = this.height - HEADROOM, step = niceStep(this.most);
      context.strokeStyle = palette.rule;
      context.fillStyle = palette.mute;
      context.font = TM.FONTS.axis;
      context.textAlign = "right";
      context.textBaseline = "middle";
      for (let value = step; value <= this.most; value += step) {
        const y = Math.round(this.height - (value / this.most) * room) + 0.5;
        context.beginPath();
        for (const { x, wide } of this.axis().stretches) {
          context.moveTo(x, y);
          context.lineTo(x + wide, y);
        }
        context.stroke();
        const text = value >= 1000 ? `${value / 1000}k` : TM.grouped(value);
        const written = this.app.lettered && (this.most < 3 * step || (value / step) % 2 === 0);
        if (written) context.fillText(text, this.width + MARGIN - 1, y);
      }
      const { edges, firm, vague } = this.bins;
      for (let bin = 0; bin < edges.length - 1; bin++) {
        const x0 = this.x(edges[bin]), x1 = this.x(edges[bin + 1]);
        const wide = Math.max(1, x1 - x0 - (x1 - x0 > 4 ? 1 : 0.3));
        let y = this.height;
        for (const [stack, alpha] of [[firm, 1], [vague, 0.34]]) {
          context.globalAlpha = alpha;
          for (let type = 0; type < TYPE_COUNT; type++) {
            const tall = (stack[bin * TYPE_COUNT + type] / this.most) * room;
            if (tall < 1e-3) continue;
            context.fillStyle = palette.types[type];
            context.fillRect(x0, y - tall, wide, tall);
            y -= tall;
          }
        }
        context.globalAlpha = 1;
      }
      TM.drawBreaks(context, this.axis(), this.height, palette);
    }

    /** Draw the window over the bars. */
    draw() {
      if (!this.bins) return;
      const { view } = this.app, palette = this.app.palette(), ratio = window.devicePixelRatio || 1;
      if (this.canvas.width !== this.painted.width || this.canvas.height !== this.painted.height) {
        this.canvas.width = this.painted.width;
        this.canvas.height = this.painted.height;
      }
      const context = this.canvas.getContext("2d");
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, this.canvas.width, this.canvas.height);
      context.drawImage(this.painted, 0, 0);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      const [first, last] = this.domain;
      const veil = (from, to) => {
        const x0 = clamp(this.x(from), 0, this.width), x1 = clamp(this.x(to), 0, this.width);
        context.fillStyle = palette.veil;
        if (x1 > x0) context.fillRect(x0, 0, x1 - x0, this.height);
      };
      const calendar = view.mode === "day" && view.to - view.from < 365;
      if (calendar) this.veilCalendar(context, veil);
      else {
        veil(first, view.mode === "cumulative" ? first : view.from);
        veil(view.to + 1, last + 1);
      }
      context.fillStyle = palette.rule2;
      for (const { x, wide } of this.axis().stretches) context.fillRect(x, this.height - 1, wide, 1);
      this.placeHandles();
    }

    /** "On this day": every year's stretch stays clear and has a line over it. */
    veilCalendar(context, veil) {
      const { view } = this.app, [first, last] = this.domain;
      let clear = first;
      for (let year = days.year(first) - 1; year <= days.year(last); year++) {
        const shift = days.of(year, days.month(view.from), days.date(view.from).getUTCDate());
        const end = shift + (view.to - view.from) + 1;
        if (end <= first || shift > last || this.axis().foldOf(shift, end - 1)) continue;
        veil(clear, shift);
        context.fillStyle = this.app.palette().ink;
        context.fillRect(this.x(shift), 0, Math.max(1.5, this.x(end) - this.x(shift)), 2);
        clear = end;
      }
      veil(clear, last + 1);
    }

    placeHandles() {
      const { view, counts } = this.app, { range } = view;
      const left = clamp(this.x(view.from), 0, this.width), right = clamp(this.x(view.to + 1), 0, this.width);
      const outside = view.to < this.domain[0] || view.from > this.domain[1];
      this.window.style.transform = `translateX(${left}px)`;
      this.window.style.width = `${Math.max(2, right - left)}px`;
      this.window.hidden = outside;
      this.handles.forEach((handle, side) => {
        const day = side ? view.to : view.from, at = this.x(side ? day + 1 : day);
        const shown = clamp(at, 0, this.width);
        handle.style.transform = `translateX(${shown}px)`;
        handle.classList.toggle("tm-off", Math.abs(at - shown) > 1);
        handle.setAttribute("aria-valuemin", range[0]);
        handle.setAttribute("aria-valuemax", range[1]);
        handle.setAttribute("aria-valuenow", day);
        handle.setAttribute("aria-valuetext", `${days.text(day)}, ${counts.total.n} events in the window`);
        handle.lastChild.textContent = days.text(day);
      });
      this.years.mark(view);
    }

    showAll() {
      this.opened.clear();
      this.domain = this.app.view.range.slice();
      this.rebuild();
    }

    /** Bring the window into the shown stretch of time. */
    reveal() {
      const { view } = this.app, [first, last] = this.domain;
      if (view.from >= first && view.to <= last) return;
      this.domain = [Math.min(first, view.from), Math.max(last, view.to)];
      if (this.bins) this.rebuild();
    }

    listen() {
      const { root } = this;
      root.addEventListener("pointerdown", (event) => this.grab(event));
      root.addEventListener("pointermove", (event) => (this.fingers.size ? this.pull(event) : this.hover(event)));
      root.addEventListener("pointerup", (event) => this.release(event));
      root.addEventListener("pointercancel", (event) => this.release(event));
      root.addEventListener("pointerleave", () => !this.drag && this.app.tip.hide());
      root.addEventListener("wheel", (event) => this.zoom(event), { passive: false });
      root.addEventListener("dblclick", () => this.showAll());
    }

    pointerX(event) {
      return event.clientX - this.root.getBoundingClientRect().left;
    }

    grab(event) {
      if (event.button > 0) return;
      this.fingers.set(event.pointerId, this.pointerX(event));
      this.root.setPointerCapture(event.pointerId);
      if (this.fingers.size > 1) {
        this.startPinch();
        return;
      }
      const { view } = this.app, x = this.pointerX(event), day = Math.floor(this.day(x));
      const handle = this.handles.findIndex((node) => node.contains(event.target));
      if (handle >= 0) this.drag = { kind: handle ? "to" : "from" };
      else if (event.target === this.window) this.drag = { kind: "window", day, from: view.from, to: view.to };
      else this.drag = { kind: "new", day };
      Object.assign(this.drag, { x, moved: false });
      this.root.classList.add("tm-dragging");
      this.app.stop();
      this.app.tip.hide();
      event.preventDefault();
      if (handle >= 0) this.handles[handle].focus({ preventScroll: true });
    }

    /** Two fingers hold two days: the window is let go, and the days follow the fingers (about: a break stays as wide). */
    startPinch() {
      if (this.drag && this.drag.moved) this.app.change(true);
      this.drag = null;
      this.root.classList.remove("tm-dragging");
      this.pinch = { axis: this.axis(), at: [...this.fingers.values()].slice(0, 2) };
    }

    spread() {
      const [x0, x1] = this.fingers.values(), { axis, at } = this.pinch;
      if (Math.abs(x1 - x0) < 12) return;
      const stretch = (at[1] - at[0]) / (x1 - x0), left = at[0] - x0 * stretch;
      if (stretch > 0) this.showDays(axis.day(left), axis.day(left + this.width * stretch) - 1);
    }

    /** Show a stretch of time, as far as there is any. */
    showDays(first, last) {
      const { range } = this.app.view, from = Math.max(range[0], Math.round(first)), to = Math.min(range[1], Math.round(last));
      if (to - from < SHORTEST) return;
      this.domain = [from, to];
      this.rebuild();
    }

    pull(event) {
      if (this.fingers.has(event.pointerId)) this.fingers.set(event.pointerId, this.pointerX(event));
      if (this.pinch) this.spread();
      if (!this.drag) return;
      const { view } = this.app, { range } = view, { drag } = this, x = this.pointerX(event);
      if (Math.abs(x - drag.x) >= 3) drag.moved = true;
      if (!drag.moved) return;
      const edge = clamp(Math.round(this.day(x)), range[0], range[1] + 1), day = Math.floor(this.day(x));
      if (drag.kind === "from") view.from = Math.min(edge, view.to);
      else if (drag.kind === "to") view.to = Math.max(edge - 1, view.from);
      else if (drag.kind === "window") {
        const length = drag.to - drag.from;
        view.from = clamp(drag.from + day - drag.day, range[0], Math.max(range[0], range[1] - length));
        view.to = Math.min(view.from + length, range[1]);
      } else {
        const other = clamp(day, ...range);
        view.from = Math.min(other, drag.day);
        view.to = Math.max(other, drag.day);
      }
      this.app.change(false);
    }

    /** Let go. A click on a bar, also inside the window, makes that bar the window; one on a break unfolds it. */
    release(event) {
      const { drag } = this;
      this.fingers.delete(event.pointerId);
      if (this.fingers.size < 2) this.pinch = null;
      if (!drag) return;
      this.drag = null;
      this.root.classList.remove("tm-dragging");
      if (!drag.moved && (drag.kind === "new" || drag.kind === "window")) {
        const bin = this.binAt(drag.day), fold = this.axis().foldOf(drag.day);
        if (fold) this.unfold(fold);
        else if (bin) Object.assign(this.app.view, { from: Math.max(bin.from, this.app.view.range[0]), to: bin.to });
      }
      this.app.change(true);
    }

    binAt(day) {
      const { edges } = this.bins;
      for (let bin = 0; bin < edges.length - 1; bin++) {
        if (edges[bin] <= day && edges[bin + 1] > day) return { bin, from: edges[bin], to: edges[bin + 1] - 1 };
      }
      return null;
    }

    /** The wheel zooms time around the pointer. */
    zoom(event) {
      event.preventDefault();
      this.zoomBy(event.deltaY > 0 ? 1.25 : 0.8, this.day(this.pointerX(event)));
    }

    /** Show more or less time around a day, at first the middle of the window where that is shown. */
    zoomBy(factor, around) {
      const { view } = this.app, [first, last] = this.domain, middle = (view.from + view.to) / 2;
      const centre = around !== undefined ? around : middle > first && middle < last ? middle : this.day(this.width / 2);
      const x = this.x(centre), from = this.day(x - x * factor), to = this.day(x + (this.width - x) * factor) - 1;
      const widened = Math.max(to - from, SHORTEST) - (to - from); // as close as it goes, not nothing
      this.showDays(from - widened / 2 - 1, to + widened / 2 + 1);
    }

    keyed(event, side) {
      const { view } = this.app, { range } = view;
      if (ZOOMS[event.key]) {
        event.preventDefault();
        this.zoomBy(ZOOMS[event.key]);
        return;
      }
      const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -30, PageUp: 30 }[event.key];
      let day = view[side];
      if (step) day += step * (event.shiftKey ? 30 : 1);
      else if (event.key === "Home") day = side === "from" ? range[0] : view.from;
      else if (event.key === "End") day = side === "from" ? view.to : range[1];
      else return;
      event.preventDefault();
      event.stopPropagation();
      view[side] = side === "from" ? clamp(day, range[0], view.to) : clamp(day, view.from, range[1]);
      this.app.change(false);
      clearTimeout(this.settle);
      this.settle = setTimeout(() => this.app.change(true), 250);
    }

    hover(event) {
      const { app } = this, bin = this.bins && this.binAt(Math.floor(this.day(this.pointerX(event))));
      if (!bin || event.pointerType === "touch") return app.tip.hide();
      const fold = this.axis().foldOf(bin.from);
      if (fold) {
        const { years, nothing } = TM.foldWords(fold);
        app.tip.showAbove(event.clientX, { title: years, lines: [nothing], counts: new Array(TYPE_COUNT).fill(0), note: "Click to show these years at their length" });
        return undefined;
      }
      const slice = (stack) => Array.from(stack.subarray(bin.bin * TYPE_COUNT, (bin.bin + 1) * TYPE_COUNT));
      const firm = slice(this.bins.firm), vague = slice(this.bins.vague);
      const sum = (list) => list.reduce((total, value) => total + value, 0);
      if (sum(firm) + sum(vague) < 0.05) return app.tip.hide();
      const possibly = Math.round(sum(vague));
      const lines = [`${TM.grouped(sum(firm))} dated inside this bar`];
      if (possibly) lines[0] += `, about ${TM.grouped(possibly)} possibly`;
      const lag = app.view.axis === "happened" ? app.counts.medianLag(bin.from, bin.to, app.view.types) : null;
      const days_ = lag === 0 ? "the same day" : lag === 1 ? "1 day later" : `${lag} days later`;
      app.tip.showAbove(event.clientX, {
        title: days.span(bin.from, bin.to),
        lines,
        counts: firm.map((value, type) => value + vague[type]),
        note: lag == null ? "" : `Reported ${lag === 0 ? "mostly" : "a median of"} ${days_}`,
      });
      return undefined;
    }
  };
})((window.TM = window.TM || {}));
