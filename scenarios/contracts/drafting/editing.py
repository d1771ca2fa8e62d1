"""A draft after somebody edited its text: clauses and blanks are read back from the words."""

import re

from workbench.texts import Lang

from .blanks import mark
from .draft import Clause, Drafted

_HEADING = {
    "zh": re.compile(r"^第(?P<n>[一二三四五六七八九十]+)条\s*(?P<heading>[^\n]{0,40})$", re.MULTILINE),
    "en": re.compile(r"^(?P<n>\d{1,2})\.\s+(?P<heading>[^\n]{1,60})$", re.MULTILINE),
}
_END = {
    "zh": re.compile(r"^（以下无正文[^\n]*$|^附件[一二三四五六七八九十]+：", re.MULTILINE),
    "en": re.compile(r"^IN WITNESS WHEREOF|^Schedule \d+:", re.MULTILINE),
}


def split(text: str, lang: Lang) -> list[tuple[str, str, str]]:
    """(number, heading, body) of each clause of a contract that was drafted here."""
    end = _END[lang].search(text)
    body = text[: end.start()] if end else text
    heads = list(_HEADING[lang].finditer(body))
    stops = [*(head.start() for head in heads[1:]), len(body)]
    return [
        (f"第{head['n']}条" if lang == "zh" else head["n"], head["heading"].strip(), body[head.end() : stop].strip())
        for head, stop in zip(heads, stops, strict=True)
    ]


def reread(draft: Drafted, text: str) -> Drafted:
    """``draft`` with ``text`` in place of its own. A clause keeps its source as long as its heading is the same."""
    known = {one.heading: one for one in draft.clauses}
    clauses = []
    for number, heading, body in split(text, draft.language):
        old = known.get(heading)
        same = old is not None and old.text == body
        source = (old.source if same else f"{old.source}*".rstrip("*") + "*") if old else ""
        clauses.append(Clause(id=old.id if old else "", number=number, heading=heading, text=body, source=source))
    blanks = [one for one in draft.blanks if mark(one.field, draft.language) in text]
    return draft.model_copy(update={"text": text, "clauses": clauses, "blanks": blanks})
