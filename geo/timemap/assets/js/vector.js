/* Vector tiles (MVT) of a file of the user's own, in the manner of the base map: water, built-up land, buildings, railways
   and roads lie over its land. Their borders and names are left out: those on this map follow its own worldview. */
(function (TM) {
  "use strict";

  const WATER = /^(water|ocean|lakes?)/, STREAM = /^(waterway|rivers?|water_?lines?|physical_line)/;
  const ROAD = /^(roads?|transportation|streets?|highways?)$/, BUILT = /^buildings?$/, LAND = /^(landuse|landcover|urban|built)/;
  const URBAN = /residential|commercial|industrial|urban|built|suburb|neighbourhood|retail|allotments/;
  const RAIL = /rail|subway|tram|transit|light_rail/, PATH = /path|track|footway|pedestrian|cycleway|steps|ferry|aerialway|pier/;
  const MAJOR = /motorway|trunk|highway/, MIDDLE = /primary|secondary|major/;

  /** Read protocol buffers: `fields(bytes)` gives `[number, value]`, where bytes are subarrays and numbers numbers. */
  function* fields(bytes) {
    let at = 0;
    const varint = () => {
      let value = 0, factor = 1, byte;
      do {
        if (at >= bytes.length) throw new Error("a tile ends too early");
        byte = bytes[at++];
        value += (byte & 127) * factor;
        factor *= 128;
      } while (byte > 127);
      return value;
    };
    while (at < bytes.length) {
      const key = varint(), kind = key & 7;
      let value;
      if (kind === 0) value = varint();
      else if (kind === 2) {
        const length = varint();
        value = bytes.subarray(at, at + length);
        at += length;
      } else if (kind === 1 || kind === 5) {
        const length = kind === 1 ? 8 : 4;
        value = bytes.subarray(at, at + length);
        at += length;
      } else throw new Error("a tile is damaged");
      yield [Math.floor(key / 8), value];
    }
  }

  /** All numbers of a packed field. */
  function packed(bytes) {
    const values = [];
    let value = 0, factor = 1;
    for (const byte of bytes) {
      value += (byte & 127) * factor;
      factor *= 128;
      if (byte > 127) continue;
      values.push(value);
      [value, factor] = [0, 1];
    }
    return values;
  }

  const text = (bytes) => new TextDecoder().decode(bytes);
  const zigzag = (value) => (value % 2 ? -(value + 1) / 2 : value / 2);

  /** The layers of a tile: `[{name, extent, features: [{kind, lines, tags}]}]`; `kind` 2 lines, 3 polygons; a line is a flat
      list of coordinates. Only texts are kept of the tags: what says which sort of thing it is. */
  TM.decodeTile = function (buffer) {
    const layers = [];
    for (const [number, bytes] of fields(new Uint8Array(buffer))) {
      if (number !== 3) continue;
      const layer = { name: "", extent: 4096, features: [] }, keys = [], values = [], raw = [];
      for (const [field, value] of fields(bytes)) {
        if (field === 1) layer.name = text(value);
        else if (field === 2) raw.push(value);
        else if (field === 3) keys.push(text(value));
        else if (field === 4) values.push(word(value));
        else if (field === 5) layer.extent = value;
      }
      layer.features = raw.map((one) => feature(one, keys, values)).filter(({ kind }) => kind > 1);
      layers.push(layer);
    }
    return layers;
  };

  function word(bytes) {
    for (const [field, value] of fields(bytes)) if (field === 1) return text(value);
    return "";
  }

  function feature(bytes, keys, values) {
    let kind = 0, geometry = [], tags = [];
    for (const [field, value] of fields(bytes)) {
      if (field === 2) tags = packed(value);
      else if (field === 3) kind = value;
      else if (field === 4) geometry = packed(value);
    }
    const named = {};
    for (let at = 0; at + 1 < tags.length; at += 2) named[keys[tags[at]]] = values[tags[at + 1]];
    return { kind, lines: kind > 1 ? linesOf(geometry) : [], tags: named };
  }

  function linesOf(geometry) {
    const lines = [];
    let line = null, x = 0, y = 0;
    for (let at = 0; at < geometry.length;) {
      const command = geometry[at] & 7, count = Math.floor(geometry[at++] / 8);
      if (command === 7) {
        if (line) line.push(line[0], line[1]);
        continue;
      }
      for (let step = 0; step < count && at + 1 < geometry.length; step++, at += 2) {
        x += zigzag(geometry[at]);
        y += zigzag(geometry[at + 1]);
        if (command === 1) lines.push((line = []));
        if (line) line.push(x, y);
      }
    }
    return lines;
  }

  /** How a feature is drawn: null for not at all. Higher `level` lies over lower. */
  TM.tileStyle = function (layer, { kind, tags }, colours, zoom) {
    const sort = [tags.kind, tags.class, tags.type, tags.highway, tags.kind_detail, tags.subclass].filter(Boolean).join(" ");
    if (kind === 3) {
      if (WATER.test(layer)) return { level: 2, fill: colours.lake };
      if (LAND.test(layer) && URBAN.test(sort || layer)) return { level: 1, fill: colours.admin, alpha: 0.45 };
      return BUILT.test(layer) && zoom >= 13 ? { level: 3, fill: colours.admin, alpha: 0.9 } : null;
    }
    if (WATER.test(layer) || STREAM.test(layer)) return { level: 4, stroke: colours.river, width: 1.1 };
    if (/^rail/.test(layer) || (ROAD.test(layer) && RAIL.test(sort))) return { level: 6, stroke: colours.border, width: 0.9, dash: [5, 2.5], alpha: 0.8 };
    if (!ROAD.test(layer) || PATH.test(sort)) return null;
    if (MAJOR.test(sort)) return { level: 8, stroke: colours.border, width: zoom >= 11 ? 2 : 1.3, alpha: 0.85 };
    if (MIDDLE.test(sort)) return { level: 7, stroke: colours.border, width: zoom >= 11 ? 1.3 : 0.9, alpha: 0.7 };
    return zoom >= 10 ? { level: 5, stroke: colours.border, width: 0.7, alpha: 0.45 } : null;
  };

  /** Draw the layers of a tile on a canvas of `size` pixels, `part` of it: `[shift x, shift y, factor]` of a coarser tile. */
  TM.drawTile = function (context, layers, { size, zoom, colours, part: [shiftX, shiftY, factor] }) {
    const wanted = [];
    for (const { name, extent, features } of layers) {
      for (const one of features) {
        const style = TM.tileStyle(name, one, colours, zoom);
        if (style) wanted.push({ style, one, scale: (size * factor) / extent });
      }
    }
    wanted.sort((a, b) => a.style.level - b.style.level);
    for (const { style, one, scale } of wanted) {
      context.beginPath();
      for (const line of one.lines) {
        for (let at = 0; at < line.length; at += 2) {
          const x = line[at] * scale - shiftX * size, y = line[at + 1] * scale - shiftY * size;
          if (at) context.lineTo(x, y);
          else context.moveTo(x, y);
        }
      }
      context.globalAlpha = style.alpha == null ? 1 : style.alpha;
      if (style.fill) {
        context.fillStyle = style.fill;
        context.fill("evenodd");
      } else {
        context.strokeStyle = style.stroke;
        context.lineWidth = style.width;
        context.lineJoin = "round";
        context.setLineDash(style.dash || []);
        context.stroke();
      }
      context.globalAlpha = 1;
    }
  };

  TM.VectorTiles = L.GridLayer.extend({
    /** `palette` gives the current colours; `failed` is called when a tile does not come or cannot be read. */
    initialize(url, palette, failed, options) {
      L.GridLayer.prototype.initialize.call(this, options);
      Object.assign(this, { url, palette, failed, decoded: new Map() });
    },
    createTile(coords, done) {
      const canvas = document.createElement("canvas"), size = this.getTileSize().x, ratio = Math.min(2, window.devicePixelRatio || 1);
      canvas.width = canvas.height = size * ratio;
      const deeper = Math.max(0, coords.z - this.options.last), factor = 2 ** deeper;
      const source = { z: coords.z - deeper, x: Math.floor(coords.x / factor), y: Math.floor(coords.y / factor) };
      const part = [coords.x - source.x * factor, coords.y - source.y * factor, factor];
      this.layersOf(source).then((layers) => {
        const context = canvas.getContext("2d");
        context.scale(ratio, ratio);
        TM.drawTile(context, layers, { size, zoom: coords.z, colours: this.palette(), part });
        done(null, canvas);
      }).catch((error) => {
        this.failed(error);
        done(error, canvas);
      });
      return canvas;
    },
    /** A tile of the file, fetched once while it is among the last hundred. */
    layersOf({ z, x, y }) {
      const key = `${z}/${x}/${y}`;
      if (!this.decoded.has(key)) {
        const coming = this.fetchTile(L.Util.template(this.url, { z, x, y }));
        coming.catch(() => this.decoded.delete(key));
        this.decoded.set(key, coming);
        if (this.decoded.size > 100) this.decoded.delete(this.decoded.keys().next().value);
      }
      return this.decoded.get(key);
    },
    async fetchTile(url) {
      const answer = await fetch(url);
      if (answer.status === 204) return []; // the file has nothing there
      if (!answer.ok) throw new Error(`${answer.status}`);
      return TM.decodeTile(await answer.arrayBuffer());
    },
  });
})((window.TM = window.TM || {}));
