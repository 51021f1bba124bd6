/* The canvas of everything that follows the window: town marks and their clusters, names, badges of areas, selection. */
(function (TM) {
  "use strict";

  const { FONTS, TYPE_COUNT } = TM;
  const CLUSTER_BELOW = 6.5; // zoom
  const CLUSTER_REACH = 0.66; // of the two radii together
  const SMALLEST = 3.2, LARGEST = 30; // radius in pixels; the busiest place of all the data never passes the largest
  const HIT = 6; // pixels around a mark that still hit it
  const BADGE_FROM = 4, BADGE_NAME_FROM = 5; // zoom
  const scaleAt = (zoom) => (zoom < 4 ? 2.5 : zoom < 5 ? 2.9 : zoom < 7 ? 3.2 : 3.6);

  /** Pixels of radius for the square root of a count, at a zoom, given the busiest place of all. */
  TM.markScale = (zoom, largest) => Math.min(scaleAt(zoom), LARGEST / Math.sqrt(largest));

  TM.MarkLayer = TM.CanvasLayer.extend({
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
      const frame = {
        context, counts, palette, zoom, bounds,
        at: ([x, y]) => ({ x: x * scale + dx, y: y * scale + dy }),
        inCanvas: ({ x, y }) => x > bounds.min.x && x < bounds.max.x && y > bounds.min.y && y < bounds.max.y,
        view: { x0: origin.x + 6, y0: origin.y + 50, x1: origin.x + size.x - 6, y1: origin.y + size.y - 8 },
        late: [],
      };
      this.placer.clear();
      for (const { x0, y0, x1, y1 } of this.state.covered()) {
        this.placer.take(x0 + origin.x, y0 + origin.y, x1 + origin.x, y1 + origin.y);
      }
      this.marks = this.cluster(this.place(frame), frame);
      for (const { x, y, r } of this.marks) this.placer.take(x - 0.8 * r, y - 0.8 * r, x + 0.8 * r, y + 0.8 * r);
      const lettered = this.state.lettered(), drawBadges = lettered ? this.nameFirst(frame) : [];
      // The smaller over the bigger; a facility over the town it lies in.
      for (const mark of this.marks) if (!mark.diamond) TM.drawMark(context, mark, palette);
      for (const mark of this.marks) if (mark.diamond) TM.drawMark(context, mark, palette);
      for (const mark of this.marks) if (mark.corrected) TM.drawPencil(context, mark, palette);
      if (lettered) this.nameRest(frame, drawBadges);
      this.drawRings(frame);
      if (this.state.ghost()) this.drawGhost(frame);
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

    /** A mark for each town and facility with something inside the window, biggest first. */
    place({ counts, zoom, at, inCanvas }) {
      const k = TM.markScale(zoom, counts.largest), { places } = this.data, marks = [];
      for (const place of this.towns) {
        const n = counts.n[place];
        if (!n) continue;
        const point = at(this.points[place]);
        if (!inCanvas(point)) continue;
        marks.push({
          place, n, x: point.x, y: point.y,
          r: Math.max(SMALLEST, k * Math.sqrt(n)),
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

    /** At low zoom a mark that would cover a bigger one joins it. */
    cluster(marks, { zoom, counts }) {
      if (zoom >= CLUSTER_BELOW) return marks;
      const k = TM.markScale(zoom, counts.largest), cell = 2 * LARGEST * CLUSTER_REACH;
      const kept = [], cells = new Map();
      const key = (x, y) => Math.floor(x / cell) * 4096 + Math.floor(y / cell);
      for (const mark of marks) {
        let host = null;
        for (let i = -1; i <= 1 && !host; i++) {
          for (let j = -1; j <= 1 && !host; j++) {
            const near = cells.get(key(mark.x + i * cell, mark.y + j * cell));
            host = near && near.find((other) => {
              return Math.hypot(other.x - mark.x, other.y - mark.y) < (other.r + mark.r) * CLUSTER_REACH;
            });
          }
        }
        if (host) {
          join(host, mark);
          host.r = Math.min(LARGEST * 1.3, Math.max(SMALLEST, k * Math.sqrt(host.n)));
        } else {
          kept.push(mark);
          const at = key(mark.x, mark.y);
          if (cells.has(at)) cells.get(at).push(mark);
          else cells.set(at, [mark]);
        }
      }
      return kept.sort((a, b) => b.n - a.n || a.place - b.place);
    },

    /** A cluster goes by its busiest town, or by its busiest facility where it has no town. */
    nameOf({ place, members }) {
      const { places } = this.data;
      if (!members) return places.name[place];
      const { n } = this.state.counts();
      const rank = (member) => n[member] + (places.precision[member] === "town" ? 1e9 : 0);
      const best = members.reduce((a, b) => (rank(b) > rank(a) ? b : a));
      return `${places.name[best]} +${members.length - 1}`;
    },

    /** Name marks from the first on, those of at least so many pixels of radius, as many as the zoom bears. */
    nameMarks({ context, palette, zoom, late }, marks, least) {
      const most = zoom < 5 ? 8 : zoom < 6 ? 26 : 90;
      for (const mark of marks) {
        if (this.named >= most) return;
        if (mark.r < least) continue;
        const text = this.nameOf(mark), width = TM.textWidth(context, text, FONTS.town);
        const gap = mark.r + (this.isSelected(mark) ? 9 : 4), { x, y, r } = mark;
        const beside = [[x + gap, y, "left"], [x - gap, y, "right"], [x, y - r - 9, "center"], [x, y + r + 9, "center"]];
        const spot = this.placer.place(`m${mark.place}`, beside.map(([tx, ty, align]) => {
          const x0 = align === "left" ? tx : align === "right" ? tx - width : tx - width / 2;
          return { x0: x0 - 1, y0: ty - 7, x1: x0 + width + 1, y1: ty + 7, tx, ty, align };
        }));
        if (!spot) continue;
        this.named++;
        const style = { font: FONTS.town, fill: palette.ink, halo: palette.labelHalo, align: spot.align };
        late.push(() => TM.haloText(context, text, spot.tx, spot.ty, style));
      }
    },

    /** Countries, seas and first-level units give way to marks. */
    nameBase(frame) {
      const { palette, zoom } = frame, { countries, seas, admin1 } = this.labels;
      const shifts = [[0, 0], [0, -22], [0, 22], [34, 0], [-34, 0], [0, -44], [0, 44], [60, 30], [-60, -30]];
      for (const label of countries) {
        if (zoom < label[3] + 0.6 || zoom >= 8.5) continue;
        const style = { font: label[3] <= 3 ? FONTS.country : FONTS.small, fill: palette.mute, halo: palette.labelHalo };
        this.nameLine(frame, `c${label[4]}`, label.at, [label[0].toUpperCase()], shifts, style, 2);
      }
      const seaShifts = [[0, 0], [0, -26], [0, 26], [0, -52], [0, 52]];
      for (const label of seas) {
        if (zoom < label[3]) continue;
        const style = { font: FONTS.sea, fill: palette.seaLabel, halo: palette.sea };
        this.nameLine(frame, `s${label[0]}`, label.at, label[0].split("|"), seaShifts, style, 0);
      }
      if (zoom < 6) return;
      for (const label of admin1) {
        if (zoom < label[3]) continue;
        const style = { font: FONTS.small, fill: palette.mute, halo: palette.labelHalo };
        this.nameLine(frame, `a${label[0]}`, label.at, [label[0]], shifts.slice(0, 5), style, 0.6);
      }
    },

    nameLine({ context, at, inCanvas }, key, where, lines, shifts, style, spacing) {
      const point = at(where);
      if (!inCanvas(point)) return;
      const widest = Math.max(...lines.map((line) => TM.textWidth(context, line, style.font) + spacing * line.length));
      const half = widest / 2 + 5, tall = 8 * lines.length + 1;
      const spot = this.placer.place(key, shifts.map(([sx, sy]) => {
        const x = point.x + sx, y = point.y + sy;
        return { x0: x - half, y0: y - tall, x1: x + half, y1: y + tall, x, y };
      }));
      if (!spot) return;
      context.letterSpacing = `${spacing}px`;
      lines.forEach((line, number) => {
        TM.haloText(context, line, spot.x, spot.y + (number - (lines.length - 1) / 2) * 16, style);
      });
      context.letterSpacing = "0px";
    },

    /** Towns for orientation: a quiet dot and name where nothing stands. */
    nameTowns(frame) {
      const { context, palette, zoom, at, inCanvas } = frame;
      const style = { font: FONTS.small, fill: palette.town, halo: palette.labelHalo, align: "left" };
      for (const label of this.labels.towns) {
        if (label[3] > zoom - 0.5) break; // sorted by zoom
        const { x, y } = at(label.at);
        if (!inCanvas({ x, y }) || !this.placer.free(x - 4, y - 4, x + 4, y + 4)) continue;
        const width = TM.textWidth(context, label[0], FONTS.small);
        if (!this.placer.free(x + 4, y - 6, x + 7 + width, y + 6)) continue;
        this.placer.take(x - 3, y - 6, x + 7 + width, y + 6);
        context.beginPath();
        context.arc(x, y, 1.5, 0, 2 * Math.PI);
        context.fillStyle = palette.town;
        context.globalAlpha = 0.8;
        context.fill();
        context.globalAlpha = 1;
        TM.haloText(context, label[0], x + 5, y, style);
      }
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
      const name = named ? this.data.places.name[place] : "", count = counts.n[place].toLocaleString("en");
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

    /** The count inside a mark that is large enough and not covered. */
    writeCounts({ context, palette }) {
      for (const mark of this.marks) {
        if (mark.r <= 12 || mark.n <= 9) continue;
        const covered = this.marks.some((other) => {
          return other !== mark && Math.hypot(other.x - mark.x, other.y - mark.y) < other.r * 1.25 + 9;
        });
        if (covered) continue;
        const text = mark.n.toLocaleString("en");
        if (mark.firm > 0.3 * mark.n) {
          context.font = FONTS.count;
          context.textAlign = "center";
          context.textBaseline = "middle";
          context.fillStyle = palette.onInk;
          context.fillText(text, mark.x, mark.y + 0.5);
        } else {
          TM.haloText(context, text, mark.x, mark.y + 0.5, { font: FONTS.count, fill: palette.ink, halo: palette.halo });
        }
      }
    },

    isSelected(mark) {
      const selected = this.state.selected();
      return (mark.members || [mark.place]).some((place) => selected.has(place));
    },

    drawRings({ context, palette }) {
      const hovered = this.state.hovered();
      for (const mark of this.marks) {
        const chosen = this.isSelected(mark);
        if (!chosen && mark.place !== hovered) continue;
        context.strokeStyle = palette.ink;
        context.lineWidth = chosen ? 2.2 : 1.2;
        context.beginPath();
        context.arc(mark.x, mark.y, mark.r * (mark.diamond ? 1.22 : 1) + 4, 0, 2 * Math.PI);
        context.stroke();
      }
    },

    /** Where a runner-up would stand, with a dotted line to where the event stands. */
    drawGhost({ context, palette, at }) {
      const ghost = this.state.ghost(), { x, y } = at(TM.mercator(ghost.lng, ghost.lat));
      context.strokeStyle = palette.ink;
      context.lineWidth = 1.4;
      context.setLineDash([3, 3]);
      context.beginPath();
      context.arc(x, y, 13, 0, 2 * Math.PI);
      context.stroke();
      context.setLineDash([]);
      context.beginPath();
      context.moveTo(x - 5, y);
      context.lineTo(x + 5, y);
      context.moveTo(x, y - 5);
      context.lineTo(x, y + 5);
      context.stroke();
      for (const place of this.state.selected()) {
        const from = at(this.points[place]);
        context.setLineDash([2, 4]);
        context.beginPath();
        context.moveTo(from.x, from.y);
        context.lineTo(x, y);
        context.stroke();
        context.setLineDash([]);
      }
      const text = ghost.name ? `Would stand here: ${ghost.name}` : "Would stand here", width = TM.textWidth(context, text, FONTS.town) + 14;
      context.fillStyle = palette.ink;
      context.beginPath();
      context.roundRect(x - width / 2, y + 18, width, 20, 4);
      context.fill();
      context.fillStyle = palette.bg;
      context.font = FONTS.town;
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillText(text, x, y + 28.5);
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

  function join(host, mark) {
    if (!host.members) {
      host.members = [host.place];
      host.types = Uint32Array.from(host.types);
    }
    host.members.push(mark.place);
    for (const name of ["n", "firm", "poss", "claim", "weak", "corrected"]) host[name] += mark[name];
    mark.types.forEach((count, type) => (host.types[type] += count));
    host.kinds = host.types.reduce((kinds, count) => kinds + (count ? 1 : 0), 0);
    host.lead = host.types.indexOf(Math.max(...host.types));
    host.diamond = false;
  }
})((window.TM = window.TM || {}));
