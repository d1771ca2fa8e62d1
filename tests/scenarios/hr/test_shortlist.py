"""What follows from a shortlist: a ranking that a spreadsheet reckons, decisions, letters, rates by group."""

import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from documents.files import RequestFiles
from scenarios.hr.fairness import rates
from scenarios.hr.letters import letters, templates
from scenarios.hr.match_task import MatchTask
from scenarios.hr.models import Candidate, Match, MatchRequest, Requirement, Verdict
from scenarios.hr.report import column, ranking
from tests.fakes.knowledge import NoKnowledge
from workbench.run import RunContext
from workbench.scenario import Formula
from workbench.settings import Limits

TASK = MatchTask()
WANTED = [
    Requirement(id="r1", text="本科", hard=True, weight=3),
    Requirement(id="r2", text="Java", hard=False, weight=2),
]


def person(file: str, *decided: str, **more: Any) -> Candidate:
    verdicts = [Verdict.model_validate({"requirement": f"r{n}", "verdict": one}) for n, one in enumerate(decided, 1)]
    return Candidate(file=file, score=0, rank=0, verdicts=verdicts, closeness=0.5, **more)


def shortlist(*people: Candidate, **form: Any) -> Match:
    request = MatchRequest(job="j", resumes=["x"], **form)
    found = Match(title="工程师", summary="s", requirements=WANTED, candidates=list(people))
    return TASK.recomputed(request, found, "zh")


FOUR = [
    person("a.txt", "met", "partly"), person("b.txt", "not_met", "met"), person("c.txt", "not_stated", "met"),
    person("d.txt", "met", "met"),
]  # fmt: skip


def test_a_changed_weight_or_verdict_moves_scores_and_ranks() -> None:
    found = shortlist(*FOUR)
    assert [one.file for one in found.candidates] == ["d.txt", "a.txt", "c.txt", "b.txt"]
    changed = found.model_copy(update={"requirements": [WANTED[0].model_copy(update={"hard": False, "weight": 0})]})
    changed.requirements.append(WANTED[1])
    again = TASK.recomputed(MatchRequest(job="j", resumes=["x"]), changed, "zh")
    assert [one.rank for one in again.candidates] == [1, 1, 1, 4]


def test_a_spreadsheet_comes_to_the_same_scores_and_ranks(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    found = shortlist(*FOUR)
    table = ranking(found, "zh").table
    book = openpyxl.Workbook()
    first, last = 2, len(table)
    for number, row in enumerate(table, 1):
        for place, cell in enumerate(row, 1):
            value = cell.expression.format(row=number, first=first, last=last) if isinstance(cell, Formula) else cell
            book.active.cell(number, place, value)
    book.save(tmp_path / "in.xlsx")
    office = ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "csv"]
    try:
        subprocess.run([*office, "in.xlsx"], cwd=tmp_path, check=True, capture_output=True, timeout=120)
    except (OSError, subprocess.SubprocessError):
        pytest.skip("no LibreOffice that works here")
    rows = [line.split(",") for line in (tmp_path / "in.csv").read_text("utf-8").splitlines()[3:]]
    assert [(int(row[0]), row[1], float(row[2])) for row in rows] == [
        (one.rank, one.file, one.score) for one in found.candidates
    ]


@pytest.mark.parametrize(("number", "letters_"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (703, "AAA")])
def test_columns_are_lettered_as_in_a_spreadsheet(number: int, letters_: str) -> None:
    assert column(number) == letters_


def test_letters_go_to_those_about_whom_somebody_decided_and_a_decision_has_a_name() -> None:
    people = [
        FOUR[0].model_copy(update={"decision": "invite", "decided_by": "li", "name": "张伟"}),
        FOUR[1].model_copy(update={"decision": "decline"}),
        FOUR[2],
    ]
    found = shortlist(*people)
    written = letters(found, "zh", "人事部", date(2026, 11, 25))
    assert len(written) == 2 and written[0].paragraphs[0] == "张伟："
    assert "2026-11-25" in written[0].paragraphs
    context = RunContext("zh", NoKnowledge(), ())  # type: ignore[arg-type]
    request = MatchRequest(job="j", resumes=["x"])
    assert "decision.nameless" in {one.rule for one in TASK.check(request, found, context)}
    names = [one.name for one in TASK.extras(request, found, context)]
    assert names[0] == "report-01.docx" and names[-1] == "letters.docx"
    tied = found.model_copy(update={"candidates": [one.model_copy(update={"rank": 1}) for one in found.candidates]})
    assert [one.name for one in TASK.extras(request, tied, context)] == names


def test_further_files_open_in_word() -> None:
    docx = pytest.importorskip("docx")
    found = shortlist(FOUR[3].model_copy(update={"decision": "invite", "decided_by": "li"}), FOUR[0])
    context = RunContext("zh", NoKnowledge(), (), date(2026, 11, 25))  # type: ignore[arg-type]
    for extra in TASK.extras(MatchRequest(job="j", resumes=["x"]), found, context):
        assert docx.Document(BytesIO(extra.make())).paragraphs


def test_templates_are_there_in_both_languages() -> None:
    assert {name: set(langs) for name, langs in templates().items()} == {
        "invite": {"zh", "en"}, "decline": {"zh", "en"},
    }  # fmt: skip


def test_the_four_fifths_ratio_is_told_when_groups_are_given_and_moves_no_score() -> None:
    people = [person(f"{n}.txt", "met" if n < 5 or n == 9 else "not_met", "met") for n in range(10)]
    groups = {f"{n}.txt": "甲" if n < 5 else "乙" for n in range(10)}
    plain, told = shortlist(*people), shortlist(*people, groups=groups)
    assert plain.fairness == [] and plain.candidates == told.candidates
    by_group = {one.group: one for one in told.fairness}
    assert (by_group["甲"].selected, by_group["甲"].ratio) == (5, 1.0)
    assert by_group["乙"].ratio == 0.0 or by_group["乙"].ratio == 0.2
    context = RunContext("zh", NoKnowledge(), ())  # type: ignore[arg-type]
    request = MatchRequest(job="j", resumes=["x"], groups=groups)
    assert "fairness.four_fifths" in {one.rule for one in TASK.check(request, told, context)}


def test_rates_count_invitations_once_somebody_decided() -> None:
    people = [one.model_copy(update={"rank": 1}) for one in FOUR]
    people[1] = people[1].model_copy(update={"decision": "invite"})
    found = rates(people, WANTED, {"a.txt": "x", "b.txt": "y"})
    assert {one.group: one.rate for one in found} == {"x": 0.0, "y": 1.0}


def test_files_handed_in_are_reported_by_a_run(tmp_path: Path) -> None:
    from tests.scenarios.hr.test_match import WEI

    (tmp_path / "a.txt").write_text(WEI, "utf-8")
    request = MatchRequest.model_validate(
        {"job": "Java工程师", "resumes": [str(tmp_path / "a.txt")], "groups": {"a.txt": "x"}}
    )
    context = RunContext("zh", NoKnowledge(), (), files=RequestFiles(tmp_path / "in", Limits()))  # type: ignore[arg-type]
    TASK.gather(request, context)
    found = TASK.compose(request, context)
    assert found.fairness[0].group == "x" and TASK.recomputed(request, found, "zh") == found
    assert any("决定" in str(cell) for part in TASK.sections(found, "zh") for row in part.table for cell in row)
