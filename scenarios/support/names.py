"""Names that the documents must know: those in Latin letters within a Chinese question, and goods asked for."""

import re
from collections.abc import Sequence

from workbench.evidence import Hit
from workbench.language import detect

from .wording import is_everyday

_SOLD = re.compile(
    r"卖([\u4e00-\u9fff]{2,8}?)(?:吗|么|嘛|吧|没有|[?？]|$)|"
    r"\b(?:sell|stock)\s+(?:any\s+|an?\s+)?([a-z][a-z ]+?)s?(?:[?,]|$)",
    re.IGNORECASE,
)
_SELLS = re.compile(r"[卖售]|品类|系列|\b(?:sell|stock|range)", re.IGNORECASE)
_NAMES = re.compile(r"[A-Za-z][A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")


def known_names(question: str, hits: Sequence[Hit]) -> float:
    """The share of the names in a question that the hits hold: those in Latin letters of a Chinese one (``Zigbee``,
    ``PY-K2``), and what it asks whether we sell it (有卖洗碗机吗).

    What no document names, none can answer, however near the rest of the question is. 1 without names.
    """
    names = [match.group() for match in _NAMES.finditer(question)] if detect(question) == "zh" else []
    names = [name for name in names if not is_everyday(name)]
    texts = _squeezed(" ".join(f"{hit.chunk.title} {hit.chunk.context} {hit.chunk.text}" for hit in hits))
    known = [_squeezed(name) in texts for name in names]
    goods = [match.group(1) or match.group(2) for match in _SOLD.finditer(question)]
    known += [_offered(_squeezed(name), hits) for name in goods]
    return sum(known) / len(known) if known else 1.0


def _offered(name: str, hits: Sequence[Hit]) -> bool:
    """Whether a document is about such goods, or says of them that they are sold: one that they fit into does not."""
    return any(
        name in _squeezed(f"{hit.chunk.title} {hit.chunk.context}")
        or any(name in _squeezed(one) and _SELLS.search(one) for one in re.split(r"[。！？!?；\n]", hit.chunk.text))
        for hit in hits
    )


def _squeezed(text: str) -> str:
    """Letters and digits alone, in lower case: ``Wi-Fi`` and ``wifi`` are one name."""
    return "".join(filter(str.isalnum, text.casefold()))
