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

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".root");
  const { text, citations, words } = data;
  const byMarker = new Map(citations.map((citation) => [citation.marker, citation]));
  const paragraphs = text.split("\n").filter((part) => part.trim());
  root.replaceChildren(...paragraphs.map((part) => paragraph(part, byMarker, words)));
}
