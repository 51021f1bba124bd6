/* A picture of the map as it stands: title, window, map, time bar, legend, credits and the day it was made. Drawn anew at
   the asked size, on a canvas or as SVG; nothing is asked of anyone. */
(function (TM) {
  "use strict";

  const { days, TYPES, TYPE_COUNT, FONTS } = TM;
  const EDGE = 24; // pixels
  const BAR = 64, YEARS = 18;
  const TITLE = '600 22px "Plex Serif", Georgia, serif', NOTE = '400 13px "Plex Serif", Georgia, serif';
  const TEXT = '400 13px "Plex", sans-serif', SMALL = '400 11px "Plex", sans-serif';
  const CELL = 205; // pixels of a type in the legend
  const DAY = 176, SWATCH = 22; // pixels of "Control on 30 Sep 2022", and of a holder's tint
  const BORDERS = "Borders follow the UN General Assembly; disputed ones are dashed. Base map: Natural Earth.";
  const FACES = [
    ["Plex", "400", "normal", "sans-latin-400-normal"], ["Plex", "600", "normal", "sans-latin-600-normal"],
    ["Plex Cond", "500", "normal", "sans-condensed-latin-500-normal"],
    ["Plex Serif", "400", "normal", "serif-latin-400-normal"], ["Plex Serif", "600", "normal", "serif-latin-600-normal"],
    ["Plex Serif", "400", "italic", "serif-latin-400-italic"],
  ];
  const GLYPH = 34; // pixels around the words of a way to be drawn: its circle, and the gap to the next
  const WAYS = [["firm", "reported in the window"], ["poss", "possibly: vague date"], ["claim", "claimed"], ["weak", "weaker tie"], ["", "area is the count; the rim is by type"]];
  const MOST = 16000; // pixels of a side: beyond, browsers give an empty canvas

  const number = (count) => Math.round(count).toLocaleString("en");

  function wrapped(context, text, font, width) {
    const lines = [];
    context.font = font;
    for (const word of text.split(" ")) {
      const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
      if (lines.length && context.measureText(longer).width <= width) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  }

  function write(context, text, x, y, font, fill, align = "left") {
    Object.assign(context, { font, fillStyle: fill, textAlign: align, textBaseline: "middle" });
    context.fillText(text, x, y);
  }

  /** Where everything stands; the height does not depend on the window, so that a film keeps its size. */
  function layout(context, app, { title, note, credit }) {
    const { x: width, y: tall } = app.map.getSize(), inner = width - 2 * EDGE;
    const titles = wrapped(context, title, TITLE, inner), notes = note ? wrapped(context, note, NOTE, inner) : [];
    const held = app.control && app.control.isPublished() ? app.control : null;
    const drawn = held ? `Control areas: ${held.credit.textContent || "a file of whoever made this"}.` : "";
    const credits = [credit, drawn, BORDERS].filter(Boolean).flatMap((text) => wrapped(context, text, SMALL, inner));
    context.font = SMALL;
    const wide = (words, beside) => context.measureText(words).width + beside, lines = (flown) => (flown.length ? flown[flown.length - 1].row + 1 : 0);
    const holders = held ? flowing(held.holders.map(({ name }) => wide(name, SWATCH + 28)), inner, DAY) : [];
    const ways = flowing(WAYS.map(([kind, words]) => wide(words, kind ? GLYPH : 0)), inner, 0);
    const columns = Math.max(1, Math.floor(inner / CELL));
    const map = EDGE + 28 * titles.length + 22 + 18 * notes.length + 8, bar = map + tall + 14;
    const legend = bar + BAR + YEARS + 16, how = legend + 22 * Math.ceil(TYPE_COUNT / columns);
    const areas = how + 20 * lines(ways) + 4, foot = areas + 6 + 20 * lines(holders), height = foot + 16 * credits.length + EDGE - 8;
    return { width, tall, inner, titles, notes, credits, columns, map, bar, legend, how, ways, holders, areas, foot, height };
  }

  /** Where each of some things stands that are so `wides` in pixels, in rows of `inner`: `[{x, row}]`; the first row begins
      at `x`. */
  function flowing(wides, inner, x) {
    let row = 0;
    return wides.map((wide) => {
      if (x > 0 && x + wide > inner) [x, row] = [0, row + 1];
      const here = { x, row };
      x += wide;
      return here;
    });
  }

  function countLine({ view, counts }) {
    const { n, articles } = counts.total, window_ = view.isWhole() ? "All of the time" : days.span(view.from, view.to);
    const how = { cumulative: ", up to its last day", day: ", these days in every year" }[view.mode] || "";
    const axis = view.axis === "reported" ? "published" : "reported";
    const told = `${window_}${how}: ${number(n)} ${axis} ${n === 1 ? "event" : "events"}`;
    return counts.grid ? told : `${told} in ${number(articles)} ${articles === 1 ? "article" : "articles"}`;
  }

  /** What the map is drawn of, lowest first, but for event data of others, some of which may not be passed on, and control
      areas of which their file says the same. */
  function layersOf({ map, control }) {
    const found = [], level = (layer) => +map.getPane(layer.options.pane).style.zIndex;
    const goes = (layer) => !(layer instanceof TM.OverlayCanvas) && (!(layer instanceof TM.ControlLayer) || control.isPublished());
    map.eachLayer((layer) => layer instanceof TM.CanvasLayer && goes(layer) && found.push(layer));
    return found.sort((a, b) => level(a) - level(b));
  }

  /** Draw the layers anew. Names take the room of the cards, which are not in the picture, and stay on the map as they were. */
  function drawLayers(context, app, ratio) {
    const { covered, marks, areas } = app, remembered = new Map(marks.placer.remembered), layers = layersOf(app);
    app.covered = [];
    for (const layer of layers) {
      const own = layer.ratio;
      layer.ratio = ratio;
      forgetPatterns(app);
      areas.waterKey = null;
      context.save();
      layer.draw(context, layer._bounds);
      context.restore();
      layer.ratio = own;
    }
    forgetPatterns(app);
    areas.waterKey = null;
    app.covered = covered;
    marks.placer.remembered = remembered;
  }

  /** Hatches and dots are made for one context and one scale. */
  function forgetPatterns({ areas, control }) {
    areas.patterns.clear();
    if (control) control.layer.patterns.clear();
  }

  /** Let the layers be as they were: what they remember of their last drawing is of the map again. */
  function settle(app) {
    for (const layer of layersOf(app)) layer.redraw();
  }

  /** Draw what the layers show at this moment. */
  function copyLayers(context, app) {
    for (const layer of layersOf(app)) {
      const { x, y } = layer._bounds.min, size = layer._bounds.getSize();
      context.drawImage(layer._container, x, y, size.x, size.y);
    }
  }

  function drawMap(context, app, { width, tall, map: top }, palette, drawn) {
    const { x, y } = app.map.containerPointToLayerPoint([0, 0]);
    context.save();
    context.beginPath();
    context.rect(0, top, width, tall);
    context.clip();
    context.fillStyle = palette.sea;
    context.fillRect(0, top, width, tall);
    context.save();
    context.translate(-x, top - y);
    drawn(context);
    context.restore();
    const scale = app.node.stage.querySelector(".leaflet-control-scale-line");
    if (scale) {
      const long = scale.offsetWidth, at = top + tall - 12;
      context.strokeStyle = palette.mute;
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(14, at - 5);
      context.lineTo(14, at);
      context.lineTo(14 + long, at);
      context.lineTo(14 + long, at - 5);
      context.stroke();
      write(context, scale.textContent, 18, at - 8, SMALL, palette.mute);
    }
    context.restore();
  }

  function drawBar(context, { bar, view }, place, palette) {
    const { edges, firm, vague } = bar.bins, left = EDGE, top = place.bar;
    const axis = new TM.TimeAxis(bar.domain, place.inner, bar.axis().folds), x = (day) => left + axis.x(day);
    edges.slice(0, -1).forEach((edge, bin) => {
      const x0 = x(edge), wide = Math.max(0.8, x(edges[bin + 1]) - x0 - 0.6);
      let y = top + BAR;
      for (const [stack, alpha] of [[firm, 1], [vague, 0.34]]) {
        context.globalAlpha = alpha;
        for (let type = 0; type < TYPE_COUNT; type++) {
          const high = (stack[bin * TYPE_COUNT + type] / bar.most) * (BAR - 8);
          if (high < 0.05) continue;
          context.fillStyle = palette.types[type];
          context.fillRect(x0, y - high, wide, high);
          y -= high;
        }
      }
      context.globalAlpha = 1;
    });
    const from = Math.max(x(view.from), left), to = Math.min(x(view.to + 1), left + place.inner);
    context.fillStyle = palette.veil;
    if (view.mode !== "day") {
      if (view.mode !== "cumulative") context.fillRect(left, top, Math.max(0, from - left), BAR);
      context.fillRect(to, top, Math.max(0, left + place.inner - to), BAR);
      context.fillStyle = palette.ink;
      if (to > from) context.fillRect(view.mode === "cumulative" ? left : from, top, to - (view.mode === "cumulative" ? left : from), 2);
    }
    context.fillStyle = palette.rule2;
    for (const part of axis.stretches) context.fillRect(left + part.x, top + BAR - 1, part.wide, 1);
    context.save();
    context.translate(left, top);
    TM.drawBreaks(context, axis, BAR, palette);
    context.restore();
    for (const part of axis.parts) drawYears(context, axis, part, left, top + BAR + 10, palette);
  }

  function drawYears(context, axis, { from, to, x, wide, fold }, left, y, palette) {
    if (fold) {
      write(context, TM.foldWords(fold).years, left + x + wide / 2, y, SMALL, palette.mute, "center");
      return;
    }
    const span = axis.span / 365.25, step = [1, 2, 5, 10, 20, 50, 100].find((years) => span / years <= 14) || 200;
    for (let year = Math.ceil(days.year(from) / step) * step; year <= days.year(to); year += step) {
      const at = axis.x(days.of(year, 0, 1));
      if (at >= x - 1 && at + 24 < x + wide + (to === axis.last ? EDGE : 0)) write(context, String(year), left + at, y, SMALL, palette.mute);
    }
  }

  function drawLegend(context, app, place, palette) {
    const totals = app.counts.total.types;
    TYPES.forEach(({ label, glyph }, type) => {
      const x = EDGE + (type % place.columns) * CELL, y = place.legend + 22 * Math.floor(type / place.columns);
      context.save();
      context.translate(x, y - 7);
      context.scale(0.875, 0.875);
      context.fillStyle = context.strokeStyle = palette.types[type];
      for (const { d, stroked } of glyph) {
        context.lineWidth = 2.8;
        if (stroked) context.stroke(new Path2D(d));
        else context.fill(new Path2D(d));
      }
      context.restore();
      const on = (app.view.types >> type) & 1;
      write(context, `${label} ${on ? number(totals[type]) : "not shown"}`, x + 20, y, TEXT, on ? palette.ink : palette.mute);
    });
    place.ways.forEach(({ x: left, row }, at) => {
      const [kind, words] = WAYS[at], x = EDGE + 7 + left, y = place.how + 20 * row;
      if (!kind) {
        write(context, words, left ? x - 4 : EDGE, y, SMALL, palette.mute);
        return;
      }
      context.beginPath();
      context.arc(x, y, kind === "firm" || kind === "poss" ? 6 : 5.2, 0, 2 * Math.PI);
      context.fillStyle = context.strokeStyle = palette.mute;
      context.globalAlpha = kind === "poss" ? 0.36 : 1;
      context.lineWidth = 1.8;
      context.setLineDash(kind === "weak" ? [2, 1.8] : []);
      if (kind === "firm" || kind === "poss") context.fill();
      else context.stroke();
      context.setLineDash([]);
      context.globalAlpha = 1;
      write(context, words, x + 12, y, SMALL, palette.mute);
    });
  }

  /** Who holds what, on the last day of the window. */
  function drawHolders(context, { control, view }, { holders, areas }, palette) {
    if (!holders.length) return;
    control.layer.patterns.clear(); // those of the map are made for another context
    write(context, `Control on ${days.text(view.to)}`, EDGE, areas, SMALL, palette.ink);
    holders.forEach(({ x, row }, holder) => {
      const left = EDGE + x, y = areas + 20 * row;
      context.save();
      context.beginPath();
      context.rect(left, y - 6, SWATCH, 12);
      control.layer.tint(context, holder);
      context.restore();
      write(context, control.holders[holder].name, left + SWATCH + 8, y, SMALL, palette.ink);
    });
    control.layer.patterns.clear();
  }

  /** Compose everything; `drawn` draws the map itself. */
  function compose(context, app, place, drawn) {
    const palette = app.palette();
    context.fillStyle = palette.panel;
    context.fillRect(0, 0, place.width, place.height);
    let y = EDGE + 10;
    for (const line of place.titles) {
      write(context, line, EDGE, y, TITLE, palette.ink);
      y += 28;
    }
    write(context, countLine(app), EDGE, y, TEXT, palette.mute);
    y += 22;
    for (const line of place.notes) {
      write(context, line, EDGE, y, NOTE, palette.ink);
      y += 18;
    }
    drawMap(context, app, place, palette, drawn);
    drawBar(context, app, place, palette);
    drawLegend(context, app, place, palette);
    drawHolders(context, app, place, palette);
    const made = new Date(), today = `Made on ${days.text(Math.floor((made - made.getTimezoneOffset() * 60000) / 864e5))}.`;
    place.credits.forEach((line, index) => {
      const last = index === place.credits.length - 1;
      write(context, last ? `${line} ${today}` : line, EDGE, place.foot + 16 * index, SMALL, palette.mute);
    });
  }

  function scaled(app, words, scale) {
    const canvas = document.createElement("canvas"), context = canvas.getContext("2d"), place = layout(context, app, words);
    const fits = Math.min(scale, MOST / Math.max(place.width, place.height));
    canvas.width = 2 * Math.round((place.width * fits) / 2); // films need even sides
    canvas.height = 2 * Math.round((place.height * fits) / 2);
    context.setTransform(fits, 0, 0, fits, 0, 0);
    return { canvas, context, place, fits };
  }

  /** The faces of the text, within the file: whoever opens it need not have them. */
  async function faces() {
    const base = [...document.styleSheets].map(({ href }) => href).find((href) => href && href.includes("timemap.css"));
    const read = async ([family, weight, style, name]) => {
      const answer = await fetch(new URL(`fonts/ibm-plex-${name}.woff2`, base));
      const bytes = new Uint8Array(await answer.arrayBuffer());
      const text = btoa(bytes.reduce((letters, byte) => letters + String.fromCharCode(byte), ""));
      return `@font-face{font-family:"${family}";font-weight:${weight};font-style:${style};src:url(data:font/woff2;base64,${text})}`;
    };
    return (await Promise.all(FACES.map(read))).join("");
  }

  TM.picture = {
    /** Wait until the faces of the text are there: a canvas draws at once, in whatever font there is. */
    ready: () => Promise.allSettled([TITLE, NOTE, TEXT, SMALL].map((font) => document.fonts.load(font))),

    /** A canvas with the picture, `scale` pixels to each of the page's. `words`: {title, note, credit}. */
    canvas(app, words, scale) {
      const { canvas, context, place, fits } = scaled(app, words, scale);
      compose(context, app, place, (on) => drawLayers(on, app, fits));
      settle(app);
      return canvas;
    },

    png(app, words, scale) {
      const canvas = TM.picture.canvas(app, words, scale);
      return new Promise((resolve, reject) => {
        canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("This browser cannot draw a picture of that size."))), "image/png");
      });
    },

    async svg(app, words) {
      const style = await faces(), context = new TM.VectorContext(), native = window.Path2D;
      let place;
      window.Path2D = TM.VectorPath;
      try {
        place = layout(context, app, words);
        compose(context, app, place, (on) => drawLayers(on, app, 4));
      } finally {
        window.Path2D = native;
      }
      settle(app); // with native paths again
      return new Blob([context.svg(place.width, place.height, words.title, style)], { type: "image/svg+xml" });
    },

    /** What draws one frame after the other on the same canvas: {canvas, frame()}. */
    frames(app, words) {
      const { canvas, context, place } = scaled(app, words, 1);
      return { canvas, frame: () => compose(context, app, place, (on) => copyLayers(on, app)) };
    },
  };
})((window.TM = window.TM || {}));
