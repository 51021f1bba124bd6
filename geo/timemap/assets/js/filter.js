/* Which events may be shown at all, whatever the window: masks by status and tier, and lists of what to keep. */
(function (TM) {
  "use strict";

  const DEFAULT_STATUS = ["reported", "claimed"];
  const SETS = ["sources", "precisions", "countries", "places", "ids"];

  /** A mask of the names that are in the list. */
  TM.maskOf = (names, list) => names.reduce((bits, name, bit) => (list.includes(name) ? bits | (1 << bit) : bits), 0);
  /** The names whose bits are set. */
  TM.namesOf = (names, mask) => names.filter((_, bit) => (mask >> bit) & 1);

  TM.Filter = class {
    /** `table`: the packed data's own lists of names. It starts with what is shown by default. */
    constructor(table) {
      this.table = table;
      this.status = TM.maskOf(table.statuses, DEFAULT_STATUS);
      this.tiers = TM.maskOf(table.tiers, table.tiers);
      for (const key of SETS) this[key] = null; // null: no such filter
      this.longest = null; // days; a date at least as wide is hidden
    }

    /** Take over the keys of a message; what is absent stays, what makes no sense is passed over. */
    read(message) {
      if (Array.isArray(message.status)) this.status = TM.maskOf(this.table.statuses, message.status);
      if (Array.isArray(message.tiers)) this.tiers = TM.maskOf(this.table.tiers, message.tiers);
      for (const key of SETS) {
        if (key in message) this[key] = Array.isArray(message[key]) ? new Set(message[key].map(String)) : null;
      }
      if ("longest" in message) this.longest = message.longest > 0 ? +message.longest : null;
    }

    /** The same filter over another table's lists of names. */
    over(table) {
      const filter = Object.assign(new TM.Filter(table), { longest: this.longest });
      for (const key of SETS) filter[key] = this[key];
      filter.status = TM.maskOf(table.statuses, TM.namesOf(this.table.statuses, this.status));
      filter.tiers = TM.maskOf(table.tiers, TM.namesOf(this.table.tiers, this.tiers));
      return filter;
    }

    /** Whether anything is hidden that is shown by default. */
    isSet() {
      const usual = new TM.Filter(this.table);
      return ["status", "tiers", "longest"].some((key) => this[key] !== usual[key]) || SETS.some((key) => this[key]);
    }
  };
  TM.Filter.KEYS = ["status", "tiers", "longest", ...SETS];
})((window.TM = window.TM || {}));
