"""The talent pool: the resumes of earlier matches that were not deleted."""

from pathlib import Path

from workbench.history import Filter
from workbench.services import Services

_RUNS = 200


def stored(services: Services, person: str) -> list[str]:
    """The paths of all stored resumes that ``person`` may see, the latest first, each once."""
    found: dict[str, None] = {}
    for one in services.history.find(Filter(scenario="hr", task="match"), limit=_RUNS):
        if one.purged_at is None and services.views.may(one, person):
            found |= dict.fromkeys(services.runs.get(one.run_id).request.get("resumes", []))
    return [path for path in found if Path(path).exists()]
