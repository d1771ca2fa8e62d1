"""A rule beside the rules in force: what contradicts them, what says the same again; and beside itself."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from workbench.evidence import Hit
from workbench.findings import Finding
from workbench.language import folded
from workbench.run import RunContext
from workbench.texts import Lang

from ..rule import Statement, statements
from .alike import Weights
from .contradictions import Contradiction, contradiction
from .facts import Clause, clauses
from .structure import finding

_MOST = 200
"""Statements that are compared with the knowledge bases; a longer rule is compared in its first ones."""
_HITS = 8
_NEAR = 0.12  # a contradiction counts with one of the clauses that speak of the same, within this of the most alike
_SAME = 0.93  # cosine of sentences that say the same, where no figure differs
_SPREAD, _CLOSE = 0.06, 0.25  # how far a cosine is above the usual one when it is near, and what that adds at most


@dataclass(frozen=True)
class _Other:
    """A clause of a rule in force, where it stands and how much alike it is."""

    clause: Clause
    statement: Statement
    hit: Hit
    alike: float


def within(said: Sequence[Statement], lang: Lang) -> Iterator[Finding]:
    """Two sentences of one rule that cannot both hold."""
    told = [(one, [c for c in clauses(one.text, one.under) if c.says]) for one in said if not one.row]
    weights = Weights(clause for _, parts in told for clause in parts)
    for number, (later, parts) in enumerate(told):
        for earlier, others in told[:number]:
            pairs = ((contradiction(a, b), weights.alike(a, b)) for a in parts for b in others)
            found = next((c for c, alike in pairs if c and c.kind != "polarity" and alike >= 0.75), None)
            if found:
                values = {"mine": found.mine, "theirs": found.theirs}
                yield finding(lang, "conflict.inside", "error", later, other=earlier.text, **values)
                break


def against(said: Sequence[Statement], context: RunContext) -> list[Finding]:
    """Contradictions and repetitions; when most of the rule repeats one document it is that document, said once."""
    found = list(_against(said[:_MOST], context))
    repeats = Counter(one.basis.split("：")[0].split("[")[0] for one in found if one.rule == "duplicate")
    title, count = next(iter(repeats.most_common(1)), ("", 0))
    if count < 5 or count < 0.5 * len(said):
        return found
    found = [one for one in found if one.rule != "duplicate" or not one.basis.startswith(title)]
    return [finding(context.lang, "duplicate.whole", "info", source=title, count=count), *found]


def _against(said: Sequence[Statement], context: RunContext) -> Iterator[Finding]:
    title = said[0].text if said and said[0].start == 0 else ""
    mine = [(one, clauses(one.text, f"{title} {one.under}", one.row)) for one in said]
    hits = {one.start: context.search(f"{one.under} {one.text}", limit=_HITS) for one, parts in mine if _telling(parts)}
    theirs = _theirs({hit.chunk.id: hit for found in hits.values() for hit in found}.values())
    weights = Weights([c for _, parts in mine for c in parts] + [c for found in theirs.values() for c, _ in found])
    for statement, parts in mine:
        near = [(clause, other, hit) for hit in hits.get(statement.start, ()) for clause, other in theirs[hit.chunk.id]]
        if not near:
            continue
        close = _closeness(statement.text, [other.text for _, other, _ in near], context)
        best = _worst(parts, near, close, weights)
        if best is not None:
            other, contradicted = best
            context.keep([other.hit])
            source = f"《{other.hit.chunk.title}》{context.marker(other.hit)}"
            yield finding(
                context.lang, "conflict", "error", statement, basis=f"{source}：“{other.statement.text}”",
                source=source, other=other.statement.text, mine=contradicted.mine, theirs=contradicted.theirs,
            )  # fmt: skip
        elif same := _same(statement, parts, near, close, weights):
            context.keep([same.hit])
            source = f"《{same.hit.chunk.title}》{context.marker(same.hit)}"
            yield finding(
                context.lang, "duplicate", "info", statement, basis=f"{source}：“{same.statement.text}”", source=source,
                other=same.statement.text,
            )  # fmt: skip


def _telling(parts: Sequence[Clause]) -> bool:
    return any(clause.says for clause in parts)


def _theirs(hits: Iterable[Hit]) -> dict[int, list[tuple[Clause, Statement]]]:
    """The clauses of each passage that say something, by the passage's id."""
    return {
        hit.chunk.id: [
            (clause, said)
            for said in statements(f"{hit.chunk.text}\n")
            for clause in clauses(said.text, f"{hit.chunk.title} {hit.chunk.context} {said.under}", said.row)
            if clause.says
        ]
        for hit in hits
    }


def _closeness(words: str, others: Sequence[str], context: RunContext) -> dict[str, float]:
    """How near in meaning each sentence is: a cosine, or the share of words where there are no vectors."""
    texts = list(dict.fromkeys(others))
    return dict(zip(texts, context.knowledge.likeness(words, texts), strict=True))


_Near = tuple[Clause, Statement, Hit]


def _worst(
    parts: Sequence[Clause], near: Sequence[_Near], close: dict[str, float], weights: Weights
) -> tuple[_Other, Contradiction] | None:
    """The contradiction with the clause that is most alike."""
    found: list[tuple[float, _Other, Contradiction]] = []
    top = 0.0
    usual = sum(close.values()) / len(close)
    for clause in parts:
        for other, said, hit in near:
            cosine = close[said.text]
            alike = weights.alike(clause, other) + max(min((cosine - usual) / _SPREAD, 1.0), 0.0) * _CLOSE
            top = max(top, alike)
            told = contradiction(clause, other)
            if told and alike >= told.need:
                found.append((alike, _Other(other, said, hit, alike), told))
    found = [one for one in found if one[0] >= top - _NEAR]
    return max(found, key=lambda one: one[0])[1:] if found else None


def _same(
    statement: Statement, parts: Sequence[Clause], near: Sequence[_Near], close: dict[str, float], weights: Weights
) -> _Other | None:
    """The sentence that says the same."""
    for other, said, hit in near:
        if folded(said.text) == folded(statement.text):
            return _Other(other, said, hit, 1.0)
    for clause in parts:
        for other, said, hit in near:
            alike = weights.alike(clause, other)
            if clause.says and alike >= 0.6 and (close[said.text] >= _SAME or alike >= 0.9):
                return _Other(other, said, hit, alike)
    return None
