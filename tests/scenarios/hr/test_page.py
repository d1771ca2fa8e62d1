"""The panels of the HR page over real records: everybody against every requirement, decisions, interview notes."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import wiring
from scenarios.hr.interview import page as interview
from scenarios.hr.interview.models import Interview
from scenarios.hr.models import Match
from scenarios.hr.shortlist import page as shortlist
from tests.scenarios.hr.test_match import LI, WEI
from workbench.engine import Finished, Order
from workbench.run import Run
from workbench.services import Services
from workbench.settings import Embedding, Settings


@pytest.fixture
def services(tmp_path: Path) -> Services:
    for name, text in (("wei.txt", WEI), ("li.txt", LI)):
        (tmp_path / name).write_text(text, "utf-8")
    return wiring.services(_settings(tmp_path))


def _settings(folder: Path) -> Settings:
    return Settings(data=folder / "data", embedding=Embedding(kind="none"), load_builtin_knowledge=False)


def _run(services: Services, task: str, **request: object) -> Run:
    order = Order(
        services.scenarios["hr"],
        task,
        {"job": "Java工程师\n要求：\n熟悉MySQL\n5年以上Java经验", **request},
        author="chen",
    )
    last = list(services.engine.execute(order))[-1]
    assert isinstance(last, Finished) and last.run.status == "done", last.run.error
    return last.run


def _drawn(folder: str, run_id: str) -> None:
    from pathlib import Path

    import wiring
    from scenarios.hr.page import _panels
    from workbench.settings import Embedding, Settings

    known = wiring.services(
        Settings(data=Path(folder) / "data", embedding=Embedding(kind="none"), load_builtin_knowledge=False)
    )
    run = known.runs.get(run_id)
    for _, draw in _panels(known, run, "en"):
        draw(known.runs.versions(run_id)[-1])


def test_everybody_stands_in_the_table_and_the_first_persons_words_are_quoted(
    services: Services, tmp_path: Path
) -> None:
    run = _run(services, "match", resumes=[str(tmp_path / "wei.txt"), str(tmp_path / "li.txt")])
    shown = AppTest.from_function(_drawn, args=(str(tmp_path), run.run_id), default_timeout=60).run()
    assert not shown.exception
    table = next(one.value for one in shown.dataframe if "score" in one.value)
    assert list(table["file"]) == ["wei.txt", "li.txt"] and list(table["met"]) == [2, 0]
    assert any("MySQL" in one.value for one in shown.text)
    assert "rejects nobody" in shown.info[0].value


def test_a_slider_moves_the_scores_at_once(services: Services, tmp_path: Path) -> None:
    job = "会计\n要求：\n熟悉MySQL\n熟悉QuickBooks"
    run = _run(services, "match", job=job, resumes=[str(tmp_path / "wei.txt"), str(tmp_path / "li.txt")])
    shown = AppTest.from_function(_drawn, args=(str(tmp_path), run.run_id), default_timeout=60).run()

    def scores() -> list[float]:
        return list(next(one.value for one in shown.dataframe if "score" in one.value)["score"])

    before = scores()
    shown.slider[0].set_value(10.0).run()
    assert scores() != before


def test_the_list_is_tried_with_other_genders_ages_and_names(services: Services, tmp_path: Path) -> None:
    run = _run(services, "match", resumes=[str(tmp_path / "wei.txt"), str(tmp_path / "li.txt")])
    shown = AppTest.from_function(_drawn, args=(str(tmp_path), run.run_id), default_timeout=60).run()
    shown.button(key=f"hr-trial-{run.run_id}-run").click().run()
    assert not shown.exception
    assert "none of 2 scores moved" in shown.success[0].value


def test_a_decision_is_saved_with_its_name_and_weights_move_the_ranks(services: Services, tmp_path: Path) -> None:
    run = _run(services, "match", resumes=[str(tmp_path / "wei.txt"), str(tmp_path / "li.txt")])
    version = services.runs.versions(run.run_id)[-1]
    found = Match.model_validate(version.deliverable)
    wanted = [one.model_copy(update={"weight": 0.0, "hard": False}) for one in found.requirements]
    actor = services.desk.actor(services.desk.people[0].id)
    shortlist._save(services, run, version, found.candidates, wanted, ["invite", ""], actor)
    saved = Match.model_validate(services.runs.versions(run.run_id)[-1].deliverable)
    first = next(one for one in saved.candidates if one.file.endswith("wei.txt"))
    assert (first.decision, first.decided_by) == ("invite", actor.person)
    assert all(one.score == round(100 * one.closeness, 2) for one in saved.candidates)


def test_interview_notes_become_a_version_with_a_score(services: Services, tmp_path: Path) -> None:
    from streamlit import session_state

    run = _run(services, "interview", resume=str(tmp_path / "wei.txt"))
    version = services.runs.versions(run.run_id)[-1]
    actor = services.desk.actor(services.desk.people[0].id)
    session_state["k-q1"], session_state["k-q1-score"] = "说得清楚", 5
    interview._save(services, run, version, actor, "k")
    saved = Interview.model_validate(services.runs.versions(run.run_id)[-1].deliverable)
    assert (saved.score, saved.answered, saved.answers[0].interviewer) == (100.0, 1, actor.person)


@pytest.mark.parametrize("task", ["interview", "assess"])
def test_the_panels_of_the_other_tasks_are_drawn(services: Services, tmp_path: Path, task: str) -> None:
    run = _run(services, task, **({"resume": str(tmp_path / "wei.txt")} if task == "interview" else {}))
    shown = AppTest.from_function(_drawn, args=(str(tmp_path), run.run_id), default_timeout=60).run()
    assert not shown.exception and shown.markdown
