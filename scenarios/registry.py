"""Every scenario of the workbench, in the order of the navigation. Adding one is a line here."""

from .contracts.scenario import CONTRACTS
from .hr.scenario import HR
from .marketing.scenario import MARKETING
from .office.scenario import OFFICE
from .support.scenario import SUPPORT

SCENARIOS = (MARKETING, OFFICE, SUPPORT, CONTRACTS, HR)
