/* The table over the map: the same events, one row each. Only the rows in sight are in the page; they are fetched in
   stretches, so that a hundred thousand events scroll like ten. */

const STRETCH = 100; /* rows a request */
const SPARE = 12; /* rows drawn beyond those in sight */
const HIGHEST = 8e6; /* pixels: browsers stop laying out somewhere above ten million */

const sheets = new WeakMap();

class Sheet {
  constructor(root, act) {
    this.root = root;
    this.act = act;
    this.stretches = new Map();
    this.at = 0; /* the row that the keyboard stands on */
    this.wanted = -1; /* the row that is to have the focus as soon as it is there */
    this.box = element("section", "sheet");
    this.box.setAttribute("role", "region");
    this.summary = element("p", "summary");
    this.summary.setAttribute("role", "status");
    this.box.append(this.summary);
    this.scroller = element("div", "scroller");
    this.table = element("table");
    this.head = element("thead");
    this.body = element("tbody");
    this.table.append(this.head, this.body);
    this.scroller.append(this.table);
    this.box.append(this.scroller);
    root.replaceChildren(this.box);
    this.scroller.addEventListener("scroll", () => this.draw(), { passive: true });
    this.body.addEventListener("keydown", (event) => this.keyed(event));
    this.body.addEventListener("click", (event) => {
      const row = event.target.closest("[data-index]");
      if (row && row.dataset.event) this.open(row);
    });
    this.resized = new ResizeObserver(() => this.draw());
    this.resized.observe(this.scroller);
    this.cover(true);
  }

  /* The map below is covered: its time bar stays in sight, what is under the table cannot be reached. */
  cover(on) {
    clearTimeout(this.waiting);
    const frame = document.querySelector(".st-key-stage iframe");
    const page = frame && frame.contentDocument;
    const bar = page && page.querySelector(".tm-time");
    const stage = page && page.querySelector(".tm-stage");
    if (stage) stage.inert = on;
    if (!on) return;
    if (bar && bar.offsetHeight) this.root.style.setProperty("--bar", `${bar.offsetHeight}px`);
    this.waiting = setTimeout(() => this.cover(true), bar ? 1500 : 200);
  }

  update(data) {
    this.data = data;
    this.root.dataset.theme = data.theme;
    this.box.setAttribute("aria-label", "Table of reported events");
    if (this.summary.textContent !== data.summary) this.summary.textContent = data.summary;
    this.table.setAttribute("aria-rowcount", String(data.total + 1));
    this.drawHead();
    if (this.path !== data.rows_path) {
      const moved = this.path !== undefined;
      this.path = data.rows_path;
      this.stretches.clear();
      if (moved) {
        this.at = 0;
        this.scroller.scrollTop = 0;
      }
    }
    this.draw(true);
  }

  drawHead() {
    const row = element("tr");
    for (const { key, label } of this.data.columns) {
      const cell = element("th", key || "said");
      cell.setAttribute("scope", "col");
      if (!key) {
        cell.textContent = label;
      } else {
        const [column, down] = [this.data.sort.replace("-", ""), this.data.sort.startsWith("-")];
        const button = element("button", "", label);
        button.type = "button";
        button.dataset.sort = key;
        if (column === key) {
          cell.setAttribute("aria-sort", down ? "descending" : "ascending");
          button.append(element("span", "way", down ? "↓" : "↑"));
        }
        button.onclick = () => this.act("sort", { sort: column === key && !down ? `-${key}` : key });
        cell.append(button);
      }
      row.append(cell);
    }
    row.setAttribute("aria-rowindex", "1");
    const focused = this.root.getRootNode().activeElement;
    const key = focused && focused.dataset && focused.dataset.sort;
    this.head.replaceChildren(row);
    const again = key && this.head.querySelector(`[data-sort="${key}"]`);
    if (again) again.focus();
  }

  height() {
    return matchMedia("(max-width: 760px)").matches ? 64 : 48;
  }

  /* Rows beyond what a browser can lay out are reached by scrolling in longer steps. */
  pace() {
    return Math.max(1, (this.data.total * this.height()) / HIGHEST);
  }

  draw(anew) {
    if (!this.data) return;
    const { total } = this.data, height = this.height(), pace = this.pace();
    const inSight = Math.ceil(this.scroller.clientHeight / height) + 1;
    const top = Math.round((this.scroller.scrollTop * pace) / height);
    const first = Math.max(0, Math.min(top - SPARE, total - 1)), last = Math.min(total, top + inSight + SPARE);
    const key = `${first}:${last}`;
    if (!anew && key === this.drawn) return;
    this.drawn = key;
    const rows = [this.spacer(first, total, height, pace, first)];
    for (let index = first; index < last; index++) rows.push(this.row(index));
    rows.push(this.spacer(total - last, total, height, pace, first));
    if (!total) {
      const empty = element("tr"), cell = element("td", "none", "No event in these articles matches the window and the filters.");
      cell.colSpan = this.data.columns.length;
      empty.append(cell);
      rows.push(empty);
    }
    const focused = this.wanted >= 0 ? this.wanted : this.focusedRow();
    this.body.replaceChildren(...rows);
    if (focused >= 0) this.focus(focused, false);
    this.fetch(first, last);
  }

  spacer(rows, total, height, pace) {
    const space = element("tr", "space");
    space.setAttribute("aria-hidden", "true");
    space.style.height = `${(rows * height) / pace}px`;
    return space;
  }

  row(index) {
    const item = this.item(index), row = element("tr", item ? "row" : "row waiting");
    row.dataset.index = String(index);
    row.setAttribute("aria-rowindex", String(index + 2));
    if (!item) {
      const cell = element("td");
      cell.colSpan = this.data.columns.length;
      row.append(cell);
      return row;
    }
    row.dataset.event = item.id;
    if (item.id === this.data.selected) row.classList.add("on");
    for (const [name, fill] of Object.entries(CELLS)) {
      const cell = element("td", name);
      fill(cell, item, this.data);
      row.append(cell);
    }
    const button = row.querySelector("button");
    button.tabIndex = index === this.at ? 0 : -1;
    return row;
  }

  item(index) {
    const stretch = this.stretches.get(Math.floor(index / STRETCH));
    return Array.isArray(stretch) ? stretch[index % STRETCH] : undefined;
  }

  fetch(first, last) {
    for (let number = Math.floor(first / STRETCH); number * STRETCH < last; number++) {
      if (!this.stretches.has(number)) this.load(number, this.path);
    }
  }

  async load(number, path) {
    this.stretches.set(number, "asked");
    try {
      const answer = await fetch(`${path}&offset=${number * STRETCH}&n=${STRETCH}`);
      if (!answer.ok) throw new Error(await answer.text());
      const { rows } = await answer.json();
      if (path !== this.path) return;
      this.stretches.set(number, rows);
      this.draw(true);
    } catch (error) {
      if (path !== this.path) return;
      this.stretches.delete(number);
      this.summary.textContent = `Rows could not be read: ${error.message || error}`;
    }
  }

  open(row) {
    this.at = Number(row.dataset.index);
    this.act("select", { event: row.dataset.event });
  }

  focusedRow() {
    const focused = this.root.getRootNode().activeElement;
    const row = focused && this.body.contains(focused) && focused.closest("[data-index]");
    return row ? Number(row.dataset.index) : -1;
  }

  keyed(event) {
    const page = Math.max(1, Math.floor(this.scroller.clientHeight / this.height()) - 2), { total } = this.data;
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -total, End: total };
    if (!(event.key in moves)) return;
    event.preventDefault();
    this.focus(Math.max(0, Math.min(total - 1, this.at + moves[event.key])), true);
  }

  /* Stand on a row: bring it into sight, and give it the focus, if need be once its text has come. */
  focus(index, scroll) {
    if (scroll) {
      const height = this.height(), head = this.head.offsetHeight, y = (index * height) / this.pace();
      const { scrollTop, clientHeight } = this.scroller;
      if (y < scrollTop) this.scroller.scrollTop = y;
      if (y + height + head > scrollTop + clientHeight) this.scroller.scrollTop = y + height + head - clientHeight;
      this.draw(true);
    }
    this.at = index;
    for (const button of this.body.querySelectorAll("button")) button.tabIndex = -1;
    const button = this.body.querySelector(`[data-index="${index}"] button`);
    this.wanted = button ? -1 : index;
    if (!button) return;
    button.tabIndex = 0;
    button.focus({ preventScroll: true });
  }

  end() {
    this.cover(false);
    clearTimeout(this.waiting);
    this.resized.disconnect();
  }
}

/* What stands in each cell; serif is what the article says. */
const CELLS = {
  date(cell, item) {
    cell.textContent = item.when;
    if (item.possibly) {
      cell.classList.add("possibly");
      cell.title = `Reported only as ${item.when}: possibly inside the window`;
    }
  },
  type(cell, item, { types }) {
    cell.append(glyph(item.type, types), element("span", "", types[item.type].label));
  },
  place(cell, item) {
    const button = element("button", "", item.place);
    button.type = "button";
    button.setAttribute("aria-label", `${item.place}, ${item.when}: open the article`);
    cell.append(button);
    const more = [item.precision_text, item.within === item.place ? "" : item.within].filter(Boolean).join(" · ");
    if (more) cell.append(element("small", "", more));
  },
  said(cell, item) {
    const text = element("span", "");
    const [before, trigger, after] = item.snippet;
    text.append(document.createTextNode(before));
    if (trigger) {
      const mark = element("u", "", trigger);
      mark.style.textDecorationColor = `var(--t-${item.type})`;
      text.append(mark);
    }
    text.append(document.createTextNode(after));
    cell.append(text);
  },
  killed(cell, item) {
    cell.textContent = item.killed[0];
    cell.title = item.killed[1];
  },
  status(cell, item) {
    cell.append(statusBadge(item));
  },
  source(cell, item) {
    cell.textContent = item.source;
    cell.title = item.source;
  },
};

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let root = parentElement.querySelector(".desk-root");
  if (!root) {
    root = element("div", "desk-root");
    parentElement.append(root);
  }
  if (!sheets.has(root)) {
    sheets.set(root, new Sheet(root, (kind, values) => setTriggerValue("act", { kind, ...values })));
  }
  const sheet = sheets.get(root);
  sheet.act = (kind, values) => setTriggerValue("act", { kind, ...values });
  sheet.update(data);
  return () => {
    sheet.end();
    sheets.delete(root);
  };
}
