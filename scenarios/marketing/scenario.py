"""The declaration of the marketing scenario."""

from workbench.scenario import Scenario

from .check import CheckTask
from .creative import CreativeTask

MARKETING = Scenario(
    slug="marketing", icon="campaign", tasks=(CreativeTask(), CheckTask()), knowledge=("sample-support",)
)
