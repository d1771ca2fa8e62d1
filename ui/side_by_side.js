// Two texts in two columns, paragraph beside paragraph. Only text nodes: no string ever becomes HTML.
const NEAR = 1; // unchanged paragraphs shown beside a change
const LEAST = 3; // as many and more in a row fold away

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function cell(pieces, words) {
  const box = element("div", "cell");
  const last = pieces.length - 1;
  for (const [place, whole] of pieces.entries()) {
    const piece = place === last ? { ...whole, text: whole.text.replace(/\n$/, "") } : whole;
    if (!piece.text) continue;
    if (piece.kind === "same") box.append(piece.text);
    else {
      const mark = element(piece.kind === "delete" ? "del" : "ins", "", piece.text);
      mark.setAttribute("aria-label", `${piece.kind === "delete" ? words.gone : words.new}: ${piece.text}`);
      box.append(mark);
    }
  }
  return box;
}

function line(row, words) {
  const made = element("div", row.changed ? "row changed" : "row");
  made.append(cell(row.before, words), cell(row.after, words));
  return made;
}

function folded(rows, words) {
  const button = element("button", "fold", words.folded.replace("{n}", rows.length));
  button.onclick = () => button.replaceWith(...rows.map((row) => line(row, words)));
  return button;
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".root");
  const { titles, words } = data;
  const rows = data.rows.filter((row) => row.changed || row.before.some((piece) => piece.text.trim()));
  const head = element("div", "row head");
  head.append(...titles.map((title) => element("div", "cell", title)));
  const shown = [head];
  const near = (at) => rows.slice(Math.max(0, at - NEAR), at + NEAR + 1).some((row) => row.changed);
  for (let at = 0; at < rows.length; ) {
    let end = at;
    while (end < rows.length && !near(end)) end += 1;
    if (end - at >= LEAST) shown.push(folded(rows.slice(at, end), words));
    else shown.push(...rows.slice(at, end).map((row) => line(row, words)));
    if (end < rows.length) shown.push(line(rows[end], words));
    at = end + 1;
  }
  if (!rows.some((row) => row.changed)) shown.splice(1, 0, element("div", "equal", words.same));
  root.replaceChildren(...shown);
}
