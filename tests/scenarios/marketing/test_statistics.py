"""The statistics against values that others published or reckon in another way."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.marketing.response import best_split, elasticity, through
from scenarios.marketing.statistics import (
    falling,
    fisher,
    holm,
    outliers,
    poisson_interval,
    sample_size,
    two_proportions,
)


def test_the_z_test_of_two_shares_is_the_root_of_chi_square() -> None:
    # 2x2 table 30/1000 against 50/1000: chi-square 5.2083 with 1 degree of freedom, p .02248
    assert two_proportions(30, 1000, 50, 1000) == pytest.approx(0.02248, abs=1e-5)


def test_fishers_test_of_the_lady_tasting_tea() -> None:
    assert fisher(3, 4, 1, 4) == pytest.approx(0.4857, abs=1e-4)


def test_holm_steps_down_and_never_falls() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])


@given(st.lists(st.floats(0, 1), max_size=12))
def test_an_adjusted_p_value_is_no_smaller_and_keeps_the_order(p_values: list[float]) -> None:
    adjusted = holm(p_values)
    assert all(p <= corrected <= 1 for p, corrected in zip(p_values, adjusted, strict=True))
    ordered = [corrected for _, corrected in sorted(zip(p_values, adjusted, strict=True))]
    assert all(first <= second for first, second in pairwise(ordered))


def test_byars_interval_of_ten_events() -> None:
    low, high = poisson_interval(10)
    assert (low, high) == pytest.approx((4.79, 18.39), abs=0.02)  # exact: 4.795 and 18.390


def test_the_sample_of_a_test_from_ten_to_twelve_percent() -> None:
    assert sample_size(0.10, 0.20) == 3841


def test_a_share_that_falls_every_day_is_seen_and_a_level_one_is_not() -> None:
    assert falling([100 - 5 * day for day in range(10)], [2000] * 10) < 0.001
    assert falling([100, 98, 103, 99, 101, 100, 97, 102], [2000] * 8) > 0.2


def test_one_wild_day_stands_out() -> None:
    scores = [abs(score) for _, score in outliers([10, 11, 9, 10, 12, 50, 10, 11, 9, 10, 11])]
    assert scores.index(max(scores)) == 5 and max(scores) > 3.5


def test_an_elasticity_is_found_again() -> None:
    costs = [100.0 * step for step in range(1, 21)]
    made = elasticity(costs, [3 * cost**0.6 for cost in costs])
    assert made is not None and made.elasticity == pytest.approx(0.6, abs=1e-3) and made.fit == pytest.approx(1)


@given(st.lists(st.tuples(st.floats(1, 50), st.floats(0.3, 0.95)), min_size=2, max_size=6), st.floats(1_000, 1_000_000))
def test_the_best_split_spends_the_budget_where_the_next_unit_brings_the_most(
    arms: list[tuple[float, float]], budget: float
) -> None:
    curves = [through(100, conversions, power) for conversions, power in arms]
    split = best_split(curves, [1.0] * len(arms), budget, [0.0] * len(arms), [budget] * len(arms))
    assert math.isclose(sum(split), budget, rel_tol=1e-6)
    best = sum(curve.at(cost) for curve, cost in zip(curves, split, strict=True))
    equal = sum(curve.at(budget / len(arms)) for curve in curves)
    assert best >= equal * (1 - 1e-6)
