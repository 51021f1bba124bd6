/* Dates as people type them. What cannot be read is refused with the reason.
   The page reads corrections and searches by the same rules: geo/views/typed.py. */
(function (TM) {
  "use strict";

  const { days } = TM;
  const NAMES = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
  ];
  const ORDINAL = "(?:st|nd|rd|th)?";
  const FORMS = [
    [/^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/, ([y, m, d]) => ({ y, m, d })],
    [/^(\d{4})[-/.](\d{1,2})$/, ([y, m]) => ({ y, m })],
    [/^(\d{1,2})[-/.](\d{4})$/, ([m, y]) => ({ y, m })],
    [/^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/, ([d, m, y]) => ({ y, m, d })],
    [/^(\d{1,2})[-/](\d{1,2})[-/](\d{4})$/, ([a, b, y], monthFirst) => {
      return b > 12 || (monthFirst && a <= 12) ? { y, m: a, d: b } : { y, m: b, d: a };
    }],
    [/^(\d{4})$/, ([y]) => ({ y })],
    [/^q([1-4])[\s/-]*(\d{4})$/, ([q, y]) => ({ y, q })],
    [/^(\d{4})[\s/-]*q([1-4])$/, ([y, q]) => ({ y, q })],
    [new RegExp(`^(\\d{1,2})${ORDINAL}\\s+(?:of\\s+)?([a-z]+)\\.?,?\\s+(\\d{4})$`), ([d, name, y]) => ({ y, name, d })],
    [new RegExp(`^([a-z]+)\\.?\\s+(\\d{1,2})${ORDINAL},?\\s+(\\d{4})$`), ([name, d, y]) => ({ y, name, d })],
    [/^([a-z]+)\.?,?\s+(\d{4})$/, ([name, y]) => ({ y, name })],
  ];
  const SHORT_YEAR = /^\d{1,2}[-/.]\d{1,2}[-/.]\d{2}$/;
  const EXPECTED = "Write a date like 26 Jan 2015, 26.1.2015, 2015-01-26, Jan 2015, Q1 2015 or 2015.";

  /** Whether this browser's user writes the month before the day. */
  TM.monthFirst = function () {
    const order = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "numeric" }).formatToParts(new Date());
    return order.findIndex(({ type }) => type === "month") < order.findIndex(({ type }) => type === "day");
  };

  /** Read a date: `{from, to}`, the first and last day of what was written (a day, month, quarter or year), or `{why}`. */
  TM.typed = function (text, monthFirst = false) {
    const written = String(text).trim().toLowerCase().replace(/\s+/g, " ");
    for (const [form, take] of FORMS) {
      const found = form.exec(written);
      if (found) return period(take(found.slice(1).map((part) => (/^\d+$/.test(part) ? +part : part)), monthFirst));
    }
    return { why: SHORT_YEAR.test(written) ? "Write the year with four digits." : EXPECTED };
  };

  function period({ y, m, d, q, name }) {
    if (y < 1) return { why: "There is no year 0." };
    if (q) return { from: days.of(y, 3 * q - 3, 1), to: days.of(y, 3 * q, 0) };
    if (!m && !name) return { from: days.of(y, 0, 1), to: days.of(y, 11, 31) };
    const month = name ? monthOf(name) : m - 1;
    if (name && month < 0) return { why: `“${name}” is no month. ${EXPECTED}` };
    if (month < 0 || month > 11) return { why: `There is no month ${m}.` };
    const first = days.of(y, month, 1), last = days.of(y, month + 1, 0), most = last - first + 1;
    if (d === undefined) return { from: first, to: last };
    if (d < 1 || d > most) return { why: `${NAMES[month][0].toUpperCase()}${NAMES[month].slice(1)} ${y} has ${most} days.` };
    return { from: first + d - 1, to: first + d - 1 };
  }

  /** The month that a word names: whole, or shortened to three letters or more ("Sept"); -1 for none. */
  function monthOf(word) {
    return word.length < 3 ? -1 : NAMES.findIndex((name) => name.startsWith(word));
  }

  /** The first (or, with `end`, the last) day of a date; null where it is none. */
  days.parse = function (text, end) {
    const { from, to, why } = TM.typed(text);
    if (why) return null;
    return end ? to : from;
  };
})((window.TM = window.TM || {}));
