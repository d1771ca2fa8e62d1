"""The guard: no fact leaves in a reply unless a source states it.

Read sentence by sentence, for both writers and for edits. A sentence with citation markers is held to the passages that
it cites, one without to a passage that speaks of the same; the customer's own data counts everywhere, the customer's
words only where they are merely repeated. What is not found is an error, which blocks approval and sending until
the sentence is mended or somebody answers for it by name.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from workbench.citations import source
from workbench.evidence import Citation
from workbench.findings import Finding, Where
from workbench.language import markers, sentences, shingles, statements, without_markers
from workbench.texts import Lang, text

from . import reading
from .facts import Fact, facts, folded, stated, words
from .matters import clauses, of_another_matter, out_of_case
from .models import ReplyRequest

_QUOTED = re.compile(r"[“\"「]([^”\"」]{2,})[”\"」]|《([^》]{2,})》")
_OPENING = re.compile(r"^(?:根据|依据|我们核对了|According to|We refer to|We have checked)[^:，,。\d]*:\s*")
_DIGITS = re.compile(r"\d[\d,.]*")
SAME_PLACE = 0.6
"""A passage's sentence that holds this share of a reply's words speaks of the same: the figure that stands there is
the one that may be said."""


UNNAMED = 0.2
"""A sentence that names no source is held to passages that share so many of its words and state all of its figures."""


@dataclass(frozen=True)
class Sources:
    """Where a reply may take its facts from."""

    passages: Sequence[Citation]
    customer: str
    words: str

    @classmethod
    def of(cls, request: ReplyRequest, passages: Sequence[Citation]) -> "Sources":
        """The sources of a reply to ``request``: passages, the customer's data, the customer's own words."""
        said = [request.message, *(turn.text for turn in request.history if turn.role == "customer")]
        return cls([_as_read(passage) for passage in passages], record(request.customer), "\n".join(said))


def _as_read(passage: Citation) -> Citation:
    """A passage without orders to a model: these support nothing."""
    return passage.model_copy(update={"passage": reading.without_document_orders(passage.passage)})


@dataclass(frozen=True)
class Unsupported:
    """What a sentence states and no source does. ``kind`` ends the rule's id; ``there`` is what the source says."""

    kind: str
    said: str
    there: str = ""


def guard(reply: str, sources: Sources, lang: Lang) -> Iterator[Finding]:
    """``support.unsupported_<kind>`` for each such fact, ``reply.uncited_fact`` for facts whose source is not named."""
    for start, end in statements(reply):
        sentence = reply[start:end]
        where = Where(quote=sentence, start=start, end=end)
        carried = {marker for marker, _, _ in markers(sentence)}
        cited = [passage for passage in sources.passages if passage.marker in carried]
        plain = own_words(without_markers(sentence), sources)
        nearest = cited or _speaking_of(plain, sources.passages)
        wrong = list(unsupported(plain, nearest, sources))
        for fact in wrong:
            there = text("scenarios.support:guard.there", lang, there=fact.there) if fact.there else ""
            yield Finding(
                rule=f"support.unsupported_{fact.kind}",
                severity="error",
                message=text(f"scenarios.support:guard.{fact.kind}", lang, said=fact.said) + there,
                where=where,
                basis=text("scenarios.support:check.basis", lang),
                suggestion=text("scenarios.support:check.suggestion", lang),
            )
        if not carried and not wrong and nearest and any(True for _ in unsupported(plain, (), sources)):
            yield Finding(
                rule="reply.uncited_fact",
                severity="warning",
                message=text("scenarios.support:check.uncited", lang, what=named(plain)),
                where=where,
                basis=text("scenarios.support:check.basis", lang),
                suggestion=text("scenarios.support:check.cite", lang, marker=nearest[0].marker),
            )


def unsupported(sentence: str, passages: Sequence[Citation], sources: Sources) -> Iterator[Unsupported]:
    """What ``sentence`` states that neither ``passages`` nor the customer's data do, each once."""
    known = "\n".join(map(source, passages))
    if _OPENING.sub("", folded(sentence).strip()) in folded(known):
        return
    seen = set()
    for fact in facts(sentence):
        if (fact.kind, fact.said) not in seen and not _given(fact, sentence, sources):
            seen.add((fact.kind, fact.said))
            there = _at_the_same_place(fact, sentence, passages)
            elsewhere = of_another_matter(fact, sentence, passages)
            if there is not None or elsewhere or not stated(known).holds(fact):
                yield Unsupported(fact.kind, fact.said, there or "")
    promised = _promises(sentence, passages, sources)
    for kind, said in (*promised, *_law(sentence, known)):
        if not _repeats(said, sentence):
            yield Unsupported(kind, said)


def own_words(sentence: str, sources: Sources) -> str:
    """The sentence without what it quotes word for word: a question of the customer, the title of a document."""
    known = folded("\n".join([sources.words, *(passage.title for passage in sources.passages)]))

    def kept(match: re.Match[str]) -> str:
        quoted = folded(match.group(1) or match.group(2)).rstrip("…")
        return " " if quoted in known else match.group()

    return _QUOTED.sub(kept, sentence)


def named(sentence: str) -> str:
    """A sentence within one of ours, which has a full stop of its own."""
    return sentence.strip().rstrip("。.！!；;")


def _given(fact: Fact, sentence: str, sources: Sources) -> bool:
    """Whether the customer's data state the fact, or the customer does and the clause only repeats it."""
    if stated(sources.customer).holds(fact):
        return True
    return stated(sources.words).holds(fact) and _repeats(fact.said, sentence)


def _repeats(said: str, sentence: str) -> bool:
    """Whether the clause in which ``said`` stands tells what the customer said or has, and commits to nothing."""
    clause = next((clause for clause in clauses(folded(sentence)) if said in clause), "")
    frame, commitment = _pattern("repeats").search(clause), _pattern("commits").search(clause)
    return frame is not None and (commitment is None or frame.start() < clause.find(said) <= commitment.start())


def _speaking_of(sentence: str, passages: Sequence[Citation]) -> list[Citation]:
    """The passages that speak of what a sentence without a marker does: they share its words and state its facts."""
    said = facts(sentence)
    wanted = shingles(_DIGITS.sub(" ", sentence))

    def speaks(passage: Citation) -> bool:
        shared = len(wanted & shingles(source(passage))) / (len(wanted) or 1)
        enough = shared >= (UNNAMED if said else 1 / 3) or len(said) > 1
        return enough and all(stated(source(passage)).holds(fact) for fact in said)

    return [passage for passage in passages if speaks(passage)]


def _at_the_same_place(fact: Fact, sentence: str, passages: Sequence[Citation]) -> str | None:
    """Which figure of this kind the source has where it speaks of the same; None if it has the fact, or none."""
    if fact.kind not in ("amount", "percent", "duration"):
        return None
    wanted = shingles(_DIGITS.sub(" ", sentence))
    best, there = 0.0, ""
    for passage in passages:
        for start, end in sentences(passage.passage):
            line = passage.passage[start:end]
            share = len(wanted & shingles(_DIGITS.sub(" ", line))) / (len(wanted) or 1)
            if share > best:
                best, there = share, line
    if best < SAME_PLACE or stated(there).holds(fact):
        return None
    others = [other.said for other in facts(there) if other.kind == fact.kind]
    return "、".join(dict.fromkeys(others)) if others else None


def _promises(sentence: str, passages: Sequence[Citation], sources: Sources) -> Iterator[tuple[str, str]]:
    """What is promised and no source promises, or only in a case that neither the sentence nor the customer tells."""
    known = "\n".join([*map(source, passages), sources.customer])
    for name in words()["promises"]:
        said = _promised(_pattern("promises", name), sentence)
        wider = _pattern("promised_in_source" if name in words()["promised_in_source"] else "promises", name)
        if said and (
            not _promised(wider, known) or out_of_case(wider, (sentence, sources.words, sources.customer), passages)
        ):
            yield "promise", said


def _promised(promise: re.Pattern[str], said: str) -> str:
    """The words by which a text makes ``promise``; empty when it does not, or says that it is not made."""
    plain = folded(said)
    for match in promise.finditer(plain):
        if not _pattern("not_promised").search(plain, max(match.start() - 24, 0), match.start()):
            return match.group()
    return ""


def _law(sentence: str, known: str) -> Iterator[tuple[str, str]]:
    plain, source_words = folded(sentence), folded(known)
    for match in _pattern("legal", "named").finditer(plain):
        if match.group() not in source_words:
            yield "legal", match.group()
    general = _pattern("legal", "general").search(plain)
    if general and not any(_pattern("legal", name).search(source_words) for name in ("general", "named")):
        yield "legal", general.group()


@cache
def _pattern(*path: str) -> re.Pattern[str]:
    found: Any = words()
    for name in path:
        found = found[name]
    return re.compile(found) if path == ("legal", "named") else re.compile(found, re.IGNORECASE)


def record(customer: dict[str, Any]) -> str:
    """The customer's data as lines: a value stands behind its name, so a figure without a unit counts as one."""

    def lines(value: Any, name: str) -> Iterable[str]:
        if isinstance(value, dict):
            return (line for key, inner in value.items() for line in lines(inner, str(key)))
        if isinstance(value, list | tuple):
            return (line for inner in value for line in lines(inner, name))
        return [f"{name}: {value if isinstance(value, str | int | float) else json.dumps(value, default=str)}"]

    return "\n".join(lines(customer, "customer"))
