/* Days: whole numbers since 1970-01-01 (UTC). Writing at the reported precision, stepping. */
(function (TM) {
  "use strict";

  const DAY = 864e5;
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

  const days = (TM.days = { MONTHS });

  days.date = (day) => new Date(day * DAY);
  days.of = (year, month, day) => {
    const date = new Date(0);
    date.setUTCFullYear(year, month, day); // Date.UTC would read the years 0-99 as 1900-1999
    return Math.round(date.getTime() / DAY);
  };
  days.year = (day) => days.date(day).getUTCFullYear();
  days.month = (day) => days.date(day).getUTCMonth();
  days.iso = (day) => {
    const date = days.date(day);
    const pad = (number, width) => String(number).padStart(width, "0");
    return `${pad(date.getUTCFullYear(), 4)}-${pad(date.getUTCMonth() + 1, 2)}-${pad(date.getUTCDate(), 2)}`;
  };

  /** "26 Jan 2015" */
  days.text = (day) => {
    const date = days.date(day);
    return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  };

  /** Day of a leap year, 0..365: the same number for the same calendar day in every year. */
  days.ofYear = (day) => {
    const date = days.date(day);
    return Math.round((Date.UTC(2020, date.getUTCMonth(), date.getUTCDate()) - Date.UTC(2020, 0, 1)) / DAY);
  };

  /** Write a closed interval no finer than it was reported: "Jan 2015", "25-26 Jan 2015", "2014". */
  days.span = function (from, to) {
    if (from === to) return days.text(from);
    const a = days.date(from), b = days.date(to);
    const [d1, m1, y1] = [a.getUTCDate(), MONTHS[a.getUTCMonth()], a.getUTCFullYear()];
    const [d2, m2, y2] = [b.getUTCDate(), MONTHS[b.getUTCMonth()], b.getUTCFullYear()];
    const whole = d1 === 1 && days.date(to + 1).getUTCDate() === 1;
    if (whole && y1 === y2 && m1 === m2) return `${m1} ${y1}`;
    if (whole && m1 === "Jan" && m2 === "Dec") return y1 === y2 ? `${y1}` : `${y1}–${y2}`;
    if (whole && y1 === y2) return `${m1}–${m2} ${y1}`;
    if (to - from > 400) return `${m1} ${y1} – ${m2} ${y2}`;
    if (y1 !== y2) return `${days.text(from)} – ${days.text(to)}`;
    return m1 === m2 ? `${d1}–${d2} ${m1} ${y1}` : `${d1} ${m1} – ${d2} ${m2} ${y1}`;
  };

  /** "16 months", "3 days": how long a window is. */
  days.length = function (count) {
    if (count <= 60) return `${count} ${count === 1 ? "day" : "days"}`;
    if (count < 730) return `${Math.round(count / 30.44)} months`;
    return `${(count / 365.25).toFixed(1).replace(".0", "")} years`;
  };

  /** Move a day by whole months, keeping the day of the month where the month has it. */
  days.addMonths = function (day, count) {
    const date = days.date(day);
    const first = days.of(date.getUTCFullYear(), date.getUTCMonth() + count, 1);
    const last = days.of(date.getUTCFullYear(), date.getUTCMonth() + count + 1, 0);
    return Math.min(first + date.getUTCDate() - 1, last);
  };
})((window.TM = window.TM || {}));
