"""The loan prime rate by day."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import yaml


@cache
def _rates() -> list[tuple[date, Decimal]]:
    table = yaml.safe_load(Path(__file__).with_name("lpr.yaml").read_text("utf-8"))
    return sorted((day, Decimal(str(rate))) for day, rate in table["rates"].items())


def rate_on(day: date) -> tuple[date, Decimal]:
    """(since when, per cent a year) of the one-year rate on ``day``; the first known one before the table begins."""
    earlier = [entry for entry in _rates() if entry[0] <= day]
    return earlier[-1] if earlier else _rates()[0]
