/* The bar above the map: search (places and filters as you type), map or table, share, export, about, theme. */

function icon(markup) {
  const holder = document.createElement("template");
  holder.innerHTML = markup; /* our own drawing, no data in it */
  return holder.content.firstChild;
}

const LENS = '<svg viewBox="0 0 16 16" class="line" aria-hidden="true"><circle cx="7" cy="7" r="4.6"/><path d="M10.5 10.5 14 14"/></svg>';
const GLOBE = '<svg viewBox="0 0 16 16" class="line" aria-hidden="true"><circle cx="8" cy="8" r="6"/><path d="M2 8h12M8 2c-4 4-4 8 0 12M8 2c4 4 4 8 0 12"/></svg>';
const GRID = '<svg viewBox="0 0 16 16" class="line" aria-hidden="true"><path d="M2 4h12M2 8h12M2 12h12"/></svg>';
const DOTS = '<svg viewBox="0 0 16 16" aria-hidden="true" fill="currentColor"><circle cx="3" cy="8" r="1.5"/><circle cx="8" cy="8" r="1.5"/><circle cx="13" cy="8" r="1.5"/></svg>';
const HALF = '<svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor"/></svg>';

function exportMenu(data) {
  const menu = element("div", "menu"), list = element("div");
  list.setAttribute("role", "menu"); // without heading and words, which a menu must not hold
  list.setAttribute("aria-label", "Export this view");
  menu.append(element("h2", "", "Export this view"), element("p", "", "The events that pass the window and the filters."), list);
  for (const item of data.exports) {
    const link = element("a", "", item.label);
    link.setAttribute("role", "menuitem");
    link.append(element("small", "", item.text));
    link.href = `${item.path}${window.location.search}`;
    link.setAttribute("download", "");
    list.append(link);
  }
  return menu;
}

function about(data, close) {
  const veil = element("div", "about");
  const box = element("section");
  box.setAttribute("role", "dialog");
  box.setAttribute("aria-modal", "true");
  box.setAttribute("aria-label", "About this map");
  const shut = element("button", "quiet close", "Close");
  shut.onclick = close;
  box.append(shut, element("h2", "", data.about.title));
  for (const part of data.about.parts) {
    if (part.heading) box.append(element("h3", "", part.heading));
    for (const line of part.lines || []) box.append(element("p", "", line));
    if (part.rows) {
      const table = element("table");
      part.rows.forEach((cells, index) => {
        const row = element("tr");
        for (const cell of cells) row.append(element(index ? "td" : "th", "", cell));
        table.append(row);
      });
      box.append(table);
    }
  }
  veil.append(box);
  veil.onclick = (event) => { if (event.target === veil) close(); };
  // Of the whole document: the header may be drawn anew, and the focus lost, before the key is pressed.
  const key = (event) => {
    if (!veil.isConnected) document.removeEventListener("keydown", key);
    else if (event.key === "Escape") close();
  };
  document.addEventListener("keydown", key);
  setTimeout(() => shut.focus(), 0);
  return veil;
}

/* One field for all: places to fly to and filters to set are offered as one types, Enter looks for the words. */
function search(data, act) {
  const label = element("label", data.q ? "find filled" : "find");
  const input = element("input");
  input.type = "search";
  input.placeholder = "Find a place, time, word, who, source";
  for (const [name, value] of Object.entries({
    "aria-label": input.placeholder, role: "combobox", "aria-expanded": "false", "aria-controls": "suggest",
    "aria-autocomplete": "list", autocomplete: "off",
  })) input.setAttribute(name, value);
  input.value = data.q;
  label.append(icon(LENS), input);
  let timer = null, list = null, chosen = -1;
  const drop = () => {
    if (list) list.remove();
    list = null;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const look = (q) => {
    input.dataset.sent = "yes"; /* what is left of the question comes back */
    act("search", { q, month_first: monthFirst() });
  };
  const options = () => (list ? [...list.querySelectorAll("[role=option]")] : []);
  const choose = (index) => {
    const all = options();
    chosen = (index + all.length) % all.length;
    all.forEach((option, number) => option.setAttribute("aria-selected", String(number === chosen)));
    all[chosen].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", all[chosen].id);
  };
  const offer = (groups) => {
    drop();
    if (!groups.some(({ items }) => items.length) || !label.matches(":focus-within")) return;
    list = element("div", "suggest");
    list.id = "suggest";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Suggestions");
    let number = 0;
    for (const { title, items } of groups) {
      if (!items.length) continue;
      const group = element("div");
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", title);
      group.append(element("p", "", title));
      for (const { name, text, take } of items) {
        const option = element("div", "option", name);
        option.id = `option-${number++}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.append(element("small", "", text));
        option.onmousedown = (event) => event.preventDefault();
        option.onclick = (event) => { event.preventDefault(); drop(); input.value = data.q; input.blur(); take(); };
        group.append(option);
      }
      list.append(group);
    }
    label.append(list);
    input.setAttribute("aria-expanded", "true");
  };
  const ask = async (path, text) => {
    const answer = await fetch(`${path}?q=${encodeURIComponent(text)}&month_first=${monthFirst() ? 1 : ""}`).catch(() => null);
    return answer && answer.ok ? answer.json() : [];
  };
  input.oninput = () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const text = input.value.trim();
      if (text.length < 2) { drop(); return; }
      const [places, filters] = await Promise.all([ask(data.places_path, text), ask(data.filters_path, text)]);
      if (input.value.trim() !== text) return;
      offer([
        { title: "Look for", items: filters.filter(({ name }) => name === "search").map((item) => ({ name: item.label, text: item.text, take: () => look(item.key) })) },
        { title: "Only events of", items: filters.filter(({ name }) => name !== "search").map((item) => ({ name: item.label, text: item.text, take: () => act("only", item) })) },
        { title: "Fly to", items: places.slice(0, filters.length ? 5 : 8).map((place) => ({ name: place.name, text: place.text, take: () => act("fly", { lat: place.lat, lng: place.lon, of: place.kind }) })) },
      ]);
    }, 120);
  };
  input.onkeydown = (event) => {
    if (list && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      choose(event.key === "ArrowDown" ? chosen + 1 : chosen < 0 ? -1 : chosen - 1);
    } else if (event.key === "Enter") {
      clearTimeout(timer);
      if (chosen >= 0) options()[chosen].click();
      else { drop(); look(input.value.trim()); }
    } else if (event.key === "Escape") drop();
  };
  /* the cross of a search field fires "search", not "input", in some browsers */
  input.addEventListener("search", () => { if (!input.value) { drop(); look(""); } });
  input.onblur = () => setTimeout(drop, 150);
  return label;
}

/* The first stops of the keyboard: past the header, to what one came for. */
function skips() {
  const box = element("div", "skips");
  const frame = () => document.querySelector(".st-key-stage iframe");
  const inside = (selector) => () => {
    const found = frame() && frame().contentDocument && frame().contentDocument.querySelector(selector);
    if (found) found.focus();
  };
  const list = () => {
    const root = document.querySelector(".st-key-side [data-testid='stBidiComponentIsolated'], .st-key-side .stBidiComponent");
    const deep = (node) => node && (node.querySelector("[role=tab][aria-selected=true], .back") || [...node.querySelectorAll("*")].map(({ shadowRoot }) => shadowRoot && deep(shadowRoot)).find(Boolean));
    const found = deep(root) || (root && root.shadowRoot && deep(root.shadowRoot));
    if (found) found.focus();
  };
  for (const [label, go] of [["Skip to the map", inside(".tm-walk [tabindex='0'], .tm-map")], ["Skip to the time bar", inside(".tm-handle")], ["Skip to the list", list]]) {
    const button = element("button", "", label);
    button.type = "button";
    button.onclick = go;
    box.append(button);
  }
  return box;
}

/* Map or table: the same events, filters and window. */
function mainSwitch(data, act) {
  const box = element("div", "switch");
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", "Show as");
  for (const [key, label, drawing] of [["map", "Map", GLOBE], ["table", "Table", GRID]]) {
    const button = element("button");
    button.type = "button";
    button.dataset.view = key;
    button.append(icon(drawing), element("span", "", label));
    button.setAttribute("aria-label", label);
    button.setAttribute("aria-pressed", String(data.view === key));
    button.onclick = () => act("view", { view: key });
    box.append(button);
  }
  return box;
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const act = (kind, values) => setTriggerValue("act", { kind, ...values });
  let root = parentElement.querySelector(".desk-root");
  if (!root) {
    root = element("div", "desk-root");
    parentElement.append(root);
  }
  const typing = root.querySelector("input"), writing = typing && root.getRootNode().activeElement === typing;
  if (writing && !typing.dataset.sent && typing.value !== data.q) return;
  root.dataset.theme = data.theme;
  const bar = element("header", "top");
  bar.append(skips(), element("h1", "", data.title), element("p", "corpus", data.corpus), search(data, act));
  const nav = element("nav");
  nav.append(mainSwitch(data, act));
  const sharing = element("button", "quiet export", "Share");
  sharing.setAttribute("aria-haspopup", "dialog");
  const closeShare = () => {
    share.open = false;
    root.querySelector(".share").remove();
    sharing.focus();
  };
  const openShare = () => {
    closeMenu();
    share.open = true;
    const sheet = shareSheet(data, act, closeShare);
    root.append(sheet);
    return sheet;
  };
  sharing.onclick = () => (root.querySelector(".share") ? closeShare() : openShare().querySelector("input").focus());
  const out = element("button", "quiet export", "Export");
  out.setAttribute("aria-haspopup", "menu");
  let menu = null;
  const closeMenu = () => { if (menu) menu.remove(); menu = null; };
  out.onclick = () => {
    if (menu) { closeMenu(); return; }
    menu = exportMenu(data);
    bar.append(menu);
    menu.onclick = () => setTimeout(closeMenu, 0);
    menu.querySelector("a").focus();
  };
  bar.onkeydown = (event) => { if (event.key === "Escape") closeMenu(); };
  bar.addEventListener("focusin", (event) => {
    if (menu && !menu.contains(event.target) && event.target !== out && event.target !== more) closeMenu();
  });
  const info = element("button", "quiet export", "About");
  info.onclick = () => {
    const veil = about(data, () => { veil.remove(); info.focus(); });
    root.append(veil);
  };
  const theme = element("button", "quiet icon");
  theme.append(icon(HALF));
  theme.setAttribute("aria-label", data.theme === "dark" ? "Switch to light" : "Switch to dark");
  theme.onclick = () => act("theme", { theme: data.theme === "dark" ? "light" : "dark" });
  const more = element("button", "quiet icon narrow");
  more.append(icon(DOTS));
  more.setAttribute("aria-label", "More: share, export, about");
  more.setAttribute("aria-haspopup", "menu");
  more.onclick = () => {
    if (menu) { closeMenu(); return; }
    menu = element("div", "menu");
    menu.setAttribute("role", "menu");
    for (const [label, press] of [["Share", () => sharing.onclick()], ["Export", () => { closeMenu(); out.onclick(); }], ["About", () => info.onclick()]]) {
      const item = element("button", "item", label);
      item.setAttribute("role", "menuitem");
      item.onclick = (event) => { event.stopPropagation(); press(); if (label !== "Export") closeMenu(); };
      menu.append(item);
    }
    bar.append(menu);
    menu.querySelector("button").focus();
  };
  nav.append(sharing, out, info, theme, more);
  bar.append(nav);
  const before = root.querySelector(".share"), held = before && before.contains(root.getRootNode().activeElement) && root.getRootNode().activeElement;
  const at = before && before.scrollTop, focused = held && held.dataset.draft, spot = focused && held.selectionStart;
  root.replaceChildren(bar);
  if (share.open) {
    const sheet = openShare(), again = focused && [...sheet.querySelectorAll("[data-draft]")].find((node) => node.dataset.draft === focused);
    sheet.scrollTop = at || 0;
    if (again) {
      again.focus({ preventScroll: true });
      if (spot != null && again.setSelectionRange) again.setSelectionRange(spot, spot);
    } else if (held) sheet.querySelector(".close").focus({ preventScroll: true });
  }
  if (writing) root.querySelector("input").focus();
}
