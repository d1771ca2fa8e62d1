"""Attaches the rows of an export to the variants that they speak of, and compares the angles of a channel."""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from ..creative.models import Variant
from ..performance.figures import ratios
from ..performance.models import COUNTS, Figures
from ..performance.significance import family
from .models import Lesson, VariantResult

if TYPE_CHECKING:
    import pandas as pd

_ID = re.compile(r"[a-z_]+-\d{3,}")


def attached(frame: "pd.DataFrame", variants: Sequence[Variant]) -> tuple[list[VariantResult], list[str]]:
    """(results in the order of the variants, names that belong to none). Rows of one variant are summed."""
    known = {variant.id: variant for variant in variants}
    counts = [name for name in COUNTS if name in frame]
    named = {cell: _variant(str(cell), known) for cell in frame["creative"].unique()} if "creative" in frame else {}
    ids = frame["creative"].map(named) if named else None
    unknown = [str(cell) for cell, one in named.items() if one is None and str(cell).strip()]
    if ids is None:
        return [], unknown
    grouped = frame.assign(id=ids).dropna(subset=["id"]).groupby("id")[counts].sum()
    sums = {str(name): {str(count): float(value) for count, value in row.items()} for name, row in grouped.iterrows()}
    rows = [
        VariantResult(
            **one.model_dump(include={"id", "channel", "angle", "audience", "headline"}),
            **ratios(sums[one.id]),
        )
        for one in variants
        if one.id in sums
    ]
    return rows, unknown


def lessons(rows: Sequence[VariantResult], alpha: float) -> list[Lesson]:
    """Each pair of angles on a channel by CTR and CVR, the surest first; Holm corrects within channel and metric."""
    made: list[Lesson] = []
    for channel in dict.fromkeys(row.channel for row in rows):
        sums = defaultdict[str, dict[str, float]](lambda: defaultdict(float))
        for row in rows:
            for name in COUNTS if row.channel == channel else ():
                sums[row.angle][name] += getattr(row, name) or 0
        sides = [(angle, Figures(**counts)) for angle, counts in sums.items()]
        for metric, tries in (("ctr", "impressions"), ("cvr", "clicks")):
            shown = {angle: getattr(side, tries) or 0 for angle, side in sides}
            for one in family("angle", channel, metric, list(combinations(sides, 2)), alpha):
                better, worse = (one.a, one.b) if one.value_a >= one.value_b else (one.b, one.a)
                high, low = max(one.value_a, one.value_b), min(one.value_a, one.value_b)
                lesson = {
                    "channel": channel, "metric": metric, "better": better, "worse": worse, "value_better": high,
                    "value_worse": low, "lift": round(high / low - 1, 4) if low else None,
                    "tries": round(shown[one.a] + shown[one.b]), "adjusted": one.adjusted,
                    "significant": one.significant,
                }  # fmt: skip
                made.append(Lesson.model_validate(lesson))
    return sorted(made, key=lambda lesson: (not lesson.significant, lesson.adjusted))


def _variant(cell: str, known: dict[str, Variant]) -> str | None:
    """The id in a cell: the cell itself, the ``utm_content`` of a link, or one id within other words."""
    content = parse_qs(urlsplit(cell).query).get("utm_content", [""])[-1] if "utm_content=" in cell else ""
    for words in (content, cell.strip()):
        if words.casefold() in known:
            return words.casefold()
    inside = {found for found in _ID.findall(cell.casefold()) if found in known}
    return inside.pop() if len(inside) == 1 else None
