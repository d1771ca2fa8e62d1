"""Working days in China."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scenarios.office.workdays import Workdays, days_of

DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))


def test_national_day_2026_is_off_and_its_make_up_days_are_worked() -> None:
    assert not any(Workdays().works(date(2026, 10, day)) for day in range(1, 8))
    assert Workdays().works(date(2026, 10, 10)), "a Saturday that is worked for the holiday"


def test_a_companys_own_days_win() -> None:
    own = Workdays(off={date(2026, 11, 25)}, on={date(2026, 11, 28)})
    assert not own.works(date(2026, 11, 25)) and own.works(date(2026, 11, 28))


def test_a_year_that_is_not_published_has_weekends_and_says_so() -> None:
    assert Workdays.unpublished(date(2099, 1, 1)) and not Workdays.unpublished(date(2026, 1, 1))
    assert Workdays().works(date(2099, 10, 1)) and not Workdays().works(date(2099, 10, 3))


@given(DAYS, st.integers(0, 60))
def test_moving_and_counting_agree(day: date, days: int) -> None:
    first = Workdays().on_or_after(day)
    last = Workdays().move(first, days)
    assert Workdays().between(first, last) == days + 1
    assert Workdays().move(last, -days) == first


@given(DAYS)
def test_the_nearest_working_days_are_working_days_around_it(day: date) -> None:
    before, after = Workdays().on_or_before(day), Workdays().on_or_after(day)
    assert before <= day <= after and Workdays().works(before) and Workdays().works(after)
    assert (before == after == day) == Workdays().works(day)
    assert after - day <= timedelta(days=12)


def test_a_stretch_is_all_its_days() -> None:
    assert days_of(["2026-08-03 ~ 2026-08-05", "2026-09-01"]) == [
        date(2026, 8, 3), date(2026, 8, 4), date(2026, 8, 5), "2026-09-01",
    ]  # fmt: skip
    assert days_of("2026-08-03") == "2026-08-03" and days_of(["2026-02-30至2026-03-02"]) == ["2026-02-30至2026-03-02"]
