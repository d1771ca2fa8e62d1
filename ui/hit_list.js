// Passages that answer a question, each with the scores that put it there as bars. Only text nodes.
function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function bar(score) {
  const row = element("div", "score");
  const track = element("div", "track");
  const filled = element("div", "filled");
  filled.style.width = `${Math.round(100 * score.share)}%`;
  track.append(filled);
  row.append(element("span", "label", score.label), track, element("span", "number", score.value));
  return row;
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".root");
  const hits = data.hits.map((hit, at) => {
    const box = element("article", "hit");
    const head = element("div", "head");
    const name = element("div", "name");
    name.append(element("div", "title", `${at + 1}. ${hit.title}`));
    if (hit.heading) name.append(element("div", "heading", hit.heading.split("\n").join(" › ")));
    const scores = element("div", "scores");
    scores.append(...hit.scores.map(bar));
    head.append(name, scores);
    box.append(head, element("div", "words", hit.text.replace(/\n\s*\n+/g, "\n").trim()));
    return box;
  });
  root.replaceChildren(...hits);
}
