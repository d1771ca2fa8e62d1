"""A rule beside the rules in force: what contradicts them, what says the same again; and beside itself."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from workbench.evidence import Hit
from workbench.findings import Finding
from workbench.language import folded
from workbench.run import RunContext
from workbench.texts import Lang

from ..rule import Statement, statements
from .alike import Weights
from .contradictions import Contradiction, agreeing, contradiction, one_case, touching
from .facts import Clause, clauses
from .structure import finding

_MOST = 200
"""Statements that are compared with the knowledge bases; a longer rule is compared in its first ones."""
_HITS = 8
_NEAR = 0.12  # a contradiction counts with one of the clauses that speak of the same, within this of the most alike
_SAME = 0.6  # how much alike sentences are that say the same, where nothing differs that can be compared
_ONE = 0.45  # how much alike sentences are that speak of one thing
_TAKEN = 0.3  # how much less alike a pair may be than the best that its sentence in force has
_CASE = 0.2  # what it adds that both hold from the same figure on
_SPREAD, _CLOSE = 0.06, 0.25  # how far a cosine is above the usual one when it is near, and what that adds at most


@dataclass(frozen=True)
class _Other:
    """A clause of a rule in force and where it stands."""

    clause: Clause
    statement: Statement
    hit: Hit

    @cached_property
    def whole(self) -> Clause:
        """Its sentence as one clause."""
        return Clause(self.statement.text, self.clause.around, self.statement.row)


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
    pairs = _Pairs(said, context)
    for mine in pairs.mine:
        found = pairs.worst(mine)
        other, contradicted = found or (pairs.same(mine), None)
        if other is None:
            continue
        context.keep([other.hit])
        source = f"《{other.hit.chunk.title}》{context.marker(other.hit)}"
        told = {"basis": f"{source}：“{other.statement.text}”", "source": source, "other": other.statement.text}
        if contradicted:
            values = {"mine": contradicted.mine, "theirs": contradicted.theirs}
            yield finding(context.lang, "conflict", "error", mine.statement, **told, **values)
        else:
            yield finding(context.lang, "duplicate", "info", mine.statement, **told)


@dataclass(frozen=True)
class _Mine:
    """A sentence of the rule, its clauses, and what the passages found for it say, by sentence: how near in meaning."""

    statement: Statement
    parts: Sequence[Clause]
    near: Sequence[_Other]
    close: Mapping[str, float]

    @cached_property
    def whole(self) -> Clause:
        return Clause(self.statement.text, self.statement.under, self.statement.row)

    def bonus(self, other: _Other) -> float:
        """What is added to the words in common for a meaning nearer than usual."""
        above = self.close[other.statement.text] - sum(self.close.values()) / len(self.close)
        return max(min(above / _SPREAD, 1.0), 0.0) * _CLOSE


class _Pairs:
    """Every sentence of a rule beside the sentences in force that are near it, and how much alike they are."""

    def __init__(self, said: Sequence[Statement], context: RunContext) -> None:
        title = said[0].text if said and said[0].start == 0 else ""
        parts = {one.start: clauses(one.text, f"{title} {one.under}", one.row) for one in said}
        hits = {one.start: context.search(f"{one.under} {one.text}", limit=_HITS) for one in said}
        theirs = _theirs({hit.chunk.id: hit for found in hits.values() for hit in found}.values())
        self._weights = Weights(
            [c for found in parts.values() for c in found] + [one.clause for found in theirs.values() for one in found]
        )
        near = {start: [one for hit in found for one in theirs[hit.chunk.id]] for start, found in hits.items()}
        self.mine = [
            _Mine(one, parts[one.start], near[one.start], _closeness(one.text, near[one.start], context))
            for one in said
            if near[one.start]
        ]
        self._best: dict[str, float] = {}  # how much alike a sentence in force and the nearest of the rule are
        for mine in self.mine:
            for other in mine.near:
                self._best[other.statement.text] = max(
                    self._best.get(other.statement.text, 0), self._alike(mine, other)
                )

    def _alike(self, mine: _Mine, other: _Other) -> float:
        return self._weights.alike(mine.whole, other.whole) + mine.bonus(other)

    def _taken(self, mine: _Mine, other: _Other) -> bool:
        """Whether another sentence of the rule has the figures that answer ``other``'s, and this one hardly."""
        return self._alike(mine, other) < self._best[other.statement.text] - _TAKEN

    def _idle(self, told: Contradiction, mine: _Mine, other: _Other) -> bool:
        """Whether the rule answers ``other`` elsewhere, or the sentences allow the same: 须申请，未申请的不予报销."""
        if told.kind != "polarity":
            return self._taken(mine, other)
        return self._alike(mine, other) >= _ONE and mine.whole.polarity == other.whole.polarity

    def worst(self, mine: _Mine) -> tuple[_Other, Contradiction] | None:
        """The contradiction with the clause that is most alike, among sentences that are about as near as any."""
        found: list[tuple[float, _Other, Contradiction]] = []
        best: dict[str, float] = {}
        for clause in mine.parts:
            made: list[tuple[float, _Other, Contradiction]] = []
            top = 0.0
            for other in mine.near:
                alike = self._weights.alike(clause, other.clause) + mine.bonus(other)
                if one_case(clause, other.clause):
                    alike += _CASE
                words = other.statement.text
                best[words] = max(best.get(words, 0.0), alike)
                top = max(top, alike) if touching(clause, other.clause) else top
                told = contradiction(clause, other.clause)
                if told and alike >= told.need and not self._idle(told, mine, other):
                    made.append((alike, other, told))
            found += [one for one in made if one[0] >= top - _NEAR]
        found = [one for one in found if best[one[1].statement.text] >= max(best.values()) - _NEAR]
        return max(found, key=lambda one: one[0])[1:] if found else None

    def same(self, mine: _Mine) -> _Other | None:
        """The sentence that says the same."""
        found = []
        for other in mine.near:
            alike = self._alike(mine, other)
            if folded(other.statement.text) == folded(mine.statement.text):
                return other
            if alike >= _SAME and agreeing(mine.whole, other.whole) and not self._taken(mine, other):
                found.append((alike, other))
        return max(found, key=lambda one: one[0])[1] if found else None


def _theirs(hits: Iterable[Hit]) -> dict[int, list[_Other]]:
    """The clauses of each passage, by the passage's id."""
    return {
        hit.chunk.id: [
            _Other(clause, said, hit)
            for said in statements(f"{hit.chunk.text}\n")
            for clause in clauses(said.text, f"{hit.chunk.title} {hit.chunk.context} {said.under}", said.row)
        ]
        for hit in hits
    }


def _closeness(words: str, others: Sequence[_Other], context: RunContext) -> dict[str, float]:
    """How near in meaning each sentence is: a cosine, or the share of words where there are no vectors."""
    texts = list(dict.fromkeys(one.statement.text for one in others))
    return dict(zip(texts, context.knowledge.likeness(words, texts), strict=True)) if texts else {}
