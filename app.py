"""The entry of the workbench in the browser: ``streamlit run app.py``."""

import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

import streamlit as st

from ui import language, shell
from ui.language import t
from workbench.errors import WorkbenchError
from workbench.scenario import Scenario
from workbench.settings import load

if TYPE_CHECKING:
    from workbench.services import Services


_FIRST_PAGE = 1.0  # seconds in which the first page is drawn; warming within them would only hold it up
_UPKEEP = 60.0  # seconds after which upkeep is started behind
_HOUR = 3600


@st.cache_resource(show_spinner=False)
def services() -> "Services":
    """The services of this installation, made once; what is heavy is warmed behind the first page."""
    import wiring

    made = wiring.services(load())
    warming = threading.Timer(_FIRST_PAGE, _warm, args=(made,))
    warming.daemon = True
    warming.start()
    return made


def _warm(made: "Services") -> None:
    """Ask for built-in knowledge and for missing vectors; open what the first question would wait for."""
    if made.settings.load_builtin_knowledge:
        made.builtin.load_defaults()
    with suppress(WorkbenchError):  # the page that needs it says what is wrong
        made.knowledge.likeness("warm", ["up"])
        for base in made.knowledge.list():
            if base.stale:  # the embedder is another than before, or another version of it
                made.queue.reindex(base.name)
        made.knowledge.search("warm up", names=[base.name for base in made.knowledge.list()][:1], limit=1)
    import_module("pandas")  # tables of pages


@st.cache_resource(show_spinner=False, ttl=_HOUR)
def _upkeep() -> threading.Timer:
    """See to what is done once a day, while somebody uses the pages."""
    seeing = threading.Timer(_UPKEEP, services().history.keep_up)
    seeing.daemon = True
    seeing.start()
    return seeing


def main() -> None:
    """Draw the page that the person is on."""
    language.settle()
    shell.open_page(t("shell.name"))
    try:
        known = services()
    except WorkbenchError as error:
        st.error(error.text(language.current()), icon=":material/error:")
        return
    _upkeep()
    lang = language.current()
    from ui.batch_page import batch_page
    from ui.cost_page import cost_page
    from ui.history import history
    from ui.home import home
    from ui.inbox_page import inbox_page, waiting_count
    from ui.knowledge_page import knowledge_page
    from ui.settings_page import settings_page

    shell.navigate(
        known,
        {
            "": [(t("home.title"), "home", "", partial(home, known))],
            t("shell.scenarios"): [
                (scenario.title(lang), scenario.icon, slug, _page(known, scenario))
                for slug, scenario in known.scenarios.items()
            ],
            t("shell.work"): [
                (t("knowledge.title"), "library_books", "knowledge", partial(knowledge_page, known, _accepted())),
                (t("history.title"), "history", "history", partial(history, known)),
                (t("batch.title"), "table_rows", "batch", partial(batch_page, known)),
                (t("inbox.title"), "inbox", "inbox", partial(inbox_page, known)),
            ],
            t("shell.system"): [
                (t("cost.title"), "payments", "cost", partial(cost_page, known)),
                (t("settings.title"), "settings", "settings", partial(settings_page, known)),
            ],
        },
        counts={"inbox": waiting_count(known)},
    )


def _accepted() -> list[str]:
    from documents.reader import SUFFIXES

    return sorted(SUFFIXES)


def _page(known: "Services", scenario: Scenario) -> Callable[[], None]:
    """A scenario's own page where it has one, else the page made from its declaration."""
    from ui.scenario_page import scenario_page

    module = f"scenarios.{scenario.slug}.page"
    if find_spec(module) is None:
        return partial(scenario_page, known, scenario)
    return partial(import_module(module).page, known, scenario)


if __name__ == "__main__":
    main()
