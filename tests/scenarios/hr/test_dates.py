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
        ("Mar '19 – Jun 2021", "2019-03", "2021-06", 28),
        ("Fall 2021 – Spring 2022", "2021-09", "2022-03", 7),
        ("2022 Fall – 2024 Spring", "2022-09", "2024-03", 19),
        ("2021年秋至2023年春", "2021-09", "2023-03", 19),
        ("2010年8月起在某医院工作，2021年5月因故离职", "2010-08", "2021-05", 130),
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


@given(months, months, months)
def test_a_later_end_never_counts_fewer_months(first: int, last: int, later: int) -> None:
    first, last, later = sorted((first, last, later))
    assert Span(first, last, 0, 0).months <= Span(first, later, 0, 0).months


@given(st.lists(st.tuples(months, months), max_size=6), st.tuples(months, months))
def test_one_more_job_adds_at_most_its_own_months(pairs: list[tuple[int, int]], pair: tuple[int, int]) -> None:
    parts = [Span(min(one), max(one), 0, 0) for one in pairs]
    more = Span(min(pair), max(pair), 0, 0)
    assert union(parts) <= union([*parts, more]) <= union(parts) + more.months


@given(months, months)
def test_both_months_of_a_span_count(first: int, last: int) -> None:
    first, last = sorted((first, last))
    words = f"{first // 12}.{first % 12 + 1:02d}-{last // 12}.{last % 12 + 1:02d}"
    (span,) = spans(words, TODAY)
    assert span.months == min(last, TODAY.year * 12 + TODAY.month - 1) - first + 1
