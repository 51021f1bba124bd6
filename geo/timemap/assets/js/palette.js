/* Types, glyphs and colours as the drawing code wants them, out of palette.json; and what makes elements of them. */
(function (TM) {
  "use strict";

  const { types, ...themes } = TM.PALETTE, kinds = Object.entries(types);

  /** The event types; order is fixed everywhere: stacking, arcs, chips, legend. Glyphs lie in a 16 x 16 box. */
  TM.TYPES = kinds.map(([id, { label, short, glyph }]) => ({ id, label, short, glyph }));
  TM.TYPE_COUNT = TM.TYPES.length;

  /** Colours by theme; `edges`: a darker rim where a type's own colour is too pale for the sea. */
  TM.PALETTES = Object.fromEntries(Object.entries(themes).map(([theme, { page, map }]) => {
    const edges = kinds.map(([, kind]) => (theme === "light" && kind.edge) || null);
    return [theme, { ...page, ...map, types: kinds.map(([, kind]) => kind[theme]), edges }];
  }));

  /** Call types by other names and draw them in other colours, as whoever brings data of their own asks for; for the whole
      page, whatever the number of its maps. */
  TM.dress = function (root, names, colours) {
    TM.TYPES.forEach((type, number) => {
      if (names[type.id]) type.label = type.short = names[type.id];
      const colour = colours[type.id];
      if (!colour) return;
      root.style.setProperty(`--t-${type.id}`, colour);
      for (const palette of Object.values(TM.PALETTES)) {
        palette.types[number] = colour;
        palette.edges[number] = null;
      }
    });
  };

  const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);

  /** How light a colour "#rrggbb" is (relative luminance, WCAG 2.2). */
  function light(colour) {
    const [red, green, blue] = [1, 3, 5].map((at) => linear(parseInt(colour.slice(at, at + 2), 16) / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  }

  /** What is written with on the colour of a type: of the two inks the one that stands out more. */
  TM.inkOn = function ({ types, ink, onInk }, type) {
    const contrast = (other) => Math.abs(Math.log(light(types[type]) / light(other)));
    return contrast(ink) > contrast(onInk) ? ink : onInk;
  };

  /** The sign of what was corrected by hand, in an 8 x 8 box. */
  TM.PENCIL = "M.5 7.5l.6-2.3L5.4.9l1.7 1.7-4.3 4.3zM6 .4c.5-.5 1.1-.3 1.5.1s.6 1 .1 1.5z";

  /** A number as it is written: 12,345. One writer for all: `toLocaleString` took an eighth of a frame of many numbers. */
  TM.grouped = new Intl.NumberFormat("en").format;

  const SVG = "http://www.w3.org/2000/svg";

  /** Make an SVG element with attributes. */
  TM.svg = function (tag, attributes, ...children) {
    const node = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes || {})) node.setAttribute(name, value);
    node.append(...children);
    return node;
  };

  /** Make an HTML element: `h("b.name", {title: "x"}, "text", child)`. Text always becomes a text node. */
  TM.h = function (tag, attributes, ...children) {
    const [name, ...classes] = tag.split(".");
    const node = document.createElement(name);
    if (classes.length) node.className = classes.join(" ");
    for (const [key, value] of Object.entries(attributes || {})) {
      if (typeof value === "function") node.addEventListener(key, value);
      else if (value === true) node.setAttribute(key, "");
      else if (value !== false && value != null) node.setAttribute(key, value);
    }
    node.append(...children.filter((child) => child != null && child !== false));
    return node;
  };

  /** The glyph of a type; `currentColor` is its colour in the stylesheet. */
  TM.glyph = function (type) {
    const shapes = TM.TYPES[type].glyph.map(({ d, stroked }) => TM.svg("path", stroked ? { d, class: "s" } : { d }));
    return TM.svg("svg", { viewBox: "0 0 16 16", class: `tm-glyph tm-t${type}`, "aria-hidden": "true" }, ...shapes);
  };

  /** A thin bar of shares by type. */
  TM.mixBar = function (counts) {
    const total = counts.reduce((sum, count) => sum + count, 0) || 1;
    const bar = TM.h("span.tm-mix", { "aria-hidden": "true" });
    counts.forEach((count, type) => {
      if (!count) return;
      const part = TM.h(`i.tm-bg${type}`);
      part.style.width = `${(count / total) * 100}%`;
      bar.append(part);
    });
    return bar;
  };

  /** The four leading types in words, each with its glyph. */
  TM.typeLine = function (counts) {
    const line = TM.h("span.tm-types");
    counts
      .map((count, type) => [Math.round(count), type])
      .filter(([count]) => count)
      .sort((a, b) => b[0] - a[0])
      .slice(0, 4)
      .forEach(([count, type]) => {
        line.append(TM.h("span", null, TM.glyph(type), `${TM.TYPES[type].short} ${TM.grouped(count)}`));
      });
    return line;
  };
})((window.TM = window.TM || {}));
