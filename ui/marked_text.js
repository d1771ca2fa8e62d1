// A text with findings marked in it beside their list: a click on one finds the other. Only text nodes.
const WEIGHT = { error: 3, warning: 2, info: 1 };

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function button(text, act, className = "") {
  const made = element("button", className, text);
  made.onclick = (event) => {
    event.stopPropagation();
    act();
  };
  return made;
}

// The text as pieces, cut where a finding begins or ends; a piece may belong to several.
function pieces(text, items) {
  const placed = items.filter((item) => item.start !== null);
  const cuts = [...new Set([0, text.length, ...placed.flatMap((item) => [item.start, item.end])])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, at) => ({
    words: text.slice(start, cuts[at + 1]),
    items: placed.filter((item) => item.start <= start && item.end >= cuts[at + 1]),
  }));
}

function centre(pane, target) {
  const delta = target.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  pane.scrollTo({ top: pane.scrollTop + delta - pane.clientHeight / 3, behavior: "smooth" });
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".root");
  const { text, items, words } = data;
  const kept = root.kept || { open: "", sheet: 0, list: 0 };
  root.kept = kept;
  const sheet = element("div", "sheet");
  const list = element("div", "list");
  sheet.tabIndex = list.tabIndex = 0;
  const marks = new Map(items.map((item) => [item.key, []]));
  const cards = new Map();

  function select(key, from) {
    kept.open = key;
    for (const [other, spans] of marks) spans.forEach((span) => span.classList.toggle("on", other === key));
    for (const [other, card] of cards) card.classList.toggle("on", other === key);
    const span = marks.get(key)[0];
    if (from !== sheet && span) centre(sheet, span);
    if (from !== list) centre(list, cards.get(key));
  }

  for (const piece of pieces(text, items)) {
    if (!piece.items.length) {
      sheet.append(piece.words.replace(/\n\s*\n+/g, "\n"));
      continue;
    }
    const first = [...piece.items].sort((a, b) => WEIGHT[b.severity] - WEIGHT[a.severity])[0];
    const span = element("mark", `${first.severity}${first.answer ? " done" : ""}`, piece.words);
    span.tabIndex = 0;
    span.title = first.message;
    span.onclick = () => {
      const keys = piece.items.map((item) => item.key);
      select(keys[(keys.indexOf(kept.open) + 1) % keys.length], sheet);
    };
    span.onkeydown = (event) => event.key === "Enter" && span.onclick();
    piece.items.forEach((item) => marks.get(item.key).push(span));
    sheet.append(span);
  }

  function send(item, act, wording = "", note = "") {
    setTriggerValue("answer", { key: item.key, act, wording, note, at: Date.now() });
  }

  function form(item, act, card) {
    card.querySelector(".form")?.remove();
    const box = element("div", "form");
    const wording = element("textarea");
    const note = element("input");
    wording.value = item.proposal ?? item.quote;
    wording.setAttribute("aria-label", words.wording);
    note.placeholder = act === "edit" ? words.note : words.why;
    note.setAttribute("aria-label", note.placeholder);
    if (act === "edit") box.append(wording);
    const row = element("div", "row");
    row.append(button(words.save, () => send(item, act, wording.value, note.value), "primary"), button(words.cancel, () => box.remove()));
    box.append(note, row);
    box.onclick = (event) => event.stopPropagation();
    card.append(box);
    (act === "edit" ? wording : note).focus();
  }

  for (const item of items) {
    const card = element("article", `card ${item.severity}${item.answer ? " done" : ""}`);
    const head = element("div", "head");
    head.append(element("span", "badge", words.severity[item.severity]), element("span", "message", item.message));
    card.append(head);
    if (item.start === null && item.quote) card.append(element("div", "quote", item.quote));
    if (item.suggestion) card.append(element("div", "fix", item.suggestion));
    const said = item.answer ? item.answer.wording : item.proposal;
    if (said !== null && said !== undefined && item.start !== null) {
      const change = element("div", "change");
      change.append(element("del", "", item.quote), " → ", said ? element("ins", "", said) : element("span", "struck", words.struck));
      card.append(change);
    }
    if (item.basis) {
      const basis = element("details", "basis");
      basis.append(element("summary", "", words.basis), element("div", "", item.basis));
      basis.onclick = (event) => event.stopPropagation();
      card.append(basis);
    }
    const row = element("div", "row");
    if (item.answer) {
      row.append(element("span", "state", item.answer.said));
      if (!data.settled) row.append(button(words.undo, () => send(item, "undo")));
    } else if (!data.settled && item.severity !== "info") {
      const change = item.proposal !== null && item.start !== null;
      row.append(button(change ? words.accept : words.remark, () => send(item, "accept"), "primary"));
      if (item.start !== null) row.append(button(words.edit, () => form(item, "edit", card)));
      row.append(button(words.reject, () => form(item, "reject", card)));
    }
    if (row.childNodes.length) card.append(row);
    card.onclick = () => select(item.key, list);
    cards.set(item.key, card);
    list.append(card);
  }

  root.replaceChildren(sheet, list);
  sheet.scrollTop = kept.sheet;
  list.scrollTop = kept.list;
  sheet.onscroll = () => (kept.sheet = sheet.scrollTop);
  list.onscroll = () => (kept.list = list.scrollTop);
  if (kept.open && cards.has(kept.open)) {
    cards.get(kept.open).classList.add("on");
    marks.get(kept.open).forEach((span) => span.classList.add("on"));
  }
}
