// Builds the text with its markers as buttons. Only text nodes: no string ever becomes HTML.
function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

const tidy = (words) => words.replace(/\n\s*\n+/g, "\n");

function passage(citation, marker, words, close) {
  const box = element("div", "passage");
  box.setAttribute("role", "note");
  box.tabIndex = -1;
  const head = element("div", "head");
  const shut = element("button", "close", "×");
  shut.setAttribute("aria-label", words.close);
  shut.onclick = close;
  if (!citation || !citation.passage) {
    head.append(element("div", "state doubtful", `${marker} ${words.missing}`), shut);
    box.append(head);
    return box;
  }
  const page = citation.page ? ` · ${words.page.replace("{n}", citation.page)}` : "";
  head.append(element("div", "title", `${marker} ${citation.title}${page}`), shut);
  box.append(head);
  if (citation.heading) box.append(element("div", "place", citation.heading.split("\n").join(" › ")));
  const shown = element("div", "words");
  const at = citation.quote ? citation.passage.indexOf(citation.quote) : -1;
  if (at < 0) {
    shown.textContent = tidy(citation.passage);
  } else {
    const after = at + citation.quote.length;
    shown.append(tidy(citation.passage.slice(0, at)), element("mark", "", citation.quote), tidy(citation.passage.slice(after)));
  }
  const state = citation.verified ? element("div", "state", words.verified) : element("div", "state doubtful", words.unverified);
  box.append(shown, state);
  return box;
}

function paragraph(text, byMarker, words) {
  const holder = element("div");
  const line = element("p");
  let open = null;
  const close = () => {
    if (!open) return;
    open.box.remove();
    open.button.setAttribute("aria-expanded", "false");
    open.button.focus();
    open = null;
  };
  let end = 0;
  for (const match of text.matchAll(/\s?\[(\d{1,3})\]/g)) {
    line.append(text.slice(end, match.index));
    end = match.index + match[0].length;
    const marker = `[${match[1]}]`;
    const citation = byMarker.get(marker);
    const button = element("button", citation && citation.verified ? "marker" : "marker doubtful", match[1]);
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-label", citation && citation.title ? `${marker} ${citation.title}` : marker);
    button.onclick = () => {
      const same = open && open.button === button;
      close();
      if (same) return;
      open = { button, box: passage(citation, marker, words, close) };
      button.setAttribute("aria-expanded", "true");
      holder.append(open.box);
      open.box.querySelector("mark")?.scrollIntoView({ block: "nearest" });
    };
    line.append(button);
  }
  line.append(text.slice(end));
  holder.append(line);
  holder.onkeydown = (event) => {
    if (event.key === "Escape") close();
  };
  return holder;
}

// Lines with bars that follow one another and have as many cells are the rows of a table.
const cells = (line) => line.trim().replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim());
const isRow = (line) => / \| |^\|.*\|$/.test(line.trim());

function runs(lines) {
  const found = [];
  for (const line of lines) {
    const last = found.at(-1);
    if (isRow(line) && last && isRow(last[0]) && cells(last[0]).length === cells(line).length) last.push(line);
    else found.push([line]);
  }
  return found;
}

function table(rows, draw) {
  const made = element("table");
  rows.forEach((line, place) => {
    const row = element("tr");
    for (const words of cells(line)) {
      const cell = element(place ? "td" : "th", /^[-¥$]?[\d,.]+%?$/.test(words) ? "figure" : "");
      cell.append(draw(words));
      row.append(cell);
    }
    made.append(row);
  });
  const holder = element("div", "scroll");
  holder.append(made);
  return holder;
}

// A long text has its title first; a line in lenticular brackets heads what follows, and so does a short one that is
// numbered like a clause or a section.
function styled(line, lines, draw) {
  const made = draw(line);
  const words = line.trim();
  const short = words.length <= 30 && !/[。；，.;,：:]$/.test(words);
  if (/^【[^】]+】$/.test(words)) made.className = "text-heading";
  else if (lines.length > 12 && line === lines[0] && short) made.className = "text-title";
  else if (short && /^(第[一二三四五六七八九十百\d]+[章条节]|[一二三四五六七八九十]+、|(Article|Section) \d+|\d{1,2}\. )\s*\S/.test(words)) made.className = "text-heading";
  return made;
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".root");
  const { text, citations, words } = data;
  const byMarker = new Map(citations.map((citation) => [citation.marker, citation]));
  const lines = text.split("\n").filter((part) => part.trim());
  const draw = (part) => paragraph(part, byMarker, words);
  root.replaceChildren(...runs(lines).map((run) => (run.length > 1 ? table(run, draw) : styled(run[0], lines, draw))));
}
