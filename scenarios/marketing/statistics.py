"""The few statistics that marketing needs, each with its source; plain floats, no dependencies.

Fleiss, Levin & Paik, Statistical Methods for Rates and Proportions, 3rd ed. 2003: tests and sample size of two
proportions (ch. 2 and 4). Holm, Scandinavian Journal of Statistics 6 (1979) 65-70. Armitage, Biometrics 11 (1955)
375-386: trend of proportions. Byar's interval: Breslow & Day, Statistical Methods in Cancer Research II, 1987, p. 69.
Iglewicz & Hoaglin, How to Detect and Handle Outliers, 1993: modified z-score.
"""

import math
from collections.abc import Sequence
from statistics import NormalDist, mean, median

_NORMAL = NormalDist()


def two_sided(z: float) -> float:
    """The p-value of a standard normal score."""
    return math.erfc(abs(z) / math.sqrt(2))


def two_proportions(x1: int, n1: int, x2: int, n2: int) -> float:
    """The two-sided p-value of the pooled z-test that x1 of n1 and x2 of n2 are one share, uncorrected."""
    pooled = (x1 + x2) / (n1 + n2)
    spread = math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    return 1.0 if not spread else two_sided((x1 / n1 - x2 / n2) / spread)


def fisher(x1: int, n1: int, x2: int, n2: int) -> float:
    """Fisher's exact test, two-sided: the chance of all tables that are no likelier than this one."""
    hits, total = x1 + x2, n1 + n2

    def log_chance(x: int) -> float:
        return _choose(n1, x) + _choose(n2, hits - x) - _choose(total, hits)

    here = log_chance(x1)
    tables = (log_chance(x) for x in range(max(0, hits - n2), min(hits, n1) + 1))
    return min(1.0, sum(math.exp(chance) for chance in tables if chance <= here + 1e-7))


def wald(x1: int, n1: int, x2: int, n2: int, alpha: float) -> tuple[float, float]:
    """The Wald interval of the difference of two shares at level 1 - alpha."""
    p1, p2 = x1 / n1, x2 / n2
    reach = _NORMAL.inv_cdf(1 - alpha / 2) * math.sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
    return p1 - p2 - reach, p1 - p2 + reach


def holm(p_values: Sequence[float]) -> list[float]:
    """Holm's step-down adjusted p-values, in the order given."""
    order = sorted(range(len(p_values)), key=lambda place: p_values[place])
    adjusted, floor = [0.0] * len(p_values), 0.0
    for rank, place in enumerate(order):
        floor = max(floor, min(1.0, (len(p_values) - rank) * p_values[place]))
        adjusted[place] = floor
    return adjusted


def falling(hits: Sequence[float], tries: Sequence[float]) -> float:
    """The one-sided p-value that the share of hits falls over the steps: Armitage's trend test.

    The variance is widened by the dispersion around the trend (at least 1), since days differ by more than chance.
    """
    total, sum_hits = sum(tries), sum(hits)
    if total <= 0 or not 0 < sum_hits < total:
        return 1.0
    share = sum_hits / total
    middle = sum(n * step for step, n in enumerate(tries)) / total
    spread = sum(n * (step - middle) ** 2 for step, n in enumerate(tries))
    if not spread:
        return 1.0
    slope = sum((step - middle) * x for step, x in enumerate(hits)) / spread
    fitted = [share + slope * (step - middle) for step in range(len(tries))]
    residual = [(x - n * p) ** 2 / (n * share * (1 - share)) for x, n, p in zip(hits, tries, fitted, strict=True) if n]
    dispersion = max(1.0, sum(residual) / max(1, len(residual) - 2))
    score = slope * math.sqrt(spread / (share * (1 - share) * dispersion))
    return _NORMAL.cdf(score)


def poisson_interval(count: float, level: float = 0.95) -> tuple[float, float]:
    """Byar's interval of a Poisson mean of which ``count`` was seen."""
    z = _NORMAL.inv_cdf(0.5 + level / 2)
    low = count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3 if count > 0 else 0.0
    more = count + 1
    high = more * (1 - 1 / (9 * more) + z / (3 * math.sqrt(more))) ** 3
    return max(0.0, low), high


def outliers(values: Sequence[float], window: int = 7) -> list[tuple[float, float]]:
    """(expected, modified z-score) of each value: expected is the median of the ``window`` values around it.

    The score is .6745 (residual - median) / MAD of the residuals, with the mean deviation where MAD is 0.
    """
    half = window // 2
    expected = [median(values[max(0, place - half) : place + half + 1]) for place in range(len(values))]
    residuals = [value - other for value, other in zip(values, expected, strict=True)]
    centre = median(residuals)
    far = [abs(residual - centre) for residual in residuals]
    scale = median(far) / 0.6745 or mean(far) * 1.2533
    return [
        (other, (residual - centre) / scale if scale else 0.0)
        for other, residual in zip(expected, residuals, strict=True)
    ]


def sample_size(base: float, lift: float, alpha: float = 0.05, power: float = 0.8) -> int:
    """Tries in each of two arms to see ``base`` rise to ``base * (1 + lift)``, two-sided (Fleiss, eq. 4.14):

    n = (z(1-alpha/2) sqrt(2 p q) + z(power) sqrt(p1 q1 + p2 q2))**2 / (p1 - p2)**2, p the mean of both shares.
    """
    other = base * (1 + lift)
    if not 0 < base < 1 or not 0 < other < 1 or base == other:
        raise ValueError("shares must lie between 0 and 1 and differ")
    mean_share = (base + other) / 2
    first = _NORMAL.inv_cdf(1 - alpha / 2) * math.sqrt(2 * mean_share * (1 - mean_share))
    second = _NORMAL.inv_cdf(power) * math.sqrt(base * (1 - base) + other * (1 - other))
    return math.ceil(((first + second) / (base - other)) ** 2)


def _choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
