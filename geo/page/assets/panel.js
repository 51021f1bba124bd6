/* The panel beside the map. Python decides what it shows (`data`); every click goes back as one `act`.
   All text arrives as data and enters the page through textContent: article text is never markup. */

/* Where to scroll to: the list keeps its place while its content stays the same; the reader shows the sentence. */
function settleScroll(panel, data, memory) {
  if (data.reader) {
    const box = panel.querySelector(".article"), reasons = panel.querySelector(".why");
    const key = `${data.reader.key} ${Boolean(memory.more)} ${memory.edit || ""}`; /* each gives the text another height */
    const target = panel.querySelector(".target, .sentence");
    if (memory.read === key) {
      box.scrollTop = memory.readTop || 0;
      reasons.scrollTop = memory.whyTop || 0;
    } else if (target) {
      memory.whyTop = 0;
      if (matchMedia("(max-width: 760px)").matches) panel.scrollIntoView({ block: "start" });
      else box.scrollTop = Math.max(0, target.offsetTop - box.offsetTop - Math.min(96, box.clientHeight / 3));
    }
    memory.read = key;
    memory.readTop = box.scrollTop;
    box.onscroll = () => { memory.readTop = box.scrollTop; };
    reasons.onscroll = () => { memory.whyTop = reasons.scrollTop; };
    return;
  }
  memory.read = null;
  const body = panel.querySelector(".body");
  if (!body) return;
  body.scrollTop = memory.list === data.list_key ? memory.top || 0 : 0;
  memory.list = data.list_key;
  body.onscroll = () => { memory.top = body.scrollTop; };
}

const memories = new WeakMap();
const MARKED = ["event", "tab", "key", "focus", "sort"]; /* what tells a control again after the panel was drawn anew */

const rowOf = (panel, event) => [...panel.querySelectorAll("[data-event]")].find((row) => row.dataset.event === event);

function draw(root, data, act, memory) {
  const again = () => draw(root, data, act, memory);
  const focused = root.getRootNode().activeElement;
  const mark = focused && focused.dataset && MARKED.find((name) => focused.dataset[name] !== undefined);
  const value = mark && focused.dataset[mark], place = mark && "selectionStart" in focused ? focused.selectionStart : null;
  const panel = element("div", "panel");
  panel.setAttribute("role", "region");
  panel.setAttribute("aria-label", data.reader ? "Article" : "Reported events");
  memory.root = panel;
  if (data.reader) readerView(data, act, panel, memory, again);
  else {
    const views = { events: eventList, not_plotted: unplottedView, filters: filterList, articles: articlesView, layers: layersView };
    const { label } = data.tabs.find(({ key }) => key === data.tab);
    panel.append(element("h2", "hidden-text", label), tabBar(data, act), (Object.hasOwn(views, data.tab) ? views[data.tab] : blocksView)(data, act, memory, again));
  }
  panel.append(toldBar(data, act));
  root.replaceChildren(panel);
  const tab = panel.querySelector(".tabs [aria-selected=true]");
  if (tab) tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.offsetLeft - 20;
  settleScroll(panel, data, memory);
  const asked = memory.focus && panel.querySelector(`[data-editor="${memory.focus}"] :is(input, textarea, button)`);
  memory.focus = null;
  if (asked) {
    asked.focus();
    asked.closest("[data-editor]").scrollIntoView({ block: "nearest" });
    return;
  }
  const found = mark && [...panel.querySelectorAll(`[data-${mark}]`)].find((node) => node.dataset[mark] === value);
  if (!found) {
    /* what had the focus is gone: it goes on where the reading does, and back to the row that it came from */
    const next = focused && (data.reader ? panel.querySelector(".article") : rowOf(panel, memory.event));
    if (next) next.focus({ preventScroll: Boolean(data.reader) });
    if (data.reader) memory.event = data.reader.key;
    return;
  }
  if (data.reader) memory.event = data.reader.key;
  found.focus({ preventScroll: true });
  if (place !== null && found.setSelectionRange && found.type !== "file") found.setSelectionRange(place, place);
}

const typing = (node) => Boolean(node && (node.isContentEditable || /^(input|textarea|select)$/i.test(node.tagName)));

/* Ctrl+Z takes the last correction back, Ctrl+Shift+Z makes it again (Cmd on a Mac); in a field they are the field's. */
function undone(event, { data, act }) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "z") return;
  const kind = event.shiftKey ? "redo" : "undo";
  if (!data.editable || !data.steps[kind] || event.composedPath().some(typing)) return;
  event.preventDefault();
  act(kind, {});
}

/* Keys of the reader: N and P walk, D, L, T and M open what changes date, place, type and the rest, Esc closes. */
const EDITORS = { d: "date", l: "place", t: "type", m: "more" };

function keyed(event, data, act, memory, root) {
  if (!data.reader || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.toLowerCase();
  if (event.key === "Escape") act("close", {});
  else if (event.composedPath().some(typing)) return;
  else if ((key === "n" || key === "p") && memory.walk) memory.walk(key === "n" ? 1 : -1);
  else if (EDITORS[key] && data.editable && data.reader.hand) {
    event.preventDefault(); /* the key would be written into the field that opens */
    memory.edit = memory.focus = EDITORS[key];
    draw(root, data, act, memory);
  }
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let root = parentElement.querySelector(".desk-root");
  if (!root) {
    root = element("div", "desk-root");
    parentElement.append(root);
    const memory = {};
    memories.set(root, memory);
    window.addEventListener("keydown", (event) => { if (root.isConnected) undone(event, memory.shown); });
    /* a file dropped beside its place must not take the browser away from the page */
    for (const kind of ["dragover", "drop"]) {
      window.addEventListener(kind, (event) => { if (event.dataTransfer.types.includes("Files")) event.preventDefault(); });
    }
  }
  root.dataset.theme = data.theme;
  const memory = memories.get(root);
  /* Clicks are numbered. What was drawn before the last one is late: it would put another event under the hand. */
  const act = (kind, values) => {
    memory.asked = (memory.asked || 0) + 1;
    setTriggerValue("act", { kind, n: memory.asked, ...values });
  };
  if (data.answered && data.answered < (memory.asked || 0)) return;
  memory.asked = Math.max(memory.asked || 0, data.answered);
  memory.walked = 0;
  memory.shown = { data, act };
  draw(root, data, act, memory);
  root.onkeydown = (event) => keyed(event, data, act, memory, root);
}
