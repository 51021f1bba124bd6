/* What the columns of a table hold, said in a form beside its first rows; the articles that come of it are shown before
   they are read. The same as YAML is for the command line. */

const FIELDS = [
  ["text", "Text", "needed"],
  ["title", "Title"],
  ["published", "Published"],
  ["source", "Source"],
  ["url", "Address"],
  ["id", "Id"],
];
const ORDERS = [["", "found out"], ["day", "day first: 24/02"], ["month", "month first: 02/24"]];
const SEPARATORS = [["", "found out"], [",", "comma"], [";", "semicolon"], ["\t", "tab"], ["|", "bar |"]];

/* The file that a problem is about: `export.csv`, `export.csv:1`, `book.xlsx/Sheet 2:1`. */
function tableOf({ where }, memory) {
  return (memory.chosen || []).find(({ name }) => where === name || where.startsWith(`${name}:`) || where.startsWith(`${name}/`));
}

function startMapping(file, data, memory, again) {
  memory.mapping = { file, asked: 0, columns: {}, date_order: "", separator: "", encoding: "", preview: null, fault: "" };
  memory.focus = "mapping";
  lookAgain(data, memory, again);
}

function mapped(form, mapping) {
  for (const [name] of FIELDS) form.append(`column_${name}`, mapping.columns[name] || "");
  for (const name of ["date_order", "separator", "encoding"]) form.append(name, mapping[name]);
  return form;
}

async function lookAgain(data, memory, again) {
  const { mapping } = memory, form = mapped(new FormData(), mapping), asked = (mapping.asked += 1), answer = {};
  form.append("file", mapping.file, mapping.file.name);
  mapping.looking = true;
  again();
  try {
    const told = await fetch(data.articles.columns_path, { method: "POST", body: form, headers: { "X-Page-Token": data.articles.token } });
    if (!told.ok) throw new Error(await told.text());
    Object.assign(answer, JSON.parse(await told.text()));
  } catch (error) {
    answer.fault = error.message || String(error);
  }
  if (memory.mapping !== mapping || asked !== mapping.asked) return; /* another choice was made meanwhile */
  mapping.looking = false;
  mapping.fault = answer.fault || "";
  if (answer.preview) mapping.preview = answer.preview;
  again();
}

function mappingForm(data, memory, send, again) {
  const { mapping } = memory, box = element("section", "editor mapping"), { preview } = mapping;
  box.dataset.editor = "mapping";
  box.setAttribute("aria-label", `Columns of ${mapping.file.name}`);
  box.append(element("h3", "", `What do the columns of ${mapping.file.name} hold?`));
  const change = (write) => (event) => { write(event.target.value); lookAgain(data, memory, again); };
  if (preview) {
    const names = preview.header.filter(Boolean), grid = element("div", "grid");
    for (const [name, label, need] of FIELDS) {
      const found = preview.found[name], usual = mapping.columns[name] ? "by its usual name" : found ? `as found: ${found}` : need || "none";
      const menu = chooser(`column_${name}`, label, [{ key: "", label: usual }, ...names.map((key) => ({ key, label: key }))], mapping.columns[name] || "");
      menu.querySelector("select").onchange = change((value) => { mapping.columns[name] = value; });
      grid.append(menu);
    }
    const how = element("details", "fold");
    how.open = Boolean(mapping.how);
    how.ontoggle = () => { mapping.how = how.open; };
    how.append(element("summary", "", "Dates, separator, encoding"));
    const forms = element("div", "grid");
    for (const [name, label, options] of [["date_order", "Dates such as 02/03", ORDERS], ["separator", "Between two cells", SEPARATORS]]) {
      const menu = chooser(name, label, options.map(([key, words]) => ({ key, label: words })), mapping[name]);
      menu.querySelector("select").onchange = change((value) => { mapping[name] = value; });
      forms.append(menu);
    }
    const encoding = kept("encoding", "Encoding", mapping, { maxlength: 40, placeholder: "found out; cp1251, utf-16" });
    encoding.querySelector("input").onchange = change((value) => { mapping.encoding = value.trim(); });
    forms.append(encoding);
    how.append(forms);
    box.append(grid, how, firstRows(preview), readAs(preview));
  } else if (!mapping.fault) box.append(element("p", "hint", "Looking into the table"));
  if (mapping.fault) box.append(faultLine(mapping.fault));
  const foot = element("div", "foot"), line = element("div", "line"), read = quiet("Read the table", () => {
    const form = mapped(filesForm([mapping.file], memory), mapping);
    memory.mapping = null;
    send(form, 1);
  }, "button strong");
  read.disabled = !preview || !preview.articles.length || Boolean(mapping.fault) || mapping.looking;
  line.append(read);
  if (preview && preview.yaml) line.append(yamlLink(preview.yaml));
  foot.append(line, quiet("Cancel", () => { memory.mapping = null; again(); }));
  box.append(foot);
  return box;
}

/* For `conflict-map ingest TABLE --map columns.yaml`. */
function yamlLink(yaml) {
  const link = element("a", "button yaml", "Save as YAML");
  link.href = `data:text/yaml;charset=utf-8,${encodeURIComponent(yaml)}`;
  link.setAttribute("download", "columns.yaml");
  link.title = "The same for the command line: conflict-map ingest TABLE --map columns.yaml";
  return link;
}

function firstRows({ header, rows, found }) {
  const scroll = element("div", "across first-rows"), table = element("table"), head = element("tr");
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", "The first rows");
  const read = new Map(Object.entries(found).map(([name, column]) => [column, FIELDS.find(([key]) => key === name)[1]]));
  for (const cell of header) {
    const name = element("th", read.has(cell) ? "read" : "", cell || "–");
    name.scope = "col";
    if (read.has(cell)) name.append(element("small", "", read.get(cell)));
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

function readAs({ articles, problems }) {
  const box = element("div", "read-as");
  box.setAttribute("role", "status");
  box.append(element("h3", "", articles.length ? "Read as" : "Nothing is read yet"));
  for (const article of articles) {
    const card = element("div");
    card.append(element("b", "", article.title), element("span", "", [article.date, article.source].filter(Boolean).join(" · ")), element("p", "", article.text));
    box.append(card);
  }
  for (const text of problems) box.append(element("p", "hint", text));
  return box;
}
