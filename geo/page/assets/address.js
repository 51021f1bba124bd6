/* The address of the page and the browser's history. Python says which link a step has; a new step becomes an entry, the
   same step is written over. Back and Forward ask Python for the step that the entry names. */

const walks = new WeakMap();

function write(walk, data) {
  const { link, token, step, answers } = data, here = window.history.state;
  if (walk.token && walk.token !== token) {
    /* another session on the server (it was started anew): it is told where we are */
    walk.token = token;
    walk.ask();
    return;
  }
  walk.token = token;
  if (answers < walk.asked) return; /* an answer from before the last Back */
  const address = window.location.pathname + link, state = { token, step };
  const known = here && here.token === token;
  if (walk.gone || !known || here.step === step) {
    if (!known || here.step !== step || window.location.search !== link) window.history.replaceState(state, "", address);
    walk.gone = false;
  } else window.history.pushState(state, "", address);
}

/* What this browser saw last of a store. It is kept here and told to nobody else: the next visit, half an hour later or
   more, asks what changed since. Reloading the page is the same visit. */
const VISIT_ENDS = 30 * 60 * 1000;

function visited(walk, state) {
  const now = Date.now(), [store, seen] = state.split("/"), key = `conflict-map-visit-${store}`;
  try {
    const before = JSON.parse(window.localStorage.getItem(key) || "null") || {};
    const again = before.seen && now - before.at > VISIT_ENDS;
    const last = again ? { state: before.seen, at: before.at } : before.last || null;
    window.localStorage.setItem(key, JSON.stringify({ seen, at: now, last }));
    if (last && !walk.told && last.state !== seen) walk.act({ kind: "visited", ...last });
    walk.told = true;
  } catch { /* a browser that keeps nothing: every visit is the first */ }
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let walk = walks.get(parentElement);
  if (!walk) {
    walk = { asked: data.answers, gone: false, token: null };
    walks.set(parentElement, walk);
    walk.ask = () => {
      const { token, step } = window.history.state || {};
      walk.gone = true;
      walk.asked += 1;
      walk.act({ kind: "go", token, step, link: window.location.search, asked: walk.asked });
    };
    /* before Streamlit's own listener, which would run the page as it stands and write its link over this one */
    window.addEventListener("popstate", (event) => {
      if (!parentElement.isConnected) return;
      event.stopImmediatePropagation();
      walk.ask();
    }, { capture: true });
  }
  walk.act = (values) => setTriggerValue("act", values);
  write(walk, data);
  if (data.state) visited(walk, data.state);
}
