"""Response curves: what more money brings, each further unit less than the one before.

conversions = scale * cost ** elasticity with an elasticity in (0, 1]: constant elasticity, the simplest curve with
diminishing returns (Little, Operations Research 27 (1979) 629-667). It is fitted to a history by least squares on
logarithms. Without one the elasticity is an assumption, for confirming with the company's own history.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

ASSUMED = 0.7
"""Elasticity without a history: an assumption of this workbench, not a measured value."""
_LOWEST, _HIGHEST = 0.2, 1.0
_POINTS = 10
_FIT = 0.3
_SPREAD = 0.15
"""A history tells something when its costs vary at least so much (standard deviation over mean), and explain at least
the share ``_FIT`` of what happened."""


@dataclass(frozen=True)
class Curve:
    """``points`` is how many periods it was fitted to, 0 for an assumption; ``fit`` is R squared on logarithms."""

    scale: float
    elasticity: float
    points: int = 0
    fit: float | None = None

    def at(self, cost: float) -> float:
        """Conversions for ``cost``."""
        return self.scale * cost**self.elasticity if cost > 0 else 0.0

    def marginal(self, cost: float) -> float:
        """Conversions that the next unit of cost brings."""
        return self.scale * self.elasticity * cost ** (self.elasticity - 1) if cost > 0 else math.inf


def through(cost: float, conversions: float, elasticity: float = ASSUMED) -> Curve:
    """The curve of that elasticity through one known point."""
    return Curve(conversions / cost**elasticity if cost > 0 else 0.0, elasticity)


def elasticity(costs: Sequence[float], conversions: Sequence[float]) -> Curve | None:
    """The curve fitted to periods with both cost and conversions; None where they are too few or too alike."""
    pairs = [(math.log(x), math.log(y)) for x, y in zip(costs, conversions, strict=True) if x > 0 and y > 0]
    used = [x for x, y in zip(costs, conversions, strict=True) if x > 0 and y > 0]
    if len(pairs) < _POINTS:
        return None
    middle = sum(used) / len(used)
    if math.sqrt(sum((x - middle) ** 2 for x in used) / len(used)) < _SPREAD * middle:
        return None
    mean_x, mean_y = (sum(pair[part] for pair in pairs) / len(pairs) for part in (0, 1))
    spread = sum((x - mean_x) ** 2 for x, _ in pairs)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in pairs) / spread
    total = sum((y - mean_y) ** 2 for _, y in pairs)
    explained = slope**2 * spread / total if total else 1.0
    if slope <= 0 or explained < _FIT:
        return None
    held = min(max(slope, _LOWEST), _HIGHEST)
    return Curve(math.exp(mean_y - held * mean_x), round(held, 4), len(pairs), round(min(explained, 1.0), 4))


def best_split(
    curves: Sequence[Curve], worth: Sequence[float], budget: float, least: Sequence[float], most: Sequence[float]
) -> list[float]:
    """The split of ``budget`` with the greatest worth: equal marginal worth, within each one's least and most.

    ``worth`` is what a conversion of each curve counts. The sum is ``budget`` (to rounding) when the bounds allow it.
    """

    def at(price: float) -> list[float]:
        return [
            _spent(curve, value, price, low, high)
            for curve, value, low, high in zip(curves, worth, least, most, strict=True)
        ]

    cheap, dear = 1e-12, 1e12
    for _ in range(200):
        price = math.sqrt(cheap * dear)
        cheap, dear = (price, dear) if sum(at(price)) > budget else (cheap, price)
    split = at(math.sqrt(cheap * dear))
    rest = budget - sum(split)
    room = [high - x if rest > 0 else x - low for x, low, high in zip(split, least, most, strict=True)]
    total = sum(room)
    return [x + rest * share / total if total > 0 else x for x, share in zip(split, room, strict=True)]


def _spent(curve: Curve, value: float, price: float, low: float, high: float) -> float:
    """The cost at which the next unit brings ``price``."""
    gain = curve.scale * curve.elasticity * value
    if gain <= 0:
        return low
    if curve.elasticity >= 1:
        return high if gain > price else low
    spent: float = (gain / price) ** (1 / (1 - curve.elasticity))
    return min(max(spent, low), high)
