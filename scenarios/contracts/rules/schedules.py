"""``amount.sum_mismatch`` and ``amount.percent_sum`` in payment schedules: tables and lists of instalments."""

import re
from collections.abc import Iterator
from decimal import Decimal

from ..amounts import Amount, shown
from ..cells import Cell, Table, drawn_tables
from ..contract import Contract
from ..issue import Issue

_SCHEDULE = re.compile(
    r"期|次|笔|付款|支付|阶段|节点|里程碑|进度|instal?ment|milestone|payment|stage|phase|due", re.IGNORECASE
)
_SHARE = re.compile(r"比例|占比|份额|百分比|%|share|percent|proportion", re.IGNORECASE)
_SUM = re.compile(r"金额|款额|价款|款项|数额|应付|amount|\bsum\b|payment|fee|price", re.IGNORECASE)
_NO_SUM = re.compile(r"条件|时间|日期|方式|节点|名称|事项|date|condition|event|term|when", re.IGNORECASE)
_ALL = re.compile(r"合\s*计|总\s*计|共\s*计|小\s*计|total", re.IGNORECASE)
_NEAR = 800
"""Characters between a total and the table of its instalments."""
_ANNOUNCED = re.compile(
    r"instal?lments?|payments|as follows|following|分期|分[二两三四五六七八九十\d]+(?:期|次|笔|批|个?阶段)"
    r"|(?:如下|以下|下列)[^\n:]{0,12}(?:支付|付款|方式|进度|安排|时间)|支付[^\n:]{0,8}如下",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"\s*(?:[|•·*-]\s*)?(?:[(（]?(?:\d{1,2}|[a-z]|[ivx]{1,4}|[一二三四五六七八九十]{1,2})[).、）]|[①-⑩])\s*"
)
_REST = re.compile(r"余款|尾款|剩余|其余|余额|余下|balance|remain", re.IGNORECASE)
_NOT_PART = re.compile(r"违约金|罚|赔偿|滞纳|利息|逾期|每|penalty|interest|late|\bper\b", re.IGNORECASE)


def check(contract: Contract) -> Iterator[Issue]:
    """Tables first, then lists that a total announces."""
    for table in drawn_tables(contract):
        if _SCHEDULE.search(" ".join(cell.words for cell in table.header)):
            yield from _tabled(contract, table)
    for total in contract.totals:
        yield from _listed(contract, total)


def _tabled(contract: Contract, table: Table) -> Iterator[Issue]:
    """A schedule with a column of shares or sums; its last row may sum it."""
    rows = [row for row in table.rows if not _ALL.search(row[0].words + row[1].words)]
    if len(rows) < 2:
        return
    for place, head in enumerate(table.header):
        column = [row[place] for row in rows]
        shares = [cell.share for cell in column if cell.share is not None]
        if _SHARE.search(head.words) and len(shares) == len(rows) and sum(shares) != 100:
            values = {"shares": " + ".join(f"{share}%" for share in shares), "sum": f"{sum(shares)}%"}
            yield Issue("amount.percent_sum", "error", column[0].start, column[-1].end, values)
        if _SUM.search(head.words) and not _NO_SUM.search(head.words) and len(rows) == len(table.rows):
            yield from _summed(contract, table, head, column)


def _summed(contract: Contract, table: Table, head: Cell, column: list[Cell]) -> Iterator[Issue]:
    figures = [cell.number for cell in column if cell.number is not None]
    before = [total for total in contract.totals if 0 < table.header[0].start - total.end < _NEAR]
    if len(figures) != len(column) or not before:
        return
    added = sum(figures, Decimal(0)) * (10000 if "万" in head.words else 1)
    if any(total.value == added for total in contract.totals):
        return
    yield _not_the_total(before[-1], added, [cell.words for cell in column], column[0].start, column[-1].end)


def _listed(contract: Contract, total: Amount) -> Iterator[Issue]:
    """A total, a colon, and a list each of whose items pays a sum: (a) US$60,000 ...; (b) US$70,000 ...."""
    text = contract.folded
    line = contract.line_at(total.start)[1]
    lead = text[total.end : line].rstrip()
    if not lead.endswith(":") or not _ANNOUNCED.search(lead):
        return
    parts: list[Amount] = []
    style = ""
    for start, end in contract.lines:
        if start <= line:
            continue
        marker = _ITEM.match(text, start, end)
        if marker is None or (parts and _style(marker) != style):
            break
        style = _style(marker)
        sums = [a for a in contract.amounts if start <= a.start < end and not a.spelt]
        if len({(a.value, a.currency) for a in sums}) != 1 or _NOT_PART.search(text, start, sums[0].start):
            return
        parts.append(sums[0])
    if len(parts) < 2 or {part.currency for part in parts} != {total.currency}:
        return
    added = sum((part.value for part in parts), Decimal(0))
    if added != total.value and not (added < total.value and _REST.search(text[parts[-1].end : parts[-1].end + 160])):
        yield _not_the_total(total, added, [shown(p.value) for p in parts], parts[0].start, parts[-1].end)


def _style(marker: re.Match[str]) -> str:
    """(a) and (b) are of one list, 3.2 is not."""
    return re.sub(r"[^\W\d]+", "a", re.sub(r"\d+", "1", marker.group().strip()))


def _not_the_total(total: Amount, added: Decimal, parts: list[str], start: int, end: int) -> Issue:
    values = {"total": shown(total.value), "sum": shown(added), "parts": " + ".join(parts)}
    return Issue("amount.sum_mismatch", "error", start, end, values)
