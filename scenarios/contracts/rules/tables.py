"""``amount.sum_mismatch`` in tables: rows of quantity, price and amount, and the row that sums them."""

import re
from collections.abc import Iterator
from decimal import Decimal

from ..amounts import shown
from ..contract import Contract
from ..issue import Issue

_CELL_NUMBER = re.compile(
    r"[¥$]?\s*(?P<number>\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?"
    r"|\d+(?:\.\d+)?)\s*(?P<multiple>万)?\s*[元圆台套件个吨箱辆只米]?"
)


def check(contract: Contract) -> Iterator[Issue]:
    """Rows of 数量 x 单价 = 金额 and a last row with their sum, in tables drawn with bars, tabs or wide gaps."""
    lines = contract.lines
    header: list[str] = []
    columns: dict[str, int] = {}
    items: list[Decimal] = []
    for start, end in lines:
        cells = _cells(contract.folded, start, end)
        drawn = re.search(r"[|│\t]", contract.folded[start:end]) is not None
        if len(cells) < 3 and not (len(cells) == 2 and (columns or drawn)):
            columns, items = {}, []
            continue
        names = _columns([cell for cell, _, _ in cells])
        headed = not any(_number(cell) is not None for cell, _, _ in cells)
        if headed and "total" in names and ("price" in names or "quantity" in names or (drawn and len(cells) < 4)):
            header, columns, items = [cell for cell, _, _ in cells], names, []
            continue
        if not columns or all(set(cell) <= set("-: ─┼├┤") for cell, _, _ in cells):
            continue
        label = cells[0][0] + (cells[1][0] if len(cells) > 1 else "")
        if re.search("合计|总计|共计|total", label, re.IGNORECASE):
            figures = [(_number(cell), s, e) for cell, s, e in cells[1:] if _number(cell) is not None]
            money = [figure for figure in figures if figure[0] is not None]
            if money and len(items) > 1:
                value, s, e = money[-1]
                added = sum(items, Decimal(0))
                if (
                    value is not None
                    and abs(added - value) > Decimal("0.01") * len(items)
                    and not any(m[0] == added for m in money)
                ):
                    parts = " + ".join(map(shown, items))
                    yield Issue(
                        "amount.sum_mismatch",
                        "error",
                        s,
                        e,
                        {"total": shown(value), "sum": shown(added), "parts": parts},
                    )
            columns, items = {}, []
            continue
        if len(cells) != len(header):
            continue
        row = {name: _number(cells[place][0]) for name, place in columns.items()}
        if row.get("total") is not None:
            items.append(row["total"])  # type: ignore[arg-type]
        quantity, price, total = row.get("quantity"), row.get("price"), row.get("total")
        if quantity is not None and price is not None and total is not None:
            made = quantity * price
            factor = 10000 if "万" in header[columns["total"]] and "万" not in header[columns["price"]] else 1
            if abs(made - total * factor) > max(Decimal("0.5"), made / 10000):
                _, s, e = cells[columns["total"]]
                values = {
                    "quantity": shown(quantity),
                    "price": shown(price),
                    "made": shown(made),
                    "total": shown(total),
                }
                yield Issue("amount.sum_mismatch", "error", s, e, values, variant="product")


def _cells(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """(words, start, end) of each cell of a line; the line as one cell where it is no table's."""
    line = text[start:end]
    if "|" in line or "│" in line:
        parts = re.finditer(r"[^|│]+", line.strip().strip("|│"))
        shift = start + len(line) - len(line.lstrip()) + (1 if line.strip()[:1] in "|│" else 0)
    else:
        parts, shift = re.finditer(r"\S+(?: \S+)*", line), start
        if not re.search(r"\S\s{2,}\S", line):
            parts = re.finditer(r"\S+", line)
    found = []
    for part in parts:
        words = part.group()
        s = shift + part.start() + len(words) - len(words.lstrip())
        found.append((words.strip(), s, s + len(words.strip())))
    return found


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


def _number(cell: str) -> Decimal | None:
    match = _CELL_NUMBER.fullmatch(cell.strip())
    if match is None:
        return None
    return Decimal(re.sub("[,，]", "", match["number"])) * (10000 if match["multiple"] else 1)
