"""Open items without a model: what a section requires, colleagues who tell it wrongly, what the job itself asks."""

from collections.abc import Iterator
from itertools import chain, islice

from ..interview.questions import subject_of
from ..interview.topics import topic_of
from .facts import Fact
from .material import Statement
from .models import POINTS, Criterion, Item, ItemKind, Source
from .pool import Pool, altered

_MOST = 5


def short(pool: Pool, count: int) -> list[Item]:
    """What a section of the material requires and what the job asks, in turns."""
    from_material, from_job = _sections(pool), _asked(pool)
    items: list[Item] = []
    while len(items) < count:
        turn = (from_material, from_job) if len(items) % 2 == 0 else (from_job, from_material)
        item = next(turn[0], None) or next(turn[1], None)
        if item is None:
            break
        items.append(item)
    return items


def case(pool: Pool, count: int) -> list[Item]:
    """Colleagues who tell two rules wrongly: find it, set it right, act. From the job's duties without material."""
    return list(
        islice(chain(_disputes(pool), _asked(pool, kind="case")), max(count, 0))
    )  # what is not taken stays free


def _sections(pool: Pool) -> Iterator[Item]:
    ranked = sorted(pool.material.sections(), key=lambda part: (len(part[1]) < 3, -_nearness(pool, part[1])))
    for heading, statements in ranked:
        free = [one for one in statements if (one.passage.title, one.start) not in pool.used][:_MOST]
        if len(free) >= 2 and pool.take(*(one.source for one in free)):
            stem = pool.say("stem.section", source=free[0].passage.title, heading=heading, count=len(free))
            rubric = _rubric([(one.text, one.source) for one in free], POINTS["short"])
            yield _open(pool, "short", stem, rubric)


def _asked(pool: Pool, kind: ItemKind = "short") -> Iterator[Item]:
    """Items about the job's own requirements, worded by the question bank."""
    for requirement, tests in zip(pool.job.requirements, pool.job.tests, strict=True):
        concept = subject_of(tests)
        topic = topic_of(concept) if concept else None
        if topic is None or requirement.weight == 0 or (concept and concept.kind == "certificate"):
            continue
        start = pool.described.document.text.find(requirement.text)
        source = (
            pool.described.source(start, start + len(requirement.text))
            if start >= 0
            else Source(quote=requirement.text, source=pool.described.title)
        )
        if not pool.take(source):
            continue
        stem = pool.say(f"stem.{kind}_job", requirement=requirement.text, ask=topic.ask[pool.lang])
        points = [one.strip(" ；;") for one in topic.good[pool.lang].replace(";", "；").split("；")]
        yield _open(pool, kind, stem, _rubric([(one, source) for one in points if one], POINTS[kind]))


def _disputes(pool: Pool) -> Iterator[Item]:
    for heading, statements in sorted(pool.material.sections(), key=lambda part: -_nearness(pool, part[1])):
        free = [one for one in statements if (one.passage.title, one.start) not in pool.used]
        wrong = [one for one in altered(pool, free) if one.false][:2]
        others = [one for one in free if one.text not in {fact.words for fact in wrong}][:3]
        if len(wrong) < 2 or not pool.take(*(fact.source for fact in wrong), *(one.source for one in others)):
            continue
        yield _dispute(pool, heading, wrong, others)


def _dispute(pool: Pool, heading: str, wrong: list[Fact], others: list[Statement]) -> Item:
    said = [" ".join(one.denied.split()).rstrip("。.；;") for one in wrong]
    title = pool.job.title or pool.say("post")
    stem = pool.say(
        "stem.dispute" if others else "stem.dispute_two", title=title, source=wrong[0].source.source, heading=heading,
        first=said[0], second=said[1],
    )  # fmt: skip
    points = [(pool.say("rubric.right", words=one.words), one.source) for one in wrong]
    points.append((pool.say("rubric.act"), wrong[0].source))
    points += [(one.text, one.source) for one in others]
    return _open(pool, "case", stem, _rubric(points, POINTS["case"]))


def _rubric(points: list[tuple[str, Source]], total: float) -> list[Criterion]:
    """The points share ``total``."""
    each = round(total / len(points), 1)
    worth = [each] * (len(points) - 1) + [round(total - each * (len(points) - 1), 1)]
    return [
        Criterion(id=f"c{number}", text=words, points=value, evidence=[source])
        for number, ((words, source), value) in enumerate(zip(points, worth, strict=True), 1)
    ]


def _open(pool: Pool, kind: ItemKind, stem: str, rubric: list[Criterion]) -> Item:
    evidence = list({(one.source, one.start): one for part in rubric for one in part.evidence}.values())
    points = round(sum(one.points for one in rubric), 1)
    return Item(id="", kind=kind, stem=stem, rubric=rubric, points=points, evidence=evidence)


def _nearness(pool: Pool, statements: list[Statement]) -> float:
    return sum(pool.near.get(one.text, 0.0) for one in statements) / len(statements)
