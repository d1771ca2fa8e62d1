"""Rows of a table as readers write it: a line each, with bars between the cells, the header first."""

import re
from collections.abc import Iterator
from typing import Any


def rows_of(table: str) -> Iterator[dict[str, Any]]:
    """The rows by their header's names."""
    header: list[str] = []
    for line in table.splitlines():
        if not line.startswith("|") or re.fullmatch(r"\|[\s:|-]+", line):
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not header:
            header = cells
        else:
            yield dict(zip(header, cells, strict=False))
