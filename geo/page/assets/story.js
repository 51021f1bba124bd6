/* Stories in the share sheet: this view added to one, its steps put in order, written anew, taken out. */

function labelled(text, field) {
  const label = element("label", "field");
  label.append(element("span", "", text), field);
  return label;
}

function field(tag, { value, most, name, rows, hint }) {
  const node = element(tag);
  node.value = value || "";
  node.maxLength = most;
  node.dataset.draft = name;
  if (hint) node.placeholder = hint;
  if (rows) node.rows = rows;
  return node;
}

function smallButton(text, onclick, { label, disabled } = {}) {
  const button = element("button", "small", text);
  button.type = "button";
  button.disabled = Boolean(disabled);
  if (label) button.setAttribute("aria-label", label);
  button.onclick = onclick;
  return button;
}

/* One step: its words, and what can be done with it. */
function sceneRow(story, scene, index, share, act) {
  const row = element("li"), step = index + 1, here = share.story === story.id && share.step === step;
  const open = element("button", "scene", scene.title || `Step ${step}`);
  open.type = "button";
  open.onclick = () => act("story", { story: story.id, step });
  if (here) open.setAttribute("aria-current", "step");
  row.append(open);
  if (!share.editable) return row;
  const words = `step ${step}, ${scene.title || "without a title"}`, tools = element("div", "tools");
  tools.append(
    smallButton("Up", () => act("story_move", { story: story.id, step, to: step - 1 }), { label: `Move up ${words}`, disabled: !index }),
    smallButton("Down", () => act("story_move", { story: story.id, step, to: step + 1 }), { label: `Move down ${words}`, disabled: step === story.scenes.length }),
    smallButton("Take out", () => act("story_drop_step", { story: story.id, step }), { label: `Take out ${words}` }),
  );
  row.append(tools);
  if (!here) return row;
  const title = field("input", { value: scene.title, most: 120, name: `scene-title ${story.id} ${step}` });
  const text = field("textarea", { value: scene.text, most: 2000, rows: 3, name: `scene-text ${story.id} ${step}` });
  const write = (view) => act("story_change", { story: story.id, step, title: title.value, text: text.value, view });
  const buttons = element("div", "tools");
  buttons.append(smallButton("Save words", () => write(false)), smallButton("Save words and this view", () => write(true)));
  row.append(labelled("Title", title), labelled("Text", text), buttons);
  return row;
}

function storyBox(story, share, act, copy) {
  const box = element("details", "story");
  box.dataset.story = story.id;
  box.open = share.story === story.id;
  const head = element("summary", "", story.title);
  head.append(element("small", "", `${story.scenes.length} ${story.scenes.length === 1 ? "step" : "steps"}`));
  const list = element("ol");
  story.scenes.forEach((scene, index) => list.append(sceneRow(story, scene, index, share, act)));
  const tools = element("div", "tools");
  tools.append(smallButton("Copy link of the story", (event) => copy(event.target, `?story=${story.id}`)));
  if (share.editable) tools.append(smallButton("Delete story", () => act("story_drop", { story: story.id }), { label: `Delete the story ${story.title}` }));
  box.append(head, list, tools);
  return box;
}

/* Where this view goes: the end of a story, or a new one. */
function storyForm(share, act) {
  const form = element("form", "add"), choice = element("select");
  choice.dataset.draft = "story";
  for (const { id, title } of [{ id: "", title: "A new story" }, ...share.stories]) {
    const option = element("option", "", title);
    option.value = id;
    option.selected = id === (share.story || "");
    choice.append(option);
  }
  const name = field("input", { most: 120, name: "story-title" }), nameLine = labelled("Title of the story", name);
  const title = field("input", { most: 120, name: "step-title" });
  const text = field("textarea", { most: 2000, rows: 3, name: "step-text" });
  const sync = () => { nameLine.hidden = choice.value !== ""; name.required = choice.value === ""; };
  choice.onchange = sync;
  const send = element("button", "small strong", "Add this view as a step");
  form.append(labelled("Add this view to", choice), nameLine, labelled("Title of the step", title), labelled("Text", text), send);
  form.onsubmit = (event) => {
    event.preventDefault();
    act("story_add", { story: choice.value, story_title: name.value, title: title.value, text: text.value });
    for (const part of [name, title, text]) part.value = "";
  };
  form.sync = sync;
  return form;
}
