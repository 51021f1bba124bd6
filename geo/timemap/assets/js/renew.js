/* New data in the living map: articles were added or taken away, an event was corrected. The Leaflet map, its view, the
   window, the filters and what is chosen stay; what is drawn from the data is made anew. */
(function (TM) {
  "use strict";

  const noOutlines = () => ({});

  /** Fetch `{url, areas, radii}` and show it; where a later call has come in between, that one alone counts. Gives the
      error where the data did not come. */
  TM.renew = async function (app, { url, areas, radii }) {
    const shown = app.shownUrl === undefined ? (app.options.data || {}).url : app.shownUrl;
    if (typeof url !== "string" || url === shown) return null;
    app.shownUrl = url;
    try {
      const outlines = !areas ? {} : areas === app.shapes.url ? app.shapes.of : TM.load({ url: areas }).then(TM.parseJson, noOutlines);
      const [data, shapes] = await Promise.all([TM.receive({ url }), outlines]);
      await data.rest;
      if (app.shownUrl !== url) return null;
      app.shapes = { url: areas, of: shapes };
      put(app, data, shapes, radii || {});
      return null;
    } catch (error) {
      app.shownUrl = ""; // the next message tries again
      console.warn(`The map still shows the data from before: ${error.message}`);
      return error;
    }
  };

  function put(app, data, shapes, radii) {
    const { view, data: before } = app, whole = view.isWhole(), stretch = view.range.join();
    app.filter = app.filter.over(data.table);
    app.data = data;
    app.counts = new TM.Counts(data);
    app.counts.hold(app.span);
    app.hover = null;
    view.setRange();
    if (whole) view.showWhole();
    view.set({});
    app.refilter();
    app.counts.count(view);
    const layers = [app.areas, app.marks];
    app.makeLayers(shapes, radii);
    // Decided at rest, and kept where a drag goes on meanwhile.
    Object.assign(app.marks, { dense: layers[1].dense, scale: layers[1].scale });
    app.areas.addTo(app.map);
    app.marks.addTo(app.map);
    for (const layer of layers) layer.remove();
    app.countries.listPlaces();
    app.choice.carryOver(before);
    if (view.range.join() !== stretch) app.bar.domain = app.firstDomain();
    if (!view.isWhole()) app.bar.reveal();
    if (data.table.grid) {
      app.change(!app.isMoving()); // the page knows of what the user does only once it rests
      return;
    }
    app.change(true);
    app.paintNow();
  }
})((window.TM = window.TM || {}));
