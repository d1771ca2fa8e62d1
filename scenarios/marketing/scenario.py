"""The declaration of the marketing scenario."""

from workbench.scenario import Scenario

from .creative.task import CreativeTask
from .law.task import CheckTask

MARKETING = Scenario(
    slug="marketing", icon="campaign", tasks=(CreativeTask(), CheckTask()), knowledge=("sample-support",)
)
