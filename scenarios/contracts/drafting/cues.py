"""How a deal is told in words: the patterns of ``deal.yaml``."""

from functools import cache
from pathlib import Path

import yaml


@cache
def cues(name: str) -> dict[str, str]:
    """The patterns of a part of ``deal.yaml``, by field."""
    parts: dict[str, dict[str, str]] = yaml.safe_load(Path(__file__).with_name("deal.yaml").read_text("utf-8"))
    return parts[name]
