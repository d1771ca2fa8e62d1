"""How companies commonly let a contract pass, unless settings name a chain under ``[approvals.contracts]``."""

from workbench.chains import DRAFTING, Chain, Name, Step

SEED = Chain(
    steps=(
        DRAFTING,
        Step(name=Name(zh="业务审核", en="Business review"), roles=("business",)),
        Step(name=Name(zh="财务审核", en="Finance review"), roles=("finance",)),
        Step(name=Name(zh="法务审核", en="Legal review"), roles=("legal",)),
        Step(name=Name(zh="领导审批", en="Leader approval"), roles=("leader",)),
        Step(name=Name(zh="定稿", en="Final text"), roles=("legal",)),
        Step(name=Name(zh="归档", en="Archive"), kind="archive", roles=("archive",)),
    )
)
