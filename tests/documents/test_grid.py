"""Tables as their cells stand."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from documents.grid import grid
from workbench.errors import DocumentError
from workbench.settings import Limits


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_separator_is_found_and_short_rows_stay_short(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"报表\n\na{mark}b{mark}c\n1{mark}2{mark}3\n", "utf-8")
    assert grid(path, Limits()) == [["报表"], ["a", "b", "c"], ["1", "2", "3"]]


def test_the_first_sheet_with_content_is_read_with_its_types(tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("data").append(["点击", 3, 0.5])
    book.save(tmp_path / "a.xlsx")
    assert grid(tmp_path / "a.xlsx", Limits()) == [["点击", 3, 0.5]]


def test_no_table_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"nothing of the kind")
    with pytest.raises(DocumentError):
        grid(tmp_path / "a.xlsx", Limits())
    with pytest.raises(DocumentError):
        grid(tmp_path / "a.pptx", Limits())
