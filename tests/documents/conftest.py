"""Small files of each kind, made here."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from documents.reader import read
from workbench.document import SourceDocument
from workbench.settings import Limits

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(**targets: str) -> str:
    entries = "".join(
        f'<Relationship Id="{kind}" Type="{_KIND}/{kind}" Target="{target}"/>' for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{_RELATIONS}">{entries}</Relationships>'


def write_word(path: Path, body: str, **parts: str) -> Path:
    """A .docx of that body; ``parts`` are roots of styles, numbering, footnotes, comments without their outer tag."""
    with zipfile.ZipFile(path, "w") as container:
        container.writestr("_rels/.rels", relations(officeDocument="word/document.xml"))
        container.writestr("word/_rels/document.xml.rels", relations(**{kind: f"{kind}.xml" for kind in parts}))
        container.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for kind, inner in parts.items():
            container.writestr(f"word/{kind}.xml", f"<w:{kind} {W}>{inner}</w:{kind}>")
    return path


@pytest.fixture
def word(tmp_path: Path) -> Callable[..., SourceDocument]:
    """Reads a Word file of the body and parts that it is given."""
    return lambda body, **parts: read(write_word(tmp_path / "test.docx", body, **parts), Limits())


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., SourceDocument]:
    """Reads a file of that name and content."""

    def read_file(name: str, content: bytes | str, limits: Limits | None = None) -> SourceDocument:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read(path, limits or Limits())

    return read_file
