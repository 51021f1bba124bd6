/* What is written on the map: names of marks, and of the base map where marks leave room. Part of the layer of marks. */
(function (TM) {
  "use strict";

  const { FONTS } = TM;
  const NUMBER_FROM = 10, NUMBER_GAP = 5; // events; pixels
  const AIRPORTS_FROM = 9.5, VILLAGES_FROM = 8.5, LARGE = 6; // zooms; the last one from which a town has a name

  TM.MarkNames = {
    /** A cluster goes by its busiest town, or by its busiest facility where it has no town. */
    nameOf({ place, members }) {
      const { places } = this.data, others = this.data.othersOf(members || [place]);
      if (!members) return others ? `${places.name[place]} +${others}` : places.name[place];
      const { n } = this.state.counts();
      const rank = (member) => n[member] + (places.precision[member] === "town" ? 1e9 : 0);
      const best = members.reduce((a, b) => (rank(b) > rank(a) ? b : a));
      return `${places.name[best]} +${others}`;
    },

    /** Name marks from the first on, those of at least so many pixels of radius, as many as the zoom bears. */
    nameMarks({ context, palette, zoom, late }, marks, least) {
      const most = zoom < 5 ? 8 : zoom < 6 ? 26 : 90;
      for (const mark of marks) {
        if (this.named >= most) return;
        if (mark.r < least) continue;
        const text = this.nameOf(mark), number = this.numberBeside(mark), long = TM.textWidth(context, text, FONTS.town);
        const width = number ? long + NUMBER_GAP + TM.textWidth(context, number, FONTS.count) : long;
        const gap = mark.r + (this.isSelected(mark) ? 9 : 4), { x, y, r } = mark;
        const beside = [[x + gap, y, "left"], [x - gap, y, "right"], [x, y - r - 9, "center"], [x, y + r + 9, "center"]];
        const spot = this.placer.place(`m${mark.place}`, beside.map(([tx, ty, align]) => {
          const x0 = align === "left" ? tx : align === "right" ? tx - width : tx - width / 2;
          return { x0: x0 - 1, y0: ty - 7, x1: x0 + width + 1, y1: ty + 7, tx, ty, align };
        }));
        if (!spot) continue;
        this.named++;
        const style = { font: FONTS.town, fill: palette.ink, halo: palette.labelHalo };
        late.push(() => this.writeName(context, { text, number, long, width, ...spot }, style));
      }
    },

    /** The count of a mark that is too small to hold it, where the size no longer tells it. */
    numberBeside({ n, half, side }) {
      return half || side || n < NUMBER_FROM ? "" : TM.grouped(n);
    },

    writeName(context, { text, number, long, width, tx, ty, align }, style) {
      const left = align === "left" ? tx : align === "right" ? tx - width : tx - width / 2;
      TM.haloText(context, text, left, ty, { ...style, align: "left" });
      if (number) TM.haloText(context, number, left + long + NUMBER_GAP, ty, { ...style, font: FONTS.count, align: "left" });
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
      const written = new Set(); // an ocean on both sides of the 180th meridian has a name on each: one view needs one
      for (const label of seas) {
        if (zoom < label[3] || written.has(label[0])) continue;
        const style = { font: FONTS.sea, fill: palette.seaLabel, halo: palette.sea };
        const key = `s${label[0]}${label[1]}`;
        if (this.nameLine(frame, key, label.at, label[0].split("|"), seaShifts, style, 0)) written.add(label[0]);
      }
      if (zoom < 6) return;
      for (const label of admin1) {
        if (zoom < label[3]) continue;
        const style = { font: FONTS.small, fill: palette.mute, halo: palette.labelHalo };
        this.nameLine(frame, `a${label[0]}`, label.at, [label[0]], shifts.slice(0, 5), style, 0.6);
      }
    },

    /** Write a name where it has room; says whether it had. */
    nameLine({ context, at, inCanvas }, key, where, lines, shifts, style, spacing) {
      const point = at(where);
      if (!inCanvas(point)) return false;
      const widest = Math.max(...lines.map((line) => TM.textWidth(context, line, style.font) + spacing * line.length));
      const half = widest / 2 + 5, tall = 8 * lines.length + 1;
      const spot = this.placer.place(key, shifts.map(([sx, sy]) => {
        const x = point.x + sx, y = point.y + sy;
        return { x0: x - half, y0: y - tall, x1: x + half, y1: y + tall, x, y };
      }));
      if (!spot) return false;
      context.letterSpacing = `${spacing}px`;
      lines.forEach((line, number) => {
        TM.haloText(context, line, spot.x, spot.y + (number - (lines.length - 1) / 2) * 16, style);
      });
      context.letterSpacing = "0px";
      return true;
    },

    /** Towns for orientation: a quiet dot and name where nothing stands; near a town its villages and airports, too. */
    nameTowns(frame) {
      for (const [list, ahead] of [[this.labels.towns, -0.5], [this.labels.near, 0.5]]) {
        for (const label of list) {
          if (label[3] > frame.zoom + ahead) break; // sorted by zoom
          const size = frame.zoom >= VILLAGES_FROM && label[3] <= LARGE ? 2.6 : 1.5; // among villages a city stands out
          this.nameQuietly(frame, label, (context, x, y) => {
            context.beginPath();
            context.arc(x, y, size, 0, 2 * Math.PI);
            context.fill();
          }, size > 2 ? FONTS.town : FONTS.small);
        }
      }
      if (frame.zoom < AIRPORTS_FROM) return;
      for (const label of this.labels.airports) this.nameQuietly(frame, label, TM.drawAirport);
    },

    /** A small sign with its name at the right, where both have room. */
    nameQuietly({ context, palette, at, inCanvas }, label, draw, font = FONTS.small) {
      const { x, y } = at(label.at);
      if (!inCanvas({ x, y }) || !this.placer.free(x - 4, y - 4, x + 4, y + 4)) return;
      const width = TM.textWidth(context, label[0], font);
      if (!this.placer.free(x + 4, y - 6, x + 7 + width, y + 6)) return;
      this.placer.take(x - 3, y - 6, x + 7 + width, y + 6);
      context.fillStyle = palette.town;
      context.globalAlpha = 0.8;
      draw(context, x, y);
      context.globalAlpha = 1;
      const style = { font, fill: palette.town, halo: palette.labelHalo, align: "left" };
      TM.haloText(context, label[0], x + (draw === TM.drawAirport ? 8 : 5), y, style);
    },
  };
})((window.TM = window.TM || {}));
