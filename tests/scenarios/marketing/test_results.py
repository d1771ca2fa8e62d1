"""Results come back to the variants that made them, and the next brief follows what they teach."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from documents.files import RequestFiles
from scenarios.marketing.creative.kit import tracked
from scenarios.marketing.creative.models import Creative, CreativeRequest, Variant
from scenarios.marketing.creative.task import CreativeTask
from scenarios.marketing.results.models import Results, ResultsRequest
from scenarios.marketing.results.task import ResultsTask
from scenarios.marketing.voice.models import VoiceRequest
from scenarios.marketing.voice.profile import learn
from tests.fakes.knowledge import NoKnowledge
from workbench.errors import NotFoundError, RequestError
from workbench.run import Run, RunContext, Version
from workbench.settings import Limits

VARIANTS = [
    Variant(id=f"xiaohongshu-{number:03d}", channel="xiaohongshu", angle=angle, headline=angle, body="灯。")
    for number, angle in enumerate(("number", "question", "number", "question"), 1)
]
COPY = Creative(variants=VARIANTS)


def context(folder: Path, known: dict[str, tuple[str, Any]]) -> RunContext:
    """``known`` gives for a run's id its task and its deliverable."""
    now = datetime.now(UTC)

    def earlier(run_id: str) -> tuple[Run, Version]:
        if run_id not in known:
            raise NotFoundError("workbench:run.unknown", run_id=run_id)
        task, made = known[run_id]
        version = Version(number=1, text="", deliverable=made.model_dump(mode="json"), created_at=now)
        request = {"product": "台灯"}
        return Run(run_id=run_id, scenario="marketing", task=task, lang="zh", request=request, created_at=now), version

    files = RequestFiles(folder, Limits())
    return RunContext("zh", NoKnowledge(), (), files=files, earlier=earlier)  # type: ignore[arg-type]


def results(folder: Path, export: str, **asked: Any) -> tuple[Results, list[str]]:
    path = folder / "export.csv"
    path.write_text(export, "utf-8")
    here = context(folder, {"c1": ("creative", COPY), "v1": ("voice", learn(VoiceRequest(name="慢"), ["灯亮着。"]))})
    task = ResultsTask()
    request = ResultsRequest.model_validate({"creative_run": "c1", "file": str(path), **asked})
    task.gather(request, here)
    made = task.compose(request, here)
    return made, [finding.rule for finding in task.check(request, made, here)]


EXPORT = "创意,展现,点击,转化,花费\n" + "".join(
    f"{one.id},20000,{800 if one.angle == 'question' else 500},40,300\n" for one in VARIANTS
)


def test_rows_attach_by_id_and_the_better_angle_is_told_with_its_lift(tmp_path: Path) -> None:
    made, rules = results(tmp_path, EXPORT)
    assert [row.id for row in made.rows] == [one.id for one in VARIANTS] and not rules
    first = made.lessons[0]
    assert (first.better, first.worse, first.metric, first.significant) == ("question", "number", "ctr", True)
    assert first.lift == pytest.approx(0.6) and first.tries == 80000
    assert "小红书笔记：“提问”胜过“一个数字”" in made.summary and "+60%" in made.summary


def test_rows_attach_by_tracked_link_or_by_an_id_within_other_words(tmp_path: Path) -> None:
    link = tracked("https://example.com/lamp", "autumn", VARIANTS[0])
    made, rules = results(
        tmp_path,
        f"链接,展现,点击\n{link},100,3\n秋季-xiaohongshu-002-视频,200,4\n别的创意,50,1\n",
        columns={"creative": "链接"},
    )
    assert [(row.id, row.clicks) for row in made.rows] == [("xiaohongshu-001", 3), ("xiaohongshu-002", 4)]
    assert made.unknown == ["别的创意"] and "results.unknown" in rules


def test_small_counts_teach_nothing(tmp_path: Path) -> None:
    made, _ = results(tmp_path, "创意,展现,点击\nxiaohongshu-001,50,2\nxiaohongshu-002,50,3\n")
    assert not any(lesson.significant for lesson in made.lessons)
    assert "先别下结论" in made.summary


def test_an_export_of_other_creatives_or_a_run_of_another_task_is_refused_in_a_sentence(tmp_path: Path) -> None:
    _, rules = results(tmp_path, "创意,展现,点击\n别的,50,2\n")
    assert rules == ["results.nothing_attached"]
    with pytest.raises(RequestError):
        results(tmp_path, EXPORT, creative_run="v1")
    with pytest.raises(NotFoundError):
        results(tmp_path, EXPORT, creative_run="nobody")


def test_the_next_brief_shows_the_lessons_puts_the_winner_first_and_scores_against_the_voice(tmp_path: Path) -> None:
    learned, _ = results(tmp_path, EXPORT)
    voice = learn(VoiceRequest(name="慢"), ["灯亮着，书翻开了。", "夜里很静，光很软。"])
    here = context(tmp_path, {"r1": ("results", learned), "v1": ("voice", voice)})
    request = CreativeRequest(
        product="青山 A1 台灯", facts=["色温可调3000到5000K"], channels=["xiaohongshu"],
        angles=["number", "question"], learn_from=["r1"], voice="v1",
    )  # fmt: skip
    task = CreativeTask()
    task.gather(request, here)
    made = task.compose(request, here)
    assert [one.angle for one in made.variants] == ["question", "number"]
    assert any("提问" in sentence for sentence in made.lessons) and made.voice == "慢"
    assert all(one.voice is not None and 0 <= one.voice.score <= 100 for one in made.variants)
    assert "提问" in task.brief(request, here)["lessons"]
