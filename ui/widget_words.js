// Streamlit's widgets speak English. Their fixed words are replaced as they appear: in labels, hints and menus of the
// widgets themselves (PLACES), never in what a person or a document wrote.
const PLACES = [
  "stFileUploaderDropzone", "stFileUploaderDropzoneInstructions", "stFileUploaderFileErrorMessage", "stFileUploaderPagination",
  "InputInstructions", "stElementToolbar", "stDataFrameColumnMenu", "stDataFrameSearch", "stSelectboxVirtualDropdown",
  "stMultiSelectDropdown", "stDateInput", "stDateInputPopover", "stStatusWidget", "stToolbar", "stExpandSidebarButton",
  "stSidebarCollapseButton", "stTooltipContent", "stSidebarNavViewButton", "stDialog", "stConnectionStatus",
].map((id) => `[data-testid="${id}"]`);
const SCOPE = [...PLACES, '[role="listbox"]', '[data-baseweb="calendar"]', ".gdg-style", ".react-aria-Popover"].join(",");
const LABELLED = "input,button,textarea,[role=button],[role=group],[role=listbox],[aria-label],[placeholder],[title]";
const ATTRIBUTES = ["aria-label", "placeholder", "title"];

let exact = new Map();
let patterns = [];

function translated(words) {
  const plain = words.trim();
  if (!plain || !/[A-Za-z]/.test(plain)) return null;
  if (exact.has(plain)) return words.replace(plain, exact.get(plain));
  for (const [pattern, replacement] of patterns) {
    if (pattern.test(plain)) return plain.replace(pattern, replacement);
  }
  return null;
}

function mendText(node) {
  if (!node.parentElement?.closest(SCOPE)) return;
  const words = translated(node.data);
  if (words !== null && words !== node.data) node.data = words;
}

function mendAttributes(element) {
  for (const name of ATTRIBUTES) {
    const value = element.getAttribute(name);
    const words = value && translated(value);
    if (words && words !== value) element.setAttribute(name, words);
  }
}

function mend(node) {
  if (node.nodeType === Node.TEXT_NODE) return mendText(node);
  if (node.nodeType !== Node.ELEMENT_NODE) return;
  if (node.matches(LABELLED)) mendAttributes(node);
  node.querySelectorAll(LABELLED).forEach(mendAttributes);
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) mendText(walker.currentNode);
}

function learn(words) {
  exact = new Map();
  patterns = [];
  for (const [english, other] of Object.entries(words)) {
    if (!english.includes("{}")) exact.set(english, other);
    else {
      const escaped = english.split("{}").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
      let at = 0;
      patterns.push([new RegExp(`^${escaped.join("(.+?)")}$`), other.replace(/\{\}/g, () => `$${++at}`)]);
    }
  }
}

export default function ({ data: [lang, words] }) {
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  learn(words);
  window.workbenchWords?.disconnect();
  if (!exact.size) return;
  mend(document.body);
  const observer = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(mend);
      else if (change.type === "characterData") mendText(change.target);
      else mendAttributes(change.target);
    }
  });
  observer.observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });
  window.workbenchWords = observer;
}
