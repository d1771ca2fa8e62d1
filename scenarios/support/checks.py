"""The deterministic checks of a reply: every fact has a source, whoever wrote it."""

import json
import re
from collections.abc import Iterator, Sequence

from workbench.citations import source, supported
from workbench.evidence import Citation
from workbench.findings import Finding, Severity, Where
from workbench.language import figures, markers, statements, without_markers
from workbench.texts import Lang, text

from . import reading
from .models import Reply, ReplyRequest

SMS_LENGTH = 140
_PROMISE = re.compile(
    r"保证|承诺|一定(会|能)|免费|全额|赔偿|赔付|补偿|包邮|无条件|终身|随时可退|"
    r"\bguarantee|\bpromise|free of charge|for free|full refund|compensat|lifetime|unconditional",
    re.IGNORECASE,
)


def check_reply(request: ReplyRequest, reply: Reply, passages: Sequence[Citation], lang: Lang) -> list[Finding]:
    """All findings, in the order of the text."""
    return [
        *_injection(request, lang),
        *_sources(request, reply.reply, passages, lang),
        *_length(request, reply.reply, lang),
    ]


def _finding(rule: str, severity: Severity, message: str, where: Where, lang: Lang) -> Finding:
    return Finding(
        rule=rule,
        severity=severity,
        message=message,
        where=where,
        basis=text("scenarios.support:check.basis", lang),
        suggestion=text("scenarios.support:check.suggestion", lang),
    )


def _sources(request: ReplyRequest, reply: str, passages: Sequence[Citation], lang: Lang) -> Iterator[Finding]:
    """``citation.unknown``, ``reply.unsupported`` and ``reply.uncited_fact``, sentence by sentence.

    Figures that the customer wrote, that stand in the customer's own data or in a document's title need no source.
    """
    known = {passage.marker: passage for passage in passages}
    given = json.dumps(request.customer, ensure_ascii=False, default=str)
    titles = [passage.title for passage in passages]
    spoken = "\n".join([request.message, given, *titles, *(turn.text for turn in request.history)])
    for start, end in statements(reply):
        sentence = reply[start:end]
        plain = without_markers(sentence)
        where = Where(quote=sentence, start=start, end=end)
        carried = [marker for marker, _, _ in markers(sentence)]
        for marker in carried:
            if marker not in known:
                message = text("scenarios.support:check.unknown_marker", lang, marker=marker)
                yield _finding("citation.unknown", "error", message, where, lang)
        cited = [source(known[marker]) for marker in carried if marker in known]
        if cited and not supported(plain, "\n".join(cited)):
            message = text("scenarios.support:check.unsupported", lang, what=_named(plain))
            yield _finding("reply.unsupported", "error", message, where, lang)
        if not carried and (figures(plain) - figures(spoken) or _PROMISE.search(plain)):
            message = text("scenarios.support:check.uncited", lang, what=_named(plain))
            yield _finding("reply.uncited_fact", "error", message, where, lang)


def _named(sentence: str) -> str:
    """A sentence within one of ours, which has a full stop of its own."""
    return sentence.strip().rstrip("。.！!；;")


def _injection(request: ReplyRequest, lang: Lang) -> Iterator[Finding]:
    """``message.injection``: the place is in the customer's message, not in the reply."""
    for start, end in reading.instructions(request.message):
        yield Finding(
            rule="message.injection",
            severity="warning",
            message=text("scenarios.support:check.injection", lang),
            where=Where(quote=request.message[start:end]),
        )


def _length(request: ReplyRequest, reply: str, lang: Lang) -> Iterator[Finding]:
    """``reply.too_long``: a text message that would be cut in parts."""
    length = len(without_markers(reply))
    if request.channel == "sms" and length > SMS_LENGTH:
        message = text("scenarios.support:check.long", lang, limit=SMS_LENGTH, length=length)
        yield Finding(rule="reply.too_long", severity="warning", message=message)
