"""Product facts: short statements taken word for word from passages and from the brief, fit to stand in copy."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.evidence import Citation
from workbench.language import folded, sentences
from workbench.texts import Lang

BRIEF = "brief"
_LONGEST = 30
_HAN = re.compile(r"[\u4e00-\u9fff]")
# Instructions, warnings, parts lists and figures of the company itself are no selling facts.
_UNFIT = re.compile(
    r"不要|请勿|禁止|故障|错误|首次|建议|离墙|不可以|不在|不支持|不能|另购|虚构|示例|编造|假设|前两次|报修|型号|维修|投诉|代码|注意|必须|以免|否则|"
    r"浸泡|拧干|损坏|损耗|不得|如果|若|是否|吗|怎么|为什么|什么|请|先|再|应|需|客服|订单|退款|运费|电源线|编号|序列|耗材|\bmodel\b|\bcosts?\b|说明书|装箱|配件|备注|"
    r"fictional|invented|example|warning|caution|do not|don't|must|please|error|fault|never|invoice|order|refund|\?|？",
    re.IGNORECASE,
)
_DANGLING = re.compile(
    r"^(?:并|而|但|也|以及|从而|到时|推回|其中|此外|同时|因此|所以|这|那|它|其|或者|或|和|与|即|and|or|but|it|this|which)"
)
_ABILITY = re.compile(
    r"可以|支持|自动|能|带|配有|采用|适合|一次|最长|只需|内置|具有|放得下|拆|automatic|support|up to|lets|with|can",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"^.{0,24}?(?:是一款|是一台|是一种|是|型号为)")


@dataclass(frozen=True)
class Fact:
    """A statement and where it stands: the marker of a passage, or ``brief``."""

    text: str
    source: str


def gather(product: str, stated: Sequence[str], passages: Sequence[Citation], lang: Lang) -> list[Fact]:
    """The facts of a product in the language of the copy, each once.

    The brief's own come first, then those of the product's own documents, then others. Of two that say something else
    about one thing (整机保修18个月, 整机保修12个月) the first stands.
    """
    found = [Fact(_tidy(line), BRIEF) for line in stated if line.strip()]
    for passage in sorted(passages, key=lambda passage: not _speaks_of(product, passage.title)):
        found += [Fact(text, passage.marker) for text in _statements(product, passage)]
    kept: dict[str, Fact] = {}
    for fact in found:
        if bool(_HAN.search(fact.text)) == (lang == "zh") or fact.source == BRIEF:
            kept.setdefault(_subject(fact.text), fact)
    return list(kept.values())


def names(product: str) -> tuple[str, str]:
    """(full name, short name): ``香脆 F6 空气炸锅`` is ``F6`` for short."""
    model = re.search(r"[A-Za-z]+-?\d+[A-Za-z]*|\d+[A-Za-z]+", product)
    return product, model.group() if model else product


def _subject(statement: str) -> str:
    """What a statement is about: the words before its first figure, all of them where it begins with one."""
    name = re.split(r"\d", statement, maxsplit=1)[0]
    return re.sub(r"[为是约达]+$", "", folded(name)) or folded(statement)


def _statements(product: str, passage: Citation) -> Iterator[str]:
    titled = _speaks_of(product, passage.title)
    header: list[str] = []
    for line in passage.passage.splitlines():
        line = line.strip()
        if not line or line.startswith(">"):
            continue
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if all(set(cell) <= set("-: ") for cell in cells):
                continue
            if not header:
                header = cells
                continue
            yield from _row(product, titled, header, cells)
            continue
        header = []
        if folded(line) in folded(passage.title) or not re.search(r"[。！!；;]|\.(?:\s|$)", line):
            continue  # a heading states nothing
        for start, end in sentences(line):
            sentence = line[start:end]
            if (titled or _speaks_of(product, sentence)) and not _UNFIT.search(sentence):
                yield from _clauses(sentence)


def _row(product: str, titled: bool, header: Sequence[str], cells: Sequence[str]) -> Iterator[str]:
    """``容量 | 5.5 L`` in the product's own sheet, or the product's row in a table of many."""
    if folded(cells[0]) and (folded(cells[0]) in folded(product) or folded(product) in folded(cells[0])):
        pairs = list(zip(header[1:], cells[1:], strict=False))
    elif titled and len(cells) == 2:
        pairs = [(cells[0], cells[1])]
    else:
        return
    for name, value in pairs:
        unit = re.search(r"[（(]([^（）()]{1,6})[）)]$", name)
        if unit and not re.search(r"[^\d.,]", value):  # 整机保修（月） 18
            name, value = name[: unit.start()], value + {"月": "个月"}.get(unit[1], unit[1])
        statement = _tidy(f"{name} {value}")
        if value and re.search(r"\d", value) and _fit(statement):
            yield statement


def _clauses(sentence: str) -> Iterator[str]:
    for clause in re.split(r"[，；;。！!]|,(?!\d)|\.(?=\s|$)", sentence):
        clause = _tidy(clause)
        plain = _tidy(_SUBJECT.sub("", clause)) if re.match(r".{0,24}(?:是一|型号为)", clause) else clause
        if plain == clause and _fit(clause) and (re.search(r"\d", clause) or _ABILITY.search(clause)):
            yield clause


def _fit(statement: str) -> bool:
    limit = _LONGEST if _HAN.search(statement) else _LONGEST * 3
    return 4 <= len(statement) <= limit and not _UNFIT.search(statement) and not _DANGLING.match(statement)


def _speaks_of(product: str, text: str) -> bool:
    plain, words = folded(text), re.findall(r"[A-Za-z]+-?\d+[A-Za-z]*|[\u4e00-\u9fff]{2,}", product)
    if folded(product) in plain:
        return True
    models = [word for word in words if re.search(r"\d", word)]
    if models:
        return any(re.search(rf"(?<![A-Za-z0-9]){re.escape(model)}(?![A-Za-z0-9])", text, re.I) for model in models)
    return bool(words) and all(folded(word) in plain for word in words)


def _tidy(text: str) -> str:
    """No white space between Chinese and figures, no closing mark."""
    text = re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\dA-Za-z])|(?<=[\dA-Za-z%℃])\s+(?=[\u4e00-\u9fff])", "", text.strip())
    return re.sub(r"\s+", " ", text).strip("。.；;，, ")
