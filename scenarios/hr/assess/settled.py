"""A model's item held to the material: its quote stands there word for word and proves its key."""

import re

from workbench.citations import supported
from workbench.language import folded as squeezed

from .facts import mixed
from .models import OBJECTIVE, POINTS, Criterion, DraftItem, Item, Option
from .pool import Pool


def settled(one: DraftItem, pool: Pool) -> Item | None:
    """The item, or None where its key is not proven."""
    source = pool.material.find(one.quote.strip("“”\"'。. "))
    if source is None or not one.stem.strip():
        return None
    evidence = [source]
    if one.kind in OBJECTIVE:
        options = list(dict.fromkeys(word.strip() for word in map(_unlettered, one.options) if word.strip()))
        right = [word for word in map(_unlettered, one.right) if word in options]
        wrong = [word for word in options if word not in right]
        proven = all(squeezed(word) in squeezed(source.quote) or supported(word, source.quote) for word in right)
        also = any(squeezed(word) in squeezed(source.quote) for word in wrong)
        count = len(right) == 1 if one.kind == "single" else len(right) >= 2
        if not (proven and count and len(wrong) >= 2) or also or not pool.take(source):
            return None
        words = mixed(options, one.stem)
        letters = {word: chr(ord("A") + place) for place, word in enumerate(words)}
        return Item(
            id="", kind=one.kind, stem=one.stem, options=[Option(key=letters[word], text=word) for word in words],
            key=sorted(letters[word] for word in right), points=POINTS[one.kind],
            explains=pool.say("explains", quotes=source.quote), evidence=evidence,
        )  # fmt: skip
    points = [word.strip() for word in one.rubric if word.strip()]
    known = pool.material.passages
    proven_points = [word for word in points if any(supported(word, passage.document.text) for passage in known)]
    if not proven_points or not pool.take(source):
        return None
    each = POINTS[one.kind] / len(proven_points)
    rubric = [
        Criterion(id=f"c{number}", text=word, points=round(each, 2), evidence=evidence)
        for number, word in enumerate(proven_points, 1)
    ]
    return Item(
        id="", kind=one.kind, stem=one.stem, rubric=rubric, points=round(sum(part.points for part in rubric), 2),
        evidence=evidence,
    )  # fmt: skip


def _unlettered(option: str) -> str:
    return re.sub(r"^\s*[A-Ha-h]\s*[.、．:：)）]\s*", "", option).strip()
