"""Real services for pages, with one reply made in them."""

from pathlib import Path

import pytest

import wiring
from workbench.chains import Chain, Name, Step
from workbench.engine import Finished, Order
from workbench.services import Services
from workbench.settings import Embedding, Settings

CHAIN = Chain(
    steps=(
        Step(name=Name(zh="业务审核", en="Business review"), roles=("business",), parallel="reviews"),
        Step(name=Name(zh="法务审核", en="Legal review"), roles=("legal",), parallel="reviews"),
        Step(name=Name(zh="归档", en="Archive"), kind="archive", roles=("archive",)),
    )
)


@pytest.fixture
def services(tmp_path: Path) -> Services:
    """Real services that search by words only, so that no vectors are computed here.

    A reply passes two reviews at the same time, by wang and by lin, and is filed by xu.
    """
    return wiring.services(
        Settings(
            data=tmp_path,
            embedding=Embedding(kind="none"),
            load_builtin_knowledge=False,
            approvals={"support": CHAIN},
        )
    )


@pytest.fixture
def run_id(services: Services) -> str:
    """A reply of the built-in engine, asked for by chen."""
    order = Order(services.scenarios["support"], "reply", {"message": "暖壶 K2 保修多久？"}, author="chen")
    last = list(services.engine.execute(order))[-1]
    assert isinstance(last, Finished)
    return last.run.run_id
