/* The panel beside the map. Python decides what it shows (`data`); every click goes back as one `act`.
   All text arrives as data and enters the page through textContent: article text is never markup. */

const SVG = "http://www.w3.org/2000/svg";
const ARROW_LEFT = "M10 3 5 8l5 5";
const ARROW_RIGHT = "m6 3 5 5-5 5";

function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text != null) node.textContent = text;
  return node;
}

function shape(name, attributes) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

function arrow(path) {
  const svg = shape("svg", { viewBox: "0 0 16 16", class: "line", "aria-hidden": "true" });
  svg.append(shape("path", { d: path }));
  return svg;
}

/* A type's glyph: `paths` come from our own palette, not from an article. */
function glyph(type, types, label) {
  const svg = shape("svg", { viewBox: "0 0 16 16", class: "glyph" });
  svg.style.color = `var(--t-${type})`;
  if (label) {
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
  } else {
    svg.setAttribute("aria-hidden", "true");
  }
  for (const [tag, attributes] of types[type].glyph) svg.append(shape(tag, attributes));
  return svg;
}

/* Solid: reported; ring: claimed; dotted ring: weaker tie. The same three inks as on the map. */
function statusBadge(row) {
  const badge = element("span", "badge");
  const svg = shape("svg", { viewBox: "0 0 10 10", "aria-hidden": "true" });
  const colour = `var(--t-${row.type})`;
  const ring = { cx: 5, cy: 5, r: 4, fill: "none", "stroke-width": 1.7 };
  const dot =
    row.tier === "B" ? shape("circle", { ...ring, "stroke-dasharray": "1.7 1.5" })
      : row.status === "reported" ? shape("circle", { cx: 5, cy: 5, r: 4.6 })
        : shape("circle", ring);
  dot.style[row.tier !== "B" && row.status === "reported" ? "fill" : "stroke"] = colour;
  svg.append(dot);
  badge.append(svg, document.createTextNode(row.status_text));
  return badge;
}

function snippet(row) {
  const paragraph = element("p", "snippet");
  const [before, trigger, after] = row.snippet;
  paragraph.append(document.createTextNode(before));
  if (trigger) {
    const mark = element("u", "", trigger);
    mark.style.textDecorationColor = `var(--t-${row.type})`;
    paragraph.append(mark);
  }
  paragraph.append(document.createTextNode(after));
  return paragraph;
}

function eventRow(row, data, act) {
  const button = element("button", row.id === data.selected ? "event on" : "event");
  button.type = "button";
  button.dataset.event = row.id;
  const place = element("span", "place", row.place);
  if (row.precision_text) place.append(element("small", "", row.precision_text));
  const date = element("span", row.possibly ? "date possibly" : "date", row.when);
  if (row.possibly) date.title = `Reported only as ${row.when}: possibly inside the window`;
  const status = element("span", "status");
  status.append(statusBadge(row), element("span", "", row.meta));
  button.append(glyph(row.type, data.types, data.types[row.type].label), place, date, snippet(row), status);
  button.onclick = () => act("select", { event: row.id });
  return button;
}

function eventList(data, act) {
  const body = element("div", "body");
  const list = data.list;
  if (list.place) {
    const note = element("p", "note", `${list.total} at ${list.place}. `);
    const all = element("button", "", "Show all places");
    all.onclick = () => act("place", { place: null });
    note.append(all);
    body.append(note);
  }
  if (!list.rows.length) {
    const lead = element("div", "lead");
    lead.append(element("h2", "", list.empty.title), element("p", "", list.empty.text));
    if (list.empty.clear) {
      const clear = element("button", "button", "Clear all filters");
      clear.onclick = () => act("clear", {});
      lead.append(clear);
    }
    body.append(lead);
  }
  let heading = null;
  for (const row of list.rows) {
    if (row.heading !== heading) {
      heading = row.heading;
      const title = element("h3", row.possibly ? "month vague" : "month", heading);
      if (row.possibly) title.append(element("span", "", "The reported date is wider than the window."));
      body.append(title);
    }
    body.append(eventRow(row, data, act));
  }
  if (list.rows.length < list.total) {
    const more = element("button", "button more", `Show more of ${list.total.toLocaleString("en")}`);
    more.onclick = () => act("more", {});
    body.append(more);
  }
  return body;
}

function pill({ key, label, count, pressed, type }, data, onclick) {
  const button = element("button", "pill");
  button.type = "button";
  button.dataset.key = key;
  if (type) button.append(glyph(type, data.types));
  button.append(element("span", "", label));
  if (count != null) button.append(element("b", "", count.toLocaleString("en")));
  button.setAttribute("aria-pressed", String(pressed));
  button.onclick = onclick;
  return button;
}

function unplottedList(data, act) {
  const body = element("div", "body");
  const shown = data.unplotted;
  body.append(element("p", "note", "Places and words that were read and did not become a mark. Each says why."));
  const pills = element("div", "pills");
  for (const reason of shown.reasons) {
    pills.append(pill(reason, data, () => act("reason", { reason: reason.key })));
  }
  body.append(pills);
  for (const item of shown.items) {
    const button = element("button", "unplotted");
    button.type = "button";
    const paragraph = element("p");
    paragraph.append(document.createTextNode(item.context[0]), element("b", "", item.context[1]), document.createTextNode(item.context[2]));
    button.append(paragraph, element("span", "", item.why));
    button.onclick = () => act("unplotted", { article: item.article, start: item.start, end: item.end });
    body.append(button);
  }
  if (shown.items.length < shown.total) {
    const more = element("button", "button more", `Show more of ${shown.total.toLocaleString("en")}`);
    more.onclick = () => act("more", {});
    body.append(more);
  }
  return body;
}

function filterList(data, act) {
  const body = element("div", "body");
  for (const section of data.filters) {
    const box = element("section", "section");
    box.append(element("h3", "", section.title));
    if (section.text) box.append(element("p", "", section.text));
    const pills = element("div", "pills");
    pills.setAttribute("role", "group");
    pills.setAttribute("aria-label", section.title);
    for (const option of section.options) {
      pills.append(pill(option, data, () => act("filter", { name: section.name, key: option.key })));
    }
    box.append(pills);
    body.append(box);
  }
  const clear = element("button", "button more", "Clear all filters");
  clear.onclick = () => act("clear", {});
  body.append(clear);
  return body;
}

function tabBar(data, act) {
  const bar = element("div", "tabs");
  bar.setAttribute("role", "tablist");
  for (const tab of data.tabs) {
    const button = element("button", "", tab.label);
    button.type = "button";
    button.dataset.tab = tab.key;
    button.setAttribute("role", "tab");
    button.setAttribute("aria-selected", String(tab.key === data.tab));
    if (tab.count != null) button.append(element("span", "", tab.count.toLocaleString("en")));
    button.onclick = () => act("tab", { tab: tab.key });
    bar.append(button);
  }
  return bar;
}

function rival(place, act) {
  const button = element("button", place.chosen ? "rival chosen" : "rival");
  button.type = "button";
  const bar = element("i");
  bar.style.setProperty("--share", `${Math.round(place.score * 100)}%`);
  button.append(element("span", "", place.name), bar, element("em", "", place.score.toFixed(2)));
  if (!place.chosen) {
    button.title = "Show where it would stand";
    button.onclick = () => act("ghost", { name: place.name, lat: place.lat, lng: place.lon });
  }
  return button;
}

function why(reader, data) {
  const box = element("div", "why");
  if (reader.type) {
    const kicker = element("div", "kicker");
    kicker.append(glyph(reader.type, data.types), document.createTextNode(data.types[reader.type].label));
    kicker.append(element("span", "", reader.status_text));
    box.append(kicker);
  }
  box.append(element("h2", "", reader.heading));
  const list = element("dl");
  for (const entry of reader.entries) {
    const value = element("dd");
    if (entry.strong) value.append(element("b", "", entry.strong));
    for (const line of entry.lines) value.append(element("p", "", line));
    for (const place of entry.places || []) value.append(rival(place, data.act));
    for (const other of entry.reports || []) {
      const line = element("p");
      const open = element("button", "link", other.label);
      open.onclick = () => data.act("select", { event: other.event });
      line.append(open, document.createTextNode(` ${other.text}`));
      value.append(line);
    }
    list.append(element("dt", "", entry.label), value);
  }
  box.append(list);
  return box;
}

function article(reader) {
  const box = element("article", "article");
  box.tabIndex = 0;
  const source = element("p", "source", reader.source);
  if (reader.url) {
    const link = element("a", "", "Original");
    link.href = reader.url;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    source.append(document.createTextNode(" · "), link);
  }
  box.append(source);
  if (reader.title) box.append(element("h3", "", reader.title));
  const key = element("p", "key text");
  for (const [className, label] of [["mention", "place"], ["elsewise", "not a place of events"], ["time", "date"]]) {
    key.append(element("span", className, label));
  }
  box.append(key);
  const text = element("div", "text");
  for (const paragraph of reader.paragraphs) {
    const node = element("p");
    for (const [words, classes] of paragraph) {
      node.append(classes ? element("span", classes, words) : document.createTextNode(words));
    }
    text.append(node);
  }
  box.append(text);
  return box;
}

function readerView(data, act, panel) {
  const reader = data.reader;
  panel.style.setProperty("--type", reader.type ? `var(--t-${reader.type})` : "var(--ink)");
  const head = element("div", "reader-head");
  const back = element("button", "back");
  back.type = "button";
  back.append(arrow(ARROW_LEFT), document.createTextNode(reader.back));
  back.onclick = () => act("close", {});
  head.append(back);
  if (reader.position) {
    const steps = element("div", "", reader.position);
    for (const [path, event, label] of [
      [ARROW_LEFT, reader.previous, "Previous event"],
      [ARROW_RIGHT, reader.next, "Next event"],
    ]) {
      const step = element("button", "step");
      step.type = "button";
      step.setAttribute("aria-label", label);
      step.append(arrow(path));
      step.onclick = () => act("select", { event });
      steps.append(step);
    }
    head.append(steps);
  }
  panel.append(head, why(reader, { ...data, act }), article(reader));
}

/* Where to scroll to: the list keeps its place while its content stays the same; the reader shows the sentence. */
function settleScroll(panel, data, memory) {
  if (data.reader) {
    const box = panel.querySelector(".article");
    const target = panel.querySelector(".target, .sentence");
    if (target && memory.read !== data.reader.key) {
      if (matchMedia("(max-width: 760px)").matches) panel.scrollIntoView({ block: "start" });
      else box.scrollTop = Math.max(0, target.offsetTop - box.offsetTop - 96);
    }
    memory.read = data.reader.key;
    return;
  }
  memory.read = null;
  const body = panel.querySelector(".body");
  if (!body) return;
  body.scrollTop = memory.list === data.list_key ? memory.top || 0 : 0;
  memory.list = data.list_key;
  body.onscroll = () => { memory.top = body.scrollTop; };
}

const memories = new WeakMap();

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let root = parentElement.querySelector(".desk-root");
  if (!root) {
    root = element("div", "desk-root");
    parentElement.append(root);
    memories.set(root, {});
  }
  const memory = memories.get(root);
  const focused = parentElement.activeElement || document.activeElement;
  const focusKey = focused && focused.dataset && Object.entries(focused.dataset)[0];
  root.dataset.theme = data.theme;
  const act = (kind, values) => setTriggerValue("act", { kind, ...values });
  const panel = element("div", "panel");
  panel.setAttribute("role", "region");
  panel.setAttribute("aria-label", data.reader ? "Article" : "Reported events");
  if (data.reader) {
    readerView(data, act, panel);
  } else {
    const views = { events: eventList, not_plotted: unplottedList, filters: filterList };
    panel.append(tabBar(data, act), views[data.tab](data, act));
  }
  root.replaceChildren(panel);
  settleScroll(panel, data, memory);
  if (focusKey) {
    const again = [...panel.querySelectorAll(`[data-${focusKey[0]}]`)].find((node) => node.dataset[focusKey[0]] === focusKey[1]);
    if (again) again.focus({ preventScroll: true });
  }
  root.onkeydown = (event) => { if (event.key === "Escape" && data.reader) act("close", {}); };
}
