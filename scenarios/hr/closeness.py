"""How near each resume is in meaning to a job's description, beyond how near resumes are to any job.

Nothing here depends on who else applied: the same resume and job give the same closeness alone or among a thousand.
"""

from collections.abc import Callable, Sequence
from statistics import mean

Likeness = Callable[[str, Sequence[str]], Sequence[float]]
"""How near in meaning each text is to a query: ``workbench.knowledge.Knowledge.likeness``."""

HEAD = 1200
"""Characters of a resume's top, where summary, strengths and the latest job stand, that are compared as a whole."""
_PASSAGE = 500
_AFTER_FIRST = slice(1, 3)
"""Two further passages, whole lines of about so many characters, compared one by one: what somebody did is drowned in a
long text. More of them cost time; the titles held and shared words were tried and add nothing that lasts."""
STRANGERS = (
    "Registered nurse, patient care on a hospital ward", "Java developer, back-end services and databases",
    "Accountant, general ledger and tax filing", "Sales representative, retail customers and targets",
    "Primary school teacher, lessons and parents", "Chef, kitchen and food safety",
    "Truck driver, deliveries and vehicle checks", "Graphic designer, brochures and packaging",
    "机械工程师，设备维护与图纸", "人力资源专员，招聘与薪酬", "律师，合同审核与诉讼", "客服主管，投诉处理与排班",
)  # fmt: skip
"""One line each of many trades: what a resume or a job has in common with them, it has in common with any."""
_COMMON = 0.5
"""How much of being near to those trades is taken off: being near to every job says little about this one."""
_SPAN = 0.12
"""How far above an unrelated trade the nearest resumes come with the built-in encoder."""
_BATCH = 400


def closeness(job: str, resumes: Sequence[str], likeness: Likeness) -> list[float]:
    """0 to 1 for the text of each resume.

    Half the head, half the mean of the passages; each its likeness to the job less ``_COMMON`` of its mean likeness to
    other trades, put between what those trades themselves reach, 0, and ``_SPAN`` above that, 1.
    """
    described = job[:2000]
    low = mean(_told_apart(described, STRANGERS, likeness))
    found: list[float] = []
    for at in range(0, len(resumes), _BATCH):  # what is compared thirteen times over stays in the memory of vectors
        found += [(near - low) / _SPAN for near in _near(described, resumes[at : at + _BATCH], likeness)]
    return [min(max(value, 0.0), 1.0) for value in found]


def _near(job: str, resumes: Sequence[str], likeness: Likeness) -> list[float]:
    heads = [text[:HEAD] for text in resumes]
    pieces = [_passages(text)[_AFTER_FIRST] for text in resumes]
    one_by_one = iter(_told_apart(job, [piece for own in pieces for piece in own], likeness))
    found = []
    for head, own in zip(_told_apart(job, heads, likeness), pieces, strict=True):
        passages = [next(one_by_one) for _ in own]
        found.append((head + mean(passages)) / 2 if passages else head)
    return found


def _passages(text: str) -> list[str]:
    """Whole lines together, up to ``_PASSAGE`` characters, from the top as far as they are compared."""
    found = [""]
    for line in text.split("\n"):
        if found[-1] and len(found[-1]) + len(line) > _PASSAGE:
            if len(found) == _AFTER_FIRST.stop:
                break
            found.append("")
        found[-1] += line + "\n"
    return [one[: 2 * _PASSAGE] for one in found if one.strip()]


def _told_apart(job: str, texts: Sequence[str], likeness: Likeness) -> list[float]:
    if not texts:
        return []
    trades = [likeness(trade, texts) for trade in STRANGERS]
    return [
        near - _COMMON * mean(column)
        for near, column in zip(likeness(job, texts), zip(*trades, strict=True), strict=True)
    ]
