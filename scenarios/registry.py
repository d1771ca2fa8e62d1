"""Every scenario of the workbench, in the order of the navigation. Adding one is a line here."""

from .office.scenario import OFFICE
from .support.scenario import SUPPORT

SCENARIOS = (OFFICE, SUPPORT)
