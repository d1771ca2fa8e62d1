"""The declaration of the marketing scenario."""

from workbench.scenario import Scenario

from .check import CheckTask

MARKETING = Scenario(slug="marketing", icon="campaign", tasks=(CheckTask(),))
