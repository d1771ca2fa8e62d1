"""What is said in other words: closeness decides only what no rule did, and no hard fact."""

from collections.abc import Sequence
from datetime import date

from scenarios.hr.judging import Judge
from scenarios.hr.requirement import conditions
from scenarios.hr.understanding import understood
from workbench.document import SourceDocument

TODAY = date(2026, 11, 25)
RESUME = "Jane Roe\njane@example.com\n2019 - 2024 Gardener, Oak Park\nPruned old apple trees\nNo grafting so far"


def _close(query: str, texts: Sequence[str]) -> list[float]:
    return [0.9 if "apple" in text or "grafting" in text else 0.7 + 0.001 * len(text) % 0.01 for text in texts]


def _decided(wanted: str, likeness: object = _close) -> tuple[str, list[str]]:
    resume = understood("a.txt", SourceDocument(text=RESUME, title="", media_type="text/plain"), TODAY)
    verdict = Judge(TODAY, "en", (), likeness).verdict(resume, "r1", wanted, conditions(wanted))  # type: ignore[arg-type]
    return verdict.verdict, [one.quote for one in verdict.evidence]


def test_a_line_in_other_words_is_quoted() -> None:
    assert _decided("Care of fruit trees and hedges in large orchards") == ("met", ["Pruned old apple trees"])


def test_without_an_encoder_it_is_not_stated() -> None:
    assert _decided("Care of fruit trees and hedges in large orchards", None) == ("not_stated", [])


def test_a_certificate_is_never_decided_by_closeness() -> None:
    assert _decided("PMP") == ("not_stated", [])


def test_a_denial_in_other_words_is_a_denial() -> None:
    assert _decided("Skilled grafting of rare old roses")[0] == "not_met"
