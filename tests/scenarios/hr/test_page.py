"""The people panel of the HR page: everybody against every requirement, weights that move the ranks."""

from streamlit.testing.v1 import AppTest


def _panel() -> None:
    from datetime import UTC, datetime

    from scenarios.hr.models import Candidate, Evidence, Match, Requirement, Verdict
    from scenarios.hr.page import _people
    from workbench.run import Run, Version

    def person(file: str, first: str, second: str) -> Candidate:
        quote = [Evidence(quote=f"words of {file}", start=0, end=5)]
        verdicts = [
            Verdict.model_validate(
                {"requirement": name, "verdict": decided, "evidence": quote if decided == "met" else []}
            )
            for name, decided in (("r1", first), ("r2", second))
        ]
        return Candidate(file=f"/in/{file}", score=1, rank=1, verdicts=verdicts)

    wanted = [
        Requirement(id="r1", text="Java", hard=False, weight=1),
        Requirement(id="r2", text="SQL", hard=False, weight=3),
    ]
    found = Match(
        summary="s",
        requirements=wanted,
        candidates=[person("a.txt", "met", "not_stated"), person("b.txt", "not_stated", "met")],
    )
    now = datetime.now(UTC)
    run = Run(run_id="x", scenario="hr", task="match", lang="en", created_at=now)
    _people(run, Version(number=1, text="s", deliverable=found.model_dump(mode="json"), created_at=now), "en")


def test_ranks_follow_the_weights_and_the_first_persons_words_are_quoted() -> None:
    shown = AppTest.from_function(_panel, default_timeout=60).run()
    assert not shown.exception
    table = shown.dataframe[-1].value
    assert list(table["Resume"]) == ["b.txt", "a.txt"]
    assert list(table["r2"]) == ["🟩", "⬜"]
    assert shown.text[0].value == "“words of b.txt”"
    assert "rejects nobody" in shown.info[0].value
