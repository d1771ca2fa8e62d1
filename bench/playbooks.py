"""Plants wordings of every level into whole drafts and counts what the playbooks say of them; and of untouched drafts.

``python -m bench.playbooks``. Each sentence of ``data/positions.yaml`` (invented, labelled with its level) is put
into a draft of its type, in place of the paragraphs that speak of the same position. A planted deviation (never or
deviation) counts as found when its position is said to be either.
"""

import random
from collections import Counter
from pathlib import Path

import yaml

from scenarios.contracts.contract import Contract
from scenarios.contracts.drafting.assembly import drafted
from scenarios.contracts.drafting.form import DraftKind
from scenarios.contracts.drafting.library import form
from scenarios.contracts.playbooks.deviations import outcomes
from scenarios.contracts.playbooks.playbook import shipped

from .drafts import random_form

_DRAFTS: dict[str, tuple[DraftKind, str]] = {
    "purchase": ("purchase", "a"), "sales": ("sales", "a"), "lease": ("lease", "b"), "services": ("services", "a"),
    "nda": ("nda", "a"), "employment": ("employment", "a"), "loan": ("loan", "a"), "software": ("technology", "a"),
}  # fmt: skip
_BAD = ("never", "deviation")


def planted(name: str, position: str, words: str, text: str) -> str:
    """``text`` without the paragraphs that speak of ``position``, and with ``words`` before the signatures."""
    book, contract = shipped()[name], Contract(text)
    spans = [
        contract.line_at(one.start)
        for one in outcomes(contract, book)
        if one.position.id == position and one.start is not None
    ]
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    if spans:
        return planted(name, position, words, text)
    head, sign, tail = text.partition("（以下无正文")
    return f"{head}{words}\n\n{sign}{tail}"


def main() -> None:
    """Print by playbook: sentences, deviations found, right wordings that raise an alarm; then clean drafts."""
    cases = yaml.safe_load((Path(__file__).parent / "data" / "positions.yaml").read_text("utf-8"))
    rng = random.Random(1)  # noqa: S311  # no secret
    print(f"{'playbook':12}{'bad':>5}{'found':>7}{'same level':>12}{'good':>6}{'alarms':>8}")
    for name, positions in cases.items():
        kind, side = _DRAFTS[name]
        counts: Counter[str] = Counter()
        for position, levels in positions.items():
            for level, sentences in levels.items():
                for words in sentences:
                    request = random_form(kind, side, "zh", rng).model_copy(update={"risk": "high", "items": []})
                    text = drafted(request, "zh").text
                    if name == "sales":  # its sentences have the buyer as 甲方
                        words = words.translate(str.maketrans("甲乙", "乙甲"))
                    weighed = outcomes(Contract(planted(name, position, words, text), form(kind).kind), shipped()[name])
                    found = {one.position.id: one.level for one in weighed}
                    said = found.get(position)
                    group = "bad" if level in _BAD else "good"
                    counts[group] += 1
                    counts[f"{group} told"] += said in _BAD
                    counts["same"] += group == "bad" and said == level
        told = f"{counts['bad']:5}{counts['bad told']:7}{counts['same']:12}"
        print(f"{name:12}{told}{counts['good']:6}{counts['good told']:8}")


if __name__ == "__main__":
    main()
