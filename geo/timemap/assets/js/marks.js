/* The canvas of everything that follows the window: town marks and their clusters, names, badges of areas, selection. */
(function (TM) {
  "use strict";

  const { FONTS, TYPE_COUNT } = TM;
  const SMALLEST = 3.2, LARGEST = 34; // radius in pixels
  const HIT = 6; // pixels around a mark that still hit it
  const BADGE_FROM = 4, BADGE_NAME_FROM = 5; // zoom
  const MANY = 600; // places in sight: beyond, cells are drawn unless marks are asked for
  const NUMBER_FROM = 10, NUMBER_RADIUS = 12; // a number stands in a mark of so many events and so many pixels
  const usualAt = (zoom) => (zoom < 4 ? 2.5 : zoom < 5 ? 2.9 : zoom < 7 ? 3.2 : 3.6);
  const ROOM = 2.5; // pixels between a number and the rim
  const BIGGEST_CELL = 0.8, LEAST_CELL = 2; // of a cell's side, and pixels: the radius of a count within it

  TM.MarkLayer = TM.CanvasLayer.extend({
    includes: [TM.MarkNames, TM.MarkRings],

    initialize(data, labels, areas, state, options) {
      TM.CanvasLayer.prototype.initialize.call(this, options);
      Object.assign(this, { data, labels, areas, state });
      const { places } = data;
      this.points = places.id.map((_, place) => TM.mercator(places.lon[place], places.lat[place]));
      this.towns = [];
      places.precision.forEach((precision, place) => {
        if (precision === "town" || precision === "point") this.towns.push(place);
      });
      this.placer = new TM.Placer();
      this.dense = false; // cells instead of marks
      this.marks = [];
      this.badges = [];
      this.moving = false;
      this.namedPlaces = new Set();
    },

    onAdd(map) {
      TM.CanvasLayer.prototype.onAdd.call(this, map);
      map.on("zoomstart", () => this.placer.forget());
    },

    draw(context, bounds) {
      const counts = this.state.counts(), palette = this.state.palette();
      const [scale, dx, dy] = this.projection();
      const map = this._map, zoom = map.getZoom(), origin = map.containerPointToLayerPoint([0, 0]), size = map.getSize();
      const middle = this.middle();
      const frame = {
        context, counts, palette, zoom, bounds,
        at: ([x, y]) => ({ x: TM.near(x, middle) * scale + dx, y: y * scale + dy }),
        inCanvas: ({ x, y }) => x > bounds.min.x && x < bounds.max.x && y > bounds.min.y && y < bounds.max.y,
        view: { x0: origin.x + 6, y0: origin.y + 50, x1: origin.x + size.x - 6, y1: origin.y + size.y - 8 },
        sight: { x0: origin.x, y0: origin.y, x1: origin.x + size.x, y1: origin.y + size.y },
        late: [],
      };
      this.placer.clear();
      for (const { x0, y0, x1, y1 } of this.state.covered()) {
        this.placer.take(x0 + origin.x, y0 + origin.y, x1 + origin.x, y1 + origin.y);
      }
      this.marks = this.arrange(frame);
      if (this.dense) this.drawCells(frame);
      else for (const { x, y, r } of this.marks) this.placer.take(x - 0.8 * r, y - 0.8 * r, x + 0.8 * r, y + 0.8 * r);
      const lettered = this.state.lettered(), drawBadges = lettered ? this.nameFirst(frame) : [];
      if (lettered) for (const badge of this.badges) TM.drawLeader(frame, badge);
      if (!this.dense) this.drawMarks(frame);
      for (const mark of this.marks) if (mark.corrected) TM.drawPencil(context, mark, palette);
      if (lettered) this.nameRest(frame, drawBadges);
      this.drawRings(frame);
      if (this.state.ghost()) this.drawGhost(frame);
      this.state.drawn();
    },

    /** The smaller over the bigger; a facility over the town it lies in. */
    drawMarks({ context, palette }) {
      for (const mark of this.marks) if (!mark.diamond) TM.drawMark(context, mark, palette);
      for (const mark of this.marks) if (mark.members) TM.drawStack(context, mark, palette);
      for (const mark of this.marks) if (mark.diamond) TM.drawMark(context, mark, palette);
    },

    drawCells({ context, palette }) {
      const radius = (count) => this.scale.radius(count);
      for (const cell of this.marks) {
        TM.drawCell(context, cell, radius, palette);
        cell.number = TM.cellNumber(context, cell, radius);
        if (cell.number) this.placer.take(cell.x - cell.number.half, cell.number.y - 7, cell.x + cell.number.half, cell.number.y + 7);
      }
    },

    /** What gets room before all else: names of the biggest marks, of the base map, of areas. */
    nameFirst(frame) {
      this.named = 0;
      const kept = this.moving && this.placeBadges(frame); // they stay where they are, so names go round them
      this.nameMarks(frame, this.marks.slice(0, 5), 0); // the biggest have names, however small they are
      this.nameBase(frame);
      return kept || this.placeBadges(frame);
    },

    nameRest(frame, drawBadges) {
      this.writeCounts(frame);
      drawBadges.forEach((drawBadge) => drawBadge());
      this.nameMarks(frame, this.marks.slice(5), frame.zoom < 6 ? 4.4 : 2);
      if (frame.zoom >= 5) this.nameTowns(frame);
      frame.late.forEach((write) => write());
    },

    /** Marks or cells, at the scale at which the biggest of them fits. While the window moves the scale and the way of
        drawing stay, but for what would grow beyond them. */
    arrange(frame) {
      const { context, zoom } = frame, usual = usualAt(zoom), singles = this.place(frame), before = this.scale;
      if (!this.moving) {
        this.dense = this.wantsCells(singles, frame.sight);
        this.narrow = this.state.narrow(); // asked in each frame it would have the page laid out, which the bar has just changed
      }
      const [world, dx, dy] = this.projection(), side = this.dense ? TM.cellSide(world, this.narrow) : 0;
      const most = this.dense ? BIGGEST_CELL * side : LARGEST, least = this.dense ? LEAST_CELL : SMALLEST;
      const scale = this.scale = new TM.Scale({ usual, least, most });
      if (this.moving && before && before.most === most) scale.part = before.part;
      if (!singles.length) return singles;
      if (this.dense) {
        const cells = TM.cellsOf({ towns: singles.map(({ place }) => place), at: (place) => frame.at(this.points[place]), counts: frame.counts, side, corner: [dx, dy] });
        scale.fit(cells[0].n);
        return cells;
      }
      scale.fit(singles[0].n);
      const radius = (count) => scale.radius(count), half = (mark) => this.numberHalf(context, mark);
      let marks = TM.cluster(singles, radius, half);
      while (scale.fit(marks[0].n)) marks = TM.cluster(singles, radius, half);
      return marks;
    },

    wantsCells(singles, { x0, y0, x1, y1 }) {
      const asked = this.state.draw();
      if (asked !== "auto") return asked === "density";
      const inSight = singles.filter(({ x, y }) => x > x0 && x < x1 && y > y0 && y < y1).map(({ place }) => place);
      return this.data.othersOf(inSight) + 1 > MANY;
    },

    /** Half the width of the number that a mark holds; 0 where it has none or is too small for it. All digits count as one:
        marks are joined count after count, and to measure each of these took longer than all the rest of the drawing. */
    numberHalf(context, { n, r }) {
      if (n < NUMBER_FROM || r <= NUMBER_RADIUS) return 0;
      const half = TM.textWidth(context, TM.grouped(n).replace(/\d/g, "0"), FONTS.count) / 2;
      return half <= r - ROOM ? half : 0;
    },

    /** What each town and facility in the canvas has inside the window, most first. */
    place({ counts, at, inCanvas }) {
      const { places } = this.data, marks = [];
      for (const place of this.towns) {
        const n = counts.n[place];
        if (!n) continue;
        const point = at(this.points[place]);
        if (!inCanvas(point)) continue;
        marks.push({
          place, n, x: point.x, y: point.y,
          firm: counts.firm[place], poss: counts.poss[place], claim: counts.claim[place], weak: counts.weak[place],
          types: counts.byType.subarray(place * TYPE_COUNT, (place + 1) * TYPE_COUNT),
          lead: counts.leading[place], kinds: counts.kinds[place],
          diamond: places.precision[place] === "point",
          corrected: counts.corrected[place],
          members: null,
        });
      }
      return marks.sort((a, b) => b.n - a.n || a.place - b.place);
    },

    /** Find room for the badges of areas, busiest first; gives the functions that draw them, to be called over the marks.
        A few carry names; the others a count near their area, or nothing where that has no room: hovering tells. */
    placeBadges(frame) {
      this.badges = [];
      const { counts, zoom, at, view } = frame;
      if (zoom < BADGE_FROM) return [];
      const inView = this.areas.active().filter((area) => {
        const { x, y } = at([area.x, area.y]);
        return x > view.x0 && x < view.x1 && y > view.y0 - 44 && y < view.y1;
      });
      inView.sort((a, b) => counts.n[b.place] - counts.n[a.place] || a.place - b.place);
      if (!this.moving) this.namedPlaces = this.namedAreas(inView, zoom);
      return inView.map((area) => this.placeBadge(area, frame)).filter(Boolean);
    },

    /** The areas whose badges carry names: chosen when the window rests, so that names do not come and go in a drag. */
    namedAreas(areas, zoom) {
      if (zoom < BADGE_NAME_FROM) return new Set();
      const most = zoom < 6 ? 9 : zoom < 7 ? 16 : 40;
      return new Set(areas.filter(({ precision }) => precision === "region").slice(0, most).map(({ place }) => place));
    },

    placeBadge({ place, x, y, precision, formal, rings }, frame) {
      const { counts, at, view, context } = frame, anchor = at([x, y]), lit = this.state.isLit(place);
      const named = precision === "region" && (lit || this.namedPlaces.has(place));
      const name = named ? this.data.places.name[place] : "", count = TM.grouped(counts.n[place]);
      const nameWidth = name ? TM.textWidth(context, name, FONTS.badge) + 6 : 0;
      const w = nameWidth + TM.textWidth(context, count, FONTS.count) + 14, h = 19, key = `b${place}${named ? "n" : ""}`;
      const spots = TM.badgeSpots(anchor, w, h, view, named),
        last = this.placer.remembered.get(key);
      // While the window is dragged a badge stays where it was, even over a mark that grew under it.
      const kept = this.moving && spots[last];
      const spot = kept ? this.placer.use(key, spots, last) : this.placer.place(key, spots) || (lit && spots[0]);
      if (!spot) return null;
      const badge = { place, x: spot.x, y: spot.y, w, h, anchor, name, count, nameWidth, lit, dashed: !formal || !rings };
      badge.leader = precision === "region" && Math.hypot(spot.x - anchor.x, spot.y - anchor.y) > w / 2 + 6;
      this.badges.push(badge);
      return () => TM.drawBadge(frame, badge);
    },

    /** The count inside each mark that has room for it: no other mark lies over it. */
    writeCounts({ context, palette }) {
      for (const mark of this.marks) {
        if (mark.side) this.writeNumber(context, mark.number, mark.lead, palette);
        else if (mark.half) {
          const number = { text: TM.grouped(mark.n), within: TM.holdsNumber(mark), x: mark.x, y: mark.y + 0.5 };
          this.writeNumber(context, number, mark.lead, palette);
        }
      }
    },

    writeNumber(context, number, lead, palette) {
      if (!number) return;
      const { text, within, x, y } = number;
      if (!within) {
        TM.haloText(context, text, x, y, { font: FONTS.count, fill: palette.ink, halo: palette.halo });
        return;
      }
      context.font = FONTS.count;
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillStyle = TM.inkOn(palette, lead);
      context.fillText(text, x, y);
    },

    /** What stands under a layer point: {places, x, y} of a badge, a mark or an area; null where nothing does. */
    hit(point) {
      const badge = this.badges.find(({ x, y, w, h }) => {
        return Math.abs(point.x - x) < w / 2 + 2 && Math.abs(point.y - y) < h / 2 + 2;
      });
      if (badge) return { kind: "area", place: badge.place, places: [badge.place] };
      let best = null, nearest = HIT;
      for (const mark of this.marks) {
        const distance = Math.hypot(mark.x - point.x, mark.y - point.y) - mark.r;
        if (distance < nearest) [nearest, best] = [distance, mark];
      }
      if (best) return { kind: "mark", place: best.place, places: best.members || [best.place] };
      const area = this.areas.at(point);
      return area && { kind: "area", place: area.place, places: [area.place] };
    },
  });
})((window.TM = window.TM || {}));
