"""Skills, certificates, soft skills, roles and industries: named, and how."""

from .. import requirement as asked
from ..resume import Resume
from ..taxonomy import Concept, Mention
from .mentions import BASIC, LEARNING, item, level, mentions_of, negated, points
from .part import Part, Say, best, joined

_PASSED = 425
"""Of 710, the pass mark of CET-4 and CET-6."""


def shown(resume: Resume, condition: asked.Shown, say: Say) -> Part:
    """Whether the resume shows all of the concepts, or one of them."""
    parts = [_one(resume, concept, condition.level, say) for concept in condition.concepts]
    return best(parts) if condition.any_of else joined(parts)


def _one(resume: Resume, concept: Concept, wanted: float, say: Say) -> Part:
    good, weak, against = [], [], []
    for mention in mentions_of(resume, concept):
        if negated(resume, mention) or (mention.concept.name == concept.name and failed(resume, mention)):
            against.append(mention)
        elif (concept.kind in ("certificate", "skill") and LEARNING.search(item(resume, mention))) or (
            concept.kind == "skill" and wanted >= 2 and level(resume, mention) <= BASIC
        ):
            weak.append(mention)
        else:
            good.append(mention)
    if concept.name == "team leadership" and not good and (sizes := asked.team_sizes(resume.seen)):
        return Part("met", [max(sizes)[1:]], "")
    if good:
        good.sort(
            key=lambda mention: (
                resume.line_at(mention.start).section not in ("work", "project"),
                mention.concept.name != concept.name,
            )
        )
        return Part("met", [(one.start, one.end) for one in good[:2]], "")
    if weak:
        return Part("partly", [(weak[0].start, weak[0].end)], say("reason.weak", concept=concept))
    if against:
        return Part("not_met", [(against[0].start, against[0].end)], say("reason.denied", concept=concept))
    lesser = [
        one
        for one in resume.mentions
        if one.concept.kind == concept.kind == "certificate" and one.concept.name in concept.wider
    ]
    if lesser:
        return Part("not_met", [(lesser[0].start, lesser[0].end)], say("reason.missing", concept=concept))
    return Part("not_stated", [], say("reason.missing", concept=concept))


def failed(resume: Resume, mention: Mention) -> bool:
    """Whether a CET result is below the pass mark."""
    found = points(resume, mention) if mention.concept.name.startswith("CET") else None
    return found is not None and found < _PASSED
