"""Citations: find the words behind each marker and verify them by code."""

from collections.abc import Sequence

from .evidence import Citation
from .findings import Finding, Where
from .language import figures, folded, markers, sentences, shingles, statements, without_markers
from .texts import Lang
from .texts import text as say


def cite(text: str, passages: Sequence[Citation]) -> list[Citation]:
    """The citations that ``text`` uses, in the order of their first marker, each with the quote behind it.

    The quote is the sentence of the passage nearest to the sentences that carry the marker. A citation is verified when
    those sentences state no figure that the passage lacks and share words with it. A marker without a passage gives an
    unverified citation with an empty quote: what could not be verified stays visible.
    """
    known = {passage.marker: passage for passage in passages}
    carriers: dict[str, list[str]] = {}
    for start, end in statements(text):
        sentence = text[start:end]
        for marker, _, _ in markers(sentence):
            carriers.setdefault(marker, []).append(without_markers(sentence))
    found = []
    for marker, carrying in carriers.items():
        passage = known.get(marker)
        if passage is None:
            found.append(Citation(marker=marker, knowledge_base="", document_id="", title="", quote=""))
            continue
        quote = nearest_sentence(" ".join(carrying), passage.passage)
        verified = all(supported(sentence, source(passage)) for sentence in carrying)
        found.append(passage.model_copy(update={"quote": quote, "verified": verified}))
    return found


def unverified(text: str, passages: Sequence[Citation], found: Sequence[Finding], lang: Lang) -> list[Finding]:
    """``citation.unverified``: a warning for each sentence of ``text`` that its markers' passages do not bear out.

    A sentence that the task's own checks ``found`` fault with is not reported twice.
    """
    known = {passage.marker: source(passage) for passage in passages}
    told = [finding.where.start for finding in found if finding.where.start is not None]
    findings = []
    for start, end in statements(text):
        sentence = text[start:end]
        carried = list(dict.fromkeys(marker for marker, _, _ in markers(sentence)))
        unknown = [marker for marker in carried if marker not in known]
        plain = without_markers(sentence)
        doubted = unknown or [marker for marker in carried if not supported(plain, known[marker])]
        if doubted and not any(start <= place < end for place in told):
            key = "unknown" if unknown else "unverified"
            findings.append(
                Finding(
                    rule="citation.unverified",
                    severity="warning",
                    message=say(f"workbench:citation.{key}", lang, markers=" ".join(doubted)),
                    where=Where(quote=sentence, start=start, end=end),
                    suggestion=say("workbench:citation.suggestion", lang),
                )
            )
    return findings


def source(passage: Citation) -> str:
    """Everything that a passage states: its document's title, the headings above it, its own words."""
    return "\n".join((passage.title, passage.heading, passage.passage))


def supported(sentence: str, passage: str) -> bool:
    """Whether ``passage`` holds every figure of ``sentence`` and at least a third of its words."""
    if folded(sentence) in folded(passage):
        return True
    words = shingles(sentence)
    shared = len(words & shingles(passage)) / len(words) if words else 0.0
    return figures(sentence) <= figures(passage) and shared >= 1 / 3


def nearest_sentence(sentence: str, passage: str) -> str:
    """The sentence of ``passage`` that shares most with ``sentence``, word for word as it stands there."""
    wanted = shingles(sentence)

    def likeness(span: tuple[int, int]) -> float:
        words = shingles(passage[slice(*span)])
        return len(wanted & words) / (len(wanted | words) or 1)

    spans = list(sentences(passage))
    return passage[slice(*max(spans, key=likeness))] if spans else passage
