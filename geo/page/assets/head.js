/* The head of an embedded map: what it shows, whose it is, and the way to the whole of it. */

export default function (component) {
  const { data, parentElement } = component;
  let root = parentElement.querySelector(".desk-root");
  if (!root) {
    root = element("div", "desk-root");
    parentElement.append(root);
  }
  root.dataset.theme = data.theme;
  const bar = element("header", "head");
  const link = element("a", "", "Open the map");
  link.href = data.link;
  link.target = "_blank";
  link.rel = "noopener";
  bar.append(element("h1", "", data.title), element("p", "", data.credit), link);
  root.replaceChildren(bar);
}
