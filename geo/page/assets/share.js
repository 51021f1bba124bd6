/* The share sheet: everything that takes a view to somebody else. It stays open while the page is drawn anew. */

const share = { open: false, drafts: {}, film: null };

function shareSection(title, text) {
  const section = element("section");
  section.append(element("h3", "", title));
  if (text) section.append(element("p", "", text));
  return section;
}

/* The present address, with the title and the note as they stand in their fields. */
function shareLink(named, extra) {
  const params = new URLSearchParams(window.location.search);
  for (const [key, value] of Object.entries({ ...named, ...extra })) {
    if (value) params.set(key, value);
    else params.delete(key);
  }
  const text = params.toString();
  return `${window.location.origin}${window.location.pathname}${text ? `?${text}` : ""}`;
}

function embedCode(named, headline) {
  const quoted = (text) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
  const address = shareLink(named, { embed: "true", tab: "", view: "", event: "", made: "" });
  return `<iframe src="${quoted(address)}" title="${quoted(named.title || headline)}" width="100%" height="600" style="border:0" loading="lazy" allowfullscreen></iframe>`;
}

/* A button that says what it did, for a moment; what failed is said below it until the next try. */
function doing(text, deed, said) {
  const button = element("button", "small", text);
  button.type = "button";
  button.onclick = async () => {
    const line = button.closest("section").querySelector(".went") || button.closest("section").appendChild(element("p", "went"));
    line.setAttribute("role", "status");
    line.textContent = "";
    button.disabled = true;
    try {
      const answer = await deed();
      line.textContent = answer || said;
    } catch (error) {
      line.textContent = `That did not work: ${error.message}`;
    }
    button.disabled = false;
  };
  return button;
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    window.prompt("Copy this", text);
  }
}

function filmSection(data, named) {
  const section = shareSection("Film of the playback", "Plays from the window as it stands, with the step and speed of the time options, and records it (WebM, or MP4 where the browser makes no other).");
  const stop = smallButton("Stop and save", () => share.film && share.film.stop());
  stop.hidden = true;
  const start = doing("Record", async () => {
    const win = await publisher(data.share);
    share.film = win.TM.film(win.__timemap.app, { ...wordsOf(data.share, named()), title: named().title || data.share.timeless });
    stop.hidden = false;
    try {
      const { blob, seconds } = await share.film.done;
      const form = blob.type === "video/mp4" ? "MP4" : "WebM";
      save(blob, `reported-events.${form.toLowerCase()}`);
      return `${seconds.toFixed(1)} seconds were saved as ${form}.`;
    } finally {
      share.film = null;
      stop.hidden = true;
    }
  });
  const tools = element("div", "tools");
  tools.append(start, stop);
  section.append(tools);
  return section;
}

function pictureSection(data, named) {
  const section = shareSection("Picture", "What the map shows, with window, title, legend, credits and date.");
  const tools = element("div", "tools");
  for (const [text, how] of [["PNG", { scale: 1 }], ["PNG 2×", { scale: 2 }], ["PNG for print", { scale: 3.125 }], ["SVG", { kind: "svg" }]]) {
    const button = doing(text, () => savePicture(data.share, named(), how), `Saved as ${how.kind === "svg" ? "SVG" : "PNG"}.`);
    if (how.scale > 3) button.title = "300 dots an inch";
    tools.append(button);
  }
  tools.append(doing("Print", () => printPicture(data.share, named()), "Handed to the printer."));
  section.append(tools);
  return section;
}

function shareSheet(data, act, close) {
  const sheet = element("aside", "share");
  sheet.setAttribute("role", "dialog");
  sheet.setAttribute("aria-label", "Share this view");
  const shut = element("button", "quiet close", "Close");
  shut.type = "button";
  shut.dataset.focus = "close";
  shut.onclick = close;
  sheet.append(shut, element("h2", "", "Share this view"));
  const title = field("input", { value: data.share.title, most: 120, name: "title", hint: data.share.headline });
  const note = field("textarea", { value: data.share.note, most: 600, rows: 2, name: "note" });
  const named = () => ({ title: title.value.trim(), note: note.value.trim().replace(/\s+/g, " ") });
  const keep = () => act("name", named());
  title.onchange = note.onchange = keep;
  const link = shareSection("Link", "Opens the same window, filters, map and event for whoever has the same articles.");
  const copyLink = doing("Copy link", () => copyText(shareLink(named(), { made: data.made })), "Link copied.");
  copyLink.classList.add("strong");
  link.append(labelled("Title", title), labelled("Note", note), copyLink);
  const page = shareSection("In a page", data.share.framers.length
    ? `Map and time bar in a frame. Pages of ${data.share.framers.join(", ")} may show it.`
    : "No other site may frame this map yet: whoever runs it names them in CONFLICT_MAP_EMBED.");
  if (data.share.framers.length) {
    const code = element("textarea", "code");
    code.readOnly = true;
    code.rows = 4;
    code.setAttribute("aria-label", "Code for a page");
    const write = () => { code.value = embedCode(named(), data.share.headline); };
    write();
    code.onfocus = () => { write(); code.select(); };
    page.append(code, doing("Copy code", () => { write(); return copyText(code.value); }, "Code copied."));
  }
  const file = shareSection("Stand-alone page", "One file with map, list, sentences, sources and stories; it needs no network.");
  const out = element("a", "small", "Save the page");
  out.setAttribute("download", "");
  out.href = `api/export/html${window.location.search}`;
  const fresh = () => { out.href = `api/export/html${new URL(shareLink(named(), {})).search}`; };
  out.onfocus = out.onpointerdown = fresh;
  file.append(out);
  const stories = shareSection("Story", "Views in an order, each with a title and a text, walked with arrows.");
  const copy = (button, search) => {
    button.textContent = "Link copied";
    return copyText(`${window.location.origin}${window.location.pathname}${search}`);
  };
  for (const story of data.share.stories) stories.append(storyBox(story, data.share, act, copy));
  const form = data.share.editable ? storyForm(data.share, act) : null;
  if (form) stories.append(form);
  sheet.append(link, pictureSection(data, named), page, file, filmSection(data, named), stories);
  keepDrafts(sheet);
  if (form) form.sync();
  sheet.onkeydown = (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  };
  return sheet;
}

/* What is half written outlives the page being drawn anew: an answer to an earlier click must not take it away. */
function keepDrafts(sheet) {
  for (const node of sheet.querySelectorAll("[data-draft]")) {
    const { draft } = node.dataset;
    if (draft in share.drafts) node.value = share.drafts[draft];
    node.addEventListener("input", () => { share.drafts[draft] = node.value; });
    node.addEventListener("change", () => { if (draft === "title" || draft === "note") delete share.drafts[draft]; });
  }
  sheet.addEventListener("submit", () => { share.drafts = {}; });
  sheet.addEventListener("click", (event) => {
    if (event.target.closest(".story .tools")) for (const key of Object.keys(share.drafts)) if (key.startsWith("scene-")) delete share.drafts[key];
  });
}
