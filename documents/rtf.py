"""Rich text: words and tables; the formatting is not kept."""

from pathlib import Path

from .builder import Builder
from .plain import read_text


def read_rtf(path: Path, built: Builder) -> None:
    """Fill ``built``."""
    from striprtf.striprtf import rtf_to_text

    # An RTF file is ASCII that names the encoding of each stretch of text.
    content = path.read_bytes().decode("latin-1")
    text = str(rtf_to_text(content, errors="ignore")).replace("\xa0", " ")  # type: ignore[no-untyped-call]
    table: list[list[str]] = []
    for line in text.split("\n"):
        if line.endswith("|") and line.count("|") > 1:
            table.append(line[:-1].split("|"))
            continue
        built.table(table)
        table = []
        read_text(line.rstrip("|"), built)
    built.table(table)
