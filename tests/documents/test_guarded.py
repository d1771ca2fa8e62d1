import os
import signal
from concurrent.futures import ThreadPoolExecutor

import pytest

from documents import guarded
from documents.builder import Builder
from documents.packing import packed, unpacked
from documents.reader import read
from workbench.document import Comment
from workbench.errors import DocumentError
from workbench.settings import Limits


def test_a_document_is_the_same_from_another_process(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("# 制度\n\n- 一\n\n| a | b |\n|---|---|\n| c | d |\n")
    assert guarded.read(path, Limits()) == read(path, Limits())


def test_packing_keeps_everything():
    built = Builder()
    built.page(1, ocr=True)
    built.add("heading", "H", 1)
    built.hide("white", "colour", 1)
    built.comments.append(Comment("a", "b", "c"))
    document = built.build("t", "text/plain")
    assert unpacked(packed(document)) == document


def test_a_refusal_comes_through(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(b"no zip")
    with pytest.raises(DocumentError) as caught:
        guarded.read(path, Limits(), name="合同.docx")
    assert caught.value.key == "documents:mislabelled" and "合同.docx" in caught.value.text("zh")


def test_a_file_that_takes_too_long_or_too_much_is_refused_and_the_next_one_is_read(tmp_path):
    big, small = tmp_path / "big.csv", tmp_path / "small.txt"
    big.write_bytes(b"a,b\n" * 4_000_000)
    small.write_text("fine")
    with pytest.raises(DocumentError) as caught:
        guarded.read(big, Limits(seconds=0.3))
    assert caught.value.key == "documents:too_slow"
    with pytest.raises(DocumentError) as caught:
        guarded.read(big, Limits(memory_megabytes=450))
    assert caught.value.key == "documents:too_much"
    assert guarded.read(small, Limits()).text == "fine"


def test_a_process_that_died_between_files_costs_none(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("fine")
    guarded.read(path, Limits())
    child = guarded._idle.get()
    os.kill(child._process.pid, signal.SIGKILL)
    child._process.wait()
    guarded._idle.put(child)
    assert guarded.read(path, Limits()).text == "fine"


def test_several_at_once(tmp_path):
    for number in range(12):
        (tmp_path / f"{number}.txt").write_text(f"text {number}")
    with ThreadPoolExecutor(6) as pool:
        texts = list(pool.map(lambda number: guarded.read(tmp_path / f"{number}.txt", Limits()).text, range(12)))
    assert texts == [f"text {number}" for number in range(12)]
