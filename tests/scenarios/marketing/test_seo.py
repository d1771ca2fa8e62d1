"""Keyword groups with what answers them, and titles that a search engine shows whole."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.marketing.seo.measures import fit, limit, shown
from scenarios.marketing.seo.models import PageDraft, Seo, SeoDraft, SeoRequest
from scenarios.marketing.seo.task import SeoTask
from tests.fakes.knowledge import NoKnowledge
from tests.scenarios.marketing.test_creative import PASSAGES
from workbench.run import RunContext


def run(**asked: Any) -> tuple[SeoTask, SeoRequest, RunContext, Seo]:
    request = SeoRequest.model_validate(
        {"product": "香脆 F6 空气炸锅", "seeds": ["空气炸锅"], "brand": "蒲屿", **asked}
    )
    here = RunContext("zh", NoKnowledge(), ())  # type: ignore[arg-type]
    here.passages = list(PASSAGES)
    task = SeoTask()
    task.gather(request, here)
    return task, request, here, task.compose(request, here)


@pytest.mark.parametrize("engine", ["baidu", "google"])
def test_titles_and_descriptions_fit_the_engine_and_the_law_and_name_facts(engine: str) -> None:
    task, request, here, made = run(engine=engine)
    assert len(made.groups) == 5 and not [one for one in task.check(request, made, here) if one.severity != "info"]
    for group in made.groups:
        assert 0 < group.title_length <= limit("title", made.engine)
        assert 0 < group.description_length <= limit("description", made.engine)
        assert "空气炸锅" in group.title
    assert any("18个月" in group.description for group in made.groups)


def test_keywords_are_told_apart_by_whether_the_material_answers_them() -> None:
    task, request, here, made = run()
    words = {word.text: word.source for group in made.groups for word in group.keywords}
    assert words["空气炸锅保修多久"] and words["空气炸锅价格"] and not words["空气炸锅测评"]
    assert made.gaps and not any(words[gap] for gap in made.gaps)
    assert "seo.gaps" in [finding.rule for finding in task.check(request, made, here)]
    assert len(words) == sum(len(group.keywords) for group in made.groups)


def test_the_knowledge_base_gives_words_of_its_own() -> None:
    words = {word.text: word.source for group in run()[3].groups for word in group.keywords}
    assert words["空气炸锅整机保修"] and words["空气炸锅容量"]
    assert not [word for word in words if "可以" in word]  # a statement is no search


def test_a_models_page_stands_only_when_it_fits_is_lawful_and_invents_no_figure() -> None:
    task, request, here, made = run()
    draft = SeoDraft(
        pages=[
            PageDraft(group=1, title="空气炸锅怎么选：先看容量", description="容量为5.5升，整机保修18个月。"),
            PageDraft(group=2, title="全国第一的空气炸锅", description="买它。"),
            PageDraft(group=3, title="空气炸锅价格", description="功率9999瓦。"),
            PageDraft(group=99, title="空", description="空"),
        ]
    )
    settled = task.settle(request, draft, here)
    assert settled.groups[0].title == "空气炸锅怎么选：先看容量"
    assert [group.title for group in settled.groups[1:]] == [group.title for group in made.groups[1:]]


def test_lengths_are_bytes_for_baidu_and_pixels_for_google() -> None:
    assert shown("炸锅A", "title", "baidu") == 5
    assert shown("炸锅", "title", "google") == 40 and shown("iii", "title", "google") < shown("WWW", "title", "google")


@given(st.lists(st.text(min_size=1, max_size=90), min_size=1, max_size=4), st.sampled_from(["baidu", "google"]))
def test_fitted_pieces_never_exceed_the_limit(pieces: list[str], engine: Any) -> None:
    assert shown(fit(pieces, "，", "title", engine), "title", engine) <= limit("title", engine)
