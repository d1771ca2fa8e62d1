"""Listing and searching runs: python -m bench.history [--runs N]. The limit is p95 < 100 ms at 100,000 on SQLite."""

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from records.history import HistoryRecords
from records.runs import RunRecords
from records.tables import RunRow, WordsRow
from records.words import MARKED, mark
from workbench.history import Filter
from workbench.words import words as cut

WORDS = """
退货 运费 保修 发票 物流 水壶 空气净化器 会员 积分 优惠券 订单 地址 客服 投诉 质量 安装 说明书 配件
电池 充电 漏水 噪音 合同 付款 违约 交付 验收 保密 简历 面试 岗位 候选人 广告 标题 文案 渠道 预算 会议
流程 制度 审批 warranty refund invoice delivery battery noise
contract payment candidate campaign
""".split()  # noqa: SIM905  # a list of fifty quoted words is no easier to read
SOURCE = {"marker": "[1]", "knowledge_base": "k", "document_id": "d", "title": "t"}
PEOPLE = [f"p{number}" for number in range(200)]
SCENARIOS = ("support", "contracts", "hr", "marketing", "office")


def fill(records: RunRecords, count: int) -> None:
    """Runs of a year, each with a hundred words or so, a word in three of them common."""
    chance = random.Random(7)  # noqa: S311  # a benchmark, no secret
    begun = datetime.now(UTC) - timedelta(days=365)
    number_of = range(count)
    for start in range(0, count, 2000):
        runs, words = [], []
        for number in number_of[start : start + 2000]:
            said = " ".join(chance.choices(WORDS, k=40)) + f" 第{number}号 {chance.randrange(10**6)}"
            month = f"{begun + timedelta(minutes=5 * number):%Y-%m}"
            run = {
                "run_id": f"{number:012x}", "scenario": chance.choice(SCENARIOS), "task": "reply", "lang": "zh",
                "status": "failed" if chance.random() < 0.01 else "done", "author": chance.choice(PEOPLE),
                "created_at": begun + timedelta(minutes=5 * number), "finished_at": None, "request": {"message": said},
                "knowledge": [], "evidence": [{**SOURCE, "quote": said * 5}], "deliverable": {"reply": said * 2},
                "text": said * 2, "findings": [], "citations": [], "usage": {}, "prompt": "", "thinking": "",
                "error": "", "owner": None, "department": f"d{number % 10}", "month": month,
                "backend": chance.choice(("composer", "cloud")), "model": "m", "input_tokens": 9, "output_tokens": 9,
                "seconds": 1.0, "cost": 100, "characters": 400, "settings": {}, "again_of": None, "inputs_kept": True,
                "purged_at": None,
            }  # fmt: skip
            runs.append(run)
            marks = (mark(name, str(run[name])) for name in MARKED)
            found = dict.fromkeys(cut(said))
            words.append({"run_id": run["run_id"], "words": " ".join((*marks, *found))})
        with records.database.write() as session:
            session.execute(insert(RunRow), runs)
            session.execute(insert(WordsRow), words)


def timed(call: Callable[[], object], times: int = 60) -> tuple[float, float]:
    """p50 and p95 in milliseconds."""
    call()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        call()
        taken.append((time.perf_counter() - began) * 1000)
    taken.sort()
    return taken[len(taken) // 2], taken[int(len(taken) * 0.95)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        records = RunRecords(f"sqlite:///{Path(folder) / 'records.sqlite3'}")
        began = time.perf_counter()
        fill(records, given.runs)
        size = sum(path.stat().st_size for path in Path(folder).glob("records*")) / 2**20
        print(f"{given.runs} runs written in {time.perf_counter() - began:.0f} s, {size:.0f} MB")
        store = HistoryRecords(records.database)
        today = datetime.now().astimezone().date()
        chance = random.Random(3)  # noqa: S311
        cases: dict[str, Callable[[], Filter]] = {
            "list": Filter,
            "list one scenario": lambda: Filter(scenario=chance.choice(SCENARIOS)),
            "list one person, failed": lambda: Filter(author=chance.choice(PEOPLE), status="failed"),
            "list a week half a year ago": lambda: Filter(
                since=today - timedelta(days=180), until=today - timedelta(days=173)
            ),
            "search a common word": lambda: Filter(words=chance.choice(WORDS)),
            "search a word that stands once": lambda: Filter(words=f"第{chance.randrange(given.runs)}号"),
            "search three common words": lambda: Filter(words=" ".join(chance.sample(WORDS, 3))),
            "search a beginning": lambda: Filter(words=chance.choice(("war", "ref", "cand", "p"))),
            "search common word, one person": lambda: Filter(words=chance.choice(WORDS), author=chance.choice(PEOPLE)),
            "search common word, old week": lambda: Filter(
                words=chance.choice(WORDS), since=today - timedelta(days=350), until=today - timedelta(days=343)
            ),
            "search what stands nowhere": lambda: Filter(words="饕餮 zzz"),
        }  # fmt: skip
        for name, made in cases.items():
            p50, p95 = timed(lambda made=made: store.find(made(), 50))  # type: ignore[misc]
            print(f"{name:34} p50 {p50:7.1f} ms  p95 {p95:7.1f} ms")
        p50, p95 = timed(lambda: records.list(limit=50))
        print(f"{'the last 50 runs, whole':34} p50 {p50:7.1f} ms  p95 {p95:7.1f} ms")
        records.close()


if __name__ == "__main__":
    main()
