"""Questions that no document answered, those alike together, each heap with the document that is missing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from workbench.knowledge import Knowledge
from workbench.language import detect
from workbench.run import Run
from workbench.texts import Lang, text
from workbench.words import query_words

from .. import reading
from ..intents import intent

ALIKE = 0.86
"""Questions at least this near (cosine) to the first of a heap join it."""


@dataclass(frozen=True, slots=True)
class Open:
    """A question without evidence and when it came."""

    question: str
    at: datetime
    run_id: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A heap of questions alike. ``topic`` are the words that most of them share, ``document`` what would answer."""

    questions: tuple[Open, ...]
    topic: str
    team: str
    document: str

    @property
    def last(self) -> datetime:
        """When the newest came."""
        return max(one.at for one in self.questions)


def open_questions(runs: Iterable[Run]) -> list[Open]:
    """What replies left open, in the words of the request; nothing of runs whose requests are not kept."""
    found = []
    for run in runs:
        numbers = (run.deliverable or {}).get("open", [])
        asked = reading.questions(reading.without_orders(str(run.request.get("message", ""))))
        found += [
            Open(asked[number - 1].asked, run.created_at, run.run_id) for number in numbers if number <= len(asked)
        ]
    return found


def gaps(asked: Sequence[Open], knowledge: Knowledge, lang: Lang) -> list[Gap]:
    """The heaps, the largest first."""
    heaps: list[list[Open]] = []
    for one in asked:
        leaders = [heap[0].question for heap in heaps]
        likeness = knowledge.likeness(one.question, leaders) if leaders else []
        near = max(range(len(leaders)), key=likeness.__getitem__, default=None)
        if near is not None and likeness[near] >= ALIKE:
            heaps[near].append(one)
        else:
            heaps.append([one])
    found = [_gap(heap, knowledge, lang) for heap in heaps]
    return sorted(found, key=lambda gap: (-len(gap.questions), -gap.last.timestamp()))


def _gap(heap: Sequence[Open], knowledge: Knowledge, lang: Lang) -> Gap:
    topic = _topic([one.question for one in heap])
    team = reading.team(intent(heap[0].question, knowledge), lang)
    return Gap(tuple(heap), topic, team, text("scenarios.support:gap.document", lang, topic=topic, team=team))


def _topic(questions: Sequence[str]) -> str:
    """The telling words that most questions share, in the order of the first question."""
    plain = [reading.without_question_words(question) for question in questions]
    said = [list(dict.fromkeys(word for word in query_words(one) if len(word) > 1)) for one in plain]
    counts = Counter(word for words in said for word in words)
    common = {word for word, count in counts.items() if count * 2 > len(questions)} or set(said[0])
    kept = [word for word in said[0] if word in common][:4]
    return ("" if detect(questions[0]) == "zh" else " ").join(kept) or questions[0][:20]
