/* Your articles: files dropped or chosen, or a pasted text, read into the map while a bar shows how far it is; and the
   data sets that are in the map, which can be taken out again. */

const plural = (n, word) => `${n.toLocaleString("en")} ${word}${n === 1 ? "" : "s"}`;
const sentence = (text) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
const size = (bytes) => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;

function field(name, label, memory, attributes = {}) {
  const box = element("label", "named", label);
  const input = element(attributes.rows ? "textarea" : "input", "field");
  for (const [key, value] of Object.entries(attributes)) input.setAttribute(key, value);
  input.name = name;
  input.dataset.focus = name;
  input.value = memory.form[name] || "";
  input.oninput = () => { memory.form[name] = input.value; };
  box.append(input);
  return box;
}

function articlesView(data, act, memory, again) {
  const body = element("div", "body");
  memory.form = memory.form || { data_set: data.articles.data_set };
  const empty = !data.articles.every;
  if (!data.editable) body.append(element("p", "note", "This map is read-only: articles can be neither added nor removed here."));
  else if (empty) {
    const lead = element("div", "lead");
    lead.append(element("h2", "", "Nothing here yet"), element("p", "", "Add articles, and what they report stands on the map: where, when, and why there."));
    body.append(lead, adding(data, act, memory, again));
  } else body.append(addingFolded(data, act, memory, again));
  if (!empty) body.append(articleList(data, act));
  body.append(setList(data, act, memory, again));
  return body;
}

/* Where there are articles, they come first: adding takes one line until it is asked for, or has something to tell. */
function addingFolded(data, act, memory, again) {
  const details = element("details", "fold");
  details.open = Boolean(memory.adding || memory.upload);
  details.ontoggle = () => { memory.adding = details.open; };
  const summary = element("summary", "", "Add articles");
  summary.dataset.focus = "add";
  details.append(summary, adding(data, act, memory, again));
  return details;
}

/* The articles, the one that came last first; found by their words, title, source or data set. */
function articleList(data, act) {
  const { find, rows, total, every, aside } = data.articles, box = element("section", "desk");
  const label = element("label", "search"), input = element("input", "field");
  input.type = "search";
  input.placeholder = "Find an article";
  input.setAttribute("aria-label", input.placeholder);
  input.value = find;
  input.dataset.focus = "find-article";
  const look = () => { if (input.value.trim() !== find) act("find", { q: input.value.trim() }); };
  input.onkeydown = (event) => { if (event.key === "Enter") look(); };
  input.onsearch = look;
  label.append(input);
  const count = element("p", "hint", find ? `${total.toLocaleString("en")} of ${plural(every, "article")}` : `${plural(every, "article")}, the last added first`);
  count.setAttribute("role", "status");
  box.append(label, count);
  if (aside) box.append(element("p", "hint", aside));
  for (const row of rows) {
    const button = quiet("", () => act("article", { article: row.digest }), "unplotted");
    button.dataset.key = row.digest;
    const line = element("p");
    line.append(element("b", "plain", row.title));
    button.append(line, element("span", "", `${row.text} · ${row.events}`));
    if (row.story) button.append(element("span", "story", row.story));
    box.append(button);
  }
  if (rows.length < total) box.append(quiet(`Show more of ${total.toLocaleString("en")}`, () => act("more", {}), "button more"));
  return box;
}

function adding(data, act, memory, again) {
  const box = element("section", "section adding");
  box.append(element("h2", "", "Add articles"));
  box.append(element("p", "", "Text, web pages, feeds, CSV, JSON or JSON Lines. They are read on this machine and stay on it."));
  const send = (form, count) => upload(form, count, data, act, memory, again);
  if (memory.upload && memory.upload.running) {
    box.append(progress(memory.upload));
    return box;
  }
  const drop = element("div", "drop");
  const input = element("input");
  input.type = "file";
  input.multiple = true;
  input.className = "hidden-text";
  input.tabIndex = -1;
  input.setAttribute("aria-label", "Files to add");
  const choose = quiet("Choose files", () => input.click(), "button strong");
  drop.append(element("p", "", "Drop files here, or"), choose, input);
  drop.append(element("p", "hint", `Up to ${size(data.articles.most_bytes)} and ${data.articles.most_files.toLocaleString("en")} files at once`));
  input.onchange = () => files(input.files, data, memory, send, again);
  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
  }
  for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    files(event.dataTransfer.files, data, memory, send, again);
  });
  box.append(drop, pasting(data, memory, send));
  box.append(field("data_set", "Keep them as", memory, { maxlength: 80 }));
  if (memory.mapping) box.append(mappingForm(data, memory, send, again));
  else if (memory.upload) box.append(outcome(memory.upload, data, act, memory, again));
  return box;
}

function files(list, data, memory, send, again) {
  const chosen = [...list];
  if (!chosen.length) return;
  const bytes = chosen.reduce((sum, file) => sum + file.size, 0), { most_bytes: most, most_files: many } = data.articles;
  const advice = "Send them in parts, or put them into a folder and run: conflict-map ingest FOLDER";
  if (bytes > most || chosen.length > many) {
    const what = bytes > most
      ? `These files hold ${size(bytes)}; at most ${size(most)} are taken at once.`
      : `These are ${chosen.length.toLocaleString("en")} files; at most ${many.toLocaleString("en")} are taken at once.`;
    memory.upload = { fault: `${what} ${advice}` };
    again();
    return;
  }
  memory.chosen = chosen; /* kept as the browser's handles: a table that was not understood is sent again, mapped */
  memory.mapping = null;
  send(filesForm(chosen, memory), chosen.length);
}

function filesForm(files, memory) {
  const form = new FormData();
  form.append("data_set", memory.form.data_set || "");
  for (const file of files) form.append("file", file, file.name);
  return form;
}

function pasting(data, memory, send) {
  const details = element("details", "paste");
  details.open = Boolean(memory.pasting);
  details.ontoggle = () => { memory.pasting = details.open; };
  details.append(element("summary", "", "Or paste a text"));
  details.append(field("title", "Title", memory, { maxlength: 300 }));
  const pair = element("div", "pair");
  pair.append(field("date", "Published", memory, { placeholder: "26 Jan 2015", maxlength: 40 }));
  pair.append(field("source", "Source", memory, { maxlength: 120 }));
  details.append(pair, field("text", "Text", memory, { rows: 7 }));
  details.append(quiet("Read it", () => {
    const form = new FormData();
    for (const name of ["data_set", "title", "date", "source", "text"]) form.append(name, memory.form[name] || "");
    send(form, 1);
  }, "button strong"));
  return details;
}

async function upload(form, count, data, act, memory, again) {
  const state = (memory.upload = { running: true, done: 0, total: count, events: 0 });
  again();
  await streamed(data.articles.path, form, data.articles.token, memory, state);
  if (state.report && state.report.added) Object.assign(memory.form, { title: "", text: "", date: "" });
  again();
  act("told", {}); /* the page looks again: the map takes the new events without being built anew */
}

/* Sends a form and takes over, line by line, how far its work is; `state` ends with a report, what was filled in, or a fault. */
async function streamed(path, form, token, memory, state) {
  try {
    const answer = await fetch(path, { method: "POST", body: form, headers: { "X-Page-Token": token } });
    if (!answer.ok) throw new Error(await answer.text());
    await eachLine(answer.body, (message) => {
      Object.assign(state, message);
      showProgress(memory, state);
    });
    if (!state.report && !state.filled && !state.fault) throw new Error("The connection ended before everything was read. What was read is kept; do the same again to go on.");
  } catch (error) {
    state.fault = error.message || String(error);
  }
  state.running = false;
}

async function eachLine(stream, take) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    const lines = (rest + value).split("\n");
    rest = lines.pop();
    for (const line of lines) if (line) take(JSON.parse(line));
  }
}

function progress(state) {
  const box = element("div", "progress");
  const bar = element("div", "track");
  bar.setAttribute("role", "progressbar");
  bar.setAttribute("aria-label", "Reading articles");
  bar.append(element("i"));
  box.append(bar, element("p", "hint"));
  fill(box, state);
  return box;
}

function fill(box, { done, total, events }) {
  const share = total ? Math.round((100 * done) / total) : 0, bar = box.querySelector(".track");
  bar.setAttribute("aria-valuenow", String(share));
  bar.setAttribute("aria-valuemin", "0");
  bar.setAttribute("aria-valuemax", "100");
  bar.firstChild.style.width = `${share}%`;
  box.querySelector("p").textContent = total
    ? `Read ${done.toLocaleString("en")} of ${total.toLocaleString("en")} · ${plural(events, "event")} found`
    : "Looking into the files";
}

function showProgress(memory, state) {
  const box = memory.root && memory.root.querySelector(".progress");
  if (box && box.classList.contains("rows-read")) box.replaceWith(rowsRead(state));
  else if (box) fill(box, state);
}

function outcome(state, data, act, memory, again) {
  const box = element("div", "outcome");
  box.setAttribute("role", state.fault ? "alert" : "status");
  if (state.fault) {
    box.append(element("p", "bad", state.fault));
    return box;
  }
  const { report } = state;
  const lead = element("p", "lead-line");
  lead.append(element("b", "", `${plural(report.articles, "article")}, ${plural(report.events, "event")}`));
  const rest = [`${report.located.toLocaleString("en")} with a place`, `${report.seconds} s`];
  if (report.unchanged) rest.unshift(`${report.unchanged.toLocaleString("en")} known already`);
  lead.append(document.createTextNode(` · ${rest.join(" · ")}`));
  box.append(lead);
  if (report.set_aside) box.append(element("p", "hint", report.set_aside));
  if (report.articles) box.append(quiet("Show them", () => act("show_set", { data_set: report.data_set }), "button strong"));
  if (!report.problems.length) return box;
  const list = element("ul", "problems");
  for (const problem of report.problems) {
    const item = element("li", problem.severity);
    item.append(element("b", "", problem.where), element("span", "", sentence(problem.what)));
    const file = problem.about === "columns" && tableOf(problem, memory);
    const rows = problem.about === "layer" && tableOf(problem, memory);
    if (file) item.append(quiet("Say what its columns hold", () => startMapping(file, data, memory, again), "button"));
    else if (rows) item.append(quiet("Make a layer of it", () => { memory.waiting = [rows]; act("tab", { tab: "layers" }); }, "button"));
    else if (problem.advice) item.append(element("small", "", sentence(problem.advice)));
    list.append(item);
  }
  box.append(list);
  if (report.more_problems) box.append(element("p", "hint", `and ${report.more_problems.toLocaleString("en")} more like these`));
  return box;
}

function setList(data, act, memory, again) {
  const box = element("section", "section sets");
  box.append(element("h2", "", "In this map"));
  const { sets, most_kept: kept } = data.articles;
  if (!sets.length) box.append(element("p", "", "No articles yet."));
  for (const set of sets) {
    const row = element("div", "set");
    const words = element("div");
    words.append(element("b", "", set.name));
    words.append(element("p", "", `${plural(set.articles, "article")} · ${plural(set.events, "event")}`));
    row.append(words);
    if (data.editable && memory.removing !== set.name) {
      const remove = quiet("Remove", () => { memory.removing = set.name; memory.focus = "keep"; again(); });
      remove.setAttribute("aria-label", `Remove ${set.name}`);
      row.append(remove);
    }
    box.append(row);
    if (!data.editable || memory.removing !== set.name) continue;
    const ask = element("div", "ask");
    ask.setAttribute("role", "alertdialog");
    ask.setAttribute("aria-label", `Remove ${set.name}?`);
    const back = set.articles <= kept ? "You can bring them back right afterwards." : "So many cannot be brought back from here; read them in again for that.";
    ask.append(element("p", "", `Take ${plural(set.articles, "article")} and ${plural(set.events, "event")} out of the map? ${back} What another set holds as well stays.`));
    const yes = quiet("Remove", () => { memory.removing = null; memory.upload = null; act("remove", { data_set: set.name }); }, "button strong");
    const no = quiet("Keep", () => { memory.removing = null; again(); }, "button");
    ask.dataset.editor = "keep";
    const line = element("div", "line");
    line.append(no, yes);
    ask.append(line);
    box.append(ask);
  }
  return box;
}
