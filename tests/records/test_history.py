"""Runs found by their words in both languages, and their words removed from every place."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from records.approvals import ApprovalRecords
from records.batches import BatchRecords
from records.desk import DeskRecords
from records.feedback import FeedbackRecords
from records.history import HistoryRecords
from records.runs import RunRecords
from workbench.answers import Answer
from workbench.approvals import Actor, Comment, Decision
from workbench.batch import Batch, Item
from workbench.chat import Usage
from workbench.desk_store import Edit, Waiver
from workbench.evidence import Citation
from workbench.feedback import Feedback
from workbench.findings import Finding
from workbench.history import Filter, History
from workbench.run import Run, Version
from workbench.scenario import Scenario
from workbench.settings import Keeping, Retention
from workbench.spending import this_month

NOW = datetime.now(UTC)


@pytest.fixture
def records(url):
    opened = RunRecords(url)
    yield opened
    opened.close()


@pytest.fixture
def store(records):
    return HistoryRecords(records.database)


def run(run_id="r1", **values):
    filled = {
        "scenario": "support", "task": "reply", "lang": "zh", "status": "done", "created_at": NOW, "author": "chen",
        "request": {"message": "暖壶保修期限怎么算？", "history": [{"text": "earlier words"}]},
        "text": "整机保修二十四个月。", "deliverable": {"reply": "整机保修二十四个月。"},
    }  # fmt: skip
    return Run(run_id=run_id, **filled | values)


def found(store, words="", **filters):
    return [one.run_id for one in store.find(Filter(words=words, **filters))]


@pytest.mark.parametrize(
    "words",
    [
        "保修",
        "保修期限",
        "期限",
        "暖壶 保修",
        "整机保修",
        "EARLIER",
        "earl",
        "ｅａｒｌｉｅｒ words",
        "r1",
        "二十四个月",
    ],
)
def test_a_run_is_found_by_words_of_request_and_text(store, records, words):
    records.save(run())
    records.save(run("r2", request={"message": "hello"}, text="no", deliverable={"reply": "no"}))
    assert found(store, words) == ["r1"]


@pytest.mark.parametrize("words", ["退货", "保修 退货", "lier", "'", '" OR "', "AND", "保修' | 'x", "*", "xq"])
def test_what_does_not_stand_there_is_not_found_and_breaks_nothing(store, records, words):
    records.save(run())
    assert found(store, words) == []


def test_an_edit_is_found_as_well_as_the_draft(store, records):
    records.save(run())
    records.add_version("r1", Version(number=0, text="终身保固", deliverable={"reply": "x"}, created_at=NOW))
    assert found(store, "保固") == found(store, "二十四") == ["r1"]


def test_the_latest_come_first_and_filters_narrow(store, records):
    for number in range(6):
        records.save(
            run(
                f"n{number}",
                author=["chen", "wang"][number % 2],
                scenario=["support", "hr"][number // 3],
                created_at=NOW - timedelta(days=6 - number),
                status="failed" if number == 5 else "done",
                usage=Usage(backend="b" if number < 2 else "composer", model="m"),
            )
        )
    assert found(store) == ["n5", "n4", "n3", "n2", "n1", "n0"]
    assert found(store, "保修", author="wang") == ["n5", "n3", "n1"]
    assert found(store, scenario="hr", status="failed") == ["n5"]
    assert found(store, backend="b") == ["n1", "n0"]
    day = (NOW - timedelta(days=4)).astimezone().date()
    assert found(store, "保修", since=day, until=day) == found(store, since=day, until=day) == ["n2"]
    assert [one.run_id for one in store.find(Filter(words="保修"), limit=2, offset=1)] == ["n4", "n3"]
    assert store.find(Filter())[0].excerpt == "整机保修二十四个月。"


SECRET = "绝密甲乙丙"  # noqa: S105  # words, no password


def everything(records):
    """A run with the secret in every place that text gets to."""
    quoted = Citation(marker="[1]", knowledge_base="k", document_id="d", title=SECRET, quote=SECRET)
    finding = Finding(rule="r", severity="warning", message=SECRET)
    records.save(
        run(
            "old",
            request={"message": SECRET, "file": f"/uploads/{SECRET}.pdf"},
            text=SECRET,
            thinking=SECRET,
            deliverable={"reply": SECRET},
            evidence=[quoted],
            citations=[quoted],
            findings=[finding],
            error=SECRET,
            subject=SECRET,
            created_at=NOW - timedelta(days=40),
            usage=Usage(backend="b", model="m", output_tokens=9, cost=1.5),
        )
    )
    made = Version(number=0, text=f"{SECRET}改", deliverable={"reply": SECRET}, findings=[finding], created_at=NOW)
    records.add_version("old", made)
    actor = Actor(person="chen", real="li")
    desk = DeskRecords(records.database)
    desk.keep_edit("old", Edit(person="chen", base=1, text=SECRET, updated_at=NOW))
    waiver = {"key": "k", "rule": "r", "quote": SECRET, "message": SECRET, "reason": SECRET, "version": 1, "at": NOW}
    desk.waive("old", Waiver(actor=actor, **waiver))
    answer = {"key": "k", "rule": "r", "quote": SECRET, "wording": SECRET, "note": SECRET, "version": 1, "at": NOW}
    desk.answer("old", Answer(act="edit", actor=actor, **answer))
    given = {"run_id": "old", "version": 1, "verdict": "down", "reason": SECRET, "at": NOW}
    FeedbackRecords(records.database).add(Feedback(actor=actor, **given))
    batch = {"scenario": "support", "task": "reply", "lang": "zh", "created_at": NOW - timedelta(days=40)}
    items = [
        Item(number=1, cells=[SECRET], request={"message": SECRET}, run_id="old", state="done"),
        Item(number=2, cells=[SECRET], request={"message": SECRET}, state="failed", error=SECRET),
    ]
    kept = Batch(batch_id="b", name=f"{SECRET}.xlsx", header=[SECRET], state="done", **batch)
    BatchRecords(records.database).add(kept, items)


def places(records, url):
    """Where the secret still stands: cells of tables, and bytes of SQLite's files."""
    left = []
    with records.database.engine.connect() as connection:
        for table in inspect(records.database.engine).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')).mappings():  # noqa: S608  # our own tables
                left += [f"{table}.{name}" for name, value in row.items() if _holds(value)]
    if url.startswith("sqlite"):
        folder = Path(records.database.url.database).parent
        left += [path.name for path in folder.glob("records.sqlite*") if path.is_file() and _holds(path.read_bytes())]
    return sorted(left)


def _holds(value):
    if isinstance(value, bytes):
        return any(word.encode() in value for word in (SECRET, "绝密"))
    return "绝密" in str(value) or SECRET.encode("unicode-escape").decode() in str(value)


def test_a_purge_removes_the_words_everywhere_and_keeps_the_bill(records, store, url):
    everything(records)
    records.save(run("young", created_at=NOW))
    assert len(places(records, url)) > 15
    deleted = []

    def delete(paths):
        deleted.extend(paths)
        return len(deleted)

    history = History({"support": Scenario("support", "", ())}, records, store, Retention(days=30), delete)
    assert history.due() == {"support": ["old"]}
    gone = history.purge_due()
    assert (gone.runs, gone.kept, gone.batches) == (["old"], [], 1)
    assert deleted == [f"/uploads/{SECRET}.pdf"]
    assert places(records, url) == []
    left = records.get("old")
    assert (left.purged_at is not None, left.text, left.usage.output_tokens, left.usage.cost) == (True, "", 9, 1.5)
    assert found(store, SECRET) == []
    assert found(store, author="chen") == ["young", "old"]
    assert found(store, "保修") == ["young"]
    assert history.due() == {}


def test_what_is_under_approval_or_archived_is_left_unless_it_is_named(records, store):
    everything(records)
    [first, *_] = records.versions("old")
    newest = records.versions("old")[-1]
    asked = Decision(
        act="submit", actor=Actor(person="chen", real="li"), version=newest.number, sha256=newest.sha256, at=NOW,
        plan=[{"name": {"zh": "审", "en": "R"}, "kind": "review", "quorum": "any", "parallel": "", "deciders": ["he"]}],
    )  # fmt: skip
    ApprovalRecords(records.database).decide("old", asked)
    history = History({"support": Scenario("support", "", ())}, records, store, Retention(days=30))
    assert history.purge_due().kept == ["old"]
    assert records.get("old").text == first.text
    history.purge(["old"])
    assert records.get("old").text == ""


def test_each_scenario_has_its_own_time(records, store):
    for scenario in ("hr", "support", "contracts"):
        records.save(run(scenario, scenario=scenario, created_at=NOW - timedelta(days=100)))
    retention = Retention(days=0, scenarios={"hr": Keeping(days=90), "contracts": Keeping(days=200)})
    assert History({}, records, store, retention).due() == {"hr": ["hr"]}


def test_what_a_scenario_asks_for_holds_where_settings_name_no_time_for_it(records, store):
    """A general time that is shorter still holds, and "for ever" can be said."""
    for scenario in ("hr", "support"):
        records.save(run(scenario, scenario=scenario, created_at=NOW - timedelta(days=100)))
    scenarios = {"hr": Scenario("hr", "", (), keep_days=90), "support": Scenario("support", "", ())}

    def due(retention):
        return sorted(History(scenarios, records, store, retention).due())

    assert due(Retention()) == ["hr"]
    assert due(Retention(days=200)) == ["hr"]
    assert due(Retention(days=30)) == ["hr", "support"]
    assert due(Retention(scenarios={"hr": Keeping(days=0)})) == []


def test_a_purged_run_counts_in_the_sums(records, store):
    from records.usage import UsageRecords

    records.save(run("r1", usage=Usage(backend="b", model="m", cost=2)))
    History({}, records, store, Retention()).purge(["r1"])
    [spend] = UsageRecords(records.database).spend(since=this_month())
    assert (spend.runs, float(spend.cost), spend.characters) == (1, 2.0, 10)


def test_comments_of_decisions_go_too(records, store, url):
    everything(records)
    newest = records.versions("old")[-1]
    actor = Actor(person="he", real="li")
    step = {"name": {"zh": "审", "en": "R"}, "kind": "review", "quorum": "any", "parallel": "", "deciders": ["he"]}
    for act, who in (("submit", Actor(person="chen", real="li")), ("return", actor)):
        decision = Decision(
            act=act, actor=who, version=newest.number, sha256=newest.sha256, at=NOW,
            plan=[step] if act == "submit" else [],
            comments=[Comment(text=SECRET, quote=SECRET)] if act == "return" else [],
        )  # fmt: skip
        ApprovalRecords(records.database).decide("old", decision)
    History({"support": Scenario("support", "", ())}, records, store, Retention(days=30)).purge_due()
    assert places(records, url) == []


def test_a_purge_works_while_another_process_has_the_database_open(records, store, url):
    everything(records)
    other = RunRecords(url)
    assert other.get("old").text == SECRET
    History({"support": Scenario("support", "", ())}, records, store, Retention(days=30)).purge_due()
    assert other.get("old").text == ""
    assert places(records, url) == []
    other.save(run("new"))
    assert found(store, "保修") == ["new"]
    other.close()
