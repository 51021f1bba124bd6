/* The panel's lists: events, filters. */

/* Text in which the words that were searched for are marked. */
function withFound(text, words) {
  const wanted = (words || []).filter(Boolean).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (!wanted.length) return [document.createTextNode(text)];
  const parts = text.split(new RegExp(`(${wanted.join("|")})`, "iu"));
  return parts.map((part, index) => (index % 2 ? element("mark", "found", part) : document.createTextNode(part)));
}

function snippet(row, words) {
  const paragraph = element("p", "snippet");
  const [before, trigger, after] = row.snippet;
  paragraph.append(...withFound(before, words));
  if (trigger) {
    const mark = element("u");
    mark.append(...withFound(trigger, words));
    mark.style.textDecorationColor = `var(--t-${row.type})`;
    paragraph.append(mark);
  }
  paragraph.append(...withFound(after, words));
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
  status.append(statusBadge(row));
  if (row.news) status.append(element("b", `news ${row.news}`, row.news));
  if (row.corrected) status.append(pencil());
  status.append(element("span", "", row.meta));
  button.append(glyph(row.type, data.types, data.types[row.type].label), place, date, snippet(row, data.found), status);
  button.onclick = () => act("select", { event: row.id });
  return button;
}

/* What narrows the list, each with a cross that takes it away. */
function chipRow(chips, act) {
  const row = element("div", "chips");
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", "Filters in use");
  for (const { name, key, label } of chips) {
    const chip = element("button", "chip");
    chip.type = "button";
    chip.dataset.chip = `${name}:${key}`;
    chip.append(element("span", "", label), arrow(CROSS));
    chip.setAttribute("aria-label", `${label}: take this filter away`);
    chip.onclick = () => act("unfilter", { name, key });
    row.append(chip);
  }
  if (chips.length > 1) {
    const all = element("button", "quiet-button", "Clear all");
    all.type = "button";
    all.onclick = () => act("clear", {});
    row.append(all);
  }
  return row;
}

/* Newest or oldest first: the same events. */
function orderSwitch(list, act) {
  const button = element("button", "order", list.oldest ? "Oldest first" : "Newest first");
  button.type = "button";
  button.dataset.sort = "order";
  button.title = list.oldest ? "Show the newest first" : "Show the oldest first";
  button.append(arrow(list.oldest ? ARROW_UP : ARROW_DOWN));
  button.onclick = () => act("sort", { sort: list.oldest ? "-date" : "date" });
  return button;
}

function eventList(data, act) {
  const body = element("div", "body");
  const list = data.list;
  if (list.visit) body.append(visitLine(list.visit, act));
  if (list.chips.length) body.append(chipRow(list.chips, act));
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
  if (list.rows.length > 1) body.append(orderSwitch(list, act));
  let heading = null;
  for (const row of list.rows) {
    if (row.heading !== heading) {
      heading = row.heading;
      const title = element("h3", row.possibly && !data.found.length ? "month vague" : "month", heading);
      if (row.possibly && !data.found.length) title.append(element("span", "", "The reported date is wider than the window."));
      body.append(title);
    }
    body.append(eventRow(row, data, act));
  }
  if (list.rows.length < list.total) {
    const more = element("button", "button more", `Show more of ${list.total.toLocaleString("en")}`);
    more.onclick = () => act("more", {});
    body.append(more);
  }
  if (list.gone) body.append(goneList(list.gone, data));
  return body;
}

/* What changed since this browser was here last: what it saw then is kept in it, and nowhere else. */
function visitLine({ state, at, said }, act) {
  const when = new Date(at).toLocaleString(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  const note = element("p", "note visit", `Since you were here on ${when}: ${said}. `);
  const show = element("button", "", "Show what changed");
  show.type = "button";
  show.onclick = () => act("changed", { state });
  note.append(show);
  return note;
}

/* Events that were here and are not any more, each with why. */
function goneList({ title, rows, more }, data) {
  const box = element("section", "gone");
  box.append(element("h3", "month", title));
  for (const row of rows) {
    const line = element("div", "event lost");
    line.append(glyph(row.type, data.types, data.types[row.type].label), element("span", "place", row.place));
    line.append(element("span", "date", row.date), element("span", "status", row.text));
    box.append(line);
  }
  if (more) box.append(element("p", "note", more));
  return box;
}

function filterList(data, act) {
  const body = element("div", "body");
  const note = element("p", "note", data.filters.said);
  note.setAttribute("role", "status");
  body.append(note);
  for (const section of data.filters.sections) {
    const box = element("section", "section");
    box.append(element("h3", "", section.title));
    if (section.text) box.append(element("p", "", section.text));
    const pills = element("div", "pills");
    pills.setAttribute("role", "group");
    pills.setAttribute("aria-label", section.title);
    if (!section.options.some(({ pressed }) => pressed)) pills.classList.add("free"); /* none chosen: all count */
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
