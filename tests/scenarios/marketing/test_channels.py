"""A plan whose money adds up, whose reasons are told, and which follows when somebody changes it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.files import RequestFiles
from scenarios.marketing.channels.library import entries, goal_of, season_of, stages
from scenarios.marketing.channels.models import Channels, ChannelsRequest
from scenarios.marketing.channels.split import to_the_cent
from scenarios.marketing.channels.task import ChannelsTask
from scenarios.marketing.statistics import sample_size
from tests.fakes.knowledge import NoKnowledge
from workbench.run import RunContext
from workbench.settings import Limits
from workbench.texts import LANGS

TASK = ChannelsTask()


def plan(tmp_path: Path | None = None, **asked: Any) -> tuple[Channels, list[str]]:
    request = ChannelsRequest.model_validate({"goal": "sales", "budget": 100_000, **asked})
    context = RunContext("zh", NoKnowledge(), (), files=RequestFiles(tmp_path or Path(), Limits()))  # type: ignore[arg-type]
    TASK.gather(request, context)
    made = TASK.compose(request, context)
    return made, [finding.rule for finding in TASK.check(request, made, context)]


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=9), st.integers(1, 10**11))
def test_no_cent_is_lost(parts: list[float], cents: int) -> None:
    split = to_the_cent(parts, cents / 100)
    assert sum(round(part * 100) for part in split) == cents and min(split) >= 0


@pytest.mark.parametrize("budget", [1, 999.99, 12_345.67, 300_000, 1e9])
@pytest.mark.parametrize("goal", ["品牌曝光", "门店引流", "获取销售线索", "提升成交", "老客复购", "sell more"])
def test_the_mix_and_its_calendar_sum_to_the_budget(budget: float, goal: str) -> None:
    made, rules = plan(budget=budget, goal=goal)
    assert round(sum(one.budget for one in made.mix), 2) == budget
    assert round(sum(week.budget for week in made.calendar), 2) == budget
    assert "channels.sum" not in rules and all(one.reason for one in made.mix)
    assert all(kpi.low <= kpi.expected <= kpi.high for kpi in made.kpis)


def test_goals_and_seasons_are_read_from_free_words() -> None:
    assert goal_of("为新店引流")[0] == "traffic" and goal_of("more leads")[0] == "leads"
    assert goal_of("随便")[1] is False
    assert [season_of(words)[0] for words in ("双十一", "国庆黄金周", "Black Friday", "618大促", "春季", "春节")] == [  # type: ignore[index]
        "double11", "national", "black", "mid_year", "springtime", "spring",
    ]  # fmt: skip


def test_the_season_is_the_peak_of_the_calendar() -> None:
    made, _ = plan(season="双十一", start=date(2026, 10, 19), weeks=5)
    peak = [week for week in made.calendar if week.stage == stages()["peak"]["zh"]]
    assert {(week.start, week.end) for week in peak} == {("2026-11-09", "2026-11-15")}
    assert "channels.season_outside" in plan(season="春节", start=date(2026, 6, 1))[1]


def test_the_experiment_shows_its_arithmetic() -> None:
    test = plan(budget=2_000_000)[0].experiment
    assert test is not None and test.per_arm == sample_size(test.baseline, test.lift, test.alpha, test.power)
    assert test.days >= 2 * test.per_arm / test.tries_a_day - 1
    assert "channels.too_few_tries" in plan(budget=3_000)[1]


def test_a_history_bends_the_curve_and_untried_channels_stay_small(tmp_path: Path) -> None:
    rows = [f"2026-09-{day:02d},抖音,{100 * day},{round(4 * (100 * day) ** 0.5, 3)}" for day in range(1, 29)]
    (tmp_path / "h.csv").write_text("\n".join(["日期,渠道,花费,转化", *rows]), "utf-8")
    made, _ = plan(tmp_path, history=str(tmp_path / "h.csv"))
    own = next(one for one in made.mix if one.channel == "feed")
    assert own.response.source == "fitted" and own.response.elasticity == pytest.approx(0.5, abs=0.01)
    others = [one.share for one in made.mix if one.response.source == "assumed"]
    assert others and own.share > max(others)


def test_a_budget_set_by_hand_stays_and_the_rest_follows() -> None:
    request = ChannelsRequest(goal="sales", budget=100_000)
    made, _ = plan()
    first = made.mix[0].model_copy(update={"budget": made.mix[0].budget * 2})
    edited = TASK.recomputed(request, made.model_copy(update={"mix": [first, *made.mix[1:]]}), "zh")
    assert edited.split == "hand" and round(sum(one.budget for one in edited.mix), 2) == 100_000
    assert edited.mix[0].share > made.mix[0].share
    assert round(sum(week.budget for week in edited.calendar), 2) == 100_000


def test_another_elasticity_divides_anew() -> None:
    request = ChannelsRequest(goal="sales", budget=100_000)
    made, _ = plan()
    flat = made.mix[0].response.model_copy(update={"elasticity": 0.2})
    mix = [made.mix[0].model_copy(update={"response": flat}), *made.mix[1:]]
    edited = TASK.recomputed(request, made.model_copy(update={"mix": mix}), "zh")
    assert edited.split == "model" and edited.mix != mix
    assert next(one for one in edited.mix if one.channel == mix[0].channel).share < mix[0].share


def test_every_channel_has_its_words_in_both_languages() -> None:
    wanted = {"name", "reason", *stages()}
    assert all(wanted == set(entry.words(lang)) for entry in entries().values() for lang in LANGS)
