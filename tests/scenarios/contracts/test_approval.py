"""The chain that a contract passes unless a company writes its own."""

from scenarios.contracts.approval import SEED
from scenarios.contracts.scenario import CONTRACTS
from workbench.chains import SAMPLE_PEOPLE, staffed


def test_a_contract_passes_the_seed_chain_and_needs_it_to_leave() -> None:
    assert [one.name.en for one in CONTRACTS.chain.steps] == [
        "Drafting", "Business review", "Finance review", "Legal review", "Leader approval", "Final text", "Archive",
    ]  # fmt: skip
    assert CONTRACTS.chain.required


def test_sample_people_hold_every_role_of_it() -> None:
    assert staffed(SEED, SAMPLE_PEOPLE) == SEED
