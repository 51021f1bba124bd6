/* The reader: an event's reasons over its article, everything found in it marked. */

function rival(place, act) {
  const button = element("button", place.chosen ? "rival chosen" : "rival");
  button.type = "button";
  const bar = element("i");
  bar.style.setProperty("--share", `${Math.round(place.score * 100)}%`);
  const name = element("span", "", place.name);
  if (place.within) name.append(element("small", "", place.within));
  button.append(name, bar, element("em", "", place.score.toFixed(2)));
  if (!place.chosen) {
    button.title = "Show where it would stand";
    button.onclick = () => act("ghost", { name: place.name, lat: place.lat, lng: place.lon });
  }
  return button;
}

/* The sentence itself, where the article begins below what is seen. */
function said(reader) {
  const quote = element("p", "said");
  for (const [words, classes] of reader.paragraphs.flat()) {
    if (` ${classes} `.includes(" sentence ")) quote.append(element("span", classes, words));
  }
  return quote;
}

function why(reader, data, memory, again) {
  const box = element("div", "why");
  const edit = (key) => () => {
    memory.edit = memory.edit === key ? null : key;
    memory.focus = memory.edit;
    again();
  };
  const change = (key, label) => {
    const button = quiet("Change", edit(key), "change");
    button.setAttribute("aria-label", label);
    button.setAttribute("aria-expanded", String(memory.edit === key));
    return button;
  };
  if (reader.type) {
    const kicker = element("div", "kicker");
    kicker.append(glyph(reader.type, data.types), document.createTextNode(data.types[reader.type].label));
    kicker.append(element("span", "", reader.status_text));
    if (data.editable) kicker.append(change("type", "Change the type"));
    box.append(kicker);
  }
  box.append(element("h2", "", reader.heading));
  if (reader.type) box.append(said(reader));
  const hand = handBox(reader, data);
  if (hand) box.append(hand);
  if (memory.edit === "type") box.append(editor(reader, data, memory, again));
  const list = element("dl");
  const folded = !memory.more && reader.entries.some(({ brief }) => brief);
  list.className = folded ? "folded" : "";
  const shown = folded ? reader.entries.filter(({ brief, key }) => brief || memory.edit === key) : reader.entries;
  if (folded && reader.reports) list.append(...reportsEntry(reader, memory, again));
  for (const entry of shown) {
    if (entry.label === "Tie" && reader.reports) list.append(...reportsEntry(reader, memory, again));
    const term = element("dt", "", entry.label), value = element("dd");
    if (entry.key && data.editable && reader.hand) term.append(change(entry.key, `Change the ${entry.key}`));
    if (entry.strong) value.append(element("b", "", entry.strong));
    if (!folded) {
      for (const line of entry.lines) value.append(element("p", "", line));
      for (const place of entry.places || []) value.append(rival(place, data.act));
    }
    if (entry.key && memory.edit === entry.key) value.append(editor(reader, data, memory, again));
    list.append(term, value);
  }
  box.append(list);
  const ways = element("div", "ways");
  box.append(ways);
  if (reader.entries.some(({ brief }) => brief)) {
    const all = quiet(folded ? "More: reasons, other places, who, how sure" : "Less", () => { memory.more = folded; again(); });
    all.dataset.focus = "unfold";
    all.setAttribute("aria-expanded", String(!folded));
    ways.append(all);
  }
  if (reader.hand && data.editable) {
    const more = quiet("Note, same event, reject", edit("more"), "quiet-button");
    more.setAttribute("aria-expanded", String(memory.edit === "more"));
    ways.append(more);
    if (memory.edit === "more") box.append(editor(reader, data, memory, again));
  }
  if (reader.whole) box.append(wholeArticle(reader, data, memory, again));
  if (reader.rejected && data.editable) {
    box.append(quiet("Restore the event", () => data.act("restore", { event: reader.rejected }), "button"));
  }
  return box;
}

/* What was read from an article, and what can be done with it. */
function wholeArticle(reader, data, memory, again) {
  const box = element("div", "whole");
  box.append(element("p", "hint", reader.events.length ? `${reader.events.length} reported here, marked in the text:` : "Nothing was read from it that became an event."));
  for (const row of reader.events) box.append(eventRow(row, data, data.act));
  if (!data.editable) return box;
  const line = element("div", "line");
  if (memory.removing === reader.key) {
    const no = quiet("Keep it", () => { memory.removing = null; again(); }, "button");
    line.dataset.editor = "keep";
    line.append(no, quiet("Remove it", () => { memory.removing = null; data.act("take_out", { article: reader.whole }); }, "button strong"));
  } else {
    line.append(
      quiet("Read it again", () => data.act("read_again", { article: reader.whole }), "button"),
      quiet("Remove", () => { memory.removing = reader.key; memory.focus = "keep"; again(); }, "button"),
    );
  }
  box.append(line);
  return box;
}

/* That others report the same event, and in what they differ; a click lays them side by side. */
function reportsEntry(reader, memory, again) {
  const { reports } = reader, value = element("dd"), open = memory.compare === reader.key;
  const apart = reports.rows.filter(({ differs }) => differs).map(({ label }) => label.toLowerCase());
  value.append(element("b", "", `${reports.count} reports of this event`));
  value.append(element("p", "", apart.length ? `They differ in: ${apart.join(", ")}.` : "They agree in what they say."));
  const button = quiet(open ? "Hide them" : "Side by side", () => {
    memory.compare = open ? null : reader.key;
    memory.readTop = 0;
    again();
  });
  button.dataset.focus = "compare";
  button.setAttribute("aria-expanded", String(open));
  value.append(button);
  return [element("dt", "", "Reports"), value];
}

/* The reports of one event side by side, each as it was told; nothing is averaged. */
function sideBySide(reader, data) {
  const { reports } = reader;
  const box = element("section", "reports");
  box.append(element("h3", "", "Side by side, each as it was told"));
  const scroll = element("div", "across");
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", "Reports side by side");
  const table = element("table"), head = element("tr");
  head.append(element("td"));
  reports.reports.forEach((report, index) => {
    const cell = element("th", index ? "" : "own");
    cell.scope = "col";
    if (index) {
      const open = quiet(report.source, () => data.act("select", { event: report.id }), "link");
      open.setAttribute("aria-label", `Open the report of ${report.source}`);
      cell.append(open);
    } else cell.append(element("span", "", "This report"), element("small", "", report.source));
    head.append(cell);
  });
  table.append(head);
  for (const { label, cells, differs } of reports.rows) {
    const row = element("tr", differs ? "differs" : "");
    const name = element("th", "", label);
    name.scope = "row";
    if (differs) name.append(element("small", "", "differs"));
    row.append(name, ...cells.map((text) => element("td", "", text || "–")));
    table.append(row);
  }
  const said = element("tr", "said"), name = element("th", "", "In its words");
  name.scope = "row";
  said.append(name);
  for (const report of reports.reports) {
    const cell = element("td");
    cell.append(snippet({ type: report.type, snippet: report.said }));
    said.append(cell);
  }
  table.append(said);
  scroll.append(table);
  box.append(scroll);
  if (reports.more) box.append(element("p", "hint", `and ${reports.more} more`));
  if (data.editable) box.append(quiet("Not the same event", () => data.act("apart", { event: reader.key, by: signature() })));
  return box;
}

function article(reader) {
  const box = element("article", "article");
  box.tabIndex = 0;
  box.dataset.focus = "article";
  const source = element("p", "source", reader.source);
  if (reader.url) {
    const link = element("a", "", `Original at ${new URL(reader.url).hostname}`);
    link.href = reader.url;
    link.title = `${reader.url} (opens in a new tab)`;
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

function readerView(data, act, panel, memory, again) {
  const reader = data.reader;
  /* Clicks that come before the answer add up: they count from the event that is seen. */
  const walk = (by) => {
    if (memory.walkedFrom !== reader.key) Object.assign(memory, { walkedFrom: reader.key, walked: 0 });
    memory.walked += by;
    act("step", { event: reader.key, by: memory.walked });
  };
  memory.walk = reader.position ? walk : null;
  panel.style.setProperty("--type", reader.type ? `var(--t-${reader.type})` : "var(--ink)");
  const head = element("div", "reader-head");
  const back = element("button", "back");
  back.type = "button";
  back.append(arrow(ARROW_LEFT), document.createTextNode(reader.back));
  back.onclick = () => act("close", {});
  head.append(back);
  if (reader.position) {
    const steps = element("div", "", reader.position);
    for (const [path, by, label] of [
      [ARROW_LEFT, -1, "Previous event"],
      [ARROW_RIGHT, 1, "Next event"],
    ]) {
      const step = element("button", "step");
      step.type = "button";
      step.setAttribute("aria-label", label);
      step.title = `${label} (${by < 0 ? "P" : "N"})`;
      step.dataset.focus = label;
      step.append(arrow(path));
      step.onclick = () => walk(by);
      steps.append(step);
    }
    head.append(steps);
  }
  const full = { ...data, act };
  if (memory.editing !== reader.key) Object.assign(memory, { editing: reader.key, edit: null });
  if (reader.choices && reader.choices.length) memory.edit = "place";
  /* what was refused stays open as it was typed, with the reason at the foot */
  if (memory.sent && data.told) {
    if (data.told.fault) Object.assign(memory, { edit: memory.sent.field, typed: memory.sent.typed, focus: memory.sent.field });
    memory.sent = null;
  }
  const text = article(reader);
  if (memory.compare === reader.key && reader.reports) text.prepend(sideBySide(reader, full));
  const reasons = why(reader, full, memory, again);
  if (memory.edit) reasons.classList.add("editing");
  panel.append(head, reasons, text);
}
