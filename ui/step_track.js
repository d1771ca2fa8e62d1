// The steps of an approval in a row, or under one another where there is no room. Only text nodes.
function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

const SIGNS = { done: "✓", open: "●", ended: "×", ahead: "" };

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".root");
  const list = element("ol");
  list.setAttribute("aria-label", data.label);
  for (const step of data.steps) {
    const item = element("li", step.look);
    if (step.look === "open") item.setAttribute("aria-current", "step");
    const dot = element("span", "dot", SIGNS[step.look]);
    dot.setAttribute("aria-hidden", "true");
    const words = element("div", "words");
    words.append(element("div", "name", step.name), element("div", "who", step.who));
    if (step.note) words.append(element("div", "note", step.note));
    item.append(dot, words);
    list.append(item);
  }
  root.replaceChildren(list);
}
