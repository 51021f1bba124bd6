/* The exact days of the window, as fields to type in; what is refused says why beside them. */
(function (TM) {
  "use strict";

  const { days, h } = TM;
  const HINT = "Write a date as 26 Jan 2015, 26.1.2015, 2015-01-26, Jan 2015, Q1 2015 or 2015";

  TM.DateFields = class {
    constructor(app) {
      this.app = app;
      this.why = h("p.tm-why", { id: "tm-why", role: "alert", hidden: true });
      this.inputs = { from: this.field("from", "From"), to: this.field("to", "To") };
      this.lead = h("span");
      this.between = h("span", null, "to");
      this.note = h("em");
      this.root = h("div.tm-dates", null, this.lead, this.inputs.from, this.between, this.inputs.to, this.note, this.why);
    }

    field(side, label) {
      const input = h("input", {
        "aria-label": label, "aria-describedby": "tm-why", spellcheck: "false", autocomplete: "off", title: HINT,
      });
      input.addEventListener("change", () => this.apply(side));
      input.addEventListener("focus", () => input.select());
      input.addEventListener("keydown", (event) => {
        event.stopPropagation();
        if (event.key === "Enter") {
          if (this.apply(side)) input.blur();
        } else if (event.key === "Escape") {
          this.refuse(input, "");
          input.value = days.text(this.app.view[side]);
          input.blur();
        }
      });
      input.addEventListener("blur", () => {
        if (!input.classList.contains("tm-bad")) this.sync();
      });
      return input;
    }

    /** Take over what stands in a field; false where it is no date. */
    apply(side) {
      const { app } = this, input = this.inputs[side], { range } = app.view;
      const dayOnly = app.view.mode === "day" && !/\d{4}/.test(input.value);
      const read = TM.typed(dayOnly ? `${input.value} ${days.year(app.view[side])}` : input.value, TM.monthFirst());
      if (read.why) {
        this.refuse(input, read.why);
        return false;
      }
      const day = side === "to" ? read.to : read.from;
      const outside = read.to < range[0] || read.from > range[1];
      if (outside) {
        this.refuse(input, `The events lie between ${days.text(range[0])} and ${days.text(range[1])}.`);
        return false;
      }
      this.refuse(input, "");
      if (day === app.view[side]) return true;
      app.stop();
      app.setView({ [side]: day });
      app.change(true);
      return true;
    }

    refuse(input, why) {
      input.classList.toggle("tm-bad", Boolean(why));
      input.setAttribute("aria-invalid", String(Boolean(why)));
      this.why.textContent = why;
      this.why.hidden = !why;
    }

    /** Write the days, and what of them counts in this mode. */
    sync() {
      const { view } = this.app, length = view.to - view.from + 1, everyYear = view.mode === "day" && length <= 365;
      for (const [side, input] of Object.entries(this.inputs)) {
        if (document.activeElement === input || input.classList.contains("tm-bad")) continue;
        input.value = everyYear ? days.text(view[side]).replace(/ \d+$/, "") : days.text(view[side]);
      }
      this.note.className = view.mode === "window" ? "tm-length" : "";
      const upTo = view.mode === "cumulative";
      this.inputs.from.hidden = this.between.hidden = upTo;
      this.lead.textContent = upTo ? "everything up to" : "";
      if (everyYear) this.note.textContent = `in every year, ${days.year(view.range[0])}–${days.year(view.range[1])}`;
      else if (view.mode === "day") this.note.textContent = "choose less than a year";
      else this.note.textContent = upTo ? "" : days.length(length);
    }
  };
})((window.TM = window.TM || {}));
