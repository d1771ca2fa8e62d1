"""A resume that was understood once comes back from what was kept, and forgets with its file."""

from datetime import date
from pathlib import Path

import pytest

from documents.files import RequestFiles
from documents.kept_readings import KeptReadings
from scenarios.hr.parsed import packed, unpacked
from scenarios.hr.understanding import understood
from tests.scenarios.hr.test_match import LI, WEI
from workbench.document import SourceDocument
from workbench.settings import Limits

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize("text", [WEI, LI, LI + "\nPMP PMP PMP PMP PMP\n", "x"])
@pytest.mark.parametrize("blind", [True, False])
def test_a_kept_resume_is_the_same_resume(text: str, blind: bool) -> None:
    document = SourceDocument(text, "", "text/plain")
    first = understood("a.txt", document, TODAY, blind=blind)
    again = unpacked(packed(first), "a.txt", document)
    assert again == first
    for part in ("mentions", "units", "unit_words"):
        assert list(getattr(again, part)) == list(getattr(first, part))


def test_what_was_made_from_a_file_is_made_once_and_forgotten_with_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WEI, "utf-8")
    readings = tmp_path / "readings.sqlite3"
    made = []

    def make(document: SourceDocument) -> bytes:
        made.append(document.text)
        return b"made"

    for _ in range(2):
        files = RequestFiles(tmp_path / "in", Limits(), KeptReadings(readings))
        read = next(files.each([tmp_path / "a.txt"]))
        assert (read.document is not None and read.document.text == WEI.rstrip()) or read.document
        assert files.derived(read, "test", make) == b"made"
    assert len(made) == 1
    files.forget([tmp_path / "a.txt"])
    files.derived(read, "test", make)
    assert len(made) == 2


def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    files = RequestFiles(tmp_path / "in", Limits(), KeptReadings(tmp_path / "readings.sqlite3"))
    for words in ("first words of it", "other words of it"):
        (tmp_path / "a.txt").write_text(words, "utf-8")
        read = next(files.each([tmp_path / "a.txt"]))
        assert read.document is not None and words in read.document.text


def test_forgetting_a_folder_forgets_what_is_in_it_and_nothing_else(tmp_path: Path) -> None:
    kept = KeptReadings(tmp_path / "readings.sqlite3")
    for path in ("/in/a.txt", "/in/z.zip/b.txt", "/inside.txt", "/i_/c.txt"):
        kept.put(path, path, b"x")
    kept.forget(["/in", "/i_"])
    assert [kept.get(path) for path in ("/in/a.txt", "/in/z.zip/b.txt", "/inside.txt", "/i_/c.txt")] == [
        None, None, b"x", None,
    ]  # fmt: skip


def test_what_nobody_asks_for_is_let_go(tmp_path: Path) -> None:
    KeptReadings(tmp_path / "readings.sqlite3", lambda: 0.0).put("a", "/a", b"x")
    assert KeptReadings(tmp_path / "readings.sqlite3", lambda: 86_400.0 * 40).get("a") is None
