/* What is looked at: the window on an axis of time, the way it selects, and the types that are on. */
(function (TM) {
  "use strict";

  const { days, TYPES } = TM;
  const ALL_TYPES = (1 << TYPES.length) - 1;
  const FAR = 1e9; // days: beyond any range
  const AXES = ["happened", "reported"], MODES = ["window", "cumulative", "day"];
  const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

  TM.View = class {
    /** `extentOf` gives the first and last day of an axis, or null. It starts with the whole range. */
    constructor(extentOf, axis) {
      Object.assign(this, { extentOf, axis: AXES.includes(axis) ? axis : AXES[0], mode: MODES[0], types: ALL_TYPES });
      this.setRange();
      this.showWhole();
    }

    /** The range of days of the axis, in whole years; a corpus without any dated event still gets a bar. */
    setRange() {
      const today = Math.floor(Date.now() / 864e5), known = [this.axis, ...AXES].map(this.extentOf).find(Boolean);
      const [first, last] = known || [today - 365, today];
      this.range = [days.of(days.year(first), 0, 1), days.of(days.year(last), 11, 31)];
    }

    isWhole() {
      return this.from === this.range[0] && this.to === this.range[1];
    }

    showWhole() {
      [this.from, this.to] = this.range;
    }

    hasAllTypes() {
      return this.types === ALL_TYPES;
    }

    /** Change from, to, axis or mode; what cannot be is put right rather than refused. Says whether the axis changed. */
    set({ from, to, axis, mode }) {
      const turned = AXES.includes(axis) && axis !== this.axis, whole = this.isWhole();
      if (turned) {
        this.axis = axis;
        this.setRange();
        if (whole) this.showWhole();
      }
      if (MODES.includes(mode)) this.mode = mode;
      const day = (value, now) => (typeof value === "number" && Number.isFinite(value) ? Math.round(value) : now);
      const [a, b] = [day(from, this.from), day(to, this.to)];
      this.from = clamp(Math.min(a, b), ...this.range);
      this.to = clamp(Math.max(a, b), ...this.range);
      return turned;
    }

    readTypes(list) {
      if (Array.isArray(list)) this.types = TM.maskOf(TYPES.map(({ id }) => id), list);
    }

    /** The days, axis and mode of a message, whose dates are texts; null opens a side. */
    static read({ from, to, axis, mode }) {
      const day = (value, end) => (typeof value === "string" ? days.parse(value, end) : null);
      const open = (value, side) => (value === null ? side * FAR : undefined);
      return { from: open(from, -1) ?? day(from, false), to: open(to, 1) ?? day(to, true), axis, mode };
    }

    showAllTypes() {
      this.types = ALL_TYPES;
    }
  };
})((window.TM = window.TM || {}));
