# ruff: noqa: E501  # a pattern is read best in one piece
"""What a requirement names: which mentions count, and which belong together."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ..taxonomy import Concept, Mention

Places = list[tuple[int, int]]
"""Stretches of a requirement that a condition was read from."""
EXPERIENCE = re.compile(
    r"经验|经历|背景|从业|工作过|从事|担任|任职|experience|background|worked as|work as|working as|track record|独立|independent",
    re.I,
)
ANY = re.compile(
    r"或者|或|任一|任意|至少[一1]|其中之一|其中一|之一|\bor\b|one of|any of|either|/|如[：:]?|例如|比如|such as|e\.g\.?|including but|similar|\blike\b",
    re.I,
)


def free(mention: Mention, taken: Places) -> bool:
    """Whether no condition was read from there yet."""
    return not any(low < mention.end and mention.start < high for low, high in taken)


def without_double(mentions: Sequence[Mention]) -> list[Mention]:
    """Of mentions that overlap, a skill beside the longer name of a role that begins with it stays; a role or industry
    inside another longer name goes."""
    kept = []
    for mention in mentions:
        inside = any(
            other is not mention
            and other.start <= mention.start
            and mention.end <= other.end
            and (
                other.end - other.start > mention.end - mention.start
                or (other.concept.kind == "skill" and mention.concept.kind != "skill")
                or (other.concept.kind == "skill" and mention.concept.kind == "soft")
                or (other.concept.kind == "industry" and mention.concept.kind == "role")
            )
            for other in mentions
        )
        if not inside:
            kept.append(mention)
    return kept


def groups(text: str, mentions: Sequence[Mention]) -> tuple[tuple[Concept, ...], ...]:
    """Mentions one after the other belong together; a comma, "and" or "or" between them parts them."""
    found: list[list[Mention]] = []
    for mention in mentions:
        between = text[found[-1][-1].end : mention.start] if found else ""
        compound = found and not between and {found[-1][-1].concept.kind, mention.concept.kind} == {"skill"}
        code = compound and ("skill", "programming") in found[-1][-1].concept.wider
        if found and (not compound or code) and not re.search(r"[、，,/；;]|和|与|及|或|\b(?:and|or)\b", between):
            found[-1].append(mention)
        else:
            found.append([mention])
    return tuple(_meant(group) for group in found)


def _meant(group: Sequence[Mention]) -> tuple[Concept, ...]:
    """The concepts of mentions that stand together; "management" behind a field is the field's, no post of its own."""
    named = dict.fromkeys(mention.concept for mention in group)
    return tuple(concept for concept in named if concept.name != "manager" or len(named) == 1)


def between(text: str, mentions: Sequence[Mention]) -> str:
    """The words between mentions that follow each other."""
    return " ".join(text[left.end : right.start] for left, right in pairwise(mentions))
