// Builds the text with its markers as buttons. Only text nodes: no string ever becomes HTML.
function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function passage(citation, marker, words) {
  const box = element("div", "passage");
  box.setAttribute("role", "note");
  if (!citation || !citation.passage) {
    box.append(element("div", "state", `${marker} ${words.missing}`));
    return box;
  }
  const page = citation.page ? ` · ${words.page.replace("{n}", citation.page)}` : "";
  box.append(element("div", "title", `${marker} ${citation.title}${page}`));
  if (citation.heading) box.append(element("div", "place", citation.heading.split("\n").join(" › ")));
  const shown = element("div", "words");
  const at = citation.quote ? citation.passage.indexOf(citation.quote) : -1;
  if (at < 0) {
    shown.textContent = citation.passage;
  } else {
    shown.append(citation.passage.slice(0, at), element("mark", "", citation.quote), citation.passage.slice(at + citation.quote.length));
  }
  box.append(shown, element("div", "state", citation.verified ? words.verified : words.unverified));
  return box;
}

function line(text, byMarker, words) {
  const holder = element("div");
  const paragraph = element("p");
  let open = null;
  let end = 0;
  for (const match of text.matchAll(/\s?\[(\d{1,3})\]/g)) {
    paragraph.append(text.slice(end, match.index));
    end = match.index + match[0].length;
    const marker = `[${match[1]}]`;
    const citation = byMarker.get(marker);
    const button = element("button", citation && citation.verified ? "marker" : "marker doubtful", match[1]);
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-label", citation ? `${marker} ${citation.title}` : marker);
    button.onclick = () => {
      const same = open && open.button === button;
      if (open) {
        open.box.remove();
        open.button.setAttribute("aria-expanded", "false");
        open = null;
      }
      if (!same) {
        open = { button, box: passage(citation, marker, words) };
        button.setAttribute("aria-expanded", "true");
        holder.append(open.box);
      }
    };
    paragraph.append(button);
  }
  paragraph.append(text.slice(end));
  holder.append(paragraph);
  return holder;
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".root");
  const { text, citations, words } = data;
  const byMarker = new Map(citations.map((citation) => [citation.marker, citation]));
  const copy = element("button", "tool", words.copy);
  copy.onclick = async () => {
    await navigator.clipboard.writeText(text.replace(/\s?\[\d{1,3}\]/g, ""));
    copy.textContent = words.copied;
    setTimeout(() => (copy.textContent = words.copy), 1500);
  };
  const tools = element("div", "tools");
  tools.append(copy);
  root.replaceChildren(...text.split("\n").filter((part) => part.trim()).map((part) => line(part, byMarker, words)), tools);
}
