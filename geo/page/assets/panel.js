/* The panel beside the map. Python decides what it shows (`data`); every click goes back as one `act`.
   All text arrives as data and enters the page through textContent: article text is never markup. */

/* Where to scroll to: the list keeps its place while its content stays the same; the reader shows the sentence. */
function settleScroll(panel, data, memory) {
  if (data.reader) {
    const box = panel.querySelector(".article");
    const target = panel.querySelector(".target, .sentence");
    if (target && memory.read !== data.reader.key) {
      if (matchMedia("(max-width: 760px)").matches) panel.scrollIntoView({ block: "start" });
      else box.scrollTop = Math.max(0, target.offsetTop - box.offsetTop - 96);
    }
    memory.read = data.reader.key;
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

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let root = parentElement.querySelector(".desk-root");
  if (!root) {
    root = element("div", "desk-root");
    parentElement.append(root);
    memories.set(root, {});
  }
  const memory = memories.get(root);
  const focused = parentElement.activeElement || document.activeElement;
  const focusKey = focused && focused.dataset && Object.entries(focused.dataset)[0];
  root.dataset.theme = data.theme;
  const act = (kind, values) => setTriggerValue("act", { kind, ...values });
  const panel = element("div", "panel");
  panel.setAttribute("role", "region");
  panel.setAttribute("aria-label", data.reader ? "Article" : "Reported events");
  if (data.reader) {
    readerView(data, act, panel);
  } else {
    const views = { events: eventList, not_plotted: unplottedList, filters: filterList };
    panel.append(tabBar(data, act), views[data.tab](data, act));
  }
  root.replaceChildren(panel);
  settleScroll(panel, data, memory);
  if (focusKey) {
    const again = [...panel.querySelectorAll(`[data-${focusKey[0]}]`)].find((node) => node.dataset[focusKey[0]] === focusKey[1]);
    if (again) again.focus({ preventScroll: true });
  }
  root.onkeydown = (event) => { if (event.key === "Escape" && data.reader) act("close", {}); };
}
