/* What lies over the map: chips by type, the list of countries, the card of an empty window, the tooltip.
   Every text arrives by textContent: article text is never HTML here. */
(function (TM) {
  "use strict";

  const { days, h, TYPES } = TM;
  const COUNTRY_ROWS = 5;
  const text = TM.grouped;

  /** One chip for each type: click toggles, double click isolates. */
  TM.Chips = class {
    constructor(app) {
      this.app = app;
      const named = app.options.labels; // data of somebody's own may have few types
      this.buttons = TYPES.map(({ id, label }, type) => {
        const count = h("b");
        const button = h(
          "button.tm-chip",
          {
            type: "button",
            title: "Click to show or hide. Double click for this type alone",
            click: () => this.set(app.view.types ^ (1 << type)),
            dblclick: () => this.set(1 << type),
          },
          TM.glyph(type), h("span", null, label), count,
        );
        button.hidden = Boolean(named && !named[id]);
        return { button, count };
      });
      this.root = h("div.tm-chips", { role: "group", "aria-label": "Event types" }, ...this.buttons.map((item) => item.button));
    }

    set(mask) {
      this.app.view.types = mask;
      this.app.change(true);
    }

    sync() {
      const { counts, view } = this.app;
      this.buttons.forEach(({ button, count }, type) => {
        const number = text(counts.total.types[type]), on = String(Boolean((view.types >> type) & 1));
        if (count.textContent !== number) count.textContent = number;
        if (button.getAttribute("aria-pressed") !== on) button.setAttribute("aria-pressed", on);
      });
    }
  };

  /** Events that name only a country or something wider: listed, never pinned. */
  TM.Countries = class {
    constructor(app) {
      this.app = app;
      this.head = h("span");
      this.list = h("div");
      const note = h("p", null, "No closer place was reported, so there is no pin.");
      this.root = h("details.tm-card.tm-countries", { "aria-label": "Events placed only by country" },
        h("summary", null, this.head), note, this.list);
      this.root.open = !app.cramped();
      this.listPlaces();
    }

    /** Which places of the data have no mark. */
    listPlaces() {
      const { places } = this.app.data, drawn = new Set(this.app.areas.areas.map(({ place }) => place));
      this.shown = null;
      const listed = { country: () => true, region: (place) => !drawn.has(place) };
      this.places = places.id
        .map((_, place) => place)
        .filter((place) => (listed[places.precision[place]] || (() => false))(place));
      this.places.push(places.id.length); // the slot of events whose place did not resolve
    }

    sync() {
      const { counts } = this.app;
      const rows = this.places.filter((place) => counts.n[place]).sort((a, b) => counts.n[b] - counts.n[a] || a - b);
      const signature = rows.map((place) => `${place}:${counts.n[place]}`).join() + this.app.view.types;
      if (signature === this.shown) return;
      this.shown = signature;
      this.root.hidden = !rows.length;
      this.head.textContent = `Country only · ${text(rows.reduce((sum, place) => sum + counts.n[place], 0))}`;
      const focused = this.list.contains(document.activeElement) && document.activeElement.dataset.place;
      this.list.replaceChildren(...rows.slice(0, COUNTRY_ROWS).map((place) => this.row(place)));
      if (rows.length > COUNTRY_ROWS) {
        const rest = rows.slice(COUNTRY_ROWS).reduce((sum, place) => sum + counts.n[place], 0);
        this.list.append(h("p", null, `and ${rows.length - COUNTRY_ROWS} more with ${text(rest)}`));
      }
      const again = focused && this.list.querySelector(`[data-place="${focused}"]`);
      if (again) again.focus();
    }

    row(place) {
      const { app } = this, { places } = app.data, { counts } = app;
      const mix = TM.mixBar(Array.from(counts.byType.subarray(place * TM.TYPE_COUNT, (place + 1) * TM.TYPE_COUNT)));
      const unresolved = place === places.id.length, name = unresolved ? "Place not found" : places.name[place];
      const line = [h("span", null, name), h("span", null, text(counts.n[place])), mix];
      if (unresolved) return h("p.tm-country", { title: "The article names a place that no gazetteer entry fits" }, ...line);
      const code = places.precision[place] === "country" ? places.country[place] : null;
      const outline = () => app.outline(code), clear = () => app.outline(null);
      return h("button.tm-country", {
        type: "button", "data-place": place,
        mouseenter: outline, focus: outline, mouseleave: clear, blur: clear,
        click: () => app.choice.pick([place]),
      }, ...line);
    }
  };

  /** What to do where a window holds nothing. */
  TM.EmptyCard = class {
    constructor(app) {
      this.app = app;
      this.note = h("p");
      this.buttons = h("div.tm-buttons");
      this.root = h("div.tm-card.tm-empty", { hidden: true, role: "status" },
        h("h2", null, "No reported events in this window"), this.note, this.buttons);
    }

    sync(settled) {
      const { app } = this, { counts, view } = app;
      this.root.hidden = counts.total.n > 0;
      if (counts.total.n || (!settled && this.buttons.childElementCount)) return;
      const filtered = app.isFiltered();
      this.note.textContent = filtered
        ? "These articles report nothing here with the filters that are on. That says nothing about what happened."
        : "These articles report nothing between these dates. That says nothing about what happened.";
      const { before, after } = counts.neighbours(view), span = counts[view.axis];
      const jump = (label, row) => {
        if (row < 0) return null;
        const from = span.start[row], to = span.end[row];
        const click = () => {
          const length = view.to - view.from;
          app.setView({ from: from - (length >> 1), to: Math.max(from - (length >> 1) + length, to) });
          app.change(true);
        };
        return h("button.tm-button", { type: "button", click }, `${label}: ${days.span(from, to)}`);
      };
      const reset = () => {
        app.clearFilters();
        app.post.emit({ cleared: true }); // the page has filters of its own
      };
      const clear = filtered && h("button.tm-button.tm-primary", { type: "button", click: reset }, "Clear filters");
      const buttons = [clear, jump("Earlier", before), jump("Later", after)].filter(Boolean);
      this.buttons.replaceChildren(...buttons);
    }
  };

  /** Whose borders these are. */
  TM.worldview = function (tiles) {
    const words = "Borders follow the UN General Assembly · Natural Earth · ";
    return h("div.tm-world", null, tiles && tiles.credit, words, h("span.tm-dash"), " disputed");
  };

  /** The one tooltip of map and time bar. */
  TM.Tip = class {
    constructor(stage) {
      this.stage = stage;
      this.root = h("div.tm-tip", { hidden: true, role: "tooltip" });
      this.key = "";
    }

    hide() {
      this.root.hidden = true;
      this.key = "";
    }

    /** `content`: {title, lines, counts, quote, note}. */
    fill({ title, lines, counts, quote, note }) {
      const parts = [h("b", null, title), ...lines.filter(Boolean).map((line) => h("span.tm-line", null, line))];
      if (counts) parts.push(TM.mixBar(counts), TM.typeLine(counts));
      if (quote) parts.push(h("q", null, quote));
      if (note) parts.push(h("em", null, note));
      this.root.replaceChildren(...parts);
      this.root.hidden = false;
    }

    showAt(x, y, key, content) {
      if (key !== this.key) this.fill(content());
      this.key = key;
      const { clientWidth: wide, clientHeight: tall } = this.stage, { offsetWidth: w, offsetHeight: t } = this.root;
      this.root.style.left = `${x + 18 + w > wide ? Math.max(4, x - w - 18) : x + 18}px`;
      this.root.style.top = `${Math.max(8, Math.min(tall - t - 8, y - t / 2))}px`;
    }

    /** Over the time bar, at the foot of the map. */
    showAbove(clientX, content) {
      this.fill(content);
      this.key = "bar";
      const { left, width, height } = this.stage.getBoundingClientRect(), { offsetWidth: w, offsetHeight: t } = this.root;
      this.root.style.left = `${Math.max(8, Math.min(width - w - 8, clientX - left - w / 2))}px`;
      this.root.style.top = `${height - t - 8}px`;
    }
  };
})((window.TM = window.TM || {}));
