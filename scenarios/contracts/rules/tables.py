"""``amount.sum_mismatch`` in tables: rows of quantity, price and amount, and the row that sums them."""

import re
from collections.abc import Iterator
from decimal import Decimal

from ..amounts import shown
from ..cells import cells, is_rule
from ..contract import Contract
from ..issue import Issue


def check(contract: Contract) -> Iterator[Issue]:
    """Rows of 数量 x 单价 = 金额 and a last row with their sum, in tables drawn with bars, tabs or wide gaps."""
    lines = contract.lines
    header: list[str] = []
    columns: dict[str, int] = {}
    items: list[Decimal] = []
    for start, end in lines:
        row = cells(contract.folded, start, end)
        drawn = re.search(r"[|│\t]", contract.folded[start:end]) is not None
        if len(row) < 3 and not (len(row) == 2 and (columns or drawn)):
            columns, items = {}, []
            continue
        names = _columns([cell.words for cell in row])
        headed = not any(cell.number is not None for cell in row)
        if headed and "total" in names and ("price" in names or "quantity" in names or (drawn and len(row) < 4)):
            header, columns, items = [cell.words for cell in row], names, []
            continue
        if not columns or is_rule(row):
            continue
        label = "".join(cell.words for cell in row[:2])
        if re.search("合计|总计|共计|total", label, re.IGNORECASE):
            money = [(cell.number, cell) for cell in row[1:] if cell.number is not None]
            if money and len(items) > 1:
                value, last = money[-1]
                added = sum(items, Decimal(0))
                if abs(added - value) > Decimal("0.01") * len(items) and not any(m[0] == added for m in money):
                    parts = " + ".join(map(shown, items))
                    yield Issue(
                        "amount.sum_mismatch",
                        "error",
                        last.start,
                        last.end,
                        {"total": shown(value), "sum": shown(added), "parts": parts},
                    )
            columns, items = {}, []
            continue
        if len(row) != len(header):
            continue
        quantity, price, total = (
            row[columns[name]].number if name in columns else None for name in ("quantity", "price", "total")
        )
        if total is not None:
            items.append(total)
        if quantity is not None and price is not None and total is not None:
            made = quantity * price
            factor = 10000 if "万" in header[columns["total"]] and "万" not in header[columns["price"]] else 1
            if abs(made - total * factor) > max(Decimal("0.5"), made / 10000):
                wrong = row[columns["total"]]
                values = {
                    "quantity": shown(quantity),
                    "price": shown(price),
                    "made": shown(made),
                    "total": shown(total),
                }
                yield Issue("amount.sum_mismatch", "error", wrong.start, wrong.end, values, variant="product")


_NAMES = {
    "quantity": re.compile(r"^数\s*量|^采购数量|^订购数量|^台数|^件数|^quantity|^qty", re.IGNORECASE),
    "price": re.compile(r"^(?:含税|不含税)?单\s*价|^unit price", re.IGNORECASE),
    "total": re.compile(
        r"^(?:含税|不含税)?(?:金\s*额|总\s*价|小\s*计|合\s*价|价款|总金额|合计|总计)|^(?:amount|total|subtotal)",
        re.IGNORECASE,
    ),
}


def _columns(names: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, name in enumerate(names):
        for kind, pattern in _NAMES.items():
            if kind not in found and len(name) <= 16 and pattern.search(name):
                found[kind] = place
    return found
