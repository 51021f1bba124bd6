/* Reading the packed columns that geo/timemap/packed.py writes (the format is described there), and other payloads. */
(function (TM) {
  "use strict";

  const ARRAYS = { u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, i4: Int32Array };
  const MAGIC = 0x50414d43, VERSION = 2;
  const HEAD = 12; // bytes before the table
  const PATIENCE = 30000; // milliseconds without a byte before an answer that has begun counts as broken off
  TM.NO_PLACE = 0xffffffff;
  TM.NO_DAY = -2147483648;

  /** Fetch `{url}`, or take `{gzip: base64}` of a stand-alone file; gives the unpacked ArrayBuffer. */
  TM.load = async function (source) {
    if (source.gzip) return unzip(bytesOf(source.gzip));
    const bytes = await new Parcel(await answerOf(source.url), source.url).until(Infinity);
    return looksGzip(bytes) ? unzip(bytes) : bytes.slice().buffer;
  };

  /** The promise, or, where it has not settled after so many milliseconds, an error that says `what`. */
  TM.within = function (promise, milliseconds, what) {
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(what)), milliseconds);
    });
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
  };

  async function answerOf(url) {
    const response = await fetch(url, { credentials: "same-origin" });
    if (!response.ok) throw new Error(`${url}: the server answered ${response.status}. Reload the page.`);
    return response;
  }

  // A server that names the content coding has it undone by the browser; one that does not leaves gzip's 1f 8b.
  const looksGzip = (bytes) => bytes[0] === 0x1f && bytes[1] === 0x8b;

  /** Bytes that arrive one by one and lie in one array in the end. */
  class Parcel {
    constructor(response, url) {
      this.reader = response.body.getReader();
      this.url = url;
      this.bytes = new Uint8Array(0); // with room behind what has arrived
      this.size = 0;
    }

    /** Make room for all of it at once. */
    expect(length) {
      const room = new Uint8Array(length);
      room.set(this.bytes.subarray(0, Math.min(this.size, length)));
      this.bytes = room;
    }

    /** Give the bytes once `wanted` of them are there; all there are where that is Infinity. */
    async until(wanted) {
      while (this.size < wanted) {
        const { done, value } = await TM.within(this.reader.read(), PATIENCE, this.stalled());
        if (done && wanted === Infinity) break;
        if (done) throw new Error(`${this.url} broke off after ${this.size} bytes. Reload the page.`);
        if (this.size + value.length > this.bytes.length) this.expect(2 * (this.size + value.length));
        this.bytes.set(value, this.size);
        this.size += value.length;
      }
      return wanted === Infinity ? this.bytes.subarray(0, this.size) : this.bytes;
    }

    stalled() {
      return `${this.url} stands still after ${this.size} bytes. Reload the page.`;
    }

    async isGzip() {
      return looksGzip(await this.until(2));
    }
  }

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
    const length = tableEnd(new Uint8Array(buffer));
    return describe(buffer, tableOf(new Uint8Array(buffer, HEAD, length - HEAD)), padded(length));
  };

  /** Receive packed events from a source as `load` takes it. Gives the data once the first picture can be drawn from
      them; `data.rest` is settled when ids, publications and sentences have arrived as well, in the same arrays. */
  TM.receive = async function (source) {
    if (source.gzip) return TM.decode(await TM.load(source));
    const parcel = new Parcel(await answerOf(source.url), source.url);
    if (await parcel.isGzip()) return TM.decode(await unzip(await parcel.until(Infinity)));
    const length = tableEnd(await parcel.until(HEAD));
    const table = tableOf((await parcel.until(length)).subarray(HEAD, length)), base = padded(length);
    const { offset, count, type } = table.columns[table.columns.length - 1];
    parcel.expect(base + padded(offset + count * ARRAYS[type].BYTES_PER_ELEMENT));
    const { buffer } = await parcel.until(base + table.first);
    const data = describe(buffer, table, base);
    data.complete = false;
    data.rest = parcel.until(buffer.byteLength).then(() => {
      data.complete = true;
    });
    data.rest.catch(() => {}); // whoever waits for it hears of it
    return data;
  };

  const padded = (length) => (length + 7) & ~7;
  const tableOf = (bytes) => JSON.parse(new TextDecoder().decode(bytes));

  /** Where the table ends, in bytes from the start. */
  function tableEnd(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes.length < HEAD || view.getUint32(0, true) !== MAGIC || view.getUint32(4, true) !== VERSION) {
      throw new Error("These are not packed events. The map and its data may be of different versions: reload.");
    }
    return HEAD + view.getUint32(8, true);
  }

  function describe(buffer, table, base) {
    const { rows, places, articles } = table;
    const data = { rows, places, articles, table, column: {}, complete: true, rest: Promise.resolve() };
    for (const { name, type, offset, count } of table.columns) {
      data.column[name] = new ARRAYS[type](buffer, base + offset, count);
    }
    data.types = recode(data.column.type, table.types, TM.TYPES.map((type) => type.id));
    data.eventId = idReader(data);
    data.snippet = snippetReader(data);
    data.maskOf = idFinder(data);
    // Rows of counts: which are single events, and which places a cell stands for.
    data.isEvent = (row) => !data.column.count || Boolean(data.column.id_high && (data.column.id_high[row] || data.column.id_low[row]));
    data.idsOf = (place) => (table.members && table.members[place]) || [places.id[place]];
    data.othersOf = (list) => list.reduce((sum, place) => sum + (places.more ? places.more[place] : 0), list.length - 1);
    data.indexOf = (id) => data.maskOf([id]).indexOf(1);
    return data;
  }

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
      if (!table.ids && !column.id_high) return mask; // rows that are no single events
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
