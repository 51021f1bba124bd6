/* Corrections in the reader: another place, date or type, a note, a rejection; other reports joined or taken apart.
   What was read automatically is always kept beside what was set by hand. */

const PENCIL = "M3 13l.6-3L10.8 2.8l2.4 2.4L6 12.4z";
const WORST_SEARCH = 2; /* letters from which places are offered */
const NAME_KEY = "conflict-map-signed";

function pencil() {
  const svg = arrow(PENCIL);
  svg.classList.add("pencil");
  return svg;
}

function quiet(label, onclick, className = "quiet-button") {
  const button = element("button", className, label);
  button.type = "button";
  button.onclick = onclick;
  return button;
}

/* Who corrects: asked once, kept in this browser, never required. */
function signature() {
  try {
    return window.localStorage.getItem(NAME_KEY) || "";
  } catch {
    return "";
  }
}

function signField() {
  const label = element("label", "sign", "Signed");
  const input = element("input");
  input.placeholder = "your name, if you like";
  input.maxLength = 80;
  input.value = signature();
  input.onchange = () => {
    try {
      window.localStorage.setItem(NAME_KEY, input.value.trim());
    } catch { /* a browser that keeps nothing: the name is asked for again */ }
  };
  label.append(input);
  return label;
}

/* One editor at a time. `memory.edit` is what is being changed; it outlives a rerun of the page. */
function editor(reader, data, memory, again) {
  const act = (kind, values) => {
    memory.sent = { field: memory.edit, typed: values.dates };
    memory.edit = null;
    data.act(kind, { event: reader.key, by: signature(), ...values });
  };
  const close = () => {
    memory.edit = null;
    if (reader.choices.length) data.act("unpick", {});
    again();
  };
  const box = element("div", "editor");
  box.dataset.editor = memory.edit;
  box.onkeydown = (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  };
  ({ place: placeEditor, date: dateEditor, type: typeEditor, more: moreEditor })[memory.edit](box, reader, data, act, memory);
  const foot = element("div", "foot");
  foot.append(signField(), quiet("Cancel", close));
  box.append(foot);
  return box;
}

function placeEditor(box, reader, data, act) {
  box.append(element("h3", "", "Where was it?"));
  const options = reader.choices.map((place) => [place.name, place.text, () =>
    act("correct_place", place.id ? { place: place.id } : { lat: place.lat, lng: place.lng })]);
  if (options.length) {
    box.append(element("p", "hint", "Where you clicked:"));
    box.append(choiceList(options));
  }
  const rivals = ((reader.entries.find(({ key }) => key === "place") || {}).places || []).filter(({ chosen }) => !chosen);
  if (rivals.length && !options.length) {
    box.append(element("p", "hint", "Other places of that name:"));
    box.append(choiceList(rivals.map((place) => [place.name, `score ${place.score.toFixed(2)}`, () =>
      act("correct_place", { place: place.id }), () => data.act("ghost", { name: place.name, lat: place.lat, lng: place.lon })])));
  }
  const [search, found] = placeSearch("place", "Search the gazetteer for the place", (place) => act("correct_place", { place: place.id }));
  const pick = quiet("Click on the map", () => data.act("pick", {}), "button");
  const row = element("div", "line");
  row.append(search, pick);
  box.append(row, found);
}

/* A field that offers places as one types, and where they are listed; `take` gets the chosen one. */
function placeSearch(focus, label, take) {
  const search = element("input", "field");
  search.type = "search";
  search.placeholder = "Search the gazetteer";
  search.setAttribute("aria-label", label);
  search.dataset.focus = focus;
  search.onkeydown = (event) => { if (event.key === "Enter") event.preventDefault(); }; /* it sends no form around it */
  const found = element("div");
  found.setAttribute("role", "status");
  let timer = null;
  search.oninput = () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const text = search.value.trim();
      if (text.length < WORST_SEARCH) { found.replaceChildren(); return; }
      const answer = await fetch(`api/places?q=${encodeURIComponent(text)}`).catch(() => null);
      if (!answer || !answer.ok || search.value.trim() !== text) return;
      const places = await answer.json();
      const nothing = element("p", "hint", `No place begins with “${text}”.`);
      found.replaceChildren(places.length ? choiceList(places.map((place) => [place.name, place.text, () => take(place)])) : nothing);
    }, 150);
  };
  return [search, found];
}

/* Rows with a name, what it is, and a button that takes it; hovering shows where it would stand. */
function choiceList(options) {
  const list = element("ul", "choices");
  for (const [name, text, take, show] of options) {
    const item = element("li");
    const button = quiet(name, take, "choice");
    button.append(element("small", "", text));
    if (show) {
      const look = quiet("Show", show, "quiet-button");
      look.setAttribute("aria-label", `Show ${name} on the map`);
      item.append(button, look);
    } else item.append(button);
    list.append(item);
  }
  return list;
}

function dateEditor(box, reader, data, act, memory) {
  box.append(element("h3", "", "When was it?"));
  const input = element("input", "field");
  const refused = data.told && data.told.fault && memory.typed;
  input.value = refused || reader.hand.days;
  input.setAttribute("aria-label", "Date, or first and last day");
  input.setAttribute("aria-invalid", String(Boolean(refused)));
  input.onfocus = () => input.select(); /* what is typed next takes the place of what stands there */
  input.dataset.focus = "date";
  const save = () => act("correct_date", { dates: input.value, month_first: monthFirst() });
  input.onkeydown = (event) => { if (event.key === "Enter") save(); };
  const row = element("div", "line");
  row.append(input, quiet("Save", save, "button strong"));
  box.append(row, element("p", refused ? "hint refused" : "hint", refused ? data.told.text : "26 Jan 2015 · 26.1.2015 · Jan 2015 · Q1 2015 · 25 Jan 2015 to 2 Feb 2015"));
  box.append(quiet("No known day", () => act("correct_date", { dates: null })));
}

function typeEditor(box, reader, data, act) {
  box.append(element("h3", "", "What was it?"));
  const pills = element("div", "pills");
  for (const [key, { label }] of Object.entries(data.types)) {
    const option = { key, type: key, label, pressed: key === reader.type };
    pills.append(pill(option, data, () => act("correct_type", { type: key })));
  }
  box.append(pills);
}

function moreEditor(box, reader, data, act) {
  box.append(element("h3", "", "A note for other readers"));
  const text = element("textarea", "field");
  text.value = reader.hand.note;
  text.rows = 3;
  text.maxLength = 4000;
  text.setAttribute("aria-label", "Note");
  text.dataset.focus = "more";
  const row = element("div", "line");
  row.append(quiet("Keep note", () => act("note", { note: text.value }), "button"));
  box.append(text, row);
  if (reader.candidates.length) {
    box.append(element("h3", "", "Another report of the same event?"));
    box.append(element("p", "hint", "Told elsewhere, of about these days and this place:"));
    for (const other of reader.candidates) box.append(candidate(other, data, act));
  }
  box.append(element("h3", "", "Not an event at all?"));
  box.append(element("p", "hint", "A rejected event leaves the map and stays listed under Not plotted."));
  box.append(quiet("Reject", () => act("reject", {}), "button"));
}

function candidate(other, data, act) {
  const item = element("div", "candidate");
  const words = element("div");
  const head = element("p");
  head.append(glyph(other.type, data.types, data.types[other.type].label), element("b", "", other.place));
  head.append(element("span", "", ` ${other.when} · ${other.source}`));
  words.append(head, snippet({ type: other.type, snippet: other.said }));
  const join = quiet("Same event", () => act("same", { other: other.id }), "button");
  join.setAttribute("aria-label", `Same event: ${other.place}, ${other.when}`);
  item.append(words, join);
  return item;
}

/* What was set by hand, and the automatic answer beside it. */
function handBox(reader, data) {
  const { hand } = reader;
  if (!hand || !hand.any) return null;
  const box = element("div", "hand");
  const lead = element("p");
  lead.append(pencil());
  const what = hand.lines.map((line) => line.what).join(", ");
  const by = hand.by ? ` by ${hand.by}` : "";
  lead.append(element("b", "", hand.rejected ? `Rejected by hand${by}` : what ? `Corrected by hand${by}: ${what}` : `Note${by}`));
  box.append(lead);
  for (const { what: name, was } of hand.lines) {
    if (was) box.append(element("p", "was", `Automatic ${name}: ${was}`));
  }
  if (hand.note) box.append(element("p", "handnote", hand.note));
  if (data.editable) box.append(quiet("Restore automatic", () => data.act("restore", { event: reader.key })));
  return box;
}

/* What was done last, with its undo; at the foot of the panel until the next click. */
function toldBar(data, act) {
  const { told, steps } = data;
  const bar = element("div", told && told.fault ? "told fault" : "told");
  const text = element("p", "", told ? told.text : "");
  text.setAttribute("role", told && told.fault ? "alert" : "status");
  bar.append(text);
  if (told && told.brings_back) bar.append(quiet("Bring it back", () => act("bring_back", {}), "button"));
  else if (data.editable && (told || data.reader)) {
    for (const [key, label] of [["undo", "Undo"], ["redo", "Redo"]]) {
      if (!steps[key]) continue;
      const button = quiet(label, () => act(key, {}));
      button.title = `${label}: ${steps[key]}`;
      bar.append(button);
    }
  }
  bar.hidden = !told && bar.children.length === 1;
  return bar;
}
