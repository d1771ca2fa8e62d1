"""Which version of a document answers on which day."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vectorstore.knowledge import KnowledgeBases
from workbench.errors import NotFoundError, RequestError

from .conftest import text_material

TODAY = date.today()
DAY = timedelta(days=1)


def answers(bases: KnowledgeBases, as_of: date | None = None) -> list[str]:
    return [hit.chunk.text for hit in bases.search("退货期限", names=["kb"], as_of=as_of)]


def test_a_new_version_replaces_the_old_one_for_answering(bases: KnowledgeBases) -> None:
    assert bases.ingest_material("kb", text_material("policy", "退货期限是七天。")).status == "indexed"
    assert bases.ingest_material("kb", text_material("policy", "退货期限是十五天。")).status == "replaced"
    assert answers(bases) == ["退货期限是十五天。"]
    assert bases.get("kb").documents == 1
    assert bases.get("kb").chunks == 1


def test_history_can_be_looked_up(bases: KnowledgeBases) -> None:
    bases.ingest_material("kb", text_material("policy", "退货期限是七天。\n\n运费由客户承担。"))
    bases.ingest_material("kb", text_material("policy", "退货期限是十五天。"))
    newest, oldest = bases.versions("kb", "policy")
    assert (newest.version, newest.versions, oldest.version) == (2, 2, 1)
    assert oldest.ends == TODAY - DAY
    assert newest.begins == TODAY
    assert bases.text("kb", "policy", 1) == "退货期限是七天。\n\n运费由客户承担。"
    assert bases.text("kb", "policy") == "退货期限是十五天。"
    assert bases.chunks("kb", "policy", 1)[0].text.startswith("退货期限是七天。")
    with pytest.raises(NotFoundError):
        bases.chunks("kb", "policy", 3)


def test_a_day_is_answered_by_the_version_in_force_on_it(bases: KnowledgeBases) -> None:
    bases.ingest_material("kb", text_material("policy", "退货期限是七天。", effective_from=date(2024, 1, 1)))
    bases.ingest_material("kb", text_material("policy", "退货期限是十五天。", effective_from=date(2025, 7, 1)))
    assert answers(bases, date(2023, 12, 31)) == []
    assert answers(bases, date(2024, 1, 1)) == ["退货期限是七天。"]
    assert answers(bases, date(2025, 6, 30)) == ["退货期限是七天。"]
    assert answers(bases, date(2025, 7, 1)) == ["退货期限是十五天。"]


def test_a_version_announced_for_later_does_not_answer_yet(bases: KnowledgeBases) -> None:
    bases.ingest_material("kb", text_material("policy", "退货期限是七天。"))
    bases.ingest_material("kb", text_material("policy", "退货期限是十五天。", effective_from=TODAY + DAY))
    assert answers(bases) == ["退货期限是七天。"]
    assert answers(bases, TODAY + DAY) == ["退货期限是十五天。"]


def test_dates_set_later_are_obeyed_by_the_very_next_search(bases: KnowledgeBases) -> None:
    bases.ingest_material("kb", text_material("policy", "退货期限是七天。"))
    assert answers(bases)
    stored = bases.set_dates("kb", "policy", effective_from=None, effective_to=TODAY - DAY)
    assert stored.effective_to == TODAY - DAY
    assert answers(bases) == []
    assert answers(bases, TODAY - DAY) == ["退货期限是七天。"]
    bases.set_dates("kb", "policy", effective_from=TODAY, effective_to=None)
    assert answers(bases) == ["退货期限是七天。"]
    with pytest.raises(RequestError):
        bases.set_dates("kb", "policy", effective_from=TODAY, effective_to=TODAY - DAY)
    with pytest.raises(NotFoundError):
        bases.set_dates("kb", "absent", effective_from=None, effective_to=None)


def test_an_expired_new_version_does_not_bring_the_old_one_back(bases: KnowledgeBases) -> None:
    bases.ingest_material("kb", text_material("policy", "退货期限是七天。"))
    bases.ingest_material(
        "kb",
        text_material("policy", "退货期限是十五天。", effective_from=date(2025, 1, 1), effective_to=date(2025, 6, 30)),
    )
    assert answers(bases, date(2025, 7, 1)) == []


def test_the_same_text_with_new_dates_changes_the_dates_only(bases: KnowledgeBases) -> None:
    bases.ingest_material("kb", text_material("policy", "退货期限是七天。"))
    again = bases.ingest_material("kb", text_material("policy", "退货期限是七天。", effective_to=date(2025, 1, 1)))
    assert again.status == "unchanged"
    assert bases.documents("kb")[0].effective_to == date(2025, 1, 1)
    assert bases.documents("kb")[0].versions == 1


def test_deleting_a_document_takes_its_history_along(bases: KnowledgeBases) -> None:
    bases.ingest_material("kb", text_material("policy", "退货期限是七天。"))
    bases.ingest_material("kb", text_material("policy", "退货期限是十五天。"))
    assert answers(bases)
    bases.delete_document("kb", "policy")
    assert answers(bases) == answers(bases, TODAY - DAY) == []
    with pytest.raises(NotFoundError):
        bases.versions("kb", "policy")
    bases.ingest_material("kb", text_material("policy", "退货期限是一个月。"))
    assert answers(bases) == answers(bases, TODAY - DAY) == ["退货期限是一个月。"]


def test_a_search_may_be_narrowed_to_some_documents(bases: KnowledgeBases) -> None:
    for name in ("a", "b", "c"):
        bases.ingest_material("kb", text_material(name, f"退货期限见 {name}。"))
    found = bases.search("退货期限", names=["kb"], documents={"a", "c", "absent"})
    assert {hit.chunk.document_id for hit in found} == {"a", "c"}
    assert bases.search("退货期限", names=["kb"], documents=[]) == []


_days = st.none() | st.dates(date(2025, 1, 1), date(2025, 1, 9))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(dates=st.lists(st.tuples(_days, _days), min_size=1, max_size=4))
def test_on_any_day_the_newest_version_that_had_begun_answers_if_not_over(
    bases: KnowledgeBases, dates: list[tuple[date | None, date | None]]
) -> None:
    if any(known.id == "law" for known in bases.documents("kb")):
        bases.delete_document("kb", "law")
    for number, (start, end) in enumerate(dates, 1):
        bases.ingest_material("kb", text_material("law", f"{number}", effective_from=start, effective_to=end))
    versions = bases.versions("kb", "law")
    for day in (date(2024, 12, 31) + n * DAY for n in range(11)):
        begun = [
            (number, end)
            for number, (start, end) in enumerate(dates, 1)
            if (start or (TODAY if number > 1 else date.min)) <= day
        ]
        expected = [begun[-1][0]] if begun and (begun[-1][1] is None or day <= begun[-1][1]) else []
        assert [known.version for known in versions if known.answers_on(day)] == expected
