/* The reader: an event's reasons over its article, everything found in it marked. */

function rival(place, act) {
  const button = element("button", place.chosen ? "rival chosen" : "rival");
  button.type = "button";
  const bar = element("i");
  bar.style.setProperty("--share", `${Math.round(place.score * 100)}%`);
  button.append(element("span", "", place.name), bar, element("em", "", place.score.toFixed(2)));
  if (!place.chosen) {
    button.title = "Show where it would stand";
    button.onclick = () => act("ghost", { name: place.name, lat: place.lat, lng: place.lon });
  }
  return button;
}

function why(reader, data) {
  const box = element("div", "why");
  if (reader.type) {
    const kicker = element("div", "kicker");
    kicker.append(glyph(reader.type, data.types), document.createTextNode(data.types[reader.type].label));
    kicker.append(element("span", "", reader.status_text));
    box.append(kicker);
  }
  box.append(element("h2", "", reader.heading));
  const list = element("dl");
  for (const entry of reader.entries) {
    const value = element("dd");
    if (entry.strong) value.append(element("b", "", entry.strong));
    for (const line of entry.lines) value.append(element("p", "", line));
    for (const place of entry.places || []) value.append(rival(place, data.act));
    for (const other of entry.reports || []) {
      const line = element("p");
      const open = element("button", "link", other.label);
      open.onclick = () => data.act("select", { event: other.event });
      line.append(open, document.createTextNode(` ${other.text}`));
      value.append(line);
    }
    list.append(element("dt", "", entry.label), value);
  }
  box.append(list);
  return box;
}

function article(reader) {
  const box = element("article", "article");
  box.tabIndex = 0;
  const source = element("p", "source", reader.source);
  if (reader.url) {
    const link = element("a", "", "Original");
    link.href = reader.url;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    source.append(document.createTextNode(" · "), link);
  }
  box.append(source);
  if (reader.title) box.append(element("h3", "", reader.title));
  const key = element("p", "key text");
  for (const [className, label] of [["mention", "place"], ["elsewise", "not a place of events"], ["time", "date"]]) {
    key.append(element("span", className, label));
  }
  box.append(key);
  const text = element("div", "text");
  for (const paragraph of reader.paragraphs) {
    const node = element("p");
    for (const [words, classes] of paragraph) {
      node.append(classes ? element("span", classes, words) : document.createTextNode(words));
    }
    text.append(node);
  }
  box.append(text);
  return box;
}

function readerView(data, act, panel) {
  const reader = data.reader;
  panel.style.setProperty("--type", reader.type ? `var(--t-${reader.type})` : "var(--ink)");
  const head = element("div", "reader-head");
  const back = element("button", "back");
  back.type = "button";
  back.append(arrow(ARROW_LEFT), document.createTextNode(reader.back));
  back.onclick = () => act("close", {});
  head.append(back);
  if (reader.position) {
    const steps = element("div", "", reader.position);
    for (const [path, event, label] of [
      [ARROW_LEFT, reader.previous, "Previous event"],
      [ARROW_RIGHT, reader.next, "Next event"],
    ]) {
      const step = element("button", "step");
      step.type = "button";
      step.setAttribute("aria-label", label);
      step.append(arrow(path));
      step.onclick = () => act("select", { event });
      steps.append(step);
    }
    head.append(steps);
  }
  panel.append(head, why(reader, { ...data, act }), article(reader));
}
