/* The seven event types and the two colour sets. Order is fixed everywhere: stacking, arcs, chips, legend.
   The colours are told apart at full-strength colour blindness; a glyph or a word goes with every one. */
(function (TM) {
  "use strict";

  /** Glyphs are drawn in a 16 x 16 box; class "s" marks stroked paths. */
  TM.TYPES = [
    { id: "battle", label: "Battle", glyph: [["M3 3l10 10M13 3 3 13", "s"]] },
    {
      id: "explosion",
      label: "Explosion",
      glyph: [
        ["M8 0l1.5 4.4L13.7 2.3 11.6 6.5 16 8l-4.4 1.5 2.1 4.2-4.2-2.1L8 16l-1.5-4.4-4.2 2.1 2.1-4.2L0 8l4.4-1.5L2.3 2.3l4.2 2.1z"],
      ],
    },
    {
      id: "violence_against_civilians",
      label: "Violence against civilians",
      short: "Civilians",
      glyph: [["M8 1.3a3.1 3.1 0 1 0 .01 0z"], ["M2 15c0-4 2.5-6.4 6-6.4s6 2.4 6 6.4z"]],
    },
    { id: "protest", label: "Protest", glyph: [["M3 1.5h10.5v7H5V15H3z"]] },
    { id: "riot", label: "Riot", glyph: [["M10.2.5 2.8 9h4L5.6 15.5 13.4 6.6H9z"]] },
    {
      id: "strategic_development",
      label: "Strategic development",
      short: "Strategic",
      glyph: [["M2.5 3 7.5 8l-5 5M8 3l5 5-5 5", "s"]],
    },
    { id: "political", label: "Political", glyph: [["M1.5 2.5h13v8.6H8.4L4.6 14.6v-3.5H1.5z"]] },
  ];
  TM.TYPE_COUNT = TM.TYPES.length;

  TM.PALETTES = {
    light: {
      types: ["#c92a0e", "#c97811", "#6e1d42", "#3f96ab", "#41724c", "#0b3d7c", "#814a9f"],
      land: "#f4f1ea", sea: "#dfe6e9", lake: "#dfe6e9", river: "#cbd6da",
      border: "#a79f92", coast: "#b9bfc0", admin: "#d8d2c6",
      ink: "#1d2126", mute: "#62605a", town: "#6a6760", seaLabel: "#566c75",
      bg: "#fbfaf7", panel: "#fffefb", rule: "#e4dfd5", rule2: "#cfc9bd",
      veil: "rgba(255,254,251,.68)", halo: "#fbfaf7", labelHalo: "rgba(244,241,234,.86)", onInk: "#ffffff",
      seaTint: "40",
    },
    dark: {
      types: ["#f1503f", "#ffa320", "#b85fa6", "#86eef7", "#84b58d", "#557af3", "#cf9df8"],
      land: "#262b30", sea: "#171b1f", lake: "#171b1f", river: "#1b2126",
      border: "#5d666e", coast: "#3b434a", admin: "#363d44",
      ink: "#eceae5", mute: "#a5a39c", town: "#a19f98", seaLabel: "#7d8f98",
      bg: "#14171a", panel: "#191d21", rule: "#2b3137", rule2: "#424a52",
      veil: "rgba(25,29,33,.7)", halo: "#14171a", labelHalo: "rgba(38,43,48,.86)", onInk: "#14171a",
      seaTint: "4d",
    },
  };

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
    const shapes = TM.TYPES[type].glyph.map(([d, stroked]) => TM.svg("path", stroked ? { d, class: "s" } : { d }));
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
        const { short, label } = TM.TYPES[type];
        line.append(TM.h("span", null, TM.glyph(type), `${short || label} ${count.toLocaleString("en")}`));
      });
    return line;
  };
})((window.TM = window.TM || {}));
