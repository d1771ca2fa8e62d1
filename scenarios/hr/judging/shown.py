"""Skills, certificates, soft skills, roles and industries: named, and how."""

from .. import requirement as asked
from ..language_tests import LANGUAGE_OF, PASSED
from ..language_tests import level as level_of
from ..resume import Resume
from ..taxonomy import Concept, Mention, concepts, folded
from .mentions import (
    BASIC,
    COURSE,
    EXPERT,
    EXPIRED,
    FAMILIAR,
    LEARNING,
    clause,
    item,
    level,
    mentions_of,
    negated,
    points,
    sentence,
    stated_level,
)  # fmt: skip
from .part import Part, Say, best, joined


def shown(resume: Resume, condition: asked.Shown, say: Say) -> Part:
    """Whether the resume shows all of the concepts, or one of them."""
    parts = {concept: _one(resume, concept, condition, say) for concept in condition.concepts}
    if condition.any_of:
        return best(list(parts.values()))
    known = [part for concept, part in parts.items() if part.decision != "not_stated" or concept.key in concepts()]
    return joined(known or list(parts.values()))  # a word that only this requirement knows may be said in other words


def _one(resume: Resume, concept: Concept, asked_for: asked.Shown, say: Say) -> Part:
    good, weak, against = [], [], []
    for mention in mentions_of(resume, concept):
        if negated(resume, mention) or (mention.concept.name == concept.name and failed(resume, mention)):
            against.append(mention)
        elif _only_begun(resume, mention, asked_for):
            weak.append(mention)
        else:
            good.append(mention)
    if concept.name == "team leadership" and not good and (sizes := asked.team_sizes(resume.seen)):
        return Part("met", [max(sizes)[1:]], "")
    said = [level for one in good if (level := stated_level(resume, one)) and one.concept.name == concept.name]
    if asked_for.level >= EXPERT and said and max(said) <= FAMILIAR:  # what somebody says of themselves counts
        weak, good = good, []
    words = folded(asked_for.words)
    if any(folded(resume.seen[one.start : one.end]) in words for one in against) and words:
        # "never used Opera, but another system": the very name that is asked for is denied
        good = [one for one in good if folded(resume.seen[one.start : one.end]) in words]
    if any(one.concept == concept for one in against):  # "not qualified in the PRC" beside a foreign bar
        good = [one for one in good if one.concept == concept]
    if good:
        good.sort(key=lambda mention: _telling(resume, mention, concept, asked_for.words))
        return Part("met", [(one.start, one.end) for one in good[:2]], "")
    if weak:
        return Part("partly", [(weak[0].start, weak[0].end)], say("reason.weak", concept=concept))
    against += [one for one in _cases_denied(resume, concept) if not against]
    if against:
        return Part("not_met", [(against[0].start, against[0].end)], say("reason.denied", concept=against[0].concept))
    lesser = [
        one
        for one in resume.mentions
        if one.concept.kind == concept.kind == "certificate"
        and one.concept.key in concept.wider
        and not negated(resume, one)
    ]
    lesser = lesser or [one for one in resume.mentions if _lower_test(resume, one, concept)]
    if lesser:
        return Part("not_met", [(lesser[0].start, lesser[0].end)], say("reason.lesser", concept=lesser[0].concept))
    return Part("not_stated", [], say("reason.missing", concept=concept))


def _lower_test(resume: Resume, mention: Mention, concept: Concept) -> bool:
    """Whether somebody passed only a lower test of the language."""
    name, language = mention.concept.name, LANGUAGE_OF.get(concept.name)
    if not language or LANGUAGE_OF.get(name) != language or name == concept.name or negated(resume, mention):
        return False
    return level_of(name, points(resume, mention)) < level_of(concept.name, None)


def _only_begun(resume: Resume, mention: Mention, asked_for: asked.Shown) -> bool:
    """Whether this shows only the beginning of it: being learned, a course, expired, known less than asked for."""
    kind = mention.concept.kind
    if kind == "certificate":
        return bool(EXPIRED.search(sentence(resume, mention)) or LEARNING.search(item(resume, mention)))
    if kind == "skill" and LEARNING.search(item(resume, mention)):
        return True
    section = resume.line_at(mention.start).section
    at = resume.entries_at(mention.start)
    if (
        asked_for.practised
        and kind != "soft"
        and (section in ("education", "internship") or (at and at[-1].kind == "internship"))
    ):
        return True
    if kind != "skill":
        return False
    return COURSE.search(clause(resume, mention)) is not None or (
        asked_for.level >= FAMILIAR and level(resume, mention) <= BASIC
    )


def _telling(resume: Resume, mention: Mention, concept: Concept, words: str) -> tuple[bool, bool, bool]:
    """What shows it best stands first: in the requirement's own words, then in a job, then under the concept's name."""
    named = folded(resume.seen[mention.start : mention.end]) not in folded(words)
    return named, resume.line_at(mention.start).section not in ("work", "project"), mention.concept.name != concept.name


def _cases_denied(resume: Resume, concept: Concept) -> list[Mention]:
    """Denials of something wider of its kind: who has no certificate of English has no CET-6."""
    return [
        one
        for one in resume.claims
        if one.concept.key in concept.wider and one.concept.kind == concept.kind and negated(resume, one)
    ]


def failed(resume: Resume, mention: Mention) -> bool:
    """Whether a CET result is below the pass mark."""
    found = points(resume, mention) if mention.concept.name.startswith("CET") else None
    return found is not None and found < PASSED
