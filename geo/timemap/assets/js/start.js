/* The beginning: the stage in its window or frame, the data, then the base map; and what is said when that fails. */
(function (TM) {
  "use strict";

  const { h } = TM;
  const BASE_PAUSE = 8000; // milliseconds after which the map counts as ready without its base map

  /** What folium's page lacks: a language and a title to read out, and the right to zoom in with two fingers. */
  function completePage() {
    const { documentElement: page, head } = document;
    if (!page.lang) page.lang = "en";
    if (!document.title) document.title = "What was reported: map and time bar";
    // A frame that holds folium's page has one of its own before it.
    for (const viewport of head.querySelectorAll('meta[name="viewport"]')) viewport.content = "width=device-width, initial-scale=1";
  }

  /** Put the map where it belongs: a stage with the time bar under it, filling the window or the frame. `within`: only the
      box that the map has on its page, so that the page keeps what else is on it. */
  TM.makeStage = function (map, theme, within) {
    const mapNode = map.getContainer();
    const stage = h("div.tm-stage");
    const foot = h("div.tm-time");
    const root = h("div.tm", { "data-theme": theme, role: "region", "aria-label": "Map and time bar" }, stage, foot);
    if (within) takeBox(root, mapNode);
    else {
      completePage();
      document.body.append(root);
    }
    mapNode.classList.add("tm-map");
    stage.append(mapNode);
    map.invalidateSize({ animate: false });
    return { root, stage, foot };
  };

  /** Give `root` the place and the size of the map, which folium writes as a rule for the element's id. */
  function takeBox(root, mapNode) {
    mapNode.before(root);
    root.classList.add("tm-within");
    root.style.cssText = mapNode.style.cssText;
    root.id = mapNode.id;
    mapNode.id = `${root.id}_map`;
    mapNode.style.width = mapNode.style.height = "";
  }

  /** Areas whose outlines do not arrive are drawn as soft circles: worse, but not nothing. */
  function withoutOutlines(error) {
    console.warn(`Outlines of areas are missing: ${error.message}`);
    return null;
  }

  /** Say on the map what went wrong; a silent empty map would look like "nothing happened". */
  function fail(map, error) {
    const lead = h("b", null, "The map could not be drawn. ");
    map.getContainer().append(h("div.tm-failed", { role: "alert" }, lead, reason(error)));
    throw error;
  }

  const reason = (error) => String((error && error.message) || error);

  /** Say what is missing of a map that stands all the same, at its foot, until the reader has seen it. */
  function miss(app, lead, error) {
    const { stage } = app.node, close = h("button", { type: "button" }, "Close");
    const box = stage.querySelector(".tm-missing") || stage.appendChild(h("div.tm-missing", { role: "alert" }));
    const line = h("p", null, h("b", null, `${lead} `), `${reason(error)} `, close);
    close.onclick = () => {
      line.remove();
      if (!box.children.length) box.remove();
    };
    box.append(line);
  }

  /** Start the map on a Leaflet map. `config`: {data, base: {world, water, labels}, areas, radii, state, theme, ...};
      each source is {url} or {gzip: base64}. */
  TM.start = async function (map, config) {
    const began = performance.now();
    if (config.pins) TM.drawPins();
    try {
      const node = TM.makeStage(map, config.theme === "dark" ? "dark" : "light", config.within); // while the data are on their way
      const asked = `${map.getCenter()} ${map.getZoom()}`; // what the page does to the map from now on is what it wants
      TM.dress(node.root, config.labels || {}, config.colours || {});
      const outlines = config.areas ? TM.load(config.areas).catch(withoutOutlines) : null;
      const [data, shapes] = await Promise.all([TM.receive(config.data), outlines]);
      config.placed = config.placed || asked !== `${map.getCenter()} ${map.getZoom()}`;
      const app = await begin({ map, node, config }, data, shapes ? TM.parseJson(shapes) : {});
      app.timing.first = performance.now() - began;
      performance.mark("timemap: first events drawn");
      await screen();
      const coming = config.base && ask(config.base); // on its way while the numbers are filled in
      app.open();
      await screen();
      await whole(app, config, data);
      const own = open(map, app, config.state || {});
      if (coming) await base(app, config, coming);
      if (app.control) await app.control.loaded.catch((error) => miss(app, "Control areas are missing.", error));
      app.timing.complete = performance.now() - began;
      own.ready = true;
      return app;
    } catch (error) {
      return fail(map, error);
    }
  };

  /** Let the browser show what is drawn: events come first, then their numbers, then the base map. */
  const screen = () => new Promise((resolve) => setTimeout(resolve));

  /** Draw what has come; days of publication come late, so where these are the axis the rest is waited for. */
  async function begin({ map, node, config }, data, shapes) {
    const axis = (config.state || {}).axis;
    if (axis === "reported" || !data.column.date_start.some((day) => day !== TM.NO_DAY)) await data.rest;
    const app = new TM.App(map, node, config, data);
    app.shapes = { url: config.areas && config.areas.url, of: shapes };
    app.build(shapes);
    return app;
  }

  /** Wait for what lies behind the first picture. Where it does not come, all is asked for once more; where that does not
      come either, the events stay on the map, and what cannot be read of them is said. */
  async function whole(app, { data: source, areas, radii }, data) {
    try {
      await data.rest;
    } catch {
      app.shownUrl = "";
      const error = await TM.renew(app, { url: source.url, areas: areas && areas.url, radii });
      if (error) miss(app, "The events are shown, but none can be opened.", error);
    }
  }

  /** Ask for the parts of the base map; one that fails says so where it is waited for. */
  function ask(sources) {
    const parts = ["world", "water", "labels"].map((name) => TM.load(sources[name]));
    for (const part of parts) part.catch(() => {});
    return parts;
  }

  /** Draw the base map, each part for itself: one that does not come leaves the others. One that is merely late is not
      waited for, and drawn when it is there. */
  async function base(app, { base: sources }, coming) {
    const [world, water, labels] = coming.map((part) => part.then(TM.parseJson));
    const noWater = { step: 1, disputed: [], lakes: [], rivers: [] };
    const part = (lead, drawn) => drawn.catch((error) => miss(app, lead, error));
    const land = world.then(async (shapes) => app.addBase(shapes, await water.catch(() => noWater), sources.near));
    const parts = [
      part("Coasts and borders are missing.", land),
      part("Lakes and rivers are missing.", water),
      part("Names of countries and towns are missing.", labels.then((names) => app.addLabels(names))),
    ];
    await TM.within(Promise.all(parts), BASE_PAUSE, "late").catch(() => {});
  }

  /** Open the map to messages, now that events can be found by their ids. */
  function open(map, app, start) {
    const waiting = (window.__timemap && window.__timemap.queue) || []; // messages sent before there was a map
    const own = window.__timemap = {
      map, app,
      command: (message) => app.post.command(message),
      state: () => app.post.state(),
      timing: app.timing,
      ready: false,
    };
    // Of several maps on one page the one under the pointer is meant: by messages, and by the keys.
    app.node.root.addEventListener("pointerenter", () => { window.__timemap = own; });
    // A state of the map's own says apart which places are listed: the place of its opened event is not, for that alone.
    const listed = Array.isArray(start.places) ? start.places : [].concat(start.place ?? []);
    app.choice.spot = start.spot || null;
    if (listed.length) app.choice.pickIds(listed);
    if (start.event != null) app.choice.open(start.event, start.lat == null);
    app.post.keepStill();
    waiting.forEach((message) => app.post.command(message));
    return own;
  }
})((window.TM = window.TM || {}));
