/* Where a step leads. Months and years are those of the calendar: a window of whole months stays one, the last day of a
   month stays the last, and 31 Jan is 31 Mar again after 28 Feb. */
(function (TM) {
  "use strict";

  const { days } = TM;
  const DAYS = { day: 1, week: 7 }, MONTHS = { month: 1, year: 12 };
  const startsMonth = (day) => days.date(day).getUTCDate() === 1;
  const endsMonth = (day) => startsMonth(day + 1);
  const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

  /** How many whole months a window is; 0 where it is none. */
  function wholeMonths({ from, to }) {
    if (!startsMonth(from) || !endsMonth(to)) return 0;
    return 12 * (days.year(to) - days.year(from)) + days.month(to) - days.month(from) + 1;
  }

  TM.Stepper = class {
    constructor() {
      this.origin = null; // the window from which steps by months are counted, and where the last one led
    }

    /** Move a window `{from, to}` one step; `unit`: window, day, week, month or year. It stays inside `range`. */
    move(window, direction, unit, range) {
      const whole = wholeMonths(window), months = MONTHS[unit] || (unit === "window" ? whole : 0);
      const next = months ? this.byMonths(window, direction * months) : this.byDays(window, direction, unit, range);
      if (next.from > range[1] || next.to < range[0]) return { from: window.from, to: window.to };
      const moved = { from: clamp(next.from, ...range), to: clamp(next.to, ...range) };
      if (months) Object.assign(this.origin, { ledTo: moved });
      return moved;
    }

    byDays({ from, to }, direction, unit, range) {
      const length = to - from, days_ = DAYS[unit] || length + 1;
      const start = clamp(from + direction * days_, range[0], Math.max(range[0], range[1] - length));
      return { from: start, to: Math.min(range[1], start + length) };
    }

    byMonths({ from, to }, count) {
      const { origin } = this, led = origin && origin.ledTo;
      if (!led || led.from !== from || led.to !== to) this.origin = { from, to, count: 0 };
      const start = this.origin;
      start.count += count;
      const end = endsMonth(start.to)
        ? days.addMonths(start.to + 1 - days.date(start.to).getUTCDate(), start.count + 1) - 1
        : days.addMonths(start.to, start.count);
      return { from: days.addMonths(start.from, start.count), to: end };
    }
  };
})((window.TM = window.TM || {}));
