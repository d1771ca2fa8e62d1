"""What an export of campaigns says, however it is written; and what is said about one that is wrong."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.files import RequestFiles
from scenarios.marketing.performance.models import Performance, PerformanceDraft, PerformanceRequest
from scenarios.marketing.performance.table import table
from scenarios.marketing.performance.task import PerformanceTask
from tests.fakes.knowledge import NoKnowledge
from workbench.errors import RequestError
from workbench.run import RunContext
from workbench.settings import Limits

HEADER = "日期,媒体平台,创意名称,展现量,点击量,消耗（元）,转化数,成交金额"


def report(tmp_path: Path, content: str | bytes, name: str = "ads.csv", **asked: Any) -> tuple[Performance, list[str]]:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    context = RunContext("zh", NoKnowledge(), (), files=RequestFiles(tmp_path, Limits()))  # type: ignore[arg-type]
    task, request = PerformanceTask(), PerformanceRequest(file=str(path), **asked)
    task.gather(request, context)
    made = task.compose(request, context)
    return made, [finding.rule for finding in task.check(request, made, context)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_sums_and_ratios_of_an_export_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    rows = (
        f'{HEADER}\n2026/9/1,抖音,甲,"10,000",200,"¥1,234.50",8,"2,000"\n2026/9/2,小红书,乙,5000,100,765.5元,2,1000\n'
    )
    found, _ = report(tmp_path, rows.encode(encoding))
    total = found.totals
    assert (total.impressions, total.clicks, total.conversions, total.cost, total.revenue) == (
        15000,
        300,
        10,
        2000,
        3000,
    )
    assert (total.ctr, total.cvr, total.cpc, total.cpa, total.roas) == pytest.approx(
        (0.02, 0.033333, 6.666667, 200, 1.5)
    )
    assert [one.channel for one in found.by_channel] == ["抖音", "小红书"]
    assert [day.date for day in found.by_day] == ["2026-09-01", "2026-09-02"]


def test_titles_above_and_totals_below_are_no_data(tmp_path: Path) -> None:
    found, rules = report(
        tmp_path, f"账户报表\n2026年9月\n{HEADER}\n2026-09-01,抖音,甲,100,10,5,1,9\n合计,,,100,10,5,1,9\n"
    )
    assert found.totals.clicks == 10 and "performance.total_rows" in rules


def test_subtotals_and_averages_are_no_data(tmp_path: Path) -> None:
    rows = (
        "2026-09-01,抖音,甲,100,10,5,1,9",
        "抖音小计,,,100,10,5,1,9",
        "2026-09-01,百度,乙,100,10,5,1,9",
        "平均,,,100,10,5,1,9",
        "本页合计：,,,200,20,10,2,18",
    )
    found, rules = report(tmp_path, "\n".join([HEADER, *rows]))
    assert found.totals.clicks == 20 and found.rows == 2
    assert [one.channel for one in found.by_channel] == ["抖音", "百度"] and "performance.total_rows" in rules


def test_days_without_a_year_are_read_and_said(tmp_path: Path) -> None:
    found, rules = report(tmp_path, f"{HEADER}\n9月1日,抖音,甲,100,10,5,1,9\n9月12日,抖音,甲,100,10,5,1,9\n")
    assert [day.date[4:] for day in found.by_day] == ["-09-01", "-09-12"] and "performance.no_year" in rules


def test_a_workbook_with_a_cover_a_title_and_merged_cells(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["本表由系统导出"])
    sheet = book.create_sheet("数据")
    sheet.append(["投放日报"])
    sheet.append(HEADER.split(","))
    for day, channel, creative in ((1, "抖音", "甲"), (None, None, "乙"), (2, "百度", "甲"), (None, None, "乙")):
        sheet.append([day and f"2026-09-0{day}", channel, creative, 100, 10, 5, 1, 9])
    for cells in ("A1:H1", "A3:A4", "B3:B4", "A5:A6", "B5:B6"):
        sheet.merge_cells(cells)
    book.save(tmp_path / "ads.xlsx")
    found, _ = report(tmp_path, (tmp_path / "ads.xlsx").read_bytes(), "ads.xlsx")
    assert {one.channel: one.clicks for one in found.by_channel} == {"抖音": 20, "百度": 20}
    assert [day.clicks for day in found.by_day] == [20, 20]


def test_an_english_export_with_dollars_and_ratio_columns(tmp_path: Path) -> None:
    header = "Day;Platform;Ad name;Impr.;Clicks;CTR;Avg. CPC;Cost;Conversions;Conv. value"
    rows = f"{header}\n01/13/2026;Search;a;1,000;50;5%;$0.50;$25.00;5;$100\n"
    found, _ = report(tmp_path, rows)
    assert found.columns["cost"] == "Cost" and found.columns["revenue"] == "Conv. value"
    assert found.totals.roas == 4 and found.start == "2026-01-13"


def test_a_column_is_named_by_hand(tmp_path: Path) -> None:
    rows = "when,where,shown,hits,money\n2026-01-01,a,100,10,7\n"
    by_hand = {"date": "when", "channel": "where", "impressions": "shown", "clicks": "hits", "cost": "money"}
    found, _ = report(tmp_path, rows, columns=by_hand)
    assert found.totals.cpc == 0.7
    with pytest.raises(RequestError, match="moneys"):
        report(tmp_path, rows, columns={"cost": "moneys"})


def test_what_is_wrong_with_a_file_is_said(tmp_path: Path) -> None:
    rows = f"{HEADER}\n2026-09-01,抖音,甲,100,200,-5,1,9\nsoon,抖音,甲,oops,1,,1,9\n"
    found, rules = report(tmp_path, rows)
    assert {"performance.negative", "performance.more_than", "performance.no_date", "performance.no_number"} <= {*rules}
    assert found.totals.cost == -5  # a correction counts as it stands
    assert report(tmp_path, "")[1] == ["performance.empty"]
    assert report(tmp_path, f"{HEADER}\n")[1] == ["performance.empty"]
    assert report(tmp_path, "a,b\n1,2\n")[1] == ["performance.no_counts"]


def test_channels_are_judged_by_what_chance_cannot_explain(tmp_path: Path) -> None:
    rows = [f"2026-09-{day:02d},{name},{name},10000,{clicks},100,{deals},{deals * 50}" for day in range(1, 21)
            for name, clicks, deals in (("good", 400, 20), ("bad", 200, 2), ("new", 4, 0))]  # fmt: skip
    found, _ = report(tmp_path, "\n".join([HEADER, *rows]))
    assert {one.name: one.action for one in found.actions if one.level == "channel"} == {
        "good": "scale", "bad": "stop", "new": "stop",
    }  # fmt: skip
    assert found.shift and found.shift.target == "good" and found.shift.before.cost == found.shift.after.cost
    ctr = next(one for one in found.comparisons if {one.a, one.b} == {"good", "bad"} and one.metric == "ctr")
    assert ctr.significant and abs(ctr.difference) == 0.02


def test_a_tired_creative_and_a_day_that_stands_out(tmp_path: Path) -> None:
    rows = [
        f"2026-09-{day:02d},抖音,甲,10000,{500 - 20 * day},{900 if day == 9 else 100 + day},9,450"
        for day in range(1, 16)
    ]
    found, _ = report(tmp_path, "\n".join([HEADER, *rows]))
    assert [one.creative for one in found.fatigue] == ["甲"]
    assert ("2026-09-09", "cost") in {(one.date, one.metric) for one in found.anomalies}


def test_a_model_may_word_the_figures_but_not_add_any(tmp_path: Path) -> None:
    path = tmp_path / "ads.csv"
    path.write_text(f"{HEADER}\n2026-09-01,抖音,甲,1000,10,50,1,90\n", "utf-8")
    context = RunContext("zh", NoKnowledge(), (), files=RequestFiles(tmp_path, Limits()))  # type: ignore[arg-type]
    task, request = PerformanceTask(), PerformanceRequest(file=str(path))
    task.gather(request, context)
    assert task.settle(request, PerformanceDraft(summary="花了 50，带来 1 个转化。"), context).summary.startswith(
        "花了"
    )
    assert "99" not in task.settle(request, PerformanceDraft(summary="点击率 99%。"), context).summary


@given(st.integers(-(10**9), 10**9), st.sampled_from(["{:,}", "¥{:,}", "{:,}元", "$ {:,}", " {} "]))
def test_an_amount_is_read_however_it_is_written(amount: int, form: str) -> None:
    read = table([["日期", "花费"], ["2026-01-01", form.format(amount)]], {})
    assert read.frame["cost"].tolist() == [amount]
