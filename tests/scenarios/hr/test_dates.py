"""Date spans of resumes and their arithmetic."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.hr.dates import Span, label, spans, union

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("words", "first", "last", "months"),
    [
        ("2018.03-2021.06 某公司", "2018-03", "2021-06", 40),
        ("2018年3月—2021年6月", "2018-03", "2021-06", 40),
        ("2018/03 - 至今", "2018-03", "2026-11", 105),
        ("2018-03 至 2021-06", "2018-03", "2021-06", 40),
        ("2019年6月起", "2019-06", "2026-11", 90),
        ("Jan 2018 - Present", "2018-01", "2026-11", 107),
        ("July 2011 to November 2015", "2011-07", "2015-11", 53),
        ("01/2018 – 12/2019", "2018-01", "2019-12", 24),
        ("08/01/2015 to 09/30/2017", "2015-08", "2017-09", 26),
        ("2018 - 2020", "2018-07", "2020-06", 24),
        ("Since 2019", "2019-07", "2026-11", 89),
    ],
)
def test_a_span_is_read_as_it_is_written(words: str, first: str, last: str, months: int) -> None:
    (span,) = spans(words, TODAY)
    assert (label(span.first), label(span.last), span.months, span.valid) == (first, last, months, True)


@pytest.mark.parametrize("words", ["2020.13-2021.02", "2022.05-2021.01", "2031.01-2033.01"])
def test_what_cannot_be_counts_nothing(words: str) -> None:
    (span,) = spans(words, TODAY)
    assert (span.valid, span.months) == (False, 0)


@pytest.mark.parametrize("words", ["13800001111", "2019年", "version 3.2018", "400-2018-2020x"])
def test_other_figures_are_no_spans(words: str) -> None:
    assert not [span for span in spans(words, TODAY) if span.valid and span.months > 30]


def test_years_that_follow_each_other_add_up() -> None:
    assert union(spans("2018-2020\n2020-2023", TODAY)) == 60


months = st.integers(2000 * 12, 2026 * 12)


@given(st.lists(st.tuples(months, months), max_size=8))
def test_months_in_several_spans_count_once(pairs: list[tuple[int, int]]) -> None:
    parts = [Span(min(pair), max(pair), 0, 0) for pair in pairs]
    held = {month for part in parts for month in range(part.first, part.last + 1)}
    assert union(parts) == len(held)
