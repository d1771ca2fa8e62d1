"""A score of evidence: higher where words and meaning agree and stand out."""

from workbench.answerability import ANSWERABLE, LOOK, evidence, features
from workbench.evidence import Chunk, Hit


def hits(first: float, later: float, found: float, score: float = 1.0, dense: bool = True) -> list[Hit]:
    chunk = Chunk(1, "d", "t", "text", 0, 4)
    return [
        Hit(
            chunk,
            score if place < 2 else score / 2,
            "kb",
            dense=(first if place < 2 else later) if dense else None,
            found=found if place < 2 else 0.1,
        )
        for place in range(LOOK)
    ]


def test_nothing_found_is_no_evidence() -> None:
    assert evidence([]) == 0


def test_a_passage_that_stands_out_in_words_and_meaning_is_evidence() -> None:
    assert evidence(hits(0.86, 0.75, 0.9)) > 0.8


def test_passages_that_are_all_alike_and_lack_the_words_are_none() -> None:
    assert evidence(hits(0.78, 0.77, 0.1, score=0.9)) < 0.2


def test_each_fact_counts_in_its_own_direction() -> None:
    middle = evidence(hits(0.8, 0.76, 0.5, score=0.95))
    assert evidence(hits(0.84, 0.76, 0.5, score=0.95)) > middle
    assert evidence(hits(0.8, 0.76, 0.9, score=0.95)) > middle
    assert evidence(hits(0.8, 0.76, 0.5, score=1.0)) > middle


def test_another_embedder_with_lower_cosines_is_judged_alike() -> None:
    high, low = hits(0.88, 0.8, 0.5), hits(0.64, 0.4, 0.5)
    assert abs(evidence(high) - evidence(low)) < 0.01


def test_without_vectors_words_alone_decide() -> None:
    known, unknown = hits(0, 0, 0.9, dense=False), hits(0, 0, 0.2, dense=False)
    assert features(known).keys() == {"ahead", "single"}
    assert evidence(known) > ANSWERABLE > evidence(unknown)
