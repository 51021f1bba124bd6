/* Layers: other people's event data, on whose terms, and what one tells beside the articles or another layer. */

const KIND_SHADE = { both: "var(--ink)", only_a: "var(--mute)", only_b: "var(--rule2)" };

function layersView(data, act, memory, again) {
  const body = element("div", "body");
  const { layers, answer } = data.layers;
  if (memory.waiting) { /* files that were found to be event data among articles */
    const files = memory.waiting;
    memory.waiting = null;
    setTimeout(() => startBringing(files, data, memory, again));
  }
  if (!layers.length) {
    const lead = element("div", "lead");
    lead.append(element("h2", "", "No layers yet"));
    lead.append(element("p", "", "Event data of others (ACLED, UCDP, VIINA, GDELT or a table of your own) stand beside what the articles say, never mixed with it."));
    if (!data.editable) lead.append(element("p", "", "They are added with: conflict-map layer add FILE"));
    body.append(lead);
  }
  if (data.editable) body.append(bringing(data, act, memory, again));
  if (!layers.length) return body;
  body.append(termsOf(data, act, memory, again), comparing(data, act));
  if (answer && answer.opened) body.append(bothRecords(answer, data, act));
  else if (answer) body.append(counted(answer, data, act), pairList(answer, data, act));
  return body;
}

function termsOf(data, act, memory, again) {
  const { layers } = data.layers, details = element("details", "fold terms");
  details.open = Boolean(memory.terms || memory.taking);
  details.ontoggle = () => { memory.terms = details.open; };
  const summary = element("summary", "", layers.length === 1 ? "1 layer" : `${layers.length} layers`);
  summary.dataset.focus = "terms";
  details.append(summary, layerSets(data, act, memory, again));
  return details;
}

function chooser(name, label, options, chosen) {
  const box = element("label", "named", label), menu = element("select", "field");
  menu.name = name;
  menu.setAttribute("aria-label", label); /* its options are no part of its name */
  menu.dataset.focus = name;
  for (const { key, label: words } of options) {
    const option = element("option", "", words);
    option.value = key;
    option.selected = key === chosen;
    menu.append(option);
  }
  box.append(menu);
  return box;
}

function figure(name, label, value, most) {
  const box = element("label", "named", label), input = element("input", "field");
  Object.assign(input, { type: "number", name, min: 0, max: most, value });
  input.dataset.focus = name;
  box.append(input);
  return box;
}

/* The question: two sides and how far apart two events may be and still be the same. */
function comparing(data, act) {
  const { sides, asked, types } = data.layers, form = element("form", "section comparing");
  const now = asked || { a: "articles", b: sides[1].key, km: "10", days: "1", types: "related" };
  form.append(
    chooser("a", "Compare", sides, now.a),
    chooser("b", "with", sides.slice(1), now.b),
    figure("km", "Kilometres", now.km, 1000),
    figure("days", "Days", now.days, 366),
    chooser("types", "Types", types.map((key) => ({ key, label: key })), now.types),
  );
  const go = element("button", "button strong", "Compare");
  go.type = "submit";
  form.append(go);
  if (asked && asked.fault) form.append(element("p", "refused", asked.fault));
  form.onsubmit = (event) => {
    event.preventDefault();
    act("compare", Object.fromEntries(["a", "b", "km", "days", "types"].map((name) => [name, form.elements[name].value])));
  };
  return form;
}

/* What both tell and what only one does: in all, and by month, region or type. */
function counted({ counts, by, lines, left, download }, data, act) {
  const { asked } = data.layers, box = element("section", "counted");
  const pills = element("div", "pills free");
  pills.setAttribute("role", "group");
  pills.setAttribute("aria-label", "By");
  for (const key of by) pills.append(pill({ key: `by-${key}`, label: `By ${key}`, pressed: asked.by === key }, data, () => act("compare", { by: key })));
  const table = element("table", "shares"), head = element("tr");
  head.append(element("th", "", ""), ...counts.map(({ label }) => element("th", "", label)), element("th"));
  table.append(head);
  const most = Math.max(1, ...lines.map((line) => counts.reduce((sum, { key }) => sum + line[key], 0)));
  for (const line of lines) {
    const row = element("tr"), plot = element("td", "plot");
    for (const { key } of counts) {
      const part = element("i");
      part.style.width = `${(line[key] / most) * 100}%`;
      part.style.background = KIND_SHADE[key];
      plot.append(part);
    }
    row.append(element("th", "", line.name), ...counts.map(({ key }) => element("td", "", line[key].toLocaleString("en"))), plot);
    table.append(row);
  }
  const link = element("a", "", "Save as CSV");
  link.href = download;
  link.setAttribute("download", "compared.csv");
  const note = element("p", "hint", left.join(" "));
  note.append(" ", link);
  const onMap = pill({ key: "on-map", label: asked.mapped ? "Take it off the map" : "Show it on the map", pressed: asked.mapped }, data, () => act("compare", { map: !asked.mapped }));
  const toggle = element("div", "pills");
  toggle.append(onMap);
  const scroll = element("div");
  scroll.append(table);
  box.append(toggle, pills, scroll, note);
  return box;
}

function pairList({ counts, rows, total }, data, act) {
  const { asked } = data.layers, box = element("section");
  const pills = element("div", "pills free");
  for (const { key, label, count } of counts) {
    pills.append(pill({ key: `show-${key}`, label, count, pressed: asked.show === key }, data, () => act("compare", { show: key })));
  }
  box.append(pills);
  rows.forEach((row, at) => {
    const button = element("button", "event");
    button.type = "button";
    button.dataset.key = `pair-${at}`;
    button.onclick = () => act("compare", { opened: at });
    button.append(glyph(row.type, data.types, data.types[row.type].label), element("span", "place", row.place));
    button.append(element("span", "date", row.date), element("p", "snippet", row.text));
    box.append(button);
  });
  if (rows.length < total) box.append(quiet(`Show more of ${total.toLocaleString("en")}`, () => act("more", {}), "button more"));
  return box;
}

/* Both records of a pair, each in its own words. */
function bothRecords({ opened, apart }, data, act) {
  const box = element("section", "beside"), back = quiet("Back to the list", () => act("compare", {}), "button");
  back.dataset.key = "back";
  box.append(back);
  if (apart) box.append(element("p", "hint", apart));
  const both = element("div", "both");
  for (const { name, type, entries, note, event } of opened) {
    const card = element("article"), kicker = element("div", "kicker");
    kicker.append(glyph(type, data.types), element("b", "", name));
    const list = element("dl");
    for (const { label, text } of entries) list.append(element("dt", "", label), element("dd", "", text));
    card.append(kicker, list);
    if (note) card.append(element("p", "snippet", note));
    if (event) card.append(quiet("Open in its article", () => act("select", { event }), "button"));
    both.append(card);
  }
  box.append(both);
  return box;
}
