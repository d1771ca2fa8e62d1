"""Built-in knowledge: asked for by pages, loaded by the worker, removed by people."""

from datetime import date
from pathlib import Path

import pytest

from vectorstore.builtin import LAWS, Builtin
from vectorstore.knowledge import KnowledgeBases
from vectorstore.queue import Queue
from vectorstore.worker import Worker
from workbench.errors import NotFoundError

MANIFEST = """
knowledge_bases:
  - name: sample-a
    title: {zh: 示例甲, en: Sample A}
    sensitivity: confidential
    folder: a
    documents:
      - {file: old.md, effective_to: 2025-12-31}
      - {file: new.md, effective_from: 2026-01-01}
  - name: sample-b
    title: {zh: 示例乙, en: Sample B}
    folder: b
"""


class Rig:
    """A small built-in knowledge on real stores, as one process sees it. ``asked`` counts requests for a worker."""

    def __init__(self, folder: Path, bases: KnowledgeBases) -> None:
        self.asked = 0
        self.bases = bases
        self.queue = Queue(folder / "data", lambda: None)
        self.builtin = Builtin(folder / "knowledge", bases, self.queue, self._ask, "en")
        self.worker = Worker(folder / "data", self.queue, self.builtin, bases, "en")

    def _ask(self) -> None:
        self.asked += 1

    def names(self) -> list[str]:
        return [known.name for known in self.bases.list()]


@pytest.fixture
def again(tmp_path: Path, open_bases):
    """Opens the rig as a fresh process would."""
    sample = tmp_path / "knowledge" / "sample_company"
    for name, words in {
        "a/old.md": "退货 7 天",
        "a/new.md": "退货 30 天",
        "b/one.md": "出差",
        "b/two.md": "报销",
    }.items():
        (sample / name).parent.mkdir(parents=True, exist_ok=True)
        (sample / name).write_text(words, "utf-8")
    (sample / "manifest.yaml").write_text(MANIFEST, "utf-8")
    law = "package: no_such_package\nfile: x\nsha256: x\ndefault: {}\n"
    (tmp_path / "knowledge" / "laws.yaml").write_text(law, "utf-8")
    return lambda: Rig(tmp_path, open_bases())


def test_what_is_asked_for_is_loaded_with_its_title_sensitivity_and_dates(again) -> None:
    rig = again()
    rig.builtin.load("sample-a")
    assert (rig.asked, rig.builtin.progress()) == (1, {"sample-a": (0, 0)})
    rig.worker.run(idle=0.1)
    base = rig.bases.get("sample-a")
    assert (base.title, base.sensitivity, base.builtin, base.documents) == ("Sample A", "confidential", True, 2)
    assert rig.builtin.progress() == {}
    for day, days in ((date(2025, 6, 1), "退货 7 天"), (date(2026, 6, 1), "退货 30 天")):
        assert [hit.chunk.text for hit in rig.bases.search("退货", names=["sample-a"], as_of=day)] == [days]


def test_a_name_that_is_not_built_in_is_refused(again) -> None:
    with pytest.raises(NotFoundError, match="sample-a"):
        again().builtin.load("sample-z")


def test_defaults_are_asked_for_once_and_not_again_after_somebody_removed_them(again) -> None:
    rig = again()
    rig.builtin.load_defaults()
    list(rig.builtin.fulfil())
    assert rig.names() == ["sample-a", "sample-b"]
    rig.builtin.remove("sample-a")
    fresh = again()
    fresh.builtin.load_defaults()
    list(fresh.builtin.fulfil())
    assert fresh.names() == ["sample-b"]
    fresh.builtin.load("sample-a")
    list(fresh.builtin.fulfil())
    assert fresh.bases.get("sample-a").documents == 2


def test_loading_that_was_interrupted_goes_on_where_it_stopped(again) -> None:
    rig = again()
    rig.builtin.load("sample-b")
    steps = rig.builtin.fulfil()
    assert next(steps).status == "indexed"
    steps.close()  # the process ends here
    fresh = again()
    assert fresh.builtin.progress().keys() == {"sample-b"}
    assert [result.status for result in fresh.builtin.fulfil()] == ["unchanged", "indexed"]
    assert fresh.builtin.progress() == {}


def test_uploads_come_before_built_in_knowledge_even_within_a_document(again) -> None:
    rig = again()
    rig.bases.create("mine")
    rig.builtin.load("sample-a")

    def between() -> bool:
        if not rig.queue.jobs():
            rig.queue.submit("mine", "mine.md", "我的资料".encode())
            rig.worker.drain()
        return True

    for _ in rig.builtin.fulfil(between):
        assert [document.id for document in rig.bases.documents("mine")] == ["mine.md"]
    assert rig.bases.get("sample-a").documents == 2


def test_what_is_removed_while_it_loads_stays_removed(again) -> None:
    rig = again()
    rig.builtin.load("sample-a")

    def between() -> bool:
        again().builtin.remove("sample-a")  # a page, in another process
        return True

    assert list(rig.builtin.fulfil(between)) == []
    assert rig.names() == []


def test_laws_that_are_not_installed_stop_nothing_else(again) -> None:
    rig = again()
    rig.builtin.load_defaults()
    statuses = [result.status for result in rig.builtin.fulfil()]
    assert statuses == ["indexed"] * 4
    assert LAWS in rig.builtin.progress()


def test_the_title_is_the_products_in_each_language_until_somebody_gives_another(again) -> None:
    rig = again()
    for stored in ("", "Sample A", "示例甲"):
        assert rig.builtin.title("sample-a", "zh", stored) == "示例甲"
        assert rig.builtin.title("sample-a", "en", stored) == "Sample A"
    assert rig.builtin.title("sample-a", "zh", "我们的资料") == "我们的资料"
    assert rig.builtin.title("mine", "zh", "退货政策") == "退货政策"
    assert rig.builtin.title(LAWS, "en").startswith("Law library")
