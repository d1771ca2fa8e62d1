"""The sample company's files: what the manifest names is there, says that it is invented, and can be read back."""

from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from documents.reader import read
from workbench.settings import Limits
from workbench.texts import ROOT

SAMPLE = ROOT / "knowledge" / "sample_company"
PEOPLE = SAMPLE / "people"
BASES = yaml.safe_load((SAMPLE / "manifest.yaml").read_text("utf-8"))["knowledge_bases"]
FILES = [path for base in BASES for path in sorted((SAMPLE / base["folder"]).iterdir())]


def test_manifest_names_files_that_exist() -> None:
    for base in BASES:
        assert all((SAMPLE / base["folder"] / entry["file"]).is_file() for entry in base.get("documents", []))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_base_has_a_title(lang: str) -> None:
    assert all(base["title"][lang] for base in BASES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: Path(path).name)
def test_every_document_says_that_it_is_invented(path: Path) -> None:
    words = read(path, Limits()).text
    assert "纯属虚构" in words or "invented" in words


def test_resumes_are_confidential() -> None:
    (people,) = (base for base in BASES if base["folder"] == "people")
    assert people["sensitivity"] == "confidential"


def test_there_are_three_jobs_and_ten_resumes_as_pdf_and_word_in_both_languages() -> None:
    assert len([*PEOPLE.glob("job-*")]) == 3
    resumes = [*PEOPLE.glob("resume-*")]
    assert len(resumes) == 10
    assert {path.suffix for path in resumes} == {".pdf", ".docx"}
    assert sum("invented" in read(path, Limits()).text for path in resumes) == 2


IN_ORDER = {
    "resume-zhou-yining.pdf": [
        "周以宁",
        "二、工作经历",
        "客服主管 2022.07 – 至今",
        "2017.07 – 2019.02",
        "中级",
        "月薪 15,000 元",
    ],
    "resume-gu-yanzhou.pdf": ["顾言舟", "硕士 2017.09 – 2020.06", "STM32H7 与 FreeRTOS", "英语六级"],
    "resume-qin-muye.pdf": ["秦牧野", "月薪 32,000 元以上", "2021 – 2026", "2018 – 2021", "机械电子工程"],
    "resume-feng-qihang.docx": ["冯启航", "2021.04–2026.08", "2020.01–2022.12", "时间重叠"],
    "resume-shen-yian.docx": ["沈亦安", "自考", "嵌入式系统设计师（中级）", "未复审"],
    "resume-grace-lin.pdf": ["Grace Lin", "Mar 2021 to present", "CEFR C2"],
    "job-embedded-engineer.pdf": ["二、必须具备", "3 年以上嵌入式 C 语言开发经验", "三、优先考虑", "四、公司提供"],
}


@pytest.mark.parametrize("name", IN_ORDER)
def test_what_stands_in_a_file_is_read_back_in_order(name: str) -> None:
    document = read(PEOPLE / name, Limits())
    places = [document.text.index(words) for words in IN_ORDER[name]]
    assert all(before < after for before, after in pairwise(places))


@pytest.mark.parametrize("path", sorted(PEOPLE.glob("*.pdf")), ids=lambda path: Path(path).name)
def test_fonts_are_embedded_so_that_chinese_shows_everywhere(path: Path) -> None:
    from pypdf import PdfReader

    for page in PdfReader(path).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            (inner,) = font["/DescendantFonts"]
            assert "/FontFile2" in inner.get_object()["/FontDescriptor"]
            assert "/ToUnicode" in font
