/* Event data of others brought to the page: known data are named with their terms, the columns of other tables are said in
   a form, and what comes of them is seen before it is a layer. The same as YAML is for `conflict-map layer add --map`. */

const EVENT_FIELDS = [
  ["date_start", "Day", "needed"], ["date_end", "Last day"], ["lat", "Latitude", "needed"], ["lon", "Longitude", "needed"],
  ["place", "Place"], ["admin1", "Region"], ["country", "Country"], ["type", "Type", "all the same"], ["sub_type", "Its own word for it"],
  ["actor", "Who"], ["target", "To whom"], ["killed", "Killed"], ["note", "Description"], ["source", "Source"], ["url", "Address"], ["id", "Id"],
];
const BY_GEOMETRY = { lat: "geometry lat", lon: "geometry lon" };
const LAYER_COMMAND = "conflict-map layer add FILE";

/* What can be brought, and how far it has come. `memory.bring`: {files, name, columns, codes, ...} once files were chosen. */
function bringing(data, act, memory, again) {
  const { layers, most_bytes: most, most_files: many } = data.layers, details = element("details", "fold bringing");
  details.open = Boolean(memory.bringing || memory.bring || memory.brought || !layers.length);
  details.ontoggle = () => { memory.bringing = details.open; };
  const summary = element("summary", "", "Add a layer"), box = element("section", "section adding");
  summary.dataset.focus = "add-layer";
  details.append(summary, box);
  if (memory.brought && memory.brought.running) {
    box.append(rowsRead(memory.brought));
    return details;
  }
  const drop = element("div", "drop"), input = element("input");
  Object.assign(input, { type: "file", multiple: true, className: "hidden-text", tabIndex: -1 });
  input.setAttribute("aria-label", "Event data to add");
  drop.append(
    element("p", "", "Drop ACLED, UCDP, VIINA, GDELT or any table, GeoJSON, GeoPackage or Parquet here, or"),
    quiet("Choose event data", () => input.click(), "button strong"), input,
    element("p", "hint", `All of one kind of data, up to ${size(most)}. It is read on this machine and stays on it.`),
  );
  const take = (list) => startBringing([...list], data, memory, again);
  input.onchange = () => take(input.files);
  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
  }
  for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => { event.preventDefault(); take(event.dataTransfer.files); });
  box.append(drop);
  if (memory.bring) box.append(bringForm(data, act, memory, again));
  else if (memory.brought) box.append(broughtIn(memory.brought, many));
  return details;
}

function startBringing(files, data, memory, again) {
  if (!files.length) return;
  const bytes = files.reduce((sum, file) => sum + file.size, 0), { most_bytes: most, most_files: many } = data.layers;
  if (bytes > most || files.length > many) {
    memory.bring = null;
    memory.brought = { fault: `These ${files.length} files hold ${size(bytes)}; at most ${size(most)} and ${many} files are taken at once. For more: ${LAYER_COMMAND}` };
    again();
    return;
  }
  memory.brought = null;
  memory.bring = { files, name: "", licence: "", citation: "", restricted: false, columns: {}, codes: {}, all: "", date_order: "", asked: 0, preview: null, fault: "" };
  memory.focus = "bring";
  lookAtData(data, memory, again);
}

/* What was said, as the file for --map has it; nothing where nothing was said, so that usual names and known data count. */
function mappingOf({ columns, codes, all, preview, licence, citation, restricted, date_order: order, name }) {
  const said = Object.values(columns).some(Boolean) || all || order || restricted || licence.trim() || citation.trim();
  if (!said || !preview || preview.known) return "";
  const made = {}, found = (field) => columns[field] || preview.found[field] || "";
  if (name.trim()) made.title = name.trim();
  for (const [field] of EVENT_FIELDS) {
    const column = found(field);
    if (field === "type") {
      const known = preview.codes.filter(({ code, type }) => codes[code] || type);
      if (all || !column) made.type = { value: all || "strategic_development" };
      else if (!known.length) made.type = { columns: column, words: true, default: "strategic_development" };
      else made.type = { columns: column, values: Object.fromEntries(known.map(({ code, type }) => [code, codes[code] || type])), ...(codes[""] ? { default: codes[""] } : {}) };
    } else if (column && column !== BY_GEOMETRY[field]) made[field] = column;
    else if (BY_GEOMETRY[field]) made[field] = [];
  }
  if (!made.date_start) return ""; /* it cannot be read yet */
  for (const [key, value] of [["licence", licence.trim()], ["citation", citation.trim()], ["date_order", order]]) if (value) made[key] = value;
  if (restricted) made.restricted = true;
  return JSON.stringify(made);
}

function bringFields(bring) {
  const form = new FormData();
  form.append("name", bring.name.trim());
  form.append("map", mappingOf(bring));
  for (const file of bring.files) form.append("file", file, file.name);
  return form;
}

async function lookAtData(data, memory, again) {
  const { bring } = memory, asked = (bring.asked += 1), answer = {};
  bring.looking = true;
  again();
  try {
    const told = await fetch(data.layers.look_path, { method: "POST", body: bringFields(bring), headers: { "X-Page-Token": data.layers.token } });
    if (!told.ok) throw new Error(await told.text());
    Object.assign(answer, JSON.parse(await told.text()));
  } catch (error) {
    answer.fault = error.message || String(error);
  }
  if (memory.bring !== bring || asked !== bring.asked) return; /* another choice was made meanwhile */
  bring.looking = false;
  bring.fault = answer.fault || "";
  if (answer.preview) bring.preview = answer.preview;
  again();
}

function bringForm(data, act, memory, again) {
  const { bring } = memory, { preview } = bring, box = element("section", "editor mapping bring");
  box.dataset.editor = "bring";
  const files = bring.files.map(({ name }) => name).join(", ");
  box.setAttribute("aria-label", `Event data of ${files}`);
  box.append(element("h3", "", preview && preview.known ? `${preview.title}: ${files}` : `What do the columns of ${files} hold?`));
  if (!preview && !bring.fault) box.append(element("p", "hint", "Looking into the data"));
  if (preview) {
    if (!preview.known) box.append(columnsOfEvents(bring, data, memory, again));
    box.append(firstOfThem(preview), comesOfIt(preview, data), termsOfIt(bring));
  }
  if (bring.fault) box.append(faultLine(bring.fault));
  const foot = element("div", "foot"), line = element("div", "line");
  const add = quiet("Add the layer", () => addLayer(data, act, memory, again), "button strong");
  add.disabled = !preview || !preview.events.length || Boolean(bring.fault) || bring.looking;
  line.append(add);
  if (preview && preview.yaml) {
    const link = yamlLink(preview.yaml);
    link.title = `The same for the command line: ${LAYER_COMMAND} --map columns.yaml`;
    line.append(link);
  }
  foot.append(line, quiet("Cancel", () => { memory.bring = null; again(); }));
  box.append(foot);
  return box;
}

function columnsOfEvents(bring, data, memory, again) {
  const { preview } = bring, box = element("div"), grid = element("div", "grid"), names = preview.header.filter(Boolean);
  const look = (write) => (event) => { write(event.target.value); lookAtData(data, memory, again); };
  for (const [field, label, need] of EVENT_FIELDS) {
    const found = preview.found[field], usual = found ? `as found: ${found}` : need || "none";
    const menu = chooser(`event_${field}`, label, [{ key: "", label: usual }, ...names.map((key) => ({ key, label: key }))], bring.columns[field] || "");
    menu.querySelector("select").onchange = look((value) => { bring.columns[field] = value; });
    grid.append(menu);
  }
  const kinds = data.layers.kinds.map(({ key, label }) => ({ key, label }));
  const same = chooser("event_all", "All rows are", [{ key: "", label: "as the column says" }, ...kinds], bring.all);
  same.querySelector("select").onchange = look((value) => { bring.all = value; });
  const orders = chooser("event_order", "Dates such as 02/03", ORDERS.map(([key, label]) => ({ key, label })), bring.date_order);
  orders.querySelector("select").onchange = look((value) => { bring.date_order = value; });
  grid.append(same, orders);
  box.append(grid);
  if (!preview.codes.length || bring.all) return box;
  const codes = element("details", "fold"), each = element("div", "grid");
  codes.open = Boolean(bring.opened);
  codes.ontoggle = () => { bring.opened = codes.open; };
  codes.append(element("summary", "", "What its types mean"), each);
  const some = preview.codes.some(({ code, type }) => bring.codes[code] || type); /* until one is said, none is left out */
  for (const { code, type } of [...preview.codes, { code: "", type: "" }]) {
    const by = type && data.layers.kinds.find(({ key }) => key === type), usual = by ? `by its words: ${by.label}` : some ? "left out" : "strategic developments";
    const menu = chooser(`code_${code}`, code || "All others", [{ key: "", label: usual }, ...kinds], bring.codes[code] || "");
    menu.querySelector("select").onchange = look((value) => { bring.codes[code] = value; });
    each.append(menu);
  }
  box.append(codes);
  return box;
}

function firstOfThem({ header, rows, found }) {
  const scroll = element("div", "across first-rows"), table = element("table"), head = element("tr");
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", "The first rows");
  const read = new Map(Object.entries(found).map(([name, column]) => [column, (EVENT_FIELDS.find(([key]) => key === name) || [])[1] || ""]));
  for (const cell of header) {
    const name = element("th", read.has(cell) ? "read" : "", cell || "–");
    name.scope = "col";
    if (read.get(cell)) name.append(element("small", "", read.get(cell)));
    head.append(name);
  }
  table.append(head);
  for (const row of rows) {
    const line = element("tr");
    line.append(...header.map((_, at) => element("td", "", row[at] || "")));
    table.append(line);
  }
  scroll.append(table);
  return scroll;
}

/* The first events, and what is wrong with the first rows. */
function comesOfIt({ events, tried, left_out: left, faults, problems }, data) {
  const box = element("div", "read-as");
  box.setAttribute("role", "status");
  box.append(element("h3", "", events.length ? "Read as" : "Nothing is read yet"));
  for (const { type, place, date, text } of events) {
    const card = element("div");
    card.append(glyph(type, data.types, data.types[type].label), element("b", "", ` ${place}`), element("span", "", date), element("p", "", text));
    box.append(card);
  }
  if (left) box.append(element("p", "hint", `Of the first ${plural(tried, "row")} ${left.toLocaleString("en")} ${left === 1 ? "is" : "are"} left out: ${Object.entries(faults).map(([what, count]) => `${what} (${count})`).join("; ")}.`));
  for (const text of problems) box.append(element("p", "hint", text));
  return box;
}

function termsOfIt(bring) {
  const { preview } = bring, box = element("div", "grid terms-of-it");
  box.append(kept("name", "Call it", bring, { maxlength: 80, placeholder: preview.known ? preview.title : "as the file" }));
  if (preview.known || preview.restricted) {
    box.append(element("p", "hint", `${[preview.citation, preview.licence].filter(Boolean).join(" · ")}. ${preview.restricted ? "Its rows stay out of exports and links." : ""}`));
    return box;
  }
  box.append(
    kept("citation", "To be cited as", bring, { maxlength: 300 }),
    kept("licence", "Its terms", bring, { maxlength: 300, placeholder: "CC BY 4.0" }),
  );
  const label = element("label", "named tick"), tick = element("input");
  tick.type = "checkbox";
  tick.name = "restricted";
  tick.checked = bring.restricted;
  tick.onchange = () => { bring.restricted = tick.checked; };
  label.append(tick, "Its rows must not be passed on");
  box.append(label);
  return box;
}

async function addLayer(data, act, memory, again) {
  const form = bringFields(memory.bring), state = (memory.brought = { running: true, done: 0, total: 0, events: 0 });
  memory.bring = null;
  again();
  await streamed(data.layers.path, form, data.layers.token, memory, state);
  again();
  act("told", {}); /* the page looks again: the map takes the layer without being built anew */
}

function rowsRead({ done }) {
  const box = element("div", "progress rows-read");
  box.append(element("p", "hint", done ? `Read ${plural(done, "row")}` : "Looking into the data"));
  return box;
}

function broughtIn(state) {
  const box = element("div", "outcome");
  box.setAttribute("role", state.fault ? "alert" : "status");
  if (state.fault) {
    box.append(element("p", "bad", state.fault));
    return box;
  }
  const { report } = state, lead = element("p", "lead-line");
  if (report.name) lead.append(element("b", "", `${report.name}: ${plural(report.events, "event")}`), ` of ${plural(report.rows, "row")} · ${report.seconds} s`);
  else lead.append(element("b", "", "Nothing was added: no event could be read."));
  box.append(lead);
  for (const { what, count } of report.faults) box.append(element("p", "hint", `Left out, ${plural(count, "row")}: ${what}.`));
  const list = element("ul", "problems");
  for (const { severity, where, what, advice } of report.problems) {
    const item = element("li", severity);
    item.append(element("b", "", where), element("span", "", sentence(what)));
    if (advice) item.append(element("small", "", sentence(advice)));
    list.append(item);
  }
  if (report.problems.length) box.append(list);
  if (report.more_problems > 0) box.append(element("p", "hint", `and ${report.more_problems.toLocaleString("en")} more like these`));
  return box;
}

/* The layers there are, on whose terms; each can be taken out again. */
function layerSets(data, act, memory, again) {
  const box = element("section", "section sets");
  for (const { name, text, credit, kept: held } of data.layers.layers) {
    const row = element("div", "set"), words = element("div");
    words.append(element("b", "", name), element("p", "", `${text}. ${credit}. ${held}`));
    row.append(words);
    const asked = memory.taking === name;
    if (data.editable && !asked) {
      const remove = quiet("Remove", () => { memory.taking = name; memory.focus = "keep"; again(); });
      remove.setAttribute("aria-label", `Remove ${name}`);
      row.append(remove);
    }
    box.append(row);
    if (!data.editable || !asked) continue;
    const ask = element("div", "ask"), line = element("div", "line");
    ask.setAttribute("role", "alertdialog");
    ask.setAttribute("aria-label", `Remove ${name}?`);
    ask.dataset.editor = "keep";
    ask.append(element("p", "", `Take the layer ${name} out of the map? To have it again, add its files again.`));
    line.append(
      quiet("Keep", () => { memory.taking = null; again(); }, "button"),
      quiet("Remove", () => { memory.taking = null; memory.brought = null; act("remove_layer", { layer: name }); }, "button strong"),
    );
    ask.append(line);
    box.append(ask);
  }
  return box;
}
