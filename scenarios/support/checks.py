"""The deterministic checks of a reply: every fact has a source, whoever wrote it."""

from collections.abc import Iterator, Sequence

from workbench.citations import source
from workbench.evidence import Citation
from workbench.findings import Finding, Severity, Where
from workbench.language import detect, folded, markers, shingles, statements, without_markers
from workbench.texts import Lang, text

from . import reading
from .forms import SMS_LENGTH
from .guard import Sources, guard, named, own_words
from .models import Reply, ReplyRequest

SHARED = 1 / 3
"""A sentence shares at least so many of its words with the passages that it cites."""


def check_reply(request: ReplyRequest, reply: Reply, passages: Sequence[Citation], lang: Lang) -> list[Finding]:
    """All findings: what was tried in the message and the passages, then the reply in its order."""
    sources = Sources.of(request, passages)
    return [
        *_injection(request, passages, lang),
        *_citations(reply.reply, sources, lang),
        *guard(reply.reply, sources, lang),
        *_length(request, reply.reply, lang),
    ]


def _citations(reply: str, sources: Sources, lang: Lang) -> Iterator[Finding]:
    """``citation.unknown`` for a marker without a passage, ``reply.unsupported`` for words that are not in theirs.

    Across languages words cannot be compared, which a warning says; the guard compares the figures all the same.
    """
    known = {passage.marker: passage for passage in sources.passages}
    for start, end in statements(reply):
        sentence = reply[start:end]
        where = Where(quote=sentence, start=start, end=end)
        carried = [marker for marker, _, _ in markers(sentence)]
        for marker in carried:
            if marker not in known:
                yield _finding("citation.unknown", "error", "unknown_marker", where, lang, marker=marker)
        cited = "\n".join(source(known[marker]) for marker in carried if marker in known)
        plain = own_words(without_markers(sentence), sources)
        if cited and not _shares_words(plain, cited):
            if detect(plain) == detect(cited):
                yield _finding("reply.unsupported", "error", "unsupported", where, lang, what=named(plain))
            else:
                yield _finding("reply.unsupported", "warning", "foreign", where, lang, what=named(plain))


def _shares_words(sentence: str, cited: str) -> bool:
    if folded(sentence) in folded(cited):
        return True
    said = shingles(sentence)
    return len(said & shingles(cited)) >= SHARED * len(said)


def _finding(rule: str, severity: Severity, key: str, where: Where, lang: Lang, **values: object) -> Finding:
    return Finding(
        rule=rule,
        severity=severity,
        message=text(f"scenarios.support:check.{key}", lang, **values),
        where=where,
        basis=text("scenarios.support:check.basis", lang),
        suggestion=text("scenarios.support:check.suggestion", lang),
    )


def _injection(request: ReplyRequest, passages: Sequence[Citation], lang: Lang) -> Iterator[Finding]:
    """``message.injection`` and ``document.injection``: the place is in what was handed in, not in the reply."""
    said = "\n".join([request.message, *(turn.text for turn in request.history if turn.role == "customer")])
    for start, end in reading.instructions(said):
        yield Finding(
            rule="message.injection",
            severity="warning",
            message=text("scenarios.support:check.injection", lang),
            where=Where(quote=said[start:end]),
        )
    for passage in passages:
        for start, end in reading.document_orders(passage.passage):
            yield Finding(
                rule="document.injection",
                severity="warning",
                message=text("scenarios.support:check.document_injection", lang, title=passage.title),
                where=Where(quote=passage.passage[start:end], page=passage.page),
            )


def _length(request: ReplyRequest, reply: str, lang: Lang) -> Iterator[Finding]:
    """``reply.too_long``: a text message that would be cut in parts."""
    length = len(without_markers(reply))
    if request.channel == "sms" and length > SMS_LENGTH:
        message = text("scenarios.support:check.long", lang, limit=SMS_LENGTH, length=length)
        yield Finding(rule="reply.too_long", severity="warning", message=message)
