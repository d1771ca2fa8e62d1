"""Every page on real services, in both languages: empty, filled with hostile text, and with a store out of reach."""

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from scenarios.registry import SCENARIOS
from ui.literal import literal
from vectorstore.queue import Queue
from workbench.errors import BackendError, StoreError
from workbench.services import Services

HOSTILE = "<script>alert(1)</script> **bold** $\\frac{1}{2}$ [link](http://example.com) :material/home: " + "长" * 7900


PAGES = [scenario.slug for scenario in SCENARIOS]


def _draw(services, path, lang):  # runs as the script of the page: everything it needs is imported here
    from functools import partial

    import streamlit as st

    from scenarios.support.page import page as support
    from ui import shell
    from ui.batch_page import batch_page
    from ui.cost_page import cost_page
    from ui.history import history
    from ui.home import home
    from ui.inbox_page import inbox_page
    from ui.knowledge_page import knowledge_page
    from ui.scenario_page import scenario_page
    from ui.settings_page import settings_page

    st.session_state["lang"] = lang
    pages = {
        **{slug: partial(scenario_page, services, scenario) for slug, scenario in services.scenarios.items()},
        "home": partial(home, services),
        "support": partial(support, services, services.scenarios["support"]),
        "knowledge": partial(knowledge_page, services, [".md"]),
        "history": partial(history, services),
        "batch": partial(batch_page, services),
        "cost": partial(cost_page, services),
        "inbox": partial(inbox_page, services),
        "settings": partial(settings_page, services),
    }
    shell.open_page("test")
    shell.navigate(services, {"": [(name, "home", "" if name == path else name, page) for name, page in pages.items()]})


def _open(services: Services, path: str, lang: str) -> AppTest:
    return AppTest.from_function(_draw, args=(services, path, lang), default_timeout=60).run()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", [*PAGES, "home", "knowledge", "history", "inbox", "batch", "cost", "settings"])
def test_an_empty_page_teaches_and_shows_no_error(services: Services, path: str, lang: str) -> None:
    page = _open(services, path, lang)
    assert len(page.title) == 1
    assert not page.error
    assert not page.exception


def test_hostile_text_goes_through_a_run_and_comes_back_as_text(services: Services) -> None:
    page = _open(services, "support", "zh")
    page.text_area(key="support-message").set_value(HOSTILE).run()
    page.button(key="support-run").click().run()
    for _ in range(100):
        if services.runs.list() and services.runs.list()[0].status != "running":
            break
        page.run()
    page.run()
    assert not page.exception
    assert page.text_area(key="support-message").value == HOSTILE
    for path in ("home", "history"):
        again = _open(services, path, "en")
        assert not again.exception
        assert not any("<script>" in part.value for part in again.markdown)


def test_a_hostile_title_and_document_stay_text_on_the_knowledge_page(services: Services, tmp_path: Path) -> None:
    services.knowledge.create("kb", title=HOSTILE[:120])
    file = tmp_path / "policy.md"
    file.write_text(f"# Warranty\nThe kettle has 24 months. {HOSTILE}", "utf-8")
    assert [one.status for one in services.knowledge.ingest("kb", [file])] == ["indexed"]
    page = _open(services, "knowledge", "zh")
    assert not page.exception
    page.text_input(key="ask-kb").set_value("kettle months").run()
    assert not page.exception
    assert not page.error


def test_sensitivity_and_title_can_be_changed_on_the_knowledge_page(services: Services) -> None:
    services.knowledge.create("kb", title="Old")
    page = _open(services, "knowledge", "zh")
    page.text_input(key="title-kb").set_value("New").run()
    page.selectbox(key="level-kb").set_value("confidential").run()
    page.button(key="change-kb").click().run()
    changed = services.knowledge.get("kb")
    assert (changed.title, changed.sensitivity) == ("New", "confidential")


def test_waiting_files_can_be_paused_and_resumed(services: Services) -> None:
    services.knowledge.create("kb", title="Base")
    services = replace(services, queue=Queue(services.settings.data, lambda: None))
    services.queue.submit("kb", "policy.md", b"# Policy")
    page = _open(services, "knowledge", "zh")
    page.button(key="pause-kb").click().run()
    assert [job.state for job in services.queue.jobs("kb")] == ["paused"]
    page.run()
    page.button(key="resume-kb").click().run()
    assert [job.state for job in services.queue.jobs("kb")] == ["waiting"]


def test_a_damaged_zip_is_one_sentence_and_holds_up_no_other_file(services: Services) -> None:
    services.knowledge.create("kb", title="Base")
    services = replace(services, queue=Queue(services.settings.data, lambda: None))
    page = _open(services, "knowledge", "zh")
    files = [("bad.zip", b"no zip", "application/zip"), ("policy.md", b"# Policy", "text/markdown")]
    page.file_uploader(key="upload-kb-0").set_value(files).run()
    assert not page.exception
    assert len(page.toast) == 1
    page.run()
    person = services.desk.people[0].id
    assert [(job.name, job.submitter) for job in services.queue.jobs("kb")] == [("policy.md", person)]


def test_every_failed_file_is_shown_with_its_reason_and_can_be_tried_again(services: Services) -> None:
    services.knowledge.create("kb", title="Base")
    services = replace(services, queue=Queue(services.settings.data, lambda: None))
    for number in range(12):
        (job_id,) = services.queue.submit("kb", f"f{number}.md", b"# %d" % number)
        services.queue.take()
        services.queue.finish(job_id, 1, "reason" if number < 9 else "")
    page = _open(services, "knowledge", "zh")
    assert [error.value for error in page.error] == [literal(f"f{number}.md：reason") for number in range(9)]
    page.button(key="retry-1").click().run()
    assert services.queue.jobs("kb")[0].state == "waiting"


def test_an_index_that_is_being_rebuilt_says_so_by_name(services: Services) -> None:
    services.knowledge.create("kb", title="Base")
    services = replace(services, queue=Queue(services.settings.data, lambda: None))
    services.queue.reindex("kb")
    page = _open(services, "knowledge", "zh")
    assert not page.exception
    assert [part.proto.text for part in page.get("progress")] == ["重建索引：排队中"]


def test_rebuilding_the_index_is_queued(services: Services) -> None:
    services.knowledge.create("kb", title="Base")
    services = replace(services, queue=Queue(services.settings.data, lambda: None))
    page = _open(services, "knowledge", "zh")
    page.button(key="reindex-kb").click().run()
    assert [job.kind for job in services.queue.jobs("kb")] == ["reindex"]


def test_the_chosen_knowledge_shows_the_highest_sensitivity(services: Services) -> None:
    services.knowledge.create("open", title="Open", sensitivity="public")
    services.knowledge.create("secret", title="Secret", sensitivity="confidential")
    page = _open(services, "support", "en")
    assert any("Confidential" in part.value for part in page.markdown)


def test_titles_of_built_in_knowledge_follow_the_viewer_and_what_is_incomplete_says_so(services: Services) -> None:
    services.knowledge.create("sample-support", title="示例公司：客服资料", builtin=True)
    queue = Queue(services.settings.data, lambda: None)
    queue.wish("sample-support", True)
    queue.note_builtin("sample-support", 3, 26)

    def hints(lang: str) -> list[str]:
        page = _open(services, "support", lang)
        assert not page.exception
        return [part.value for part in page.caption if "26" in part.value]

    assert ["Sample company" in hint and "3 of 26" in hint for hint in hints("en")] == [True]
    assert ["示例公司：客服资料" in hint for hint in hints("zh")] == [True]
    shown = _open(services, "knowledge", "en")
    assert shown.radio(key="knowledge-chosen").options == [literal("Sample company: support")]
    queue.note_builtin("sample-support", 26, 26)
    assert hints("en") == []


@pytest.mark.parametrize(("lang", "words"), [("zh", "只按词语进行"), ("en", "by words only")])
@pytest.mark.parametrize("path", ["home", "knowledge", "settings"])
def test_what_does_not_work_here_is_said_in_one_sentence(services: Services, path: str, lang: str, words: str) -> None:
    assert not _open(services, path, lang).info
    limited = replace(services, notices=(BackendError("vectorstore:e5.missing"),))
    assert [words in info.value for info in _open(limited, path, lang).info] == [True]


class _Unreachable:
    """A store that answers nothing."""

    def __getattr__(self, name: str):
        def fail(*_args: object, **_named: object) -> None:
            raise StoreError("vectorstore:queue.damaged", reason="test")

        return fail


@pytest.mark.parametrize(
    ("path", "store"),
    [("home", "runs"), ("history", "history"), ("knowledge", "knowledge"), ("support", "knowledge")],
)
def test_a_store_out_of_reach_is_one_sentence(services: Services, path: str, store: str) -> None:
    broken = replace(services, **{store: _Unreachable()})
    page = _open(broken, path, "en")
    assert not page.exception
    assert len(page.error) == 1
    assert "test" in page.error[0].value


@pytest.mark.parametrize("path", ["inbox", "home"])
def test_a_desk_out_of_reach_stops_the_inbox_only(services: Services, path: str) -> None:
    page = _open(replace(services, desk=replace(services.desk, store=_Unreachable())), path, "en")
    assert not page.exception
    assert len(page.error) == (path == "inbox")
