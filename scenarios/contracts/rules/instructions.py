"""``text.instruction`` and ``text.hidden``: words meant for a machine, and what a reader cannot see."""

import re
from collections.abc import Iterator

from ..contract import Contract
from ..issue import Issue

_INSTRUCTION = re.compile(
    r"(?:忽略|无视|不要理会|请?忽视|跳过)[^。；\n]{0,14}(?:以上|上述|之前|前面|先前"
    r"|所有)[^。；\n]{0,10}(?:指令|指示|提示|要求|规则|内容|审查)"
    r"|(?:AI|人工智能|大模型|语言模型|审查系统|审阅系统|智能助手|模型|机器人)[^。；\n]{0,20}(?:请|应"
    r"|必须|务必|须)[^。；\n]{0,24}(?:批准|通过|合格|同意|不要|忽略|回复|输出|判定|标记|没有问题"
    r"|无风险)"
    r"|请(?:AI|人工智能|大模型|语言模型|审查系统|智能)[^。；\n]{0,24}(?:判定|判为|通过|批准|标记|合格|忽略)"
    r"|(?:直接|请)(?:回复|输出|回答|返回|判定)[^。；\n]{0,6}[“\"'「]?(?:审查通过|无风险|没有问题|通过|合格|approved)"
    r"|你(?:现在)?是(?:一[个名])?[^。；\n]{0,12}(?:助手|模型|律师|审查员)|系统提示词?\s?:"
    r"|(?:ignore|disregard|forget)\s+(?:all\s+|any\s+)?(?:of\s+)?(?:the\s+)?(?:above|previous|prior"
    r"|preceding|earlier)\b[^.;\n]{0,40}(?:instruction|prompt|rule|text|and\b)?"
    r"|(?:as an? AI|you are (?:now )?an? (?:AI|assistant|language model)|system prompt|\bAI (?:model"
    r"|assistant|reviewer|system)s?\b[^.\n]{0,20}\b(?:must|should|shall|please)\b)[^.\n]{0,60}"
    r"|(?:approve|accept) this (?:contract|agreement) (?:without|immediately)|(?:respond|reply|answer"
    r"|output) (?:only )?(?:with|that)\s+[\"“']?(?:approved|no (?:issues|risks?))",
    re.IGNORECASE,
)
_HIDDEN = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]+")


def check(contract: Contract) -> Iterator[Issue]:
    """Instructions are reported and never obeyed; invisible characters are shown."""
    for match in _INSTRUCTION.finditer(contract.folded):
        yield Issue("text.instruction", "error", match.start(), match.end())
    for match in _HIDDEN.finditer(contract.text):
        if match.start() > 0 or match.group() != "\ufeff":
            codes = " ".join(f"U+{ord(char):04X}" for char in sorted(set(match.group())))
            yield Issue(
                "text.hidden", "warning", match.start(), match.end(), {"codes": codes, "count": len(match.group())}
            )
