"""A button that copies a text: in the browser, at once."""

from .component import component
from .language import t


def copy_button(text: str, key: str) -> None:
    """Draw the button for ``text``."""
    words = {name: t(f"copy.{name}") for name in ("copy", "copied", "failed")}
    component("copy_button")(data={"text": text, "words": words}, key=key, width="content", height="content")
