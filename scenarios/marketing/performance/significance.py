"""Whether two shares differ, and whether one fell: tests of proportions, with the correction for asking often."""

import math
from collections.abc import Iterator, Sequence
from itertools import combinations

from ..statistics import fisher, holm, two_proportions, wald
from .models import ChannelFigures, Comparison, CreativeFigures, Figures

_PAIRS = 6
"""Up to so many creatives of a channel are compared pair by pair, more of them each with the rest of the channel."""
_MOST = 20
_PARTS = {"ctr": ("clicks", "impressions"), "cvr": ("conversions", "clicks")}
Side = tuple[str, Figures]


def comparisons(
    channels: Sequence[ChannelFigures], creatives: Sequence[CreativeFigures], alpha: float
) -> list[Comparison]:
    """CTR and CVR of channels with each other and of creatives within their channel.

    A pair is tested with the pooled z-test of two proportions (Fleiss, Levin & Paik 2003, ch. 2), with Fisher's exact
    test where a count of fewer than 5 is expected. Holm (1979) corrects over one metric of all channels, and over one
    metric of the creatives of one channel.
    """
    made: list[Comparison] = []
    sides: list[Side] = [(one.channel, one) for one in channels]
    pairs: list[tuple[Side, Side]] = list(combinations(sides, 2))
    for metric in _PARTS:
        made += family("channel", "", metric, pairs, alpha)
    for name in dict.fromkeys(one.channel for one in creatives):
        own: list[Side] = [(one.creative, one) for one in creatives if one.channel == name]
        own = sorted(own, key=lambda side: -(side[1].impressions or side[1].clicks or 0))[:_MOST]
        pairs = list(combinations(own, 2)) if len(own) <= _PAIRS else list(_against_rest(own))
        for metric in _PARTS:
            made += family("creative", name, metric, pairs, alpha)
    return made


def _against_rest(sides: Sequence[Side]) -> Iterator[tuple[Side, Side]]:
    for name, one in sides:
        rest = {
            field: sum(getattr(other, field) or 0 for other_name, other in sides if other_name != name)
            for field in ("impressions", "clicks", "conversions")
        }
        yield (name, one), ("*", Figures(**rest))


def family(level: str, channel: str, metric: str, pairs: Sequence[tuple[Side, Side]], alpha: float) -> list[Comparison]:
    """Each pair of sides by one metric, corrected by Holm among themselves; pairs without a share are left out."""
    hits, tries = _PARTS[metric]
    found = []
    for (name_a, a), (name_b, b) in pairs:
        counts = [getattr(side, part) for side in (a, b) for part in (hits, tries)]
        if any(count is None or count < 0 for count in counts):
            continue
        x1, n1, x2, n2 = (round(count) for count in counts)
        if not n1 or not n2 or x1 > n1 or x2 > n2:  # conversions after a view are no share of clicks
            continue
        pooled = (x1 + x2) / (n1 + n2)
        small = min(n1, n2) * min(pooled, 1 - pooled) < 5
        p_value = fisher(x1, n1, x2, n2) if small else two_proportions(x1, n1, x2, n2)
        low, high = wald(x1, n1, x2, n2, alpha)
        found.append((name_a, name_b, x1 / n1, x2 / n2, low, high, "fisher" if small else "z", p_value))
    adjusted = holm([row[-1] for row in found])
    return [
        Comparison.model_validate(
            {
                "level": level, "family": f"{level}:{channel}:{metric}" if channel else f"{level}:{metric}",
                "a": a, "b": b, "metric": metric, "value_a": _six(first), "value_b": _six(second),
                "difference": _six(first - second), "low": _six(low), "high": _six(high), "test": test,
                "p_value": p_value, "adjusted": p, "significant": p < alpha,
            }
        )
        for (a, b, first, second, low, high, test, p_value), p in zip(found, adjusted, strict=True)
    ]  # fmt: skip


def _six(value: float) -> float:
    return round(value, 6) if math.isfinite(value) else 0.0
