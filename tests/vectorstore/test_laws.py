"""The law library: from a statutes file to one passage an article, each version in force on its own days."""

import sqlite3
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from tests.vectorstore.conftest import CountedCharacters
from vectorstore.laws import LawLibrary
from workbench.errors import RequestError
from workbench.knowledge import Material
from workbench.texts import ROOT

STATE = "中华人民共和国"
OURS = LawLibrary.read(ROOT / "knowledge" / "laws.yaml")


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LawLibrary:
    """A small statutes file in a package of its own: a law in two versions, one repealed, one not loaded at first."""
    package = tmp_path / "packages" / "small_laws"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    with sqlite3.connect(package / "laws.db") as connection:
        connection.executescript(
            """
            CREATE TABLE laws (law_id TEXT PRIMARY KEY, law_name TEXT, doc_type TEXT, level TEXT, issuing_body TEXT,
                publish_date TEXT, effective_date TEXT, version_date TEXT, status TEXT, law_department TEXT);
            CREATE TABLE articles (id INTEGER PRIMARY KEY, law_id TEXT, law_name TEXT, law_department TEXT, level TEXT,
                status TEXT, chapter TEXT, section TEXT, article_no TEXT, article_no_arabic INTEGER, article_text TEXT,
                char_count INTEGER);
            """
        )
        for law, name, effective, version, status in [
            ("t1", "茶叶法", "2010-01-01", "2009-10-01", "历史版本"),
            ("t2", "茶叶法", "2027-01-01", "2026-06-01", "现行有效"),
            ("g", "瓷器法", "2001-01-01", "2000-01-01", "已废止"),
            ("s", "丝绸法", "2001-01-01", "2000-01-01", "现行有效"),
        ]:
            row = (law, STATE + name, "法律", "法律", "全国人大", version, effective, version, status, "")
            connection.execute("INSERT INTO laws VALUES (?,?,?,?,?,?,?,?,?,?)", row)
            for number, words in enumerate(["为了规范贸易，制定本法。", f"罚款{law}元。"], 1):
                article = (
                    law,
                    STATE + name,
                    "",
                    "",
                    status,
                    "第一章 总则",
                    "",
                    f"第{'一二'[number - 1]}条",
                    number,
                    words,
                )
                connection.execute("INSERT INTO articles VALUES (NULL,?,?,?,?,?,?,?,?,?,?,0)", article)
    connection.close()
    monkeypatch.syspath_prepend(package.parent)
    digest = sha256((package / "laws.db").read_bytes()).hexdigest()
    return LawLibrary(package="small_laws", file="laws.db", sha256=digest, default={"food": ["茶叶法"]})


def articles(material: Material) -> list[str]:
    return [material.document.text[start:end] for start, end, _ in material.parts]


def test_each_article_is_a_passage_that_knows_its_law_chapter_version_and_status(library: LawLibrary) -> None:
    old, new = library.materials(default=True)
    assert articles(old) == ["第一条 为了规范贸易，制定本法。", "第二条 罚款t1元。"]
    assert {context for _, _, context in old.parts} == {"第一章 总则"}
    facts = {"law": STATE + "茶叶法", "version_date": "2009-10-01", "status": "历史版本"}
    assert facts.items() <= old.document.metadata.items()
    assert new.document.metadata["status"] == "现行有效"
    assert (old.id, new.id) == ("茶叶法@2009-10-01", "茶叶法@2026-06-01")


def test_a_version_ends_the_day_before_the_next_is_in_force(library: LawLibrary) -> None:
    old, new = library.materials(default=True)
    assert (old.effective_from, old.effective_to) == (date(2010, 1, 1), date(2026, 12, 31))
    assert (new.effective_from, new.effective_to) == (date(2027, 1, 1), None)


def test_repealed_laws_are_left_out_and_the_others_load_on_request(library: LawLibrary) -> None:
    assert [material.id for material in library.materials(default=False)] == ["丝绸法@2000-01-01"]


@pytest.mark.parametrize(("day", "fine"), [(date(2026, 11, 25), "罚款t1元"), (date(2027, 1, 1), "罚款t2元")])
def test_the_version_in_force_on_the_day_answers(library: LawLibrary, open_bases, day: date, fine: str) -> None:
    bases = open_bases(CountedCharacters())
    bases.create("laws")
    for material in library.materials(default=True):
        assert bases.ingest_material("laws", material).chunks == 2
    hits = bases.search("茶叶法 罚款", names=["laws"], as_of=day)
    assert fine in hits[0].chunk.text
    assert {hit.chunk.document_id for hit in hits} == {hits[0].chunk.document_id}


def test_a_missing_package_and_another_file_are_said(library: LawLibrary) -> None:
    with pytest.raises(RequestError, match="requirements-data"):
        library.model_copy(update={"package": "no_such_package"}).database()
    with pytest.raises(RequestError):
        library.model_copy(update={"sha256": "0" * 64}).database()


def test_the_statutes_that_come_with_the_product_hold_every_law_that_loads_at_first() -> None:
    materials = list(OURS.materials(default=True))
    known = {material.id.partition("@")[0] for material in materials}
    assert known == {name for group in OURS.default.values() for name in group}
    assert {"commercial", "labour", "advertising", "data", "consumer"} <= OURS.default.keys()
    assert all(articles(material)[0].startswith("第一条") for material in materials)
    in_force = [
        material.id
        for material in materials
        if (material.effective_from or date.min) <= date(2026, 11, 25) <= (material.effective_to or date.max)
    ]
    assert len({name.partition("@")[0] for name in in_force}) == len(in_force) == len(known)


def test_an_article_is_of_the_version_in_force_today(library: LawLibrary) -> None:
    article = library.article("茶叶法", 1)
    assert article is not None
    assert article.title == "《茶叶法》（2009-10-01 版）第一条"


def test_an_article_that_is_not_there_is_none(library: LawLibrary) -> None:
    assert library.article("茶叶法", 999) is None
    assert library.article("瓷器法", 1) is None, "repealed"
    assert library.article("咖啡法", 1) is None


def test_articles_of_a_missing_package_are_none(library: LawLibrary) -> None:
    missing = library.model_copy(update={"package": "no_such_package_of_laws"})
    assert missing.article("茶叶法", 1) is None


def test_the_civil_code_is_there() -> None:
    article = OURS.article("民法典", 586)
    assert article is not None
    assert article.number == "第五百八十六条" and "百分之二十" in article.text
