/* A notice of our own over the page: what a link asked for and did not get. It goes when it was read. */

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let root = parentElement.querySelector(".desk-root");
  if (!root) {
    root = element("div", "desk-root");
    parentElement.append(root);
  }
  root.dataset.theme = data.theme;
  const box = element("section", "notice");
  box.setAttribute("role", "status");
  const list = element("ul");
  for (const line of data.lines) list.append(element("li", "", line));
  const close = element("button", "dismiss", "Dismiss");
  close.type = "button";
  close.onclick = () => setTriggerValue("act", { kind: "noted" });
  box.append(element("h2", "", data.title), list, close);
  root.replaceChildren(box);
}
