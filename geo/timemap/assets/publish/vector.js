/* A drawing context that writes SVG instead of pixels: what the map's layers draw on a canvas comes out as shapes and text.
   It knows of a 2D context what the layers use, and no more. */
(function (TM) {
  "use strict";

  const NATIVE = window.Path2D;
  const round = (number) => String(Math.round(number * 100) / 100);
  const escaped = (text) => String(text).replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`)
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
  const STATE = ["fillStyle", "strokeStyle", "lineWidth", "lineJoin", "globalAlpha", "font", "textAlign", "textBaseline", "letterSpacing", "dash", "matrix"];

  /** A path that remembers its commands; it stands in for Path2D while layers draw. */
  TM.VectorPath = class {
    constructor(d) {
      this.d = typeof d === "string" ? [d] : [];
    }

    moveTo(x, y) {
      this.d.push(`M${round(x)} ${round(y)}`);
    }

    lineTo(x, y) {
      this.d.push(`${this.d.length ? "L" : "M"}${round(x)} ${round(y)}`);
    }

    closePath() {
      this.d.push("Z");
    }

    arc(x, y, r, from, to) {
      const turn = to - from, at = (angle) => [x + r * Math.cos(angle), y + r * Math.sin(angle)];
      this.lineTo(...at(from)); // as on a canvas: from where the path has come
      const parts = Math.abs(turn) > 6.2 ? 2 : 1; // a whole circle has no one arc
      for (let part = 1; part <= parts; part++) {
        const [px, py] = at(from + (turn * part) / parts), large = Math.abs(turn) / parts > Math.PI ? 1 : 0;
        this.d.push(`A${round(r)} ${round(r)} 0 ${large} ${turn > 0 ? 1 : 0} ${round(px)} ${round(py)}`);
      }
    }

    rect(x, y, w, h) {
      this.d.push(`M${round(x)} ${round(y)}h${round(w)}v${round(h)}h${round(-w)}Z`);
    }

    roundRect(x, y, w, h, r) {
      const turn = (dx, dy) => `a${r} ${r} 0 0 1 ${dx} ${dy}`;
      this.d.push(`M${round(x + r)} ${round(y)}h${round(w - 2 * r)}${turn(r, r)}v${round(h - 2 * r)}${turn(-r, r)}h${round(2 * r - w)}${turn(-r, -r)}v${round(2 * r - h)}${turn(r, -r)}Z`);
    }

    addPath(other) {
      this.d.push(...other.d);
    }

    toString() {
      return this.d.join("");
    }
  };

  TM.VectorContext = class {
    constructor() {
      Object.assign(this, {
        fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, lineJoin: "miter", globalAlpha: 1, font: "400 10px sans-serif",
        textAlign: "left", textBaseline: "alphabetic", letterSpacing: "0px", dash: [], matrix: [1, 0, 0, 1, 0, 0],
        parts: [], defs: [], kept: [], groups: 0, path: new TM.VectorPath(),
      });
      this.measuring = document.createElement("canvas").getContext("2d");
    }

    save() {
      this.kept.push({ groups: this.groups, ...Object.fromEntries(STATE.map((name) => [name, this[name]])) });
      this.groups = 0;
    }

    restore() {
      this.parts.push("</g>".repeat(this.groups));
      Object.assign(this, this.kept.pop());
    }

    translate(x, y) {
      const [a, b, c, d, e, f] = this.matrix;
      this.matrix = [a, b, c, d, e + a * x + c * y, f + b * x + d * y];
    }

    scale(x, y) {
      const [a, b, c, d, e, f] = this.matrix;
      this.matrix = [a * x, b * x, c * y, d * y, e, f];
    }

    beginPath() {
      this.path = new TM.VectorPath();
    }

    moveTo(x, y) {
      this.path.moveTo(x, y);
    }

    lineTo(x, y) {
      this.path.lineTo(x, y);
    }

    closePath() {
      this.path.closePath();
    }

    arc(...circle) {
      this.path.arc(...circle);
    }

    rect(...box) {
      this.path.rect(...box);
    }

    roundRect(...box) {
      this.path.roundRect(...box);
    }

    setLineDash(dash) {
      this.dash = dash;
    }

    /** The attribute of the present transformation; the paths themselves stay in the layers' own numbers. */
    at() {
      return this.matrix.join() === "1,0,0,1,0,0" ? "" : ` transform="matrix(${this.matrix.map(round).join(" ")})"`;
    }

    colour(style, kind) {
      if (style && style.id) {
        style.use(this);
        return ` ${kind}="url(#${style.id})"`;
      }
      return ` ${kind}="${escaped(style)}"`;
    }

    opacity() {
      return this.globalAlpha === 1 ? "" : ` opacity="${round(this.globalAlpha)}"`;
    }

    /** The commands of a path; a native one can only be the pencil, which was made as the scripts were read. */
    commands(path) {
      return path instanceof NATIVE ? TM.PENCIL : String(path);
    }

    fill(given, rule) {
      const named = typeof given === "string" ? given : rule, path = this.commands(given && typeof given !== "string" ? given : this.path);
      if (!path) return;
      const even = named === "evenodd" ? ' fill-rule="evenodd"' : "";
      this.parts.push(`<path d="${path}"${this.colour(this.fillStyle, "fill")}${even}${this.opacity()}${this.at()}/>`);
    }

    stroke(given) {
      const path = this.commands(given || this.path);
      if (!path) return;
      const dash = this.dash.length ? ` stroke-dasharray="${this.dash.map(round).join(" ")}"` : "";
      const join = this.lineJoin === "miter" ? "" : ` stroke-linejoin="${this.lineJoin}"`;
      this.parts.push(`<path d="${path}" fill="none"${this.colour(this.strokeStyle, "stroke")} stroke-width="${round(this.lineWidth)}"${dash}${join}${this.opacity()}${this.at()}/>`);
    }

    fillRect(x, y, w, h) {
      this.parts.push(`<rect x="${round(x)}" y="${round(y)}" width="${round(w)}" height="${round(h)}"${this.colour(this.fillStyle, "fill")}${this.opacity()}${this.at()}/>`);
    }

    clip(given, rule) {
      const named = typeof given === "string" ? given : rule, path = this.commands(given && typeof given !== "string" ? given : this.path);
      const id = `clip${this.defs.length}`, even = named === "evenodd" ? ' clip-rule="evenodd"' : "";
      this.defs.push(`<clipPath id="${id}"><path d="${path}"${even}${this.at()}/></clipPath>`);
      this.parts.push(`<g clip-path="url(#${id})">`);
      this.groups++;
    }

    createRadialGradient(x0, y0, r0, x1, y1, r1) {
      const id = `shade${this.defs.length}`, stops = [];
      this.defs.push("");
      const slot = this.defs.length - 1;
      return {
        id,
        addColorStop: (offset, colour) => stops.push(`<stop offset="${offset}" stop-color="${colour.slice(0, 7)}" stop-opacity="${round(colour.length > 7 ? parseInt(colour.slice(7, 9), 16) / 255 : 1)}"/>`),
        use: () => {
          this.defs[slot] = `<radialGradient id="${id}" gradientUnits="userSpaceOnUse" fx="${round(x0)}" fy="${round(y0)}" fr="${round(r0)}" cx="${round(x1)}" cy="${round(y1)}" r="${round(r1)}">${stops.join("")}</radialGradient>`;
        },
      };
    }

    createPattern(tile) {
      const id = `hatch${this.defs.length}`, { width, height } = tile;
      this.defs.push("");
      const slot = this.defs.length - 1;
      let scale = 1;
      return {
        id,
        setTransform: ({ a }) => { scale = a; },
        use: () => {
          const [w, h] = [width * scale, height * scale].map(round);
          this.defs[slot] = `<pattern id="${id}" patternUnits="userSpaceOnUse" width="${w}" height="${h}"><image width="${w}" height="${h}" href="${tile.toDataURL()}"/></pattern>`;
        },
      };
    }

    measureText(text) {
      this.measuring.font = this.font;
      return this.measuring.measureText(text);
    }

    text(text, x, y, ink) {
      const [, italic, weight, size, family] = this.font.match(/^(italic )?(\d+) ([\d.]+)px (.+)$/);
      const anchor = { center: "middle", right: "end" }[this.textAlign] || "start";
      const low = this.textBaseline === "middle" ? y + 0.35 * size : y; // not every program knows where the middle is
      const spread = parseFloat(this.letterSpacing) ? ` letter-spacing="${this.letterSpacing}"` : "";
      this.parts.push(`<text x="${round(x)}" y="${round(low)}" font-family="${escaped(family)}" font-size="${size}" font-weight="${weight}"${italic ? ' font-style="italic"' : ""} text-anchor="${anchor}"${spread}${ink}${this.opacity()}${this.at()}>${escaped(text)}</text>`);
    }

    fillText(text, x, y) {
      this.text(text, x, y, this.colour(this.fillStyle, "fill"));
    }

    strokeText(text, x, y) {
      this.text(text, x, y, ` fill="none"${this.colour(this.strokeStyle, "stroke")} stroke-width="${round(this.lineWidth)}" stroke-linejoin="round"`);
    }

    /** The whole drawing; `style`: rules for its text. */
    svg(width, height, title, style) {
      const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
      const head = `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-label="${escaped(title)}"><title>${escaped(title)}</title>`;
      return `<?xml version="1.0" encoding="UTF-8"?>\n${head}<style>${style}</style><defs>${this.defs.join("")}</defs>${this.parts.join("\n")}</svg>\n`;
    }
  };
})((window.TM = window.TM || {}));
