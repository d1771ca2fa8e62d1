"""A shipped playbook as a file to edit: a Word table, or YAML."""

from pathlib import Path

import yaml

from workbench.errors import ConfigError

from .playbook import Playbook, as_rows, playbook


def write(name: str, path: Path) -> None:
    """Write the playbook ``name``; the ending of ``path`` decides. Raises ``ConfigError``."""
    book = playbook(name)
    match path.suffix.lower():
        case ".docx":
            _write_word(book, path)
        case ".yaml" | ".yml":
            values = book.model_dump(exclude_defaults=True)
            path.write_text(yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=120), "utf-8")
        case _:
            raise ConfigError("scenarios.contracts.playbooks:ending", name=path.name)


def _write_word(book: Playbook, path: Path) -> None:
    from docx import Document
    from docx.enum.section import WD_ORIENT

    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.add_heading(book.title, 1)
    rows = as_rows(book)
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    document.save(str(path))
