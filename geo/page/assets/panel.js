/* The panel beside the map. Python decides what it shows (`data`); every click goes back as one `act`.
   All text arrives as data and enters the page through textContent: article text is never markup. */

/* Where to scroll to: the list keeps its place while its content stays the same; the reader shows the sentence. */
function settleScroll(panel, data, memory) {
  if (data.reader) {
    const box = panel.querySelector(".article"), reasons = panel.querySelector(".why");
    const target = panel.querySelector(".target, .sentence");
    if (memory.read === data.reader.key) {
      box.scrollTop = memory.readTop || 0;
      reasons.scrollTop = memory.whyTop || 0;
    } else if (target) {
      memory.whyTop = 0;
      if (matchMedia("(max-width: 760px)").matches) panel.scrollIntoView({ block: "start" });
      else box.scrollTop = Math.max(0, target.offsetTop - box.offsetTop - 96);
    }
    memory.read = data.reader.key;
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
    const views = { events: eventList, not_plotted: unplottedList, filters: filterList, articles: articlesView };
    panel.append(tabBar(data, act), views[data.tab](data, act, memory, again));
  }
  panel.append(toldBar(data, act));
  root.replaceChildren(panel);
  settleScroll(panel, data, memory);
  const asked = memory.focus && panel.querySelector(`[data-editor="${memory.focus}"] :is(input, textarea, button)`);
  memory.focus = null;
  if (asked) {
    asked.focus();
    asked.closest("[data-editor]").scrollIntoView({ block: "nearest" });
    return;
  }
  const found = mark && [...panel.querySelectorAll(`[data-${mark}]`)].find((node) => node.dataset[mark] === value);
  if (!found) return;
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
  const act = (kind, values) => setTriggerValue("act", { kind, ...values });
  memories.get(root).shown = { data, act };
  draw(root, data, act, memories.get(root));
  root.onkeydown = (event) => { if (event.key === "Escape" && data.reader) act("close", {}); };
}
