// Light, system or dark, at once and kept in the browser.
//
// Streamlit follows `prefers-color-scheme` and looks again after printing, but lets nobody choose without its own menu.
// So the choice answers that media query in this window, and the event makes Streamlit look again.
const KEY = "workbench-theme";
const CHOICES = ["light", "system", "dark"];
const PATHS = {
  light: "M12 7.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6M12 2v2.4M12 19.6V22M2 12h2.4M19.6 12H22M4.9 4.9l1.7 1.7M17.4 17.4l1.7 1.7M4.9 19.1l1.7-1.7M17.4 6.6l1.7-1.7",
  system: "M3.5 5h17v11.5h-17zM8.5 20.5h7M12 16.5v4",
  dark: "M20 14.6A8.4 8.4 0 0 1 9.4 4a8.4 8.4 0 1 0 10.6 10.6z",
};

function chosen() {
  const kept = localStorage.getItem(KEY);
  return CHOICES.includes(kept) ? kept : "system";
}

function answerMediaQuery() {
  if (window.workbenchTheme) return;
  const ask = window.matchMedia.bind(window);
  window.workbenchTheme = ask;
  window.matchMedia = (query) => {
    const list = ask(query);
    const choice = chosen();
    if (choice !== "system" && /prefers-color-scheme:\s*dark/.test(query)) {
      Object.defineProperty(list, "matches", { get: () => choice === "dark" });
    }
    return list;
  };
}

function apply() {
  answerMediaQuery();
  window.dispatchEvent(new Event("afterprint"));
}

// A theme that another Streamlit program fixed at this address would not follow anything.
function forgetFixedThemes() {
  const fixed = Object.keys(localStorage).filter(
    (key) => key.startsWith("stActiveTheme") && localStorage.getItem(key) !== '"System"',
  );
  fixed.forEach((key) => localStorage.removeItem(key));
  return fixed.length > 0;
}

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

export default function ({ data: [words], parentElement }) {
  if (forgetFixedThemes()) {
    location.reload();
    return;
  }
  const root = parentElement.querySelector(".root");
  root.setAttribute("aria-label", words.label);
  const buttons = CHOICES.map((choice) => {
    const button = document.createElement("button");
    button.append(icon(choice));
    button.title = words[choice];
    button.setAttribute("aria-label", words[choice]);
    button.onclick = () => {
      localStorage.setItem(KEY, choice);
      apply();
      show();
    };
    return [choice, button];
  });
  const show = () => buttons.forEach(([choice, button]) => button.setAttribute("aria-pressed", String(choice === chosen())));
  root.replaceChildren(...buttons.map(([, button]) => button));
  show();
  if (!window.workbenchTheme && chosen() !== "system") apply();
}
