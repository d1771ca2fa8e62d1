"""Files that a request names."""

import zipfile
from pathlib import Path

import pytest

from documents.files import RequestFiles
from workbench.errors import DocumentError
from workbench.settings import Limits


@pytest.fixture
def files(tmp_path: Path) -> RequestFiles:
    return RequestFiles(tmp_path / "received", Limits())


def test_a_folder_and_the_zip_in_it_are_walked_in_order_and_a_bad_file_harms_no_other(
    files: RequestFiles, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("张三", "utf-8")
    (folder / "b.pdf").write_bytes(b"no pdf at all")
    (folder / ".hidden.txt").write_text("never", "utf-8")
    with zipfile.ZipFile(folder / "c.zip", "w") as packed:
        packed.writestr("more/李四.txt", "李四")
    (folder / "d.zip").write_bytes(b"broken")
    read = list(files.each([folder]))
    assert [Path(one.name).name for one in read] == ["a.txt", "b.pdf", "李四.txt", "d.zip"]
    assert [one.document.text if one.document else None for one in read] == ["张三", None, "李四", None]
    assert [one.error is not None for one in read] == [False, True, False, True]
    assert len({one.sha256 for one in read if one.document}) == 2


def test_a_text_that_is_no_path_is_missing_and_harms_nothing(files: RequestFiles) -> None:
    with pytest.raises(DocumentError):
        files.read("long " * 200)
    assert [one.error is not None for one in files.each(["long " * 200, "nul\0"])] == [True, True]


def test_what_is_not_there_is_named(files: RequestFiles, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"gone\.txt"):
        files.read(tmp_path / "gone.txt")
    assert [one.error is not None for one in files.each([tmp_path / "gone.txt"])] == [True]


@pytest.mark.parametrize("name", ["简历.txt", "../../etc/passwd", "a/b:c.txt", "..", ""])
def test_an_upload_is_kept_inside_its_folder_whatever_it_is_called(
    files: RequestFiles, tmp_path: Path, name: str
) -> None:
    kept = files.keep(name, "你好".encode())
    assert kept.resolve().is_relative_to(tmp_path / "received")
    assert kept.read_text("utf-8") == "你好"
