"""A contract is complete when nothing is blank, every finding is answered for and these very words are approved."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from documents.reader import read
from records.desk import DeskRecords
from records.runs import RunRecords
from scenarios.contracts.completion.certificate import certificate
from scenarios.contracts.completion.dates import dates_of, upcoming
from scenarios.contracts.completion.signing import as_bytes, package
from scenarios.contracts.drafting.draft import Drafted
from scenarios.contracts.drafting.word_template import check, filled, placeholders
from scenarios.contracts.playbooks.files import write
from scenarios.contracts.playbooks.playbook import from_file, playbook
from scenarios.contracts.scenario import CONTRACTS
from tests.fakes.deals import services_deal
from tests.fakes.knowledge import NoKnowledge
from workbench.chains import ONE_APPROVAL, Person, staffed
from workbench.chat import Gate
from workbench.desk import Desk
from workbench.document import SourceDocument
from workbench.engine import Engine, Finished, Order
from workbench.errors import ConfigError
from workbench.files import NoFiles
from workbench.findings import keyed
from workbench.settings import Limits

PEOPLE = (Person(id="chen", name="陈晨"), Person(id="he", name="何建国", roles=("leader",)))
DAY = date.today() + timedelta(days=20)
DEAL = services_deal(DAY)


class Reads(NoFiles):
    """Reads a file in this process."""

    def read(self, path: str | Path) -> SourceDocument:
        return read(Path(path), Limits())


class NoModels:
    """No chat model is configured."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    records = RunRecords(f"sqlite:///{tmp_path / 'records.sqlite'}")
    engine = Engine(NoKnowledge(), Gate(NoModels()), records)  # type: ignore[arg-type]
    chain = staffed(ONE_APPROVAL, PEOPLE)
    yield Desk({"contracts": CONTRACTS}, PEOPLE, lambda _: chain, engine, DeskRecords(records.database))
    records.close()


def drafted(desk: Desk, **values: Any) -> str:
    last = list(desk.engine.execute(Order(CONTRACTS, "draft", {**DEAL, **values}, author="chen")))[-1]
    assert isinstance(last, Finished) and last.run.status == "done", last
    return last.run.run_id


def approve(desk: Desk, run_id: str) -> None:
    sha256 = desk.submit(run_id, desk.actor("chen")).sha256
    approval = desk.store.approval(run_id)
    assert approval is not None
    for at in range(len(approval.plan)):
        step = desk.store.approval(run_id)
        if step is None or not step.open_steps():
            break
        kind = step.plan[step.open_steps()[0]].kind
        person = step.waiting_for[0]
        desk.decide(run_id, "archive" if kind == "archive" else "approve", desk.actor(person), sha256)
        assert at < 9


def unmet(desk: Desk, run_id: str) -> list[str]:
    return [one.point for one in certificate(desk, run_id, "zh").points if not one.met]


def test_an_approved_contract_without_blanks_is_complete(desk: Desk) -> None:
    run_id = drafted(desk)
    assert unmet(desk, run_id) == ["approval"]
    approve(desk, run_id)
    made = certificate(desk, run_id, "zh")
    assert made.complete and made.sha256 == desk.engine.runs.versions(run_id)[-1].sha256


def test_changed_words_lose_the_approval(desk: Desk) -> None:
    run_id = drafted(desk)
    approve(desk, run_id)
    text = desk.engine.runs.versions(run_id)[-1].text
    desk.engine.revise(CONTRACTS, run_id, text.replace("机房巡检", "机房维护"), "chen")
    assert unmet(desk, run_id) == ["approval"]


def test_a_blank_and_an_empty_attachment_are_open_until_somebody_answers_for_them(desk: Desk) -> None:
    run_id = drafted(desk, subject="", attachments=[{"title": "巡检表"}])
    assert unmet(desk, run_id) == ["blanks", "attachments", "approval"]
    version = desk.engine.runs.versions(run_id)[-1]
    for key, finding in keyed(version.findings):
        if finding.rule in ("reference.missing_attachment", "blank.placeholder"):
            desk.waive(run_id, key, "已另行附上", desk.actor("he"))
    assert unmet(desk, run_id) == ["approval"]
    point = next(one for one in certificate(desk, run_id, "zh").points if one.point == "attachments")
    assert "何建国" in point.waived[0] and "已另行附上" in point.waived[0]


def test_archived_contracts_tell_what_comes_up(desk: Desk) -> None:
    run_id = drafted(desk)
    assert upcoming(desk, date.today(), 90, "zh") == []
    approve(desk, run_id)
    found = upcoming(desk, date.today(), 90, "zh")
    assert [(one.date.kind, one.date.day, one.due) for one in found if one.date.kind == "payment"] == [
        ("payment", DAY, False)
    ]
    assert next(one for one in upcoming(desk, DAY - timedelta(days=3), 90, "zh") if one.date.kind == "payment").due


def test_the_dates_of_a_reviewed_contract_are_read_from_its_text() -> None:
    text = "服务合同\n第一条 服务期限自2026年1月1日起至2026年12月31日止。\n签订日期：2025年12月20日"
    assert [(one.kind, one.day) for one in dates_of({"text": text}, "zh")] == [
        ("signing", date(2025, 12, 20)), ("start", date(2026, 1, 1)), ("renewal", date(2026, 12, 1)),
        ("expiry", date(2026, 12, 31)),
    ]  # fmt: skip


def test_the_signing_package_names_signers_places_and_hashes(desk: Desk) -> None:
    run_id = drafted(desk)
    run, version = desk.engine.runs.get(run_id), desk.engine.runs.versions(run_id)[-1]
    made = json.loads(as_bytes(package(run_id, version, run.request, "f" * 64)))
    assert (made["content_sha256"], made["file_sha256"]) == (version.sha256, "f" * 64)
    assert [(one["role"], one["email"]) for one in made["signers"]] == [("甲方", "a@example.com"), ("乙方", "")]
    assert all(one["anchor"] in version.text and one["name"] in one["anchor"] for one in made["signers"])


def test_key_dates_leave_as_a_calendar_file(desk: Desk) -> None:
    made = desk.find_extra(drafted(desk), "dates.ics").make().decode()
    assert f"DTSTART;VALUE=DATE:{DAY:%Y%m%d}" in made and "BEGIN:VALARM" in made


def template(path: Path, *paragraphs: str) -> Path:
    document = Document()
    for words in paragraphs:
        paragraph = document.add_paragraph()
        for part in words.split("|"):
            paragraph.add_run(part)
    document.save(str(path))
    return path


def test_a_company_form_is_filled_in_its_own_formatting(desk: Desk, tmp_path: Path) -> None:
    own = template(
        tmp_path / "form.docx", "{{ ti|tle }}", "甲方：{{ a.name }}{% if b %}，乙方：{{ b.name }}{% endif %}",
        "{{ content }}",
        "总价：{{ amount }}；开户行：{{ a.bank }}",
    )  # fmt: skip
    assert placeholders(own)[:2] == ["{{ title }}", "{{ a.name }}"]
    run_id = drafted(desk, template=str(own))
    words = [one.text for one in Document(BytesIO(desk.find_extra(run_id, "contract.docx").make())).paragraphs]
    assert words[0] == "服务合同"
    assert words[1] == "甲方：北京天元信息技术有限公司，乙方：深圳市蓝海电子股份有限公司"
    assert "第一条 服务内容" in words and any(line.startswith("1.1 ") for line in words)
    assert words[-1] == "总价：人民币120,000元（大写：壹拾贰万元整）；开户行："


@pytest.mark.parametrize(
    "words",
    ["{{ nothing }}", "{{ a.shoe }}", "{{ title", "{{ title + }}", "正文 {{ content }}", "{{ ''.__class__.__mro__ }}"],
)
def test_a_wrong_placeholder_is_named(words: str, tmp_path: Path) -> None:
    own = template(tmp_path / "form.docx", words)
    draft = Drafted(title="合同", type="services", language="zh", parties=[], clauses=[], text="合同")
    with pytest.raises(ConfigError):
        filled(own, draft, [], "zh")


def test_a_file_that_is_no_word_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "form.docx").write_text("no")
    with pytest.raises(ConfigError):
        check(tmp_path / "form.docx")


@pytest.mark.parametrize("ending", ["docx", "yaml"])
def test_a_playbook_leaves_as_a_file_and_is_read_back(ending: str, tmp_path: Path, desk: Desk) -> None:
    path = tmp_path / f"book.{ending}"
    write("purchase", path)
    again = from_file(str(path), Reads())
    assert [one.preferred for one in again.positions] == [one.preferred for one in playbook("purchase").positions]
