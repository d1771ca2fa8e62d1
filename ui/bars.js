// Names, bars and values in rows. Only text nodes.
function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".root");
  const list = element("ul");
  list.setAttribute("aria-label", data.label);
  for (const row of data.rows) {
    const item = element("li");
    const track = element("span", "track");
    const bar = element("span", "bar");
    bar.style.width = `${Math.max(row.share * 100, row.share > 0 ? 0.5 : 0)}%`;
    track.setAttribute("aria-hidden", "true");
    track.append(bar);
    item.append(element("span", "name", row.name), track, element("span", "words", row.words));
    list.append(item);
  }
  root.replaceChildren(list);
}
