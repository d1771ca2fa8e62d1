"""Choice items without a model: a figure, an actor or a cell left out, or true statements among changed ones."""

import hashlib
from collections.abc import Iterator
from itertools import chain, zip_longest

from . import facts
from .facts import Fact, mixed
from .models import POINTS, Item, ItemKind, Option, Source
from .pool import Pool, altered

_OPTIONS = 4


def single(pool: Pool, count: int) -> list[Item]:
    """Items with one right option: kinds of facts take turns; what needs four statements comes last."""
    kinds = (
        (_blank(pool, fact) for fact in pool.best(facts.figures(pool.material))),
        (_cell(pool, *found) for found in sorted(facts.cells(pool.material), key=_scattered)),
        (_blank(pool, fact) for fact in pool.best(facts.actors(pool.material))),
    )
    return _first(chain(chain.from_iterable(zip_longest(*kinds)), _true_one(pool)), count)


def multiple(pool: Pool, count: int) -> list[Item]:
    """Items with two or three right options: true statements among changed ones of the same document."""
    return _first(_true_some(pool), count)


def _first(found: Iterator[Item | None], count: int) -> list[Item]:
    items: list[Item] = []
    while len(items) < count:
        try:
            item = next(found)
        except StopIteration:
            break
        if item is not None:
            items.append(item)
    return items


def _scattered(found: tuple[Fact, str, str]) -> str:
    """A fixed order in which rows and columns of tables take turns."""
    return hashlib.sha256(f"{found[1]}{found[2]}".encode()).hexdigest()


def _blank(pool: Pool, fact: Fact) -> Item | None:
    if fact.words.count(fact.answer) != 1 or len(fact.wrong) < _OPTIONS - 1 or not pool.take(fact.source):
        return None
    stem = pool.say("stem.blank", source=fact.source.source, words=fact.blanked)
    return _choice(pool, stem, [fact.answer], list(fact.wrong[: _OPTIONS - 1]), [fact.source])


def _cell(pool: Pool, fact: Fact, row: str, column: str) -> Item | None:
    if not pool.take(fact.source):
        return None
    heading = fact.heading or fact.source.source
    stem = pool.say("stem.cell", source=fact.source.source, heading=heading, row=row, column=column)
    wrong = mixed(fact.wrong, stem)[: _OPTIONS - 1]
    return _choice(pool, stem, [fact.answer], wrong, [fact.source])


def _true_one(pool: Pool) -> Iterator[Item | None]:
    for title, found in _by_source(pool):
        while len(found) >= _OPTIONS:
            chosen, found = found[:_OPTIONS], found[_OPTIONS:]
            if pool.take(*(one.source for one in chosen)):
                right, *rest = mixed_facts(chosen)
                stem = pool.say("stem.true", source=title)
                wrong = [one.denied for one in rest]
                yield _choice(pool, stem, [right.words], wrong, [one.source for one in chosen])


def _true_some(pool: Pool) -> Iterator[Item | None]:
    for number, (title, found) in enumerate(_by_source(pool)):
        while len(found) >= _OPTIONS:
            chosen, found = found[:_OPTIONS], found[_OPTIONS:]
            if pool.take(*(one.source for one in chosen)):
                true = 2 + (len(found) + number) % 2
                ordered = mixed_facts(chosen)
                right, wrong = ordered[:true], ordered[true:]
                stem = pool.say("stem.some", source=title)
                yield _choice(
                    pool, stem, [one.words for one in right], [one.denied for one in wrong],
                    [one.source for one in chosen],
                )  # fmt: skip


def mixed_facts(found: list[Fact]) -> list[Fact]:
    """``found`` in a fixed order of their own, so that what is nearest to the job is not always the true one."""
    order = mixed((one.words for one in found), found[0].words)
    return sorted(found, key=lambda one: order.index(one.words))


def _by_source(pool: Pool) -> Iterator[tuple[str, list[Fact]]]:
    """(document, its facts that can be told wrongly and are free), the document nearest to the job first."""
    groups: dict[str, list[Fact]] = {}
    for one in altered(pool, pool.material.statements):
        if (one.source.source, one.source.start) not in pool.used and one.false and len(one.words) <= 120:
            groups.setdefault(one.source.source, []).append(one)
    yield from groups.items()


def _choice(pool: Pool, stem: str, right: list[str], wrong: list[str], evidence: list[Source]) -> Item:
    words = mixed(dict.fromkeys([*right, *wrong]), stem + right[0])
    options = [Option(key=chr(ord("A") + place), text=_clean(one)) for place, one in enumerate(words)]
    key = [option.key for option, one in zip(options, words, strict=True) if one in right]
    kind: ItemKind = "single" if len(right) == 1 else "multiple"
    quotes = "；" if pool.lang == "zh" else "; "
    return Item(
        id="", kind=kind, stem=stem, options=options, key=key, points=POINTS[kind],
        explains=pool.say("explains", quotes=quotes.join(one.quote for one in evidence)), evidence=evidence,
    )  # fmt: skip


def _clean(words: str) -> str:
    return " ".join(words.split()).rstrip("。；;")
