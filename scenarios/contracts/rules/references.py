"""``reference.dangling_clause`` and ``reference.missing_attachment``: what is referred to and is not there."""

import re
from collections.abc import Iterator

from ..contract import Contract
from ..issue import Issue
from ..numerals import number, roman
from ..outline import canonical

_HAN = "零〇一二三四五六七八九十百两"
_CLAUSE = re.compile(rf"第\s?(?P<n>\d{{1,3}}(?:\.\d{{1,2}})*|[{_HAN}]{{1,6}})\s?条(?![例文])")
_FEW = 10
"""What a text without chapters calls its fourth chapter is its fourth clause; beyond so many it is nothing."""
_DOTTED_ARTICLE = re.compile(r"(?m)^\W*第\s?\d{1,2}\.\d{1,2}\s?条")
_CHAPTER = re.compile(
    rf"(?P<lead>本合同|本协议|参见|详见|按照?|依照?|根据|见)?(?P<where>第\s?(?P<n>\d{{1,3}}"
    rf"|[{_HAN}]{{1,5}})\s?章)"
)
_LAW = re.compile(
    r"(?:》|法|条例|规定|解释|办法|法典|细则|准则|规则|通则|总则|章程|公约|通知|意见|协定|惯例|决定"
    r"|命令|原合同|主合同|主协议|原协议|另行签订的[^,，。]{0,10}"
    r"|附件[^,，。；]{0,8}|保险单|条款[一二三四五六]?|借款合同|贷款合同|购销合同|补充协议"
    r"|第[一二三四五]部分|通用条款|专用条款|招标文件|原文件|须知)[》」”\"』]?"
    r"(?:\s*\([^)]*\))?(?:的|中|之|中的|:|\s|第[^条]{1,6}[、和及至与]|(?:第[^条]{1,5}[章节编]))*$"
)
_CHAIN = re.compile(r"^(?:第.{1,4}[款项])*\s*[、和及与或至到以,，-]+\s*$")
_ENGLISH = re.compile(
    r"\b(?P<word>[Ss]ections?|[Aa]rticles?|[Cc]lauses?|[Pp]aragraphs?)\s+(?P<n>\d{1,2}(?:\.\d{1,2})*"
    r"|[IVX]{1,5})(?![\w-]|\.\d)(?P<after>(?:\s*\([a-zA-Z0-9]{1,4}\))*\s*(?:,?\s*(?:of|under"
    r"|to)\s+(?:the|that|such|an?|Schedule|Exhibit|Annex|Appendix|Attachment|Title"
    r"|Regulation)\b[^.;]{0,30})?)"
)
_OURS = re.compile(r"of (?:this|the) (?:agreement|contract|present)|hereof", re.IGNORECASE)
_ATTACHMENT = re.compile(
    rf"(?<!本)(?:附件|附表|附录)[^\S\n]?(?P<n>\d{{1,2}}|[{_HAN}]{{1,3}}"
    rf"|[A-Z](?![A-Za-z]))(?![年月日份式个张套条款项页])"
    r"|\b(?P<word>Exhibit|Schedule|Appendix|Annex|Attachment)\s+[\"“]?(?P<e>[A-Z](?:-\d)?|\d{1,2}"
    r"|[IVX]{1,5})[\"”]?(?!\w|\.\d)"
)
_INLINE = re.compile(
    r"(?:见|按照?|依照?|参照|符合)[^。；，,\n]{0,8}(?P<what>附件\s?:\s?《?(?P<title>[\u4e00-\u9fff]{2,16})》?)"
    r"|(?P<what2>(?:(?<=[。；，,\n])|(?<=^))《?(?P<title2>(?!下列|以下|上述|本|该|其|双方"
    r"|如)[\u4e00-\u9fff、]{2,12})》?(?:作为|列为)(?:本合同|本协议)(?:的|之)?附件)"
    r"|(?:详见|参见|见)(?:本合同|本协议)?(?:的|之|后附)?(?P<what3>附件)(?=[。；，,)\n所中])"
)
"""An attachment without a number."""
_NAMED = re.compile(
    r"(?:见|详见|参见|按|依|以|如)\s?(?:本合同|本协议)?(?:之|的)?\s?附件\s?[:：]?\s?《(?P<title>[^》]{2,30})》"
)


def check(contract: Contract) -> Iterator[Issue]:
    """All references into nothing."""
    yield from _clauses(contract)
    yield from _items(contract)
    yield from _chapters(contract)
    yield from _sections(contract)
    yield from _attachments(contract)
    yield from _unnumbered(contract)


def _numbers(contract: Contract, *styles: str) -> set[tuple[int, ...]]:
    return {(*label.prefix, label.number) for label in contract.labels if label.style in styles}


def _clauses(contract: Contract) -> Iterator[Issue]:
    references = list(_own_references(contract))
    dotted = _numbers(contract, "dotted")
    tops = [_numbers(contract, style) | {n[:1] for n in dotted} for style in ("article", "han", "dot")]
    tops = [numbers for numbers in tops if len(numbers) >= 3]
    if not references:
        return
    if not tops and len(dotted) >= 4:
        tops = [{n[:1] for n in dotted}]
    if not tops:
        yield from _without_clauses(contract, references)
        return
    plain = [parts for _, parts in references if len(parts) == 1]
    articles = max(tops, key=lambda numbers: sum(parts in numbers for parts in plain))
    dangling = [
        match
        for match, parts in references
        if (parts not in articles if len(parts) == 1 else not _has(parts, articles, dotted))
        and not _inline(contract, match["n"])
        and not ("." in match["n"] and _DOTTED_ARTICLE.search(contract.folded))
    ]
    if len(dangling) > 3 and len(dangling) * 2 > len(references):
        return  # a skeleton that was not understood is likelier than so many slips
    for match in dangling:
        yield Issue("reference.dangling_clause", "error", match.start(), match.end(), {"what": match.group()})


def _has(parts: tuple[int, ...], articles: set[tuple[int, ...]], dotted: set[tuple[int, ...]]) -> bool:
    """Whether 第5.3条 may be there: it is numbered so, or clause 5 is there and its paragraphs are not numbered 5.x."""
    return parts in dotted or (parts[:1] in articles and not any(other[:1] == parts[:1] for other in dotted))


_DOTTED = re.compile(
    r"(?:(?<=第)|(?<=本合同)|(?<=本协议)|(?<=按)|(?<=照)|(?<=据))\s?(?P<n>\d{1,2}(?:\.\d{1,2})+)\s?[款项]"
)
_ITEM_OF = re.compile(
    rf"第\s?(?P<clause>\d{{1,3}}|[{_HAN}]{{1,6}})\s?条(?:第\s?(?:\d|[{_HAN}])\s?款)?(?:的|之|中)?"
    rf"第?\s?\(?(?P<n>\d{{1,2}}|[{_HAN}]{{1,3}})\)?\s?项"
)


def _items(contract: Contract) -> Iterator[Issue]:
    """第四条第（六）项 where clause 4 counts four items, and 5.7款 where its paragraphs end with 5.3."""
    text = contract.folded
    dotted = _numbers(contract, "dotted")
    for match in _DOTTED.finditer(text):
        parts = tuple(map(int, match["n"].split(".")))
        written_twice = len(re.findall(rf"(?<![\d.]){re.escape(match['n'])}(?![\d.]*\d)", text)) > 1
        if (
            len(dotted) >= 4
            and not written_twice
            and not _has(parts, _numbers(contract, "article", "han", "dot"), dotted)
        ):
            yield Issue(
                "reference.dangling_clause", "error", match.start(), match.end(), {"what": match.group().strip()}
            )
    for match in _ITEM_OF.finditer(text):
        if _LAW.search(text[max(0, match.start() - 40) : match.start()]):
            continue
        items = _counted(contract, _value(match["clause"]))
        if len(items) > 1 and _value(match["n"]) > max(items):
            yield Issue("reference.dangling_clause", "error", match.start(), match.end(), {"what": match.group()})


def _value(written: str) -> int:
    return int(number(written.replace("〇", "零")))


def _counted(contract: Contract, clause: int) -> list[int]:
    """The numbers of what a clause counts: its labelled paragraphs and items, within its lines too."""
    tops = [label for label in contract.labels if label.style in ("article", "han", "dot") and not label.prefix]
    own = next((i for i, label in enumerate(tops) if label.number == clause and label.style == tops[0].style), None)
    if own is None:
        return []
    end = next((label.start for label in tops[own + 1 :] if label.style == tops[own].style), contract.tail)
    inside = [label.number for label in contract.labels if tops[own].end < label.start < end]
    marked = re.findall(rf"(?<!第)\((\d{{1,2}}|[{_HAN}]{{1,3}})\)", contract.folded[tops[own].end : end])
    return [*inside, *map(_value, marked)]


def _chapters(contract: Contract) -> Iterator[Issue]:
    text = contract.folded
    known = _numbers(contract, "chapter")
    clauses = _numbers(contract, "article", "han", "dot", "dotted")
    last = max((numbers[0] for numbers in clauses), default=0)
    own = {label.start for label in contract.labels}
    for match in _CHAPTER.finditer(text):
        if match.start("where") in own or _LAW.search(text[max(0, match.start("where") - 40) : match.start("where")]):
            continue
        written = match["n"]
        value = (int(written) if written.isdigit() else int(number(written)),)
        if value not in known and (len(known) > 2 or (match["lead"] and value[0] > max(last, _FEW))):
            yield Issue(
                "reference.dangling_clause", "error", match.start("where"), match.end(), {"what": match["where"]}
            )


def _without_clauses(contract: Contract, references: list[tuple[re.Match[str], tuple[int, ...]]]) -> Iterator[Issue]:
    """In a text without numbered clauses, references beyond ten: to nothing, whatever its paragraphs are called."""
    for match, parts in references:
        if len(parts) == 1 and parts[0] > max(10, len(contract.labels)):
            yield Issue("reference.dangling_clause", "error", match.start(), match.end(), {"what": match.group()})


def _own_references(contract: Contract) -> Iterator[tuple[re.Match[str], tuple[int, ...]]]:
    """The references to clauses of this contract, none to a law's articles or another contract's."""
    text = contract.folded
    own = {label.start for label in contract.labels}
    last_end, last_foreign = -1, False
    for match in _CLAUSE.finditer(text):
        if match.start() in own:
            continue
        chained = last_end >= 0 and _CHAIN.match(text[last_end : match.start()]) is not None
        foreign = (chained and last_foreign) or _LAW.search(
            text[max(0, match.start() - 40) : match.start()]
        ) is not None
        last_end, last_foreign = match.end(), foreign
        if not foreign and text[max(0, match.start() - 1) : match.start()] != "\n":
            written = match["n"]
            yield match, tuple(map(int, written.split("."))) if written[0].isdigit() else (int(number(written)),)


def _inline(contract: Contract, written: str) -> bool:
    """Whether a clause with this number begins inside a line, as in text whose line ends were lost."""
    return (
        re.search(rf"(?:^|[。；;\n]\s*)第\s?{re.escape(written)}\s?条\s*[\u4e00-\u9fff:、]", contract.folded)
        is not None
    )


def _sections(contract: Contract) -> Iterator[Issue]:
    text = contract.folded
    known = _numbers(contract, "article", "english", "dotted", "dot")
    if len(known) < 5 or contract.lang == "zh":
        return
    tops = {n[0] for n in known}
    own = {label.start for label in contract.labels}
    for match in _ENGLISH.finditer(text):
        if match.start() in own:
            continue
        after = match["after"]
        if re.search(r"\b(?:of|under|to)\b", after) and not _OURS.search(after):
            continue
        written = match["n"]
        parts = tuple(map(int, written.split("."))) if written[0].isdigit() else (roman(written),)
        if re.search(
            r"(?:Law|Code|Act|Rules?|Regulations?|owns property at),?\s*(?:at\s*)?$",
            text[max(0, match.start() - 24) : match.start()],
        ):
            continue
        siblings = [n[-1] for n in known if len(n) == len(parts) and n[:-1] == parts[:-1]]
        beyond = len(tops) > 3 and parts[0] > max(tops)
        if not beyond and (len(siblings) < 2 or parts[-1] <= max(siblings)):
            continue  # a heading that was not recognised is likelier than a hole
        if re.search(rf"(?m)^\W*{re.escape(written)}\b|[.;:]\s+{re.escape(written)}\.?\s+[A-Z]", text):
            continue
        yield Issue(
            "reference.dangling_clause",
            "error",
            match.start(),
            match.end("n"),
            {"what": match.group()[: match.end("n") - match.start()]},
        )


def _attachments(contract: Contract) -> Iterator[Issue]:
    text = contract.folded
    there = {attachment.name for attachment in contract.attachments}
    starts = {attachment.start for attachment in contract.attachments}
    listed = _listed(contract)
    seen: set[str] = set()
    for match in _ATTACHMENT.finditer(text):
        name = canonical(match["n"] or match["e"])
        if name in there or name in listed or name in seen or match.start() in starts:
            continue
        if re.search(r"(?:主合同|原合同|[》法])的?\s*$", text[max(0, match.start() - 8) : match.start()]):
            continue
        seen.add(name)
        yield Issue(
            "reference.missing_attachment", "warning", match.start(), match.end(), {"what": match.group().strip()}
        )
    for match in _NAMED.finditer(text):
        title = match["title"]
        lines = re.search(rf"(?m)^[\s#(【]*(?:附件[^\n]{{0,8}})?《?{re.escape(title)}》?\s*$", text)
        if (
            not lines
            and title not in seen
            and not there
            and not re.search(rf"附件\s?:[^\n]*{re.escape(title)}", text[match.end() :])
        ):
            seen.add(title)
            yield Issue("reference.missing_attachment", "warning", match.start(), match.end(), {"what": title})


def _unnumbered(contract: Contract) -> Iterator[Issue]:
    """Attachments referred to without a number, in a text that has none at all."""
    text = contract.folded
    if contract.attachments or re.search(r"(?m)^\W*附件", text):
        return
    for match in _INLINE.finditer(text):
        what = next(name for name in ("what", "what2", "what3") if match[name])
        title = match["title"] or match["title2"]
        if title and re.search(rf"(?m)^\W*{re.escape(title)}\W*$", text):
            continue
        yield Issue(
            "reference.missing_attachment", "warning", match.start(what), match.end(what), {"what": match[what]}
        )
        return


def _listed(contract: Contract) -> set[str]:
    """The numbers of a list headed 附件: at the end: 附件：1. 清单 2. 图纸."""
    found: set[str] = set()
    for match in re.finditer(
        r"(?m)^\W*(?:本合同)?附件(?:清单|目录|包括"
        r"|如下)?\s?:\s*(?P<rest>[^\n]*)((?:\n\s*\(?[\d一二三四五六七八九十]+[)、.][^\n]*)*)",
        contract.folded,
    ):
        found |= {
            canonical(n) for n in re.findall(rf"(?<![\d.])\(?(\d{{1,2}}|[{_HAN}]{{1,3}})\s?[)、.]", match.group())
        }
    return found
