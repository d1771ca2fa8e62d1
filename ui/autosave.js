// A text area hands its value over when it is left. This one does so whenever typing pauses, so that nothing is lost.
const PAUSE = 900; // milliseconds

export default function () {
  if (window.workbenchAutosave) return;
  window.workbenchAutosave = true;
  let timer = 0;
  document.addEventListener("input", (event) => {
    const area = event.target;
    if (!area.matches?.(".st-key-editor textarea") || event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      // The key that Streamlit's text area hands its value over at.
      area.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true }));
    }, PAUSE);
  });
}
