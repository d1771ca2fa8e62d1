"""Critical path and dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.office.network import Activity, length, levelled, shortened, spans
from scenarios.office.schedule import overload, plan
from scenarios.office.workdays import Workdays
from workbench.errors import RequestError

HOUSE = [
    Activity("dig", 2),
    Activity("walls", 5, ("dig",)),
    Activity("pipes", 3, ("dig",)),
    Activity("roof", 2, ("walls", "pipes")),
]
CALENDAR = Workdays()


@st.composite
def networks(draw: st.DrawFn) -> list[Activity]:
    count = draw(st.integers(1, 20))
    made = []
    for number in range(count):
        after = draw(st.lists(st.integers(0, number - 1), unique=True, max_size=4)) if number else []
        days = draw(st.integers(0, 16)) / 2
        made.append(Activity(str(number), days, tuple(map(str, after))))
    return draw(st.permutations(made))


def longest(activities: list[Activity], id: str) -> float:
    """Independent of the product: the longest chain that ends with ``id``, by walking all of them."""
    activity = next(known for known in activities if known.id == id)
    return activity.days + max((longest(activities, before) for before in activity.after), default=0)


def test_slack_is_where_the_shorter_way_is() -> None:
    found = spans(HOUSE)
    assert [id for id, span in found.items() if span.critical] == ["dig", "walls", "roof"]
    assert found["pipes"].slack == 2


@given(networks())
def test_every_earliest_finish_is_the_longest_chain(activities: list[Activity]) -> None:
    found = spans(activities)
    end = max(span.early + span.days for span in found.values())
    for activity in activities:
        span = found[activity.id]
        assert span.early + span.days == longest(activities, activity.id)
        assert span.slack >= 0
    assert any(span.critical and span.early + span.days == end for span in found.values())


@given(networks())
def test_a_critical_task_that_takes_longer_moves_the_end(activities: list[Activity]) -> None:
    found = spans(activities)
    end = max(span.early + span.days for span in found.values())
    for activity in activities:
        grown = [Activity(a.id, a.days + 1, a.after) if a is activity else a for a in activities]
        later = max(span.early + span.days for span in spans(grown).values())
        assert later == end + max(1 - found[activity.id].slack, 0)


def test_a_circle_is_named() -> None:
    with pytest.raises(RequestError) as refused:
        spans([Activity("a", 1, ("b",)), Activity("b", 1, ("a",))])
    assert "→" in refused.value.text("zh")


def test_an_unknown_predecessor_and_a_repeated_id_are_named() -> None:
    with pytest.raises(RequestError, match="ghost"):
        spans([Activity("a", 1, ("ghost",))])
    with pytest.raises(RequestError, match="a"):
        spans([Activity("a", 1), Activity("a", 2)])


def test_forward_over_a_holiday() -> None:
    made = plan(HOUSE, CALENDAR, start=date(2026, 9, 29))
    assert (made.tasks["dig"].start, made.tasks["dig"].finish) == (date(2026, 9, 29), date(2026, 9, 30))
    assert made.tasks["walls"].start == date(2026, 10, 8), "after National Day"
    assert made.days == 9 and made.critical == ["dig", "walls", "roof"]


def test_backward_from_a_deadline_ends_on_it() -> None:
    made = plan(HOUSE, CALENDAR, deadline=date(2026, 9, 18), today=date(2026, 8, 1))
    assert made.finish == date(2026, 9, 18) and made.short == 0
    assert CALENDAR.between(made.start, made.finish) == made.days


def test_a_deadline_that_cannot_be_met_says_how_many_days_are_missing() -> None:
    made = plan(HOUSE, CALENDAR, start=date(2026, 11, 2), deadline=date(2026, 11, 6))
    assert (made.days, made.available, made.short) == (9, 5, 4)


@given(networks())
def test_no_task_starts_before_those_it_needs_are_done(activities: list[Activity]) -> None:
    made = plan(activities, CALENDAR, start=date(2026, 3, 2))
    for activity in activities:
        task = made.tasks[activity.id]
        assert task.start <= task.finish
        assert CALENDAR.works(task.start) and CALENDAR.works(task.finish)
        for before in activity.after:
            other = made.tasks[before]
            assert task.start >= other.start and task.finish >= other.finish


def test_one_role_with_two_tasks_on_a_day_is_overloaded() -> None:
    made = plan(HOUSE, CALENDAR, start=date(2026, 11, 2))
    people = {"dig": "A", "walls": "B", "pipes": "B", "roof": "A"}
    assert [(role, ids) for role, _, ids in overload(made, people, CALENDAR)] == [("B", ["walls", "pipes"])]


def test_a_wait_moves_what_follows_and_is_no_work() -> None:
    made = spans([Activity("notice", 1), Activity("sign", 1, ("notice",), wait=5)])
    assert made["sign"].early == 6 and made["notice"].slack == 0


@given(networks(), st.lists(st.sampled_from("ABC"), min_size=20, max_size=20))
def test_levelled_nobody_does_two_things_at_once(activities: list[Activity], names: list[str]) -> None:
    people = {activity.id: names[int(activity.id)] for activity in activities}
    found = spans(levelled(activities, people))
    for one in activities:
        for other in activities:
            if one.id < other.id and people[one.id] == people[other.id] and one.days and other.days:
                a, b = found[one.id], found[other.id]
                assert a.early + a.days <= b.early or b.early + b.days <= a.early
    assert length(levelled(activities, people)) >= length(activities)


@given(networks(), st.integers(0, 40))
def test_what_is_to_be_cut_does_meet_the_deadline(activities: list[Activity], missing: int) -> None:
    available = length(activities) - missing / 2
    cuts = shortened(activities, available)
    if cuts is not None:
        known = {activity.id: activity for activity in activities}
        assert all(days <= known[id].days / 2 for id, days in cuts.items())
        cut = [Activity(a.id, a.days - cuts.get(a.id, 0), a.after) for a in activities]
        assert length(cut) <= available


def test_what_cannot_be_scheduled_within_twenty_years_is_refused() -> None:
    with pytest.raises(RequestError):
        plan([Activity("a", 10_000)], CALENDAR, start=date(2026, 3, 2))
