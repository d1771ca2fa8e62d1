"""The result of a run on the page: editing, versions, checks that somebody answers for, and the way to approval."""

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextArea

from workbench.findings import keyed
from workbench.services import Services

PROMISE = "您好，K2 整机保修 99 个月。"


def _draw(services, run_id, person, lang):  # runs as the script of the page: everything it needs is imported here
    from functools import partial

    import streamlit as st

    from scenarios.support.page import page as support
    from ui import shell

    st.session_state["lang"] = lang
    st.session_state.setdefault("person", person)
    st.query_params["run"] = run_id
    page = partial(support, services, services.scenarios["support"])
    shell.open_page("test")
    shell.navigate(services, {"": [("support", "home", "", page), ("knowledge", "home", "knowledge", lambda: None)]})


def open_result(services: Services, run_id: str, person: str = "chen", lang: str = "zh") -> AppTest:
    page = AppTest.from_function(_draw, args=(services, run_id, person, lang), default_timeout=60).run()
    assert not page.exception
    return page


def has(page: AppTest, key: str) -> bool:
    return any(button.key == key for button in page.button)


def field(page: AppTest) -> TextArea:
    """The text that is being edited."""
    return next(area for area in page.text_area if str(area.key).startswith("edit-text-"))


def edit(services: Services, run_id: str, text: str, person: str = "chen") -> None:
    services.desk.revise(run_id, text, services.desk.actor(person))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_edit_is_saved_as_a_new_version_by_the_acting_person(services, run_id, lang):
    page = open_result(services, run_id, "wang", lang)
    page.button(key=f"edit-{run_id}").click().run()
    field(page).set_value("您好，请稍候。").run()
    page.button(key=f"save-{run_id}").click().run()
    newest = services.runs.versions(run_id)[-1]
    assert (newest.number, newest.text, newest.author) == (2, "您好，请稍候。", "wang")
    assert newest.real
    assert has(page, f"edit-{run_id}")
    assert not services.desk.store.edits(run_id)


def test_what_is_typed_is_there_again_after_a_reload(services, run_id):
    page = open_result(services, run_id)
    page.button(key=f"edit-{run_id}").click().run()
    field(page).set_value("写到一半").run()
    reloaded = open_result(services, run_id)
    assert field(reloaded).value == "写到一半"
    assert len(services.runs.versions(run_id)) == 1


def test_discarding_keeps_no_edit_and_no_version(services, run_id):
    page = open_result(services, run_id)
    page.button(key=f"edit-{run_id}").click().run()
    field(page).set_value("不要了").run()
    page.button(key=f"discard-{run_id}").click().run()
    assert not services.desk.store.edits(run_id)
    assert len(services.runs.versions(run_id)) == 1
    page.button(key=f"edit-{run_id}").click().run()
    assert field(page).value == services.runs.versions(run_id)[0].text


def test_a_second_person_is_told_that_somebody_edits(services, run_id):
    page = open_result(services, run_id)
    page.button(key=f"edit-{run_id}").click().run()
    other = open_result(services, run_id, "wang")
    assert any("陈晨" in told.value for told in other.info)


def two_who_edit(services: Services, run_id: str) -> AppTest:
    """chen began from version 1 and wrote; wang saved version 2 meanwhile; chen presses save."""
    edit(services, run_id, "您好。\n请稍候。\n再见。")
    page = open_result(services, run_id)
    page.button(key=f"edit-{run_id}").click().run()
    field(page).set_value("陈晨您好。\n请稍候。\n再见。").run()
    edit(services, run_id, "您好。\n请稍候。\n祝好，再见。", "wang")
    page.button(key=f"save-{run_id}").click().run()
    return page


def test_who_saves_second_is_told_before_anything_is_saved(services, run_id):
    page = two_who_edit(services, run_id)
    assert any("王芳" in told.value for told in page.warning)
    assert len(services.runs.versions(run_id)) == 3


def test_who_saves_second_can_combine_both(services, run_id):
    page = two_who_edit(services, run_id)
    page.button(key=f"merge-{run_id}").click().run()
    assert field(page).value == "陈晨您好。\n请稍候。\n祝好，再见。"
    page.button(key=f"save-{run_id}").click().run()
    newest = services.runs.versions(run_id)[-1]
    assert (newest.base, newest.text) == (3, "陈晨您好。\n请稍候。\n祝好，再见。")


def test_who_saves_second_can_save_their_own_and_both_stay(services, run_id):
    page = two_who_edit(services, run_id)
    page.button(key=f"save-mine-{run_id}").click().run()
    versions = services.runs.versions(run_id)
    assert [one.text[:2] for one in versions[2:]] == ["您好", "陈晨"]
    assert versions[-1].branched


def test_an_older_version_can_be_restored(services, run_id):
    first = services.runs.versions(run_id)[0]
    edit(services, run_id, "您好。")
    page = open_result(services, run_id, "wang")
    page.button(key=f"restore-{run_id}-1").click().run()
    newest = services.runs.versions(run_id)[-1]
    assert (newest.restored, newest.text, newest.author) == (1, first.text, "wang")


def test_a_failed_check_is_waived_by_name_with_a_reason_and_taken_back(services, run_id):
    edit(services, run_id, PROMISE)
    key = next(
        key for key, finding in keyed(services.runs.versions(run_id)[-1].findings) if finding.severity == "error"
    )
    page = open_result(services, run_id, "wang")
    assert page.error
    page.button(key=f"waive-{run_id}-{key}").click().run()
    assert services.desk.open_errors(run_id)  # not without a reason
    assert any("理由" in told.value for told in page.toast)
    page.text_area(key=f"reason-{run_id}-{key}").set_value("已与厂家确认").run()
    page.button(key=f"waive-{run_id}-{key}").click().run()
    assert not services.desk.open_errors(run_id)
    assert not page.error
    assert any("王芳" in part.value and "已与厂家确认" in part.value for part in page.markdown)
    page.button(key=f"lift-{run_id}-{key}").click().run()
    assert services.desk.open_errors(run_id)


def test_approval_is_asked_for_from_the_bar_of_actions(services, run_id):
    page = open_result(services, run_id)
    page.button(key=f"submit-{run_id}").click().run()
    asked = services.desk.store.approval(run_id)
    assert (asked.status, asked.submitted_by) == ("pending", "chen")
    assert not has(page, f"submit-{run_id}")


def test_the_person_is_chosen_at_the_side_and_acts_from_then_on(services, run_id):
    page = open_result(services, run_id)
    page.selectbox(key="person").set_value("he").run()
    page.button(key=f"submit-{run_id}").click().run()
    assert services.desk.store.approval(run_id).submitted_by == "he"


def test_an_archived_deliverable_can_only_be_read(services, run_id):
    services.desk.submit(run_id, services.desk.actor("chen"))
    sha256 = services.runs.versions(run_id)[-1].sha256
    for act, person in (("approve", "wang"), ("approve", "lin"), ("archive", "xu")):
        services.desk.decide(run_id, act, services.desk.actor(person), sha256)
    page = open_result(services, run_id)
    assert page.button(key=f"edit-{run_id}").disabled
    assert not has(page, f"submit-{run_id}")


def test_a_decider_decides_above_the_text_and_sees_the_record(services, run_id):
    services.desk.submit(run_id, services.desk.actor("chen"))
    page = open_result(services, run_id, "wang")
    page.button(key=f"approve-{run_id}-0").click().run()
    assert not has(page, f"approve-{run_id}-0")
    assert any("王芳" in part.value and "单人模式" in part.value for part in page.markdown)


def test_the_filled_form_stands_above_its_result(services, run_id):
    page = open_result(services, run_id)
    message = services.runs.get(run_id).request["message"]
    assert message in [shown.value for shown in page.text]


def test_a_form_that_was_not_kept_is_not_shown(services, run_id):
    run = services.runs.get(run_id)
    services.runs.save(run.model_copy(update={"inputs_kept": False}))
    assert run.request["message"] not in [shown.value for shown in open_result(services, run_id).text]
