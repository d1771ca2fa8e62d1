"""Whether the configured models answer, asked behind the pages now and then, so that a page only looks it up."""

import threading
import time

import streamlit as st

from workbench.chat import COMPOSER, Backends
from workbench.texts import LANGS, Lang

EVERY = 600.0
"""Seconds between two questions: each costs a hosted model one word."""


class ModelWatch:
    """The last answers. ``troubles`` never waits."""

    def __init__(self, backends: Backends) -> None:
        self._backends = backends
        self._asked = float("-inf")
        self._lock = threading.Lock()
        self._troubles: dict[str, dict[Lang, str]] = {}

    def troubles(self, lang: Lang) -> dict[str, str]:
        """What is wrong, one sentence by the name of the model; empty while all is well or not yet known."""
        with self._lock:
            due = time.monotonic() - self._asked > EVERY
            if due:
                self._asked = time.monotonic()
        if due:
            threading.Thread(target=self.ask, daemon=True).start()
        return {name: sentence[lang] for name, sentence in self._troubles.items()}

    def ask(self) -> None:
        """Ask every configured model once."""
        troubles = {}
        for info in self._backends.list():
            if info.name != COMPOSER and not self._backends.check(info.name, "zh").ok:
                troubles[info.name] = {lang: self._backends.check(info.name, lang).message for lang in LANGS}
        self._troubles = {name: said for name, said in troubles.items() if all(said.values())}


@st.cache_resource(show_spinner=False)
def model_watch(_backends: Backends) -> ModelWatch:
    """The one watch of this process."""
    return ModelWatch(_backends)
