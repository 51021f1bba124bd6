/* New data in the living map: articles were added or taken away, an event was corrected. The Leaflet map, its view, the
   window, the filters and what is chosen stay; what is drawn from the data is made anew. */
(function (TM) {
  "use strict";

  const OF_AREAS = { pane: "tm-areas", padding: 0.15 }, OF_MARKS = { pane: "tm-marks", padding: 0.15 };

  /** Fetch `{url, areas, radii}` and show it; where a later call has come in between, that one alone counts. */
  TM.renew = async function (app, source) {
    const shown = app.shownUrl === undefined ? (app.options.data || {}).url : app.shownUrl;
    if (!source || typeof source.url !== "string" || source.url === shown) return;
    app.shownUrl = source.url;
    try {
      const outlines = source.areas ? TM.load({ url: source.areas }).then(TM.parseJson, () => ({})) : {};
      const [events, shapes] = await Promise.all([TM.load({ url: source.url }), outlines]);
      if (app.shownUrl === source.url) put(app, TM.decode(events), shapes, source.radii || {});
    } catch (error) {
      app.shownUrl = ""; // the next message tries again
      console.warn(`The map still shows the data from before: ${error.message}`);
    }
  };

  function put(app, data, shapes, radii) {
    const { view } = app, whole = app.isWhole(), stretch = app.range.join();
    const event = app.eventRow >= 0 ? app.data.eventId(app.eventRow) : null;
    const chosen = new Set([...app.chosen].map((place) => app.data.places.id[place]));
    app.filter = filterFor(app.filter, data.table);
    app.data = data;
    app.counts = new TM.Counts(data);
    app.axes = { happened: app.counts.extent.happened, reported: app.counts.extent.reported };
    app.setRange(view.axis);
    if (whole) [view.from, view.to] = app.range;
    app.setView({});
    app.hover = null;
    app.eventRow = event == null ? -1 : data.indexOf(event);
    app.chosen = new Set(data.places.id.flatMap((id, place) => (chosen.has(id) ? [place] : [])));
    if (app.eventRow >= 0) app.chosen = new Set([data.column.place[app.eventRow]]);
    app.chosen.delete(TM.NO_PLACE);
    const { state } = app.marks, before = [app.areas, app.marks];
    app.refilter();
    app.counts.count(view);
    app.areas = new TM.AreaLayer(TM.areasOf(data.places, shapes, radii), state, OF_AREAS);
    app.marks = new TM.MarkLayer(data, app.labels, app.areas, state, OF_MARKS);
    app.areas.addTo(app.map);
    app.marks.addTo(app.map);
    for (const layer of before) layer.remove();
    if (app.range.join() !== stretch) app.bar.domain = app.firstDomain();
    if (!app.isWhole()) app.bar.reveal();
    app.change(true);
    app.paintNow();
  }

  /** The same filters over the new data's own lists of names. */
  function filterFor(before, table) {
    const filter = new TM.Filter(table), { statuses, tiers } = before.table;
    filter.read({ ...before, status: TM.namesOf(statuses, before.status), tiers: TM.namesOf(tiers, before.tiers) });
    for (const key of TM.Filter.KEYS) if (before[key] instanceof Set) filter[key] = before[key];
    return filter;
  }
})((window.TM = window.TM || {}));
