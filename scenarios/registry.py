"""Every scenario of the workbench, in the order of the navigation. Adding one is a line here."""

from .support.scenario import SUPPORT

SCENARIOS = (SUPPORT,)
