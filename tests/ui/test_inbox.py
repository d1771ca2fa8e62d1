"""The inbox: deciding from the page, what one waits for, the archive, and how long steps take."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from workbench.services import Services


def _draw(services, person, lang):  # runs as the script of the page: everything it needs is imported here
    from functools import partial

    import streamlit as st

    from ui import shell
    from ui.inbox_page import inbox_page, waiting_count

    st.session_state["lang"] = lang
    st.session_state.setdefault("person", person)
    pages = [("inbox", "home", "", partial(inbox_page, services)), ("support", "home", "support", lambda: None)]
    shell.open_page("test")
    shell.navigate(services, {"": pages}, counts={"inbox": waiting_count(services)})


def inbox(services: Services, person: str, lang: str = "zh") -> AppTest:
    page = AppTest.from_function(_draw, args=(services, person, lang), default_timeout=60).run()
    assert not page.exception
    return page


def view(page: AppTest, name: str) -> AppTest:
    page.button_group(key="inbox-view").set_value(name).run()
    assert not page.exception
    return page


def keys(page: AppTest) -> set[str]:
    return {button.key for button in page.button}


def words(page: AppTest) -> str:
    return "\n".join(part.value for part in (*page.markdown, *page.text, *page.caption))


def approval(services, run_id):
    return services.desk.store.approval(run_id)


@pytest.fixture
def asked(services: Services, run_id: str) -> str:
    """A reply that chen asked approval for."""
    services.desk.submit(run_id, services.desk.actor("chen"))
    return run_id


def decide(services, run_id, act, person):
    sha256 = services.runs.versions(run_id)[-1].sha256
    return services.desk.decide(run_id, act, services.desk.actor(person), sha256)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["mine", "asked", "archive", "times"])
def test_an_empty_view_teaches(services, lang, name):
    page = view(inbox(services, "wang", lang), name)
    assert not page.error
    assert any(part.value.startswith(":material/") for part in page.markdown)


def test_only_whose_turn_it_is_sees_it_in_the_inbox(services, asked):
    assert f"approve-{asked}-0" in keys(inbox(services, "wang"))
    assert f"approve-{asked}-1" in keys(inbox(services, "lin"))
    assert not any(asked in str(key) for key in keys(inbox(services, "he")))


def test_the_navigation_counts_what_waits(services, asked):
    assert 'content: "1"' in "".join(part.proto.body for part in inbox(services, "wang").get("html"))
    assert "content: " not in "".join(
        part.proto.body for part in inbox(services, "he").get("html") if "SidebarNavLink" in part.proto.body[:80]
    )


def test_all_steps_are_approved_and_filed_from_the_page(services, asked):
    inbox(services, "wang").button(key=f"approve-{asked}-0").click().run()
    assert approval(services, asked).status == "pending"
    inbox(services, "lin").button(key=f"approve-{asked}-1").click().run()
    assert approval(services, asked).status == "approved"
    inbox(services, "xu").button(key=f"archive-{asked}-2").click().run()
    assert approval(services, asked).status == "archived"
    last = services.desk.store.decisions(asked)[-1]
    assert (last.actor.person, last.sha256) == ("xu", services.runs.versions(asked)[-1].sha256)
    assert last.actor.real


def test_a_return_needs_a_comment_and_keeps_the_quoted_sentence(services, asked):
    page = inbox(services, "lin")
    page.button(key=f"do-return-{asked}-1").click().run()
    assert approval(services, asked).status == "pending"
    assert any("意见" in told.value for told in page.toast)
    sentence = page.selectbox(key=f"quote-return-{asked}-1")
    sentence.select_index(0).run()
    quote = sentence.value or page.selectbox(key=f"quote-return-{asked}-1").value
    page.text_area(key=f"words-return-{asked}-1").set_value("口气再亲切些").run()
    page.button(key=f"do-return-{asked}-1").click().run()
    assert approval(services, asked).status == "returned"
    comment = services.desk.store.decisions(asked)[-1].comments[0]
    assert comment.text == "口气再亲切些"
    assert comment.quote == quote != ""
    assert "口气再亲切些" in words(view(inbox(services, "chen"), "asked"))


def test_a_text_can_be_rejected(services, asked):
    page = inbox(services, "wang")
    page.text_area(key=f"words-reject-{asked}-0").set_value("不发了").run()
    page.button(key=f"do-reject-{asked}-0").click().run()
    assert approval(services, asked).status == "rejected"


def test_a_step_is_delegated_to_somebody_who_then_sees_it(services, asked):
    page = inbox(services, "wang")
    page.selectbox(key=f"to-delegate-{asked}-0").set_value("he").run()
    page.button(key=f"do-delegate-{asked}-0").click().run()
    assert approval(services, asked).steps[0].deciders == ("he",)
    assert f"approve-{asked}-0" in keys(inbox(services, "he"))


def test_who_asked_can_remind_and_withdraw(services, asked):
    page = view(inbox(services, "chen"), "asked")
    page.button(key=f"remind-{asked}-None").click().run()
    assert approval(services, asked).steps[0].reminders == 1
    page.button(key=f"withdraw-{asked}-None").click().run()
    assert approval(services, asked).status == "withdrawn"


def test_a_decision_about_a_text_that_changed_meanwhile_is_not_recorded(services, asked):
    page = inbox(services, "wang")
    services.desk.revise(asked, "另一份文字。", services.desk.actor("chen"))
    page.button(key=f"approve-{asked}-0").click().run()
    assert "approve" not in [one.act for one in services.desk.store.decisions(asked)]
    assert any("第 2 版" in told.value for told in page.toast)


def test_the_archive_finds_by_words_and_is_read_only(services, asked):
    for act, person in (("approve", "wang"), ("approve", "lin"), ("archive", "xu")):
        decide(services, asked, act, person)
    page = view(inbox(services, "he"), "archive")
    assert [box.proto.label for box in page.expander] != []
    assert not any(asked in str(key) for key in keys(page))
    page.text_input(key="archive-words").set_value("绝无此词").run()
    assert not page.expander


def test_step_times_are_told_by_step(services, asked):
    decide(services, asked, "approve", "wang")
    page = view(inbox(services, "he"), "times")
    drawn = [
        json.loads(part.proto.json) for part in page.get("bidi_component") if part.proto.component_name.endswith("bars")
    ]
    assert [row["name"] for row in drawn[0]["rows"]] == ["业务审核"]
