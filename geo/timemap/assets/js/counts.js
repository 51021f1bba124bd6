/* What is inside the window: all events stay in typed arrays, and a frame is one pass over them.

   Rows that pass the filters are copied once, sorted by start, into two lists: short ones (up to a month), of which a
   frame visits only those near the window, and long ones, of which it visits all. Type is not part of the copy, so that
   switching a type costs nothing and a type that is off is still counted. */
(function (TM) {
  "use strict";

  const { TYPE_COUNT, NO_DAY, NO_PLACE, days } = TM;
  const CLASSES = 4; // firm, possibly inside, claimed, weaker tie
  const CLAIMED = 2, WEAK = 3;
  const WIDTH = TYPE_COUNT * CLASSES;
  const SHORT = 31; // days; longer events go to the second list
  const ON_THIS_DAY_LONGEST = 7; // days; a wider date says nothing of a calendar day

  /** How many of the known days lie before each day: `{low, offsets}`, the day `low + i` at `i`. A row may be several. */
  function tally(column, weight) {
    let low = Infinity, high = -Infinity;
    for (let row = 0; row < column.length; row++) {
      const day = column[row];
      if (day === NO_DAY) continue;
      if (day < low) low = day;
      if (day > high) high = day;
    }
    if (low > high) return { low: 0, offsets: new Uint32Array(1) };
    const offsets = new Uint32Array(high - low + 2);
    for (let row = 0; row < column.length; row++) if (column[row] !== NO_DAY) offsets[column[row] - low + 1] += weight ? weight[row] : 1;
    for (let slot = 1; slot < offsets.length; slot++) offsets[slot] += offsets[slot - 1];
    return { low, offsets };
  }

  /** Row numbers by day, without the undated; null where the rows lie in that order already. Two passes: a comparison
      sort of a million rows takes half a second. */
  function orderOf(column) {
    let latest = -Infinity, sorted = true;
    for (let row = 0; sorted && row < column.length; row++) {
      if (column[row] === NO_DAY) continue;
      sorted = column[row] >= latest;
      latest = column[row];
    }
    if (sorted) return null;
    const { low, offsets } = tally(column), order = new Uint32Array(offsets[offsets.length - 1]);
    for (let row = 0; row < column.length; row++) if (column[row] !== NO_DAY) order[offsets[column[row] - low]++] = row;
    return order;
  }

  function firstAtLeast(values, wanted) {
    let low = 0, high = values.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Whether a date says nothing of a calendar day. */
  const tooWide = ({ vague, start, end }, i) => (vague ? vague[i] : end[i] - start[i] > ON_THIS_DAY_LONGEST);

  const overlap = ({ from, to }, held) => Boolean(held) && from <= held[1] && to >= held[0];

  TM.Counts = class {
    constructor(data) {
      const { places, column } = data;
      this.data = data;
      this.placeCount = places.id.length;
      this.articleCount = data.articles;
      this.stamp = new Uint32Array(this.articleCount + 1);
      this.tick = 0;
      const slots = this.placeCount + 1; // the last slot takes events whose place did not resolve
      this.bins = new Uint32Array(slots * WIDTH);
      for (const name of ["n", "firm", "poss", "claim", "weak"]) this[name] = new Uint32Array(slots);
      this.byType = new Uint32Array(slots * TYPE_COUNT);
      this.corrected = new Uint32Array(slots); // events corrected by hand
      this.leading = new Uint8Array(slots);
      this.kinds = new Uint8Array(slots);
      this.total = { n: 0, sure: 0, articles: 0, types: new Uint32Array(TYPE_COUNT) };
      this.happened = { start: column.date_start, end: column.date_end };
      this.reported = { start: column.published_start, end: column.published_end };
      this.emptied = {}; // the empty stretches by axis
      this.grid = data.table.grid || null; // what rows of counts say of all events
      this.weight = column.count || null; // how many events a row is; null: one
      this.byStatus = new Uint32Array(8);
      if (this.grid) this.byStatus.set(this.grid.statuses);
      else for (let row = 0; row < data.rows; row++) this.byStatus[column.status[row]]++;
    }

    /** How many events have one of these statuses (a mask), whatever else is filtered. */
    ofStatus(mask) {
      return this.byStatus.reduce((sum, count, status) => sum + ((mask >> status) & 1 ? count : 0), 0);
    }

    /** First and last day of an axis; null where no event has a day there. */
    extent(axis) {
      if (this.grid) return this.grid.span[axis];
      const { start, end } = this[axis];
      let first = Infinity, last = -Infinity;
      for (let row = 0; row < start.length; row++) {
        if (start[row] === NO_DAY) continue;
        if (start[row] < first) first = start[row];
        if (end[row] > last) last = end[row];
      }
      return first <= last ? [first, last] : null;
    }

    /** Whole years without an event, whatever is filtered: the axis stays as it is while filters change (`TM.emptyYears`). */
    empty(axis, range) {
      const { held } = this;
      this.emptied[axis] = this.emptied[axis] || TM.emptyYears(this.dated(axis), range).filter((years) => !overlap(years, held));
      return this.emptied[axis];
    }

    /** The days of all events, whatever is filtered; of counts only the years are known. */
    dated(axis) {
      if (!this.grid) return this[axis];
      const { years, vague } = this.grid, from = (year) => days.of(year, 0, 1);
      return {
        start: [...years[axis].map(from), ...vague[axis].map(([first]) => first)],
        end: [...years[axis].map((year) => from(year + 1) - 1), ...vague[axis].map(([, last]) => last)],
      };
    }

    /** Years in which layers tell of something, two days or null, are not empty; the bar covers another range from now on. */
    hold(held) {
      this.held = held;
      this.emptied = {};
    }

    /** The day before which `share` of all events start; null where there is none. */
    startShare(axis, share) {
      const { low, offsets } = tally(this[axis].start, this.weight), known = offsets[offsets.length - 1];
      return known ? low + offsets.findIndex((before) => before > known * share) - 1 : null;
    }

    /** The last day on which an event begins that passes the filters; null where none does. */
    latest() {
      const { day } = this.data.column; // of counts: a row's first day may be that of a month
      const ends = [...this.lists.map(({ start }) => start), day || []].map((list) => list[list.length - 1]).filter((last) => last !== undefined);
      return ends.length ? Math.max(...ends) : null;
    }

    /** Choose the rows. `filter`: masks `status`, `tiers`; sets (or null) `sources`, `precisions`, `countries`, `places`,
        `ids`; `longest`: widest date interval in days (or null). */
    setFilter(filter, axis) {
      const span = this[axis], { start, end } = span, passing = this.passing(filter, span), used = [0, 0];
      for (let row = 0; row < passing.length; row++) {
        if (passing[row] && end[row] - start[row] > SHORT) passing[row] = 2;
        if (passing[row]) used[passing[row] - 1]++;
      }
      const order = orderOf(start);
      this.lists = used.map((size, number) => this.copy({ size, passing, wanted: number + 1, order }, span));
    }

    /** A mask of the rows that pass: 1, else 0. */
    passing({ status: statuses, tiers, longest, sources, precisions, countries, places, ids }, span) {
      const { data } = this, { place, status, tier, article, date_start: from, date_end: to } = data.column;
      const mask = ids ? data.maskOf(ids) : new Uint8Array(data.rows).fill(1);
      const allowed = (values, wanted) => wanted && Uint8Array.from(values, (value) => (wanted.has(value) ? 1 : 0));
      const bySource = allowed(data.table.sources, sources), sourceOf = data.column.source;
      const byPlace = [
        allowed(data.places.precision, precisions), allowed(data.places.country, countries), allowed(data.places.id, places),
      ].filter(Boolean);
      for (let row = 0; row < mask.length; row++) {
        if (!((statuses >> status[row]) & (tiers >> tier[row]) & 1) || span.start[row] === NO_DAY) mask[row] = 0;
        else if (longest !== null && !this.grid && to[row] - from[row] >= longest) mask[row] = 0; // the server did that
      }
      if (bySource) for (let row = 0; row < mask.length; row++) mask[row] &= bySource[sourceOf[article[row]]];
      for (const list of byPlace) for (let row = 0; row < mask.length; row++) mask[row] &= list[place[row]];
      return mask;
    }

    /** The rows marked `wanted`, in order of their start, with what a frame needs of them side by side. */
    copy({ size, passing, wanted, order }, span) {
      const { data } = this, { type, status, tier, place, article } = data.column, { statuses, tiers } = data.table;
      const claimed = statuses.map((name) => (name === "reported" ? 0 : CLAIMED));
      const weak = tiers.map((name) => name === "B");
      const list = {
        row: new Uint32Array(size),
        start: new Int32Array(size),
        end: new Int32Array(size),
        slot: new Uint32Array(size),
        kind: new Uint8Array(size),
        article: new Uint32Array(size),
        weight: this.weight && new Uint32Array(size),
        vague: data.column.width ? new Uint8Array(size) : null, // of counts: dates that say nothing of a calendar day
        calendar: null,
        corrected: [], // positions of the events corrected by hand
      };
      const length = order ? order.length : passing.length;
      for (let at = 0, i = 0; at < length; at++) {
        const row = order ? order[at] : at;
        if (passing[row] !== wanted) continue;
        list.row[i] = row;
        list.start[i] = span.start[row];
        list.end[i] = span.end[row];
        list.slot[i] = (place[row] === NO_PLACE ? this.placeCount : place[row]) * WIDTH;
        list.kind[i] = type[row] * CLASSES + (weak[tier[row]] ? WEAK : claimed[status[row]]);
        list.article[i] = article[row] < this.articleCount ? article[row] : this.articleCount;
        if (list.weight) list.weight[i] = this.weight[row];
        if (list.vague) list.vague[i] = data.column.width[row] > 1 ? 1 : 0;
        if (data.column.corrected && data.column.corrected[row]) list.corrected.push(i);
        i++;
      }
      return list;
    }

    /** Count everything for a window `{from, to, mode, types}` (both days included; `types` a mask). */
    count(window) {
      this.bins.fill(0);
      this.corrected.fill(0);
      this.tick++;
      Object.assign(this.total, { n: 0, sure: 0, articles: 0 });
      for (const list of this.lists) {
        if (window.mode === "day" && window.to - window.from < 365) this.countCalendar(list, window);
        else this.countWindow(list, window);
      }
      this.sumPlaces(window.types);
      this.countCorrected(window);
      return this.total;
    }

    countWindow(list, { from, to, mode, types }) {
      const { start, end, slot, kind, article, weight } = list;
      const { bins, stamp, tick, total } = this;
      const open = mode !== "window";
      const first = open || list === this.lists[1] ? 0 : firstAtLeast(start, from - SHORT);
      const stop = mode === "day" ? start.length : firstAtLeast(start, to + 1);
      const low = open ? -Infinity : from, high = mode === "day" ? Infinity : to;
      let n = 0, sure = 0, articles = 0;
      for (let i = first; i < stop; i++) {
        if (end[i] < low) continue;
        const inside = start[i] >= low && end[i] <= high;
        const k = kind[i], many = weight ? weight[i] : 1;
        bins[slot[i] + (inside || k & 3 ? k : k + 1)] += many;
        if ((types >> (k >> 2)) & 1) {
          n += many;
          if (inside) sure += many;
          if (stamp[article[i]] !== tick) {
            stamp[article[i]] = tick;
            articles++;
          }
        }
      }
      total.n += n;
      total.sure += sure;
      total.articles += articles;
    }

    /** Corrections are few: only the places that have any are looked at. */
    countCorrected(window) {
      for (const list of this.lists) {
        for (const i of list.corrected) {
          if ((window.types >> (list.kind[i] >> 2)) & 1 && this.within(list, i, window)) this.corrected[list.slot[i] / WIDTH] += list.weight ? list.weight[i] : 1;
        }
      }
    }

    /** The same days in every year. */
    countCalendar(list, { from, to, types }) {
      const { start, end, slot, kind, article, weight } = list;
      const { bins, stamp, tick, total } = this;
      if (!list.calendar) {
        list.calendar = { start: Uint16Array.from(start, days.ofYear), end: Uint16Array.from(end, days.ofYear) };
      }
      const a = days.ofYear(from), b = days.ofYear(to);
      for (let i = 0; i < start.length; i++) {
        if (tooWide(list, i)) continue;
        const x = list.calendar.start[i], y = list.calendar.end[i];
        if (a <= b ? y < a || x > b : y < a && x > b) continue;
        const inside = a > b || (x >= a && y <= b);
        const k = kind[i], many = weight ? weight[i] : 1;
        bins[slot[i] + (inside || k & 3 ? k : k + 1)] += many;
        if (!((types >> (k >> 2)) & 1)) continue;
        total.n += many;
        if (inside) total.sure += many;
        if (stamp[article[i]] !== tick) {
          stamp[article[i]] = tick;
          total.articles++;
        }
      }
    }

    sumPlaces(types) {
      const { bins, n, firm, poss, claim, weak, byType, leading, kinds, total } = this;
      total.types.fill(0);
      for (let place = 0; place <= this.placeCount; place++) {
        const base = place * WIDTH;
        let f = 0, p = 0, c = 0, w = 0, most = 0, lead = 0, differing = 0;
        for (let type = 0; type < TYPE_COUNT; type++) {
          const at = base + type * CLASSES;
          const sum = bins[at] + bins[at + 1] + bins[at + 2] + bins[at + 3];
          total.types[type] += sum;
          const shown = (types >> type) & 1 ? sum : 0;
          byType[place * TYPE_COUNT + type] = shown;
          if (!shown) continue;
          differing++;
          f += bins[at];
          p += bins[at + 1];
          c += bins[at + CLAIMED];
          w += bins[at + WEAK];
          if (shown > most) {
            most = shown;
            lead = type;
          }
        }
        firm[place] = f;
        poss[place] = p;
        claim[place] = c;
        weak[place] = w;
        n[place] = f + p + c + w;
        leading[place] = lead;
        kinds[place] = differing;
      }
    }

    /** Whether position `i` of a list lies in the window: 0 no, 1 possibly, 2 certainly. */
    within(list, i, { from, to, mode }) {
      const start = list.start[i], end = list.end[i];
      if (mode === "day" && to - from < 365) {
        if (tooWide(list, i)) return 0;
        const a = days.ofYear(from), b = days.ofYear(to), x = days.ofYear(start), y = days.ofYear(end);
        if (a <= b) return y < a || x > b ? 0 : x >= a && y <= b ? 2 : 1;
        return y < a && x > b ? 0 : 2;
      }
      const low = mode === "window" ? from : -Infinity, high = mode === "day" ? Infinity : to;
      if (end < low || start > high) return 0;
      return start >= low && end <= high ? 2 : 1;
    }

    /** Rows at any of these places inside the window, certain ones first; at most `limit`. */
    rowsAt(placeSet, window, limit) {
      const certain = [], possible = [];
      for (const list of this.lists) {
        for (let i = 0; i < list.row.length; i++) {
          if (!placeSet.has(list.slot[i] / WIDTH) || !((window.types >> (list.kind[i] >> 2)) & 1)) continue;
          const inside = this.within(list, i, window);
          if (inside) (inside === 2 ? certain : possible).push(list.row[i]);
          if (certain.length >= limit) return certain;
        }
      }
      return certain.concat(possible).slice(0, limit);
    }

    /** The nearest event wholly before and wholly after the window, as row numbers (or -1). */
    neighbours({ from, to, types }) {
      let before = -1, after = -1, latest = -Infinity, earliest = Infinity;
      for (const { start, end, kind, row } of this.lists) {
        for (let i = 0; i < row.length; i++) {
          if (!((types >> (kind[i] >> 2)) & 1)) continue;
          if (end[i] < from && end[i] > latest) [latest, before] = [end[i], row[i]];
          if (start[i] > to && start[i] < earliest) [earliest, after] = [start[i], row[i]];
        }
      }
      return { before, after };
    }

    /** The median number of days from an exactly dated event in [from, to] to its report; null below three. */
    medianLag(from, to, types) {
      if (!this.data.complete || this.grid) return null;
      const { date_start: start, date_end: end, published_start: published } = this.data.column;
      const lags = [];
      for (const list of this.lists) {
        for (let i = 0; i < list.row.length; i++) {
          const row = list.row[i];
          if (start[row] !== end[row] || start[row] < from || start[row] > to || published[row] === NO_DAY) continue;
          if ((types >> (list.kind[i] >> 2)) & 1) lags.push(Math.max(0, published[row] - end[row]));
        }
      }
      lags.sort((a, b) => a - b);
      return lags.length > 2 ? lags[lags.length >> 1] : null;
    }

    /** Of counts, whether the events of a row are told of by day besides. */
    hasDay(row) {
      return this.grid !== null && this.data.column.width[row] === 0;
    }

    /** Stack what is told of by day. */
    addDays({ firm, binOf, first, last, types }) {
      const { day, day_type: type, day_count: count } = this.data.column;
      for (let i = 0; day && i < day.length; i++) {
        if (day[i] >= first && day[i] <= last && (types >> type[i]) & 1) firm[binOf[day[i] - first] * TYPE_COUNT + type[i]] += count[i];
      }
    }

    /** Stack the passing events over bins that start at `edges` (the last edge closes the last bin). An event inside one
        bin counts whole in `firm`; a wider one is spread evenly over its days in `vague`, so that sums stay true. */
    histogram(edges, types) {
      const count = edges.length - 1;
      const first = edges[0], last = edges[count] - 1;
      const firm = new Float64Array(count * TYPE_COUNT), vague = new Float64Array(count * TYPE_COUNT);
      const slopes = new Float64Array((last - first + 3) * TYPE_COUNT);
      const binOf = new Int32Array(last - first + 1);
      for (let bin = 0; bin < count; bin++) binOf.fill(bin, edges[bin] - first, edges[bin + 1] - first);
      this.addDays({ firm, binOf, first, last, types });
      for (const { start, end, kind, row, weight } of this.lists) {
        for (let i = 0; i < start.length; i++) {
          const type = kind[i] >> 2, a = start[i], b = end[i];
          if (!((types >> type) & 1) || b < first || a > last || this.hasDay(row[i])) continue;
          const many = weight ? weight[i] : 1;
          if (a >= first && b <= last && binOf[a - first] === binOf[b - first]) {
            firm[binOf[a - first] * TYPE_COUNT + type] += many;
            continue;
          }
          const share = many / (b - a + 1);
          slopes[(Math.max(a, first) - first) * TYPE_COUNT + type] += share;
          slopes[(Math.min(b, last) + 1 - first) * TYPE_COUNT + type] -= share;
        }
      }
      const level = new Float64Array(TYPE_COUNT);
      for (let day = 0; day <= last - first; day++) {
        for (let type = 0; type < TYPE_COUNT; type++) {
          level[type] += slopes[day * TYPE_COUNT + type];
          vague[binOf[day] * TYPE_COUNT + type] += level[type];
        }
      }
      return { edges, firm, vague };
    }
  };
})((window.TM = window.TM || {}));
