"""A shortlist that is run again, and with other genders, ages and names, comes out the same."""

from datetime import date
from pathlib import Path

import pytest

from documents.files import RequestFiles
from scenarios.hr.match_task import MatchTask
from scenarios.hr.matching import match
from scenarios.hr.models import Candidate, Match, MatchDraft, MatchRequest
from scenarios.hr.robustness import agreement, stability, swapped, tau
from tests.fakes.knowledge import NoKnowledge
from tests.scenarios.hr.test_match import LI, WEI
from workbench.run import RunContext
from workbench.settings import Limits

JOB = "Java工程师\n要求：\n熟悉MySQL\n5年以上Java经验\n工作地点：上海"


@pytest.fixture
def context(tmp_path: Path) -> RunContext:
    files = RequestFiles(tmp_path / "received", Limits())
    return RunContext("zh", NoKnowledge(), (), date(2026, 11, 25), files=files)  # type: ignore[arg-type]


@pytest.fixture
def request_(tmp_path: Path) -> MatchRequest:
    tmp_path = tmp_path / "in"
    tmp_path.mkdir()
    for name, text in (("wei.txt", WEI), ("li.txt", LI)):
        (tmp_path / name).write_text(text, "utf-8")
    return MatchRequest(job=JOB, resumes=[str(tmp_path)])


def listed(*ranked: tuple[str, str]) -> Match:
    people = [
        Candidate.model_validate(
            {"file": file, "score": 1, "rank": n, "verdicts": [{"requirement": "r1", "verdict": v}]}
        )
        for n, (file, v) in enumerate(ranked, 1)
    ]
    return Match(summary="s", requirements=[], candidates=people)


def test_a_list_that_is_run_again_agrees_with_itself(request_: MatchRequest, context: RunContext) -> None:
    found = stability(request_, context, match(request_, context))
    assert (found.runs, found.tau, found.same) == (3, 1.0, 1.0)


def test_swapped_ranks_and_verdicts_lower_the_agreement() -> None:
    first = listed(("a", "met"), ("b", "met"), ("c", "not_met"))
    other = listed(("b", "met"), ("a", "met"), ("c", "met"))
    found = agreement(first, [first, other])
    assert found.tau == pytest.approx(1 / 3, abs=1e-3)
    assert found.same == pytest.approx(5 / 6, abs=1e-3)


@pytest.mark.parametrize(
    ("first", "second", "value"),
    [([1, 2, 3], [1, 2, 3], 1), ([1, 2, 3], [3, 2, 1], -1), ([1, 1], [1, 1], 1), ([1], [1], 1)],
)
def test_tau_runs_from_opposite_to_the_same_order(first: list[int], second: list[int], value: float) -> None:
    assert tau(first, second) == value


def test_no_score_moves_with_another_gender_age_or_name(request_: MatchRequest, context: RunContext) -> None:
    found = swapped(request_, context)
    assert len(found) == 2
    assert all(one.changed > 0 for one in found)
    assert all(one.before == one.after for one in found)


def test_a_model_that_words_the_summary_leaves_a_stability_figure(request_: MatchRequest, context: RunContext) -> None:
    task = MatchTask()
    task.gather(request_, context)
    made = task.settle(request_, MatchDraft(summary="甲的经验更久。"), context)
    assert made.stability is not None
    assert (made.stability.tau, made.stability.same) == (1.0, 1.0)
    assert task.compose(request_, context).stability is None
