/* The card over the map: a step of a story with arrows to walk it, or the title and note of a view. */

function storyWalk({ id, title, step, steps }, act) {
  const row = element("div", "walk");
  const turn = (label, path, to) => {
    const button = element("button", "square");
    button.type = "button";
    button.dataset.turn = label;
    button.setAttribute("aria-label", label);
    button.disabled = to < 1 || to > steps;
    button.append(arrow(path));
    button.onclick = () => act("story", { story: id, step: to });
    return button;
  };
  const where = element("span", "", `${step} of ${steps}`);
  where.setAttribute("aria-live", "polite");
  row.append(turn("Step before", ARROW_LEFT, step - 1), where, turn("Next step", ARROW_RIGHT, step + 1), element("em", "", title));
  return row;
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const act = (kind, values) => setTriggerValue("act", { kind, ...values });
  let root = parentElement.querySelector(".desk-root");
  if (!root) {
    root = element("div", "desk-root");
    parentElement.append(root);
  }
  const held = root.getRootNode().activeElement, turned = held && held.dataset.turn;
  root.dataset.theme = data.theme;
  const card = element("section", "caption");
  card.setAttribute("aria-label", data.story ? `Story: ${data.story.title}` : "About this view");
  if (data.title) card.append(element("h2", "", data.title));
  for (const line of data.text.split("\n").filter((part) => part.trim())) card.append(element("p", "", line));
  if (data.story) card.append(storyWalk(data.story, act));
  if (!data.embed || !data.story) {
    const shut = element("button", "shut");
    shut.type = "button";
    shut.setAttribute("aria-label", data.story ? "Leave the story" : "Take title and note away");
    shut.append(arrow(CROSS));
    shut.onclick = () => (data.story ? act("story_close", {}) : act("name", { title: "", note: "" }));
    card.append(shut);
  }
  card.onkeydown = (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by || !data.story) return;
    event.preventDefault();
    act("story", { story: data.story.id, step: data.story.step + by });
  };
  root.replaceChildren(card);
  if (!turned) return;
  const again = [...root.querySelectorAll("[data-turn]")];
  (again.find((button) => button.dataset.turn === turned && !button.disabled) || again.find((button) => !button.disabled) || card).focus();
}
