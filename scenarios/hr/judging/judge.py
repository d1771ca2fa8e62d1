"""The judge of a day: every condition of a requirement decided, with quotes."""

from collections.abc import Iterable, Sequence
from datetime import date

from workbench.texts import Lang, text

from .. import requirement as asked
from ..models import Evidence, Verdict
from ..requirement import Condition, is_discriminatory
from ..resume import Resume
from ..taxonomy import Concept
from . import circumstances
from .degree import degree, school
from .languages import score, speaks
from .part import Part, best, together
from .shown import shown
from .words import words
from .years import years

_QUOTES = 8


class Judge:
    """Decides for one day and in one language. ``about`` are the concepts of the job's title: what "relevant" means."""

    def __init__(self, today: date, lang: Lang, about: Sequence[Concept] = ()) -> None:
        self._today = today
        self._lang: Lang = lang
        self._about = about

    def verdict(self, resume: Resume, identity: str, words: str, conditions: Sequence[Condition]) -> Verdict:
        """The verdict on a requirement whose ``words`` were read as ``conditions``."""
        if is_discriminatory(words) and all(isinstance(condition, asked.Words) for condition in conditions):
            return Verdict(requirement=identity, verdict="not_stated", reason=self._say("reason.discriminatory"))
        parts = [self._decide(resume, condition) for condition in conditions]
        between = "；" if self._lang == "zh" else "; "
        return Verdict(
            requirement=identity,
            verdict=together({part.decision for part in parts}),
            reason=between.join(part.reason for part in parts if part.reason),
            evidence=_evidence(resume, parts),
        )

    def _decide(self, resume: Resume, condition: Condition) -> Part:
        match condition:
            case asked.Years():
                return years(resume, condition, self._about, self._say)
            case asked.DegreeLevel():
                return degree(resume, condition, self._say)
            case asked.Shown():
                return shown(resume, condition, self._say)
            case asked.Speaks():
                return speaks(resume, condition, self._say)
            case asked.School():
                return school(resume, condition, self._say)
            case asked.Score():
                return score(resume, condition, self._say)
            case asked.TeamSize():
                return circumstances.team(resume, condition, self._say)
            case asked.Lives():
                return circumstances.lives(resume, condition, self._say)
            case asked.Pays():
                return circumstances.pays(resume, condition, self._say)
            case asked.Starts():
                return circumstances.starts(resume, condition, self._today, self._say)
            case asked.Either():
                return best([self._decide(resume, part) for part in condition.parts])
            case asked.Words():
                return words(resume, condition.text, self._say)

    def _say(self, key: str, **values: object) -> str:
        concept = values.pop("concept", None)
        named = {"name": concept.label(self._lang)} if isinstance(concept, Concept) else {}
        return text(f"scenarios.hr:{key}", self._lang, **values, **named)


def _evidence(resume: Resume, parts: Iterable[Part]) -> list[Evidence]:
    found: dict[tuple[int, int], Evidence] = {}
    for part in parts:
        for start, end in part.places:
            low, high = resume.quote_at(start, end)
            if low < high and not any(a <= low and high <= b for a, b in found):
                page = resume.document.page_at(low)
                found[low, high] = Evidence(quote=resume.text[low:high], page=page, start=low, end=high)
    return list(found.values())[:_QUOTES]
