/* What a stand-alone page has beside its map: title, list, the sentence of an event and its source, filters, licences, a
   story. It speaks with the map through __timemap; everything that comes from an article enters the page as text. */
(async function () {
  "use strict";

  const { h, days, TYPES } = TM;
  const STEP = 60; // rows at a time
  const typeOf = new Map(TYPES.map(({ id, label }, number) => [id, { label, number }]));
  const STATUS = { reported: "Reported", claimed: "Claimed", planned: "Planned", hypothetical: "Hypothetical", denied: "Denied" };

  const told = await TM.load({ gzip: document.getElementById("told").textContent }).then(TM.parseJson);
  while (!(window.__timemap && window.__timemap.app)) await new Promise((resolve) => setTimeout(resolve, 50));
  const map = window.__timemap, { app } = map, root = app.node.root;
  const { events, articles } = told, count = events.id.length;
  const day = (iso) => (iso ? days.parse(iso, false) : null);
  const rows = Array.from({ length: count }, (_, at) => {
    const row = { article: articles[events.article[at]] };
    for (const [name, values] of Object.entries(events)) if (name !== "article") row[name] = values[at];
    Object.assign(row, { from: day(row.date_start), to: day(row.date_end), outFrom: day(row.article.published_start), outTo: day(row.article.published_end) });
    row.words = [row.snippet, row.place, row.place_text, row.article.title, row.article.source].join("\n").toLowerCase();
    return row;
  });
  const own = { words: "", source: "", firm: false };
  let length = STEP, opened = null, places = null, step = 0;

  const written = (number, one, many) => `${number.toLocaleString("en")} ${number === 1 ? one : many || `${one}s`}`;
  const when = (from, to) => (from === null ? "no date" : days.span(from, to === null ? from : to));

  /* ---- what is listed: the map's window and types, and the panel's own filters ---- */

  function inWindow(row, state) {
    const [from, to] = state.axis === "reported" ? [row.outFrom, row.outTo] : [row.from, row.to];
    if (from === null) return state.whole;
    const [first, last] = [day(state.from), day(state.to)], end = to === null ? from : to;
    if (state.mode === "cumulative") return from <= last;
    if (state.mode !== "day") return from <= last && end >= first;
    for (let year = days.year(from) - 1; year <= days.year(end); year++) {
      const shift = days.of(year, days.month(first), days.date(first).getUTCDate());
      if (end - from < 7 && from <= shift + (last - first) && end >= shift) return true;
    }
    return last - first >= 365 && from <= last && end >= first;
  }

  function passes(row, state) {
    return state.types.includes(row.type) && state.status.includes(row.status) && (!own.firm || row.tier === "A")
      && (!own.source || row.article.source === own.source) && own.words.split(" ").every((word) => row.words.includes(word))
      && (!places || places.includes(row.place_id));
  }

  /** Tell the map what the panel lets through. */
  function filterMap() {
    const ids = own.words ? rows.filter((row) => own.words.split(" ").every((word) => row.words.includes(word))).map(({ id }) => id) : null;
    map.command({ sources: own.source ? [own.source] : null, tiers: own.firm ? ["A"] : ["A", "B"], ids });
  }

  /* ---- the panel ---- */

  const body = h("div.sa-body", { tabindex: "-1" });
  const head = h("div.sa-head", null, h("h1", null, told.title));
  const search = h("input", { type: "search", placeholder: "Search sentences, places, sources", "aria-label": "Search sentences, places, sources" });
  const sources = [...new Set(articles.map(({ source }) => source).filter(Boolean))].sort();
  const source = h("select", { "aria-label": "Source" }, h("option", { value: "" }, "All sources"), ...sources.map((name) => h("option", { value: name }, name)));
  const firm = h("input", { type: "checkbox" });
  const filters = h("div.sa-filters", { role: "group", "aria-label": "Filters" }, search, source, h("label", null, firm, " Firm ties only"));
  const panel = h("section.sa-panel", { role: "region", "aria-label": "Reported events" }, filters, body);

  function sentence({ snippet, trigger, type }) {
    const at = trigger ? (snippet || "").indexOf(trigger) : -1;
    if (at < 0) return h("q", null, snippet || "");
    const mark = h("u", null, trigger);
    mark.style.textDecorationColor = `var(--t-${type})`;
    return h("q", null, snippet.slice(0, at), mark, snippet.slice(at + trigger.length));
  }

  const status = (row) => (row.status === "claimed" && row.speaker ? `Claimed by ${row.speaker}` : STATUS[row.status] || row.status);

  function listRow(row) {
    const from = when(row.from, row.to);
    const button = h("button.sa-event", { type: "button", "data-event": row.id, click: () => open(row, true) },
      TM.glyph(typeOf.get(row.type).number), h("b", null, row.place || row.place_text || "Place not found"), h("span", null, from),
      sentence(row), h("small", null, [status(row), row.tier === "B" && "weaker tie", row.article.source || "no source given"].filter(Boolean).join(" · ")));
    button.setAttribute("aria-label", `${typeOf.get(row.type).label}, ${row.place || row.place_text}, ${from}: ${row.snippet}`);
    return button;
  }

  function list() {
    const state = map.state(), shown = rows.filter((row) => inWindow(row, state) && passes(row, state));
    shown.sort((a, b) => (b.to ?? -Infinity) - (a.to ?? -Infinity) || (b.from ?? 0) - (a.from ?? 0));
    const parts = [h("p.sa-note", { role: "status" }, `${written(shown.length, "event")} of ${count.toLocaleString("en")}, newest first`)];
    if (places) parts.push(h("button.sa-plain", { type: "button", click: () => { places = null; map.command({ place: null }); list(); } }, "Show all places"));
    parts.push(...shown.slice(0, length).map(listRow));
    if (shown.length > length) parts.push(h("button.sa-button", { type: "button", click: () => { length += STEP; list(); } }, `Show more of ${shown.length.toLocaleString("en")}`));
    body.replaceChildren(...parts, licences());
  }

  function entry(label, ...content) {
    return h("div.sa-entry", null, h("h3", null, label), ...content);
  }

  function reader(row) {
    const { article } = row, back = h("button.sa-plain", { type: "button", click: () => open(null, true) }, "Back to the list");
    const published = article.published_start ? `published ${when(row.outFrom, row.outTo)}` : "date of publication unknown";
    const safe = /^https?:\/\//i.test(article.url || "");
    const link = safe ? h("a", { href: article.url, target: "_blank", rel: "noopener noreferrer" }, article.url) : null;
    const part = row.place_precision && !["town", "point"].includes(row.place_precision) ? ` (${row.place_precision})` : "";
    const where = row.place ? `“${row.place_text}” is ${row.place}${part}.` : `No place in the gazetteer fits “${row.place_text}”.`;
    body.replaceChildren(
      back, h("h2", null, `${row.place || row.place_text}, ${when(row.from, row.to)}`),
      h("p.sa-kind", null, TM.glyph(typeOf.get(row.type).number), ` ${typeOf.get(row.type).label} · ${status(row)}${row.tier === "B" ? " · weaker tie" : ""}`),
      entry("What is reported", sentence(row)), entry("Why here", h("p", null, where), ...row.reasons.map((reason) => h("p", null, reason))),
      row.corrected ? entry("Corrected by hand", h("p", null, row.corrected)) : "",
      entry("Source", h("p", null, article.title || "Untitled"), h("p", null, `${article.source || "No source given"} · ${published}`), link ? h("p", null, link) : ""),
    );
    body.scrollTop = 0;
  }

  /** Open an event, or (null) the list. `tell`: the map does not know yet. */
  function open(row, tell) {
    const before = opened;
    opened = row;
    if (tell) map.command({ event: row ? row.id : null });
    if (row) reader(row);
    else list();
    if (!tell) return;
    const next = row ? body.querySelector("button") : before && body.querySelector(`[data-event="${CSS.escape(before.id)}"]`);
    if (next) next.focus({ preventScroll: Boolean(row) });
  }

  function licences() {
    const [names, ...held] = told.licences;
    const bySource = new Map();
    for (const { article } of rows) bySource.set(article.source || "No source given", (bySource.get(article.source || "No source given") || 0) + 1);
    const told_ = [...bySource].sort((a, b) => b[1] - a[1]).map(([name, n]) => h("li", null, `${name}: ${written(n, "event")}`));
    const table = names ? h("table", null, h("tr", null, ...names.map((cell) => h("th", null, cell))), ...held.map((cells) => h("tr", null, ...cells.map((cell) => h("td", null, cell))))) : "";
    return h("details.sa-licences", null, h("summary", null, "Sources and licences"),
      h("p", null, "Sentences are quoted from the articles named with them and remain their publishers'. What articles report is not what is known to have happened."),
      h("ul", null, ...told_), table, h("p", null, `Made with ${told.program}.`));
  }

  /* ---- the story ---- */

  const card = h("section.sa-story", { "aria-label": "Story", hidden: true });
  function tell(at) {
    const { title, scenes } = told.story, scene = scenes[(step = Math.min(Math.max(at, 0), scenes.length - 1))];
    places = null;
    map.command(scene.view);
    const turn = (label, by, sign) => h("button.sa-turn", { type: "button", "aria-label": label, disabled: !scenes[step + by], click: () => tell(step + by) }, sign);
    const held = document.activeElement && card.contains(document.activeElement) && document.activeElement.getAttribute("aria-label");
    card.replaceChildren(h("h2", null, scene.title || `Step ${step + 1}`), ...scene.text.split("\n").filter(Boolean).map((line) => h("p", null, line)),
      h("div.sa-walk", null, turn("Step before", -1, "←"), h("span", { "aria-live": "polite" }, `${step + 1} of ${scenes.length}`), turn("Next step", 1, "→"), h("em", null, title)));
    const again = held && (card.querySelector(`[aria-label="${held}"]:not([disabled])`) || card.querySelector("button:not([disabled])"));
    if (again) again.focus();
    const { event } = map.state();
    open(rows.find(({ id }) => id === event) || null, false);
  }

  /* ---- the whole ---- */

  if (told.window && !told.title.includes(told.window)) head.append(h("span", null, told.window));
  head.append(h("span", null, `${written(count, "reported event")} from ${written(articles.length, "article")}`));
  root.classList.add("sa");
  root.setAttribute("role", "main"); // nothing of the page is outside of it
  root.prepend(head);
  root.append(panel);
  app.node.stage.append(card);
  if (told.note) app.node.stage.append(h("p.sa-about", null, told.note));
  const changed = () => {
    Object.assign(own, { words: search.value.trim().toLowerCase().replace(/\s+/g, " "), source: source.value, firm: firm.checked });
    length = STEP;
    filterMap();
    open(null, false);
  };
  search.addEventListener("input", changed);
  source.addEventListener("change", changed);
  firm.addEventListener("change", changed);
  panel.addEventListener("keydown", (event) => { if (event.key === "Escape" && opened) open(null, true); });
  document.addEventListener("timemap:state", ({ detail }) => {
    const chosen = rows.find(({ id }) => id === detail.event) || null;
    places = detail.places.length ? detail.places : null;
    if (chosen !== opened || !chosen) open(chosen, false);
  });
  app.fit();
  if (told.story && told.story.scenes.length) {
    card.hidden = false;
    tell(0);
  } else open(rows.find(({ id }) => id === map.state().event) || null, false);
  root.dataset.told = "yes";
})();
