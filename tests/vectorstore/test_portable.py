"""A knowledge base leaves as one file and comes back the same, or is refused with one sentence."""

import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from vectorstore.knowledge import KnowledgeBases
from workbench.errors import DocumentError, RequestError

from .conftest import text_material


@pytest.fixture
def exported(bases: KnowledgeBases, tmp_path: Path) -> Path:
    bases.change("kb", title="售后", sensitivity="confidential")
    bases.ingest_material("kb", text_material("policy", "退货期限是七天。", effective_from=date(2024, 1, 1)))
    bases.ingest_material("kb", text_material("policy", "退货期限是十五天。", effective_from=date(2025, 1, 1)))
    bases.ingest_material("kb", text_material("other", "运费由客户承担。"))
    path = tmp_path / "kb.zip"
    bases.export("kb", path)
    return path


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """A copy of the zip with changed entries."""
    with zipfile.ZipFile(path) as container:
        entries = {name: container.read(name) for name in container.namelist()}
    change(entries)
    target = path.with_name("changed.zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in entries.items():
            container.writestr(name, content)
    return target


def test_everything_comes_back(bases: KnowledgeBases, exported: Path) -> None:
    made = bases.import_file(exported, "copy")
    assert (made.title, made.sensitivity, made.documents) == ("售后", "confidential", 2)
    for as_of in (date(2024, 6, 1), None):
        before, after = (bases.search("退货期限", names=[name], as_of=as_of) for name in ("kb", "copy"))
        assert [(hit.chunk.text, hit.score) for hit in before] == [(hit.chunk.text, hit.score) for hit in after]
    assert bases.text("copy", "policy", 1) == "退货期限是七天。"
    assert [known.begins for known in bases.versions("copy", "policy")] == [date(2025, 1, 1), date(2024, 1, 1)]


def test_a_taken_name_is_refused(bases: KnowledgeBases, exported: Path) -> None:
    with pytest.raises(RequestError):
        bases.import_file(exported)


def _flip(entries: dict[str, bytes]) -> None:
    entries["vectors.f32"] = b"\x01" + entries["vectors.f32"][1:]


def _shorten(entries: dict[str, bytes]) -> None:
    entries["documents.jsonl"] = entries["documents.jsonl"][:-20]


def _escape(entries: dict[str, bytes]) -> None:
    entries["../../evil"] = b"x"


def _foreign(entries: dict[str, bytes]) -> None:
    entries["manifest.json"] = json.dumps({"format": "other"}).encode()


@pytest.mark.parametrize("change", [_flip, _shorten, _escape, _foreign, dict.clear])
def test_a_damaged_or_foreign_file_is_refused_and_leaves_nothing(
    bases: KnowledgeBases, exported: Path, change: Callable[[dict[str, bytes]], None], tmp_path: Path
) -> None:
    with pytest.raises(DocumentError):
        bases.import_file(rewritten(exported, change), "copy")
    assert [known.name for known in bases.list()] == ["kb"]
    assert not list((tmp_path / "knowledge").glob(".copy*"))


@pytest.mark.parametrize("content", [b"", b"garbage" * 100])
def test_what_is_no_zip_is_refused(bases: KnowledgeBases, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(DocumentError):
        bases.import_file(tmp_path / "x.zip", "copy")


def test_records_that_contradict_themselves_are_refused(bases: KnowledgeBases, exported: Path) -> None:
    def change(entries: dict[str, bytes]) -> None:
        from hashlib import sha256

        lines = entries["documents.jsonl"].replace(b'"parts":[[0,', b'"parts":[[-5,')
        manifest = json.loads(entries["manifest.json"])
        manifest["files"]["documents.jsonl"] = {"sha256": sha256(lines).hexdigest(), "size": len(lines)}
        entries |= {"documents.jsonl": lines, "manifest.json": json.dumps(manifest).encode()}

    with pytest.raises(DocumentError):
        bases.import_file(rewritten(exported, change), "copy")
