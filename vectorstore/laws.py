"""Statutes as material: one law a document, one article a passage."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from workbench.document import Block, SourceDocument
from workbench.errors import RequestError
from workbench.knowledge import Material
from workbench.statutes import Article

_STATE = "中华人民共和国"


class LawLibrary(BaseModel):
    """``knowledge/laws.yaml``: the package and file that hold the statutes, the file's hash, what loads at first."""

    model_config = ConfigDict(extra="forbid")
    package: str
    file: str
    sha256: str
    default: dict[str, list[str]]

    @classmethod
    def read(cls, path: Path) -> "LawLibrary":
        """Read the file that comes with the product."""
        return cls.model_validate(yaml.safe_load(path.read_text("utf-8")))

    def database(self) -> Path:
        """The SQLite file. Raises ``RequestError`` when the package is missing or its file is another one."""
        spec = find_spec(self.package)
        if spec is None or not spec.submodule_search_locations:
            raise RequestError("vectorstore:laws.missing")
        path = Path(spec.submodule_search_locations[0]) / self.file
        if not path.exists() or _hashed(path, path.stat().st_mtime_ns) != self.sha256:
            raise RequestError("vectorstore:laws.changed", path=path)
        return path

    def article(self, law: str, number: int) -> Article | None:
        """Article ``number`` of the version of ``law`` (with or without 中华人民共和国) that is in force today.

        None when there is none such, or when the package is not installed.
        """
        try:
            database = self.database()
        except RequestError:
            return None
        name = _STATE + law.removeprefix(_STATE)
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            versions = connection.execute(
                "SELECT * FROM laws WHERE law_name = ? AND status IN ('现行有效', '历史版本')", (name,)
            ).fetchall()
            begun = [row for row in versions if _in_force(row) <= date.today()]
            if not begun:
                return None
            newest = max(begun, key=_in_force)
            row = connection.execute(
                "SELECT article_no, article_text FROM articles WHERE law_id = ? AND article_no_arabic = ? ORDER BY id",
                (newest["law_id"], number),
            ).fetchone()
        if row is None:
            return None
        version = date.fromisoformat(newest["version_date"])
        return Article(name.removeprefix(_STATE), row["article_no"], version, row["article_text"])

    def materials(self, *, default: bool) -> Iterator[Material]:
        """The statutes that load at first, or all the others. Repealed ones are left out."""
        names = {_STATE + name for group in self.default.values() for name in group}
        with closing(sqlite3.connect(f"file:{self.database()}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            laws = connection.execute(
                "SELECT * FROM laws WHERE status IN ('现行有效', '历史版本') ORDER BY law_name, version_date"
            ).fetchall()
            for number, law in enumerate(laws):
                if (law["law_name"] in names) != default:
                    continue
                following = laws[number + 1] if number + 1 < len(laws) else None
                newer = following if following is not None and following["law_name"] == law["law_name"] else None
                if law["status"] == "历史版本" and newer is None:
                    continue  # an old version whose end nobody states must not answer as if in force
                articles = connection.execute("SELECT * FROM articles WHERE law_id = ? ORDER BY id", (law["law_id"],))
                yield _material(law, [dict(article) for article in articles], newer)


@lru_cache
def _hashed(path: Path, changed_ns: int) -> str:
    """SHA-256 of a file, counted again only when it changed."""
    return sha256(path.read_bytes()).hexdigest()


def _material(law: sqlite3.Row, articles: list[dict[str, Any]], newer: sqlite3.Row | None) -> Material:
    text, blocks, parts = "", [], []
    above: tuple[str, ...] = ()
    for article in articles:
        path = tuple(part for part in (article["chapter"], article["section"]) if part)
        for level, heading in enumerate(path, 1):
            if heading not in above:
                blocks.append(Block("heading", len(text), len(text) + len(heading), level))
                text += heading + "\n"
        above = path
        body = f"{article['article_no']} {article['article_text']}".strip()
        blocks.append(Block("paragraph", len(text), len(text) + len(body)))
        parts.append((len(text), len(text) + len(body), "\n".join(path)))
        text += body + "\n"
    version = law["version_date"]
    title = f"{law['law_name']}（{version} 版）"
    document = SourceDocument(
        text=text,
        title=title,
        media_type="text/plain",
        blocks=tuple(blocks),
        metadata={
            "law": law["law_name"],
            "version_date": version,
            "status": law["status"],
            "level": law["level"] or "",
            "issued_by": law["issuing_body"] or "",
        },
    )
    return Material(
        id=f"{law['law_name'].removeprefix(_STATE)}@{version}",
        document=document,
        sha256=sha256((title + text).encode()).hexdigest(),
        parts=parts,
        effective_from=_in_force(law) if law["effective_date"] else None,
        effective_to=_in_force(newer) - timedelta(days=1) if newer else None,
    )


def _in_force(law: Mapping[str, Any] | sqlite3.Row) -> date:
    """When this version came into force. For an amended law the file states the first version's date, so then it is
    the day of the amendment."""
    return date.fromisoformat(max(law["effective_date"] or "", law["version_date"]))
