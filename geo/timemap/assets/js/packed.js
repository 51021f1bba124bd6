/* Reading the packed columns that geo/timemap/packed.py writes (the format is described there), and other payloads. */
(function (TM) {
  "use strict";

  const ARRAYS = { u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, i4: Int32Array };
  TM.NO_PLACE = 0xffffffff;
  TM.NO_DAY = -2147483648;

  /** Fetch `{url}`, or take `{gzip: base64}` of a stand-alone file; gives the unpacked ArrayBuffer. */
  TM.load = async function (source) {
    if (source.gzip) return unzip(bytesOf(source.gzip));
    const response = await fetch(source.url, { credentials: "same-origin" });
    if (!response.ok) throw new Error(`${source.url}: the server answered ${response.status}. Reload the page.`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    // A server that names the content coding has it undone by the browser; one that does not leaves gzip's 1f 8b.
    return bytes[0] === 0x1f && bytes[1] === 0x8b ? unzip(bytes) : bytes.buffer;
  };

  function bytesOf(base64) {
    const letters = atob(base64), bytes = new Uint8Array(letters.length);
    for (let i = 0; i < bytes.length; i++) bytes[i] = letters.charCodeAt(i);
    return bytes;
  }

  async function unzip(bytes) {
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  }

  TM.parseJson = (buffer) => JSON.parse(new TextDecoder().decode(buffer));

  /** Decode packed events. Columns become typed arrays on the same buffer: nothing is copied. */
  TM.decode = function (buffer) {
    const view = new DataView(buffer);
    if (buffer.byteLength < 12 || view.getUint32(0, true) !== 0x50414d43) {
      throw new Error("These are not packed events. The map and its data may be of different versions: reload.");
    }
    const start = 12, length = view.getUint32(8, true);
    const table = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, start, length)));
    const base = (start + length + 7) & ~7;
    const data = { rows: table.rows, places: table.places, articles: table.articles, table, column: {} };
    for (const { name, type, offset, count } of table.columns) {
      data.column[name] = new ARRAYS[type](buffer, base + offset, count);
    }
    data.types = recode(data.column.type, table.types, TM.TYPES.map((type) => type.id));
    data.eventId = idReader(data);
    data.snippet = snippetReader(data);
    data.maskOf = idFinder(data);
    data.indexOf = (id) => data.maskOf([id]).indexOf(1);
    return data;
  };

  /** Renumber a column whose names are listed in another order than ours. */
  function recode(column, names, wanted) {
    const map = names.map((name) => wanted.indexOf(name));
    if (map.every((to, from) => to === from)) return column;
    return column.map((value) => map[value]);
  }

  function idReader({ column, table }) {
    if (table.ids) return (row) => table.ids[row];
    const hex = (number) => number.toString(16).padStart(8, "0");
    return (row) => hex(column.id_high[row]) + hex(column.id_low[row]);
  }

  /** Gives a function from ids to a mask over the rows: one pass, whatever the number of ids. */
  function idFinder({ rows, column, table }) {
    return function (ids) {
      const mask = new Uint8Array(rows);
      if (table.ids) {
        const wanted = new Set(ids);
        table.ids.forEach((id, row) => (mask[row] = wanted.has(id) ? 1 : 0));
        return mask;
      }
      const wanted = new Map(); // high half -> low halves: a 64-bit number does not fit a JavaScript one
      for (const id of ids) {
        if (!/^[0-9a-f]{16}$/.test(id)) continue;
        const high = parseInt(id.slice(0, 8), 16);
        if (!wanted.has(high)) wanted.set(high, []);
        wanted.get(high).push(parseInt(id.slice(8), 16));
      }
      for (let row = 0; row < rows; row++) {
        const lows = wanted.get(column.id_high[row]);
        if (lows && lows.includes(column.id_low[row])) mask[row] = 1;
      }
      return mask;
    };
  }

  function snippetReader({ column }) {
    if (!column.text) return () => "";
    const decoder = new TextDecoder();
    return (row) => {
      const start = column.snippet_start[row];
      return decoder.decode(column.text.subarray(start, start + column.snippet_length[row]));
    };
  }
})((window.TM = window.TM || {}));
