"""What two clauses cannot both hold: another limit, threshold or frequency, somebody else who acts, allowed and not."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from .facts import Clause
from .quantities import Quantity, unquantified
from .wording import apart, topics

Kind = Literal["limit", "threshold", "actor", "frequency", "polarity", "scope"]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """How ``mine`` and ``theirs`` differ, as words to show; ``need`` is how much alike the clauses must be."""

    kind: Kind
    mine: str
    theirs: str
    need: float


def contradiction(new: Clause, old: Clause) -> Contradiction | None:
    """The first way in which ``new`` contradicts ``old``, supposing that both speak of the same thing."""
    if apart(unquantified(new.text), unquantified(old.text)):
        return None
    ways = (_limits, _thresholds, _frequencies, _actors, _scope, _polarity)
    return next((found for way in ways for found in way(new, old)), None)


def _limits(new: Clause, old: Clause) -> Iterator[Contradiction]:
    others = bool(new.actors and old.actors) and not _somebody(new, old)  # somebody else does something else
    if others or not _same_case(new.conditions, old.conditions):
        return
    for mine in new.limits:
        if mine.kind == "time" and new.kept != old.kept and not mine.lead:
            continue  # how long papers are kept is no deadline
        theirs = [one for one in old.limits if _comparable(mine, one)]
        own = [one for one in new.limits if _comparable(one, mine)]
        if len(theirs) == len(own) == 1 and not _together(mine, theirs[0]):
            need = 0.35 if mine.per & theirs[0].per else 0.45
            yield Contradiction("limit", mine.shown, theirs[0].shown, need)


def _somebody(new: Clause, old: Clause) -> bool:
    """Whether anybody acts on both sides."""
    theirs = [name for names in old.actors.values() for name in names]
    return any(_one(name, other) for names in new.actors.values() for name in names for other in theirs)


def _comparable(one: Quantity, other: Quantity) -> bool:
    apart = one.per and other.per and not one.per & other.per
    return (one.kind, one.lead) == (other.kind, other.lead) and not apart


def _together(one: Quantity, other: Quantity) -> bool:
    """Whether both can be asked for at once."""
    if {one.bearing, other.bearing} == {"most", "least"} and not one.lead:
        most, least = (one, other) if one.bearing == "most" else (other, one)
        return least.low <= most.high
    return one.same(other)


def _same_case(mine: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    """Whether the same thresholds stand on both sides."""
    return len(mine) == len(theirs) and all(
        any((one.kind, one.bearing) == (other.kind, other.bearing) and one.same(other) for other in theirs)
        for one in mine
    )


def _thresholds(new: Clause, old: Clause) -> Iterator[Contradiction]:
    """The same asked for from another figure on."""
    if not (new.conditions and old.conditions) or len(new.conditions) != len(old.conditions):
        return
    who = any(names & old.actors.get(act, frozenset()) for act, names in new.actors.items())
    figures = bool(new.limits) and _alike(new.limits, old.limits)
    plain = not (new.actors and old.actors) and not new.limits and not old.limits
    if not (who or figures or plain) or (who and not _shared(new, old)):
        return
    for mine in new.conditions:
        for theirs in old.conditions:
            if (mine.kind, mine.bearing) == (theirs.kind, theirs.bearing) and not mine.same(theirs):
                yield Contradiction("threshold", mine.shown, theirs.shown, 0.5 if who or figures else 0.6)


def _alike(mine: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    return len(mine) == len(theirs) and all(
        any(one.kind == other.kind and one.same(other) for other in theirs) for one in mine
    )


def _shared(new: Clause, old: Clause) -> bool:
    """Whether those who act on both sides are the same."""
    return all(
        {_bare(one) for one in names} == {_bare(one) for one in old.actors[act]}
        for act, names in new.actors.items()
        if act in old.actors
    )


def _frequencies(new: Clause, old: Clause) -> Iterator[Contradiction]:
    if len(new.frequencies) == len(old.frequencies) == 1:
        (mine, said), (theirs, told) = new.frequencies[0], old.frequencies[0]
        if abs(mine - theirs) > 0.03 * max(mine, theirs):
            yield Contradiction("frequency", said, told, 0.55)


def _actors(new: Clause, old: Clause) -> Iterator[Contradiction]:
    if new.adds or old.adds or not _same_case(new.conditions, old.conditions):
        return
    for act, mine in new.actors.items():
        theirs = old.actors.get(act, frozenset())
        if theirs and not any(_one(a, b) for a in mine for b in theirs):
            yield Contradiction("actor", "、".join(sorted(mine)), "、".join(sorted(theirs)), 0.45)


def _one(name: str, other: str) -> bool:
    """Whether two names may mean the same: one is the other with its department in front."""
    short, long = sorted((_bare(name), _bare(other)), key=len)
    return long.endswith(short) and not long.removesuffix(short).endswith(("副", "deputy ", "vice "))


def _bare(name: str) -> str:
    return re.sub(r"^(?:分管|主管|相关|有关|所属|所在|本|各)|\s+", "", name)


_CAREFUL = re.compile(
    r"未经|没有经|擅自|私自|除.{1,12}外|无.{1,8}(?:证明|批准|手续)|"
    r"\bwithout (?:prior |written )?(?:approval|permission|consent)|\bunless\b|\bexcept\b",
    re.IGNORECASE,
)
_ALLOWED = re.compile(
    r"经.{0,14}(?:批准|同意|审批|许可)|with (?:the )?(?:prior |written )?(?:approval|permission|consent)|approved by",
    re.IGNORECASE,
)
_AGAINST = {
    frozenset({"forbid", "permit"}): 0.5,
    frozenset({"exempt", "require"}): 0.5,
    frozenset({"forbid", "require"}): 0.6,
    frozenset({"exempt", ""}): 0.6,
    frozenset({"forbid", ""}): 0.7,
}


def _polarity(new: Clause, old: Clause) -> Iterator[Contradiction]:
    need = _AGAINST.get(frozenset({new.polarity, old.polarity}))
    if need is None:
        yield from _exclusive(new, old)
        return
    strict, loose = (new, old) if new.polarity in ("forbid", "require") else (old, new)
    if _CAREFUL.search(strict.text) and (_ALLOWED.search(loose.text) or _CAREFUL.search(loose.text)):
        return
    apart = {(q.kind, q.bearing) for q in new.conditions} and {(q.kind, q.bearing) for q in old.conditions}
    if apart and not _same_case(new.conditions, old.conditions):
        return
    yield Contradiction("polarity", new.text.strip("。. "), old.text.strip("。. "), need)


def _exclusive(new: Clause, old: Clause) -> Iterator[Contradiction]:
    """``一律乘坐经济舱`` against ``可以乘坐商务舱``: the only kind there is, and another of its kind."""
    if {new.polarity, old.polarity} in ({"only", "permit"}, {"only", ""}, {"only", "require"}):
        mine, theirs = _last(new.text), _last(old.text)
        if mine and theirs and mine != theirs and mine[-1] == theirs[-1]:
            yield Contradiction("polarity", mine, theirs, 0.3)


def _last(words: str) -> str:
    found = re.search(r"([一-鿿]{2,4})[。，\s]*$", words)
    return found.group(1)[-3:] if found else ""


def _scope(new: Clause, old: Clause) -> Iterator[Contradiction]:
    for inside, outside in ((new.covers, old.leaves_out), (old.covers, new.leaves_out)):
        for one in inside:
            for other in outside:
                mine, theirs = topics(one), topics(other)
                if mine and theirs and (mine <= theirs or theirs <= mine) and (len(mine & theirs) > 0):
                    yield Contradiction("scope", new.text.strip("。. "), old.text.strip("。. "), 0.2)
                    return


def touching(new: Clause, old: Clause) -> bool:
    """Whether both state figures of a kind, who does one thing, how often, or what is allowed."""
    kinds = {one.kind for one in new.quantities} & {one.kind for one in old.quantities}
    acts = new.actors.keys() & old.actors.keys()
    return bool(kinds or acts or (new.frequencies and old.frequencies) or (new.polarity and old.polarity))


def one_case(new: Clause, old: Clause) -> bool:
    """Whether both hold from the same figures on."""
    return bool(new.conditions) and _same_case(new.conditions, old.conditions)


def agreeing(new: Clause, old: Clause) -> bool:
    """Whether two sentences, each read as one clause, may say the same: figures, frequency, who acts, polarity."""
    few, many = sorted((new.quantities, old.quantities), key=len)
    if bool(few) != bool(many) or not all(any(_equal(one, other) for other in many) for one in few):
        return False
    often = [times for times, _ in new.frequencies], [times for times, _ in old.frequencies]
    if sorted(often[0]) != sorted(often[1]) or (new.polarity == "exempt") != (old.polarity == "exempt"):
        return False
    ways = {new.polarity, old.polarity}
    if "permit" in ways and ways & {"require", "only", "forbid"}:
        return False
    acts = new.actors.keys() & old.actors.keys()
    somebody = all(any(_one(a, b) for a in new.actors[act] for b in old.actors[act]) for act in acts)
    return somebody and not apart(unquantified(new.text), unquantified(old.text))


def _equal(one: Quantity, other: Quantity) -> bool:
    way = {"over": "least", "under": "most"}
    mine, theirs = way.get(one.bearing, one.bearing), way.get(other.bearing, other.bearing)
    return one.kind == other.kind and one.same(other) and (mine == theirs or "exact" in (mine, theirs))
