"""What surrounds every page: style, wordmark, navigation, person, language, theme, and the guard against tracebacks."""

import json
import logging
from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.services import Services
from workbench.texts import Lang

from . import language
from .language import t
from .person import person_picker
from .theme_switch import theme_switch
from .widget_words import widget_words

log = logging.getLogger(__name__)

_HERE = Path(__file__).parent
_NAMES: dict[Lang, str] = {"zh": "中文", "en": "English"}


def open_page(title: str) -> None:
    """Page configuration, style and wordmark. Must come first."""
    # A picture of our own: for a Material icon the browser would ask a font server outside.
    st.set_page_config(page_title=title, page_icon=str(_HERE / "favicon.png"), layout="wide")
    wordmark = f":root {{ --wordmark: {json.dumps(title, ensure_ascii=False)}; }}"
    st.html(f"<style>{wordmark}\n{(_HERE / 'style.css').read_text('utf-8')}</style>")
    st.logo(str(_HERE / "logo.svg"), size="large")


def navigate(
    services: Services,
    pages: dict[str, list[tuple[str, str, str, Callable[[], None]]]],
    counts: Mapping[str, int] | None = None,
) -> None:
    """Show the navigation and run the chosen page. ``pages`` holds (title, icon, url path, page) by section.

    ``counts`` says by url path how many things wait there.
    """
    made = {
        section: [
            st.Page(_guarded(page), title=title, icon=f":material/{icon}:", url_path=path or None, default=not path)
            for title, icon, path, page in entries
        ]
        for section, entries in pages.items()
    }
    paths = [path for entries in pages.values() for _, _, path, _ in entries]
    st.session_state["pages"] = dict(zip(paths, (page for group in made.values() for page in group), strict=True))
    chosen = st.navigation(made, expanded=True)
    _show_counts(counts or {})
    with st.sidebar:
        person_picker(services)
        with st.container(key="foot", horizontal=True, vertical_alignment="center", gap="small"):
            _switch_language()
            theme_switch()
        widget_words()
    chosen.run()


def _show_counts(counts: Mapping[str, int]) -> None:
    """A number beside a page's name. Streamlit has no place for it, so the style sheet writes it."""
    rules = [
        f'[data-testid="stSidebarNavLink"][href*="/{path}"]::after {{ content: "{count}"; }}'
        for path, count in counts.items()
        if count
    ]
    st.html(f"<style>{' '.join(rules) or '/* nothing waits */'}</style>")


def _switch_language() -> None:
    lang = language.current()

    def changed() -> None:
        language.choose(st.session_state["language-switch"])

    st.session_state["language-switch"] = lang
    st.segmented_control(
        t("shell.language"),
        list(_NAMES),
        required=True,
        format_func=_NAMES.__getitem__,
        key="language-switch",
        on_change=changed,
        label_visibility="collapsed",
    )


def _guarded(page: Callable[[], None]) -> Callable[[], None]:
    """``page`` that ends in a sentence, never in a traceback."""

    def guarded() -> None:
        try:
            page()
        except WorkbenchError as error:
            st.error(error.text(language.current()), icon=":material/error:")
        except Exception:
            log.exception("a page failed")
            st.error(t("shell.unexpected"), icon=":material/error:")
            st.button(t("shell.again"), key="again")

    return guarded
