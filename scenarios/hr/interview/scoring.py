"""From the interviewers' ratings to the scorecard and the score, written down anew with every change."""

from collections.abc import Sequence
from statistics import mean

from workbench.texts import Lang, text

from ..models import Requirement
from .models import BEST, Anchor, Criterion, Interview, Question


def scorecard(questions: Sequence[Question], requirements: Sequence[Requirement], lang: Lang) -> list[Criterion]:
    """A line for each question, weighted like the requirement that it tests (1 where it tests none)."""
    asked = {one.id: one for one in requirements}
    return [
        Criterion(
            question=one.id,
            criterion=asked[one.requirement].text if one.requirement in asked else one.why,
            weight=(asked[one.requirement].weight or 1.0) if one.requirement in asked else 1.0,
            anchors=_anchors(one, lang),
        )
        for one in questions
    ]


def rated(interview: Interview) -> Interview:
    """``interview`` with its scorecard, its score and how many questions were rated, as its answers say."""
    card = []
    for line in interview.scorecard:
        given = [one.score for one in interview.answers if one.question == line.question and one.score]
        card.append(
            line.model_copy(
                update={
                    "score": round(mean(given), 2) if given else None,
                    "ratings": len(given),
                    "spread": max(given) - min(given) if len(given) > 1 else None,
                }
            )
        )
    known = [line for line in card if line.score is not None]
    weight = sum(line.weight for line in known)
    points = sum(line.weight * ((line.score or 1) - 1) / (BEST - 1) for line in known)
    return interview.model_copy(
        update={
            "scorecard": card,
            "score": round(100 * points / weight, 1) if weight else None,
            "answered": len(known),
        }
    )


def _anchors(question: Question, lang: Lang) -> list[Anchor]:
    flags = question.red_flags[0] if question.red_flags else ""
    values = {"good": question.good_answer, "flag": flags}
    return [
        Anchor(points=points, means=text(f"scenarios.hr:anchor.{points}", lang, **values).rstrip("；; "))
        for points in (5, 3, 1)
    ]
