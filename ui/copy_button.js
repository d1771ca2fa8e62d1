// Copies a text and says so. Where the clipboard is closed to a page (plain http in a company's network), the old way.
async function copied(text) {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // refused: try the other way
    }
  }
  const area = document.createElement("textarea");
  area.value = text;
  area.style.cssText = "position:fixed;opacity:0";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".root");
  const button = document.createElement("button");
  const words = document.createElement("span");
  words.textContent = data.words.copy;
  words.setAttribute("aria-live", "polite");
  button.append(words);
  button.onclick = async () => {
    words.textContent = (await copied(data.text)) ? data.words.copied : data.words.failed;
    setTimeout(() => (words.textContent = data.words.copy), 1500);
  };
  root.replaceChildren(button);
}
