/* Panels that are made of blocks, the program's own and those that packages add: what they hold is data, drawn as text. */

function blocksView(data, act) {
  const body = element("div", "body"), { blocks, fault } = data.shown;
  if (fault) body.append(faultLine(fault));
  for (const block of blocks) body.append(...BLOCKS[block.kind](block, data, act));
  return body;
}

const moreOf = ({ total }, drawn, act) =>
  drawn < total ? [quiet(`Show more of ${total.toLocaleString("en")}`, () => act("more", {}), "button more")] : [];

const BLOCKS = {
  note: ({ text }) => [element("p", "note", text)],

  choices: ({ options }, data, act) => {
    const pills = element("div", "pills");
    for (const option of options) pills.append(pill(option, data, () => act("choose", { key: option.key })));
    return [pills];
  },

  bars: ({ rows }) => {
    const table = element("table", "shares bars"), most = Math.max(...rows.map(({ number }) => Math.abs(number)), 0) || 1;
    for (const { label, number } of rows) {
      const row = element("tr"), plot = element("td", "plot"), part = element("i");
      part.style.width = `${(Math.abs(number) / most) * 100}%`;
      plot.append(part);
      row.append(element("th", "", label), element("td", "", number.toLocaleString("en")), plot);
      table.append(row);
    }
    return [table];
  },

  passages: (block, data, act) => [...block.items.map((item) => passageRow(item, data, act)), ...moreOf(block, block.items.length, act)],

  events: (block, data, act) => [...block.rows.map((row) => eventRow(row, data, act)), ...moreOf(block, block.rows.length, act)],
};

function passageRow(item, data, act) {
  const button = element("button", "unplotted"), paragraph = element("p"), target = element("b");
  button.type = "button";
  const [before, words, after] = item.context;
  target.append(...withFound(words, data.found));
  paragraph.append(...withFound(before, data.found), target, ...withFound(after, data.found));
  button.append(paragraph, element("span", "", item.why));
  button.onclick = () => act("unplotted", { article: item.article, start: item.start, end: item.end });
  return button;
}
