// A document's text with the borders of its passages: number, page and headings beside each. Only text nodes.
function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".root");
  let heading = "";
  const rows = data.passages.map((passage) => {
    const row = element("section", "passage");
    const side = element("div", "side");
    side.append(element("span", "number", String(passage.number)));
    if (passage.page) side.append(element("span", "page", data.words.page.replace("{n}", passage.page)));
    const body = element("div", "body");
    if (passage.heading && passage.heading !== heading) body.append(element("div", "heading", passage.heading.split("\n").join(" › ")));
    heading = passage.heading;
    body.append(element("div", "words", passage.text.replace(/\n\s*\n+/g, "\n").trim()));
    row.append(side, body);
    return row;
  });
  root.tabIndex = 0;
  root.replaceChildren(...rows);
}
