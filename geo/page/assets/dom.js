/* Building blocks of the page's own components. Everything that comes as data enters the page through textContent. */

const SVG = "http://www.w3.org/2000/svg";
const ARROW_LEFT = "M10 3 5 8l5 5";
const ARROW_RIGHT = "m6 3 5 5-5 5";
const ARROW_UP = "M8 13V3M4 7l4-4 4 4";
const ARROW_DOWN = "M8 3v10M4 9l4 4 4-4";
const CROSS = "M4 4l8 8M12 4l-8 8";

function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text != null) node.textContent = text;
  return node;
}

function shape(name, attributes) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

function arrow(path) {
  const svg = shape("svg", { viewBox: "0 0 16 16", class: "line", "aria-hidden": "true" });
  svg.append(shape("path", { d: path }));
  return svg;
}

/* Whether this browser's user writes the month before the day: 02/03/2022 is then the third of February. */
function monthFirst() {
  const order = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "numeric" }).formatToParts(new Date());
  return order.findIndex(({ type }) => type === "month") < order.findIndex(({ type }) => type === "day");
}

/* A type's glyph: `paths` come from our own palette, not from an article. */
function glyph(type, types, label) {
  const svg = shape("svg", { viewBox: "0 0 16 16", class: "glyph" });
  svg.style.color = `var(--t-${type})`;
  if (label) {
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
  } else {
    svg.setAttribute("aria-hidden", "true");
  }
  for (const [tag, attributes] of types[type].glyph) svg.append(shape(tag, attributes));
  return svg;
}

function pill({ key, label, count, pressed, type }, data, onclick) {
  const button = element("button", "pill");
  button.type = "button";
  button.dataset.key = key;
  if (type) button.append(glyph(type, data.types));
  button.append(element("span", "", label));
  if (count != null) button.append(element("b", "", count.toLocaleString("en")));
  button.setAttribute("aria-pressed", String(pressed));
  button.onclick = onclick;
  return button;
}

/* Solid: reported; ring: claimed; dotted ring: weaker tie. The same three inks as on the map. */
function statusBadge(row) {
  const badge = element("span", "badge");
  const svg = shape("svg", { viewBox: "0 0 10 10", "aria-hidden": "true" });
  const colour = `var(--t-${row.type})`;
  const ring = { cx: 5, cy: 5, r: 4, fill: "none", "stroke-width": 1.7 };
  const dot =
    row.tier === "B" ? shape("circle", { ...ring, "stroke-dasharray": "1.7 1.5" })
      : row.status === "reported" ? shape("circle", { cx: 5, cy: 5, r: 4.6 })
        : shape("circle", ring);
  dot.style[row.tier !== "B" && row.status === "reported" ? "fill" : "stroke"] = colour;
  svg.append(dot);
  badge.append(svg, element("span", "", row.status_text));
  return badge;
}
