/* Counts instead of events. Where these are too many for a browser, the server counts them by place and time
   (geo/timemap/grid.py describes how) and the map asks anew once it rests: after a pan or a zoom for what lies in sight,
   after a release for counts that are exact at the window's edges. While something moves, what has come is drawn. */
(function (TM) {
  "use strict";

  const { days } = TM;
  const MARGIN = 0.5; // of the view's size: what is asked for on each side of it
  const NEEDED = 0.15; // of the view's size: what the canvases hold on each side of it
  const MOST_LEVEL = 18;
  const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

  TM.Grid = class {
    constructor(app) {
      this.app = app;
      const { data, areas, radii } = app.options;
      this.source = data && data.url ? { url: data.url, areas: areas && areas.url, radii } : null;
      this.pending = "";
      this.foreign = false; // what is drawn is of another filter than the page's
    }

    /** What the data that are drawn say of themselves; null where they are events. */
    get held() {
      return this.app.data.table.grid || null;
    }

    /** The page says where the data are: `{url, grid, areas, radii}`. */
    take(source) {
      const news = !this.source || source.url !== this.source.url;
      this.source = source;
      this.foreign = Boolean(source.grid && (this.foreign || news));
      if (!source.grid) TM.renew(this.app, source);
      else if (news || !this.held) this.ask(this.part(MARGIN));
      else this.sync();
    }

    /** Ask for what the view needs and has not. */
    sync() {
      if (this.held && this.source && !this.covers(this.part(NEEDED))) this.ask(this.part(MARGIN));
    }

    /** What is looked at, with so much of the view's size beside it: `{level, tiles, axis, window, mode}`. */
    part(beside) {
      const { map, view } = this.app, level = clamp(Math.ceil(map.getZoom()), 0, MOST_LEVEL), around = 2 ** level;
      const bounds = map.getBounds().pad(beside), tile = (share) => Math.floor(share * around);
      const rows = [bounds.getNorth(), bounds.getSouth()].map((lat) => clamp(tile(TM.mercatorY(lat)), 0, around - 1));
      const west = tile(TM.mercatorX(bounds.getWest())), east = tile(TM.mercatorX(bounds.getEast()));
      const turn = Math.floor(west / around) * around, whole = east - west >= around - 1;
      const tiles = whole ? [0, rows[0], around - 1, rows[1]] : [west - turn, rows[0], east - turn, rows[1]];
      return { level, tiles, axis: view.axis, window: view.isWhole() ? null : [view.from, view.to], mode: view.mode };
    }

    /** Whether what is drawn holds a part, with the counts that its window needs. */
    covers({ level, tiles, axis, window: wanted, mode }) {
      const { held } = this, around = 2 ** level;
      if (held.axis !== axis || !this.exactFor(wanted, mode)) return false;
      if (!held.tiles) return level <= held.level;
      if (held.level !== level) return false;
      const [west, north, east, south] = held.tiles, length = tiles[2] - tiles[0], offset = (((tiles[0] - west) % around) + around) % around;
      const across = east - west >= around - 1 || offset + length <= east - west;
      return across && tiles[1] >= north && tiles[3] <= south;
    }

    exactFor(wanted, mode) {
      const { held } = this;
      if (held.bin === "day" || !wanted) return true;
      return Boolean(held.window) && held.window.join() === wanted.join() && (held.mode === "day") === (mode === "day");
    }

    /** The stretch of time that is counted whole at the window's edges now; null where every number is exact. */
    rough() {
      const { view } = this.app;
      if (!this.held || this.exactFor(view.isWhole() ? null : [view.from, view.to], view.mode)) return null;
      return this.held.bin;
    }

    /** Whether what is drawn was counted by other days or another filter than are looked at now. */
    late() {
      return Boolean(this.held) && (this.foreign || this.held.axis !== this.app.view.axis);
    }

    async ask({ level, tiles, axis, window: wanted, mode }) {
      const { app, source } = this, parts = { level, tiles: tiles.join(), axis };
      if (wanted) Object.assign(parts, { window: wanted.map(days.iso).join(), mode });
      const url = `${source.url}${source.url.includes("?") ? "&" : "?"}${new URLSearchParams(parts)}`;
      if (url === this.pending) return;
      this.pending = url;
      const fault = await TM.renew(app, { ...source, url });
      if (this.pending !== url) return;
      this.pending = "";
      if (!fault && this.foreign) {
        this.foreign = false;
        app.transport.sync();
      }
    }
  };
})((window.TM = window.TM || {}));
