/* Names that articles used and no place bears: each can be given a place, which goes into the user's own file. */

/* What was not plotted, or the names behind it: two lists under one tab. */
function unplottedView(data, act, memory, again) {
  const body = data.missing ? missingList(data, act, memory, again) : blocksView(data, act);
  const count = data.missing ? data.missing.total : data.names;
  if (count == null) return body;
  const pills = element("div", "pills sides");
  pills.setAttribute("role", "group");
  pills.setAttribute("aria-label", "Show");
  for (const [tab, label, n] of [["not_plotted", "Passages", null], ["missing", "Missing names", count]]) {
    const pressed = (tab === "missing") === Boolean(data.missing);
    pills.append(pill({ key: `side-${tab}`, label, count: n, pressed }, data, () => act("tab", { tab })));
  }
  body.prepend(pills);
  return body;
}

function missingList(data, act, memory, again) {
  const body = element("div", "body"), shown = data.missing;
  const note = element("p", "note", "Names that articles used and that no place bears. A place given to one is written into ");
  note.append(element("code", "", shown.file || "your own file"), ", and the articles that use it are read again. ");
  const table = element("a", "", "Save them as a table");
  table.href = shown.table;
  table.setAttribute("download", "missing-places.csv");
  note.append(table);
  body.append(note);
  if (shown.fault) body.append(faultLine(shown.fault));
  if (memory.filling && memory.filling.running) body.append(padded(progress(memory.filling)));
  else if (memory.filling && (memory.filling.filled || !memory.naming)) body.append(padded(filled(memory.filling, act)));
  if (shown.known.names && !shown.fault) {
    const line = element("p", "note", `Your file holds ${plural(shown.known.names, "of these name")} by now. `);
    line.append(quiet(`Read ${plural(shown.known.articles, "article")} again`, () => fillIn({}, data, act, memory, again)));
    body.append(line);
  }
  if (!shown.rows.length) body.append(element("p", "note", "Every name that was read has a place."));
  for (const row of shown.rows) body.append(missingRow(row, data, act, memory, again));
  if (shown.rows.length < shown.total) body.append(quiet(`Show more of ${shown.total.toLocaleString("en")}`, () => act("more", {}), "button more"));
  return body;
}

function padded(part) {
  const box = element("div", "went-on");
  box.append(part);
  return box;
}

function faultLine(text) {
  const line = element("p", "note refused", text);
  line.setAttribute("role", "alert");
  return line;
}

function missingRow(row, data, act, memory, again) {
  const box = element("section", "missing-name"), head = element("h3", "", row.name);
  const said = element("p", "snippet");
  said.append(row.said[0], element("u", "", row.said[1]), row.said[2]);
  box.append(head, element("p", "hint", `${row.used} · ${row.where}`), said);
  if (memory.naming && memory.naming.name === row.name) {
    box.append(placeForm(row, data, act, memory, again));
    return box;
  }
  const line = element("div", "line");
  const give = quiet("Give it a place", () => {
    memory.naming = { name: row.name, lat: "", lon: "", kind: "", aliases: "", after: pickedText(data.missing.picked) };
    memory.filling = null;
    memory.focus = "naming";
    again();
  }, "button");
  give.dataset.key = `give-${row.name}`;
  give.disabled = Boolean(memory.filling && memory.filling.running) || !data.missing.file;
  line.append(give, quiet("Read it", () => act("unplotted", { article: row.article, start: row.start, end: row.end })));
  box.append(line);
  return box;
}

const pickedText = (picked) => (picked ? picked.join() : "");

/* The form under a name: a known place, a click on the map, or degrees; each of the first two writes the degrees. */
function placeForm(row, data, act, memory, again) {
  const typed = memory.naming, { picked } = data.missing;
  if (picked && pickedText(picked) !== typed.after) {
    Object.assign(typed, { after: pickedText(picked), lon: picked[0].toFixed(5), lat: picked[1].toFixed(5) });
  }
  const form = element("form", "editor");
  form.dataset.editor = "naming";
  const close = () => { memory.naming = null; act("unpick", {}); again(); };
  form.onkeydown = (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  };
  const take = (place) => {
    Object.assign(typed, { lat: place.lat.toFixed(5), lon: place.lon.toFixed(5), kind: data.missing.kinds.includes(place.kind) ? place.kind : typed.kind });
    act("ghost", { name: row.name, lat: place.lat, lng: place.lon });
    memory.focus = "naming-save";
    again();
  };
  const [search, found] = placeSearch("naming-search", "Search the gazetteer for where it is", take);
  const pick = quiet("Click on the map", () => act("pick", {}), "button");
  const near = element("div", "line");
  near.append(search, pick);
  const degrees = element("div", "pair");
  degrees.append(
    kept("lat", "Latitude", typed, { inputmode: "decimal", placeholder: "48.3376", maxlength: 20, required: "" }),
    kept("lon", "Longitude", typed, { inputmode: "decimal", placeholder: "38.4086", maxlength: 20, required: "" }),
  );
  const kinds = data.missing.kinds.map((key) => ({ key, label: key }));
  const kind = chooser("kind", "Kind", kinds, typed.kind || kinds[0].key);
  kind.querySelector("select").onchange = (event) => { typed.kind = event.target.value; };
  const more = element("div", "pair");
  more.append(kind, kept("aliases", "Also written (parted by ;)", typed, { maxlength: 200 }));
  const foot = element("div", "foot"), save = element("button", "button strong", "Put it on the map");
  const keep = element("span");
  keep.dataset.editor = "naming-save";
  save.type = "submit";
  keep.append(save);
  foot.append(keep, quiet("Cancel", close));
  form.append(element("p", "hint", "A place near or of the same name, a click on the map, or degrees:"), near, found, degrees, more);
  if (memory.filling && memory.filling.fault) form.append(faultLine(memory.filling.fault));
  form.append(foot);
  form.onsubmit = (event) => {
    event.preventDefault();
    fillIn(typed, data, act, memory, again);
  };
  return form;
}

/* A field whose text outlives a new drawing of the panel. */
function kept(name, label, typed, attributes) {
  const box = element("label", "named", label), input = element("input", "field");
  for (const [key, value] of Object.entries(attributes)) input.setAttribute(key, value);
  input.name = name;
  input.dataset.focus = `naming-${name}`;
  input.value = typed[name];
  input.oninput = () => { typed[name] = input.value; };
  box.append(input);
  return box;
}

async function fillIn({ name = "", lat = "", lon = "", kind = "", aliases = "" }, data, act, memory, again) {
  const form = new FormData();
  for (const [key, value] of Object.entries({ name, lat, lon, kind, aliases })) form.append(key, value);
  memory.filling = { running: true, done: 0, total: 0, events: 0 };
  again();
  await streamed(data.missing.path, form, data.missing.token, memory, memory.filling);
  if (memory.filling.filled) memory.naming = null;
  again();
  act("unpick", {}); /* the page looks again: what was pointed at goes, the pins come */
}

function filled(state, act) {
  if (state.fault) return faultLine(state.fault);
  const { name, lat, lng, kind, here, articles, events } = state.filled;
  const box = element("div", "outcome");
  box.setAttribute("role", "status");
  const read = `${plural(articles, "article")} read again: ${plural(events, "event")}`;
  box.append(element("p", "lead-line", name ? `“${name}” has its place. ${read}, ${here.toLocaleString("en")} of them there.` : `${read}.`));
  if (name) box.append(quiet("Show it", () => act("fly", { lat, lng, of: kind }), "button strong"));
  return box;
}
