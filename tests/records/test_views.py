"""Who may see runs with people's data, and the record of who did."""

from datetime import UTC, datetime, timedelta

import pytest

from records.runs import RunRecords
from records.views import ViewRecords
from workbench.approvals import Actor
from workbench.chains import Person
from workbench.errors import AccessError
from workbench.run import Run
from workbench.scenario import Scenario
from workbench.views import View, Views

PEOPLE = (Person(id="li", name="李", roles=("hr",)), Person(id="wu", name="吴"), Person(id="me", name="我"))
RUN = Run(run_id="r1", scenario="hr", task="match", lang="zh", author="me", created_at=datetime.now(UTC))


def views(records: RunRecords, people: tuple[Person, ...] = PEOPLE, readers: tuple[str, ...] = ("hr",)) -> Views:
    scenario = Scenario(slug="hr", icon="x", tasks=(), readers=readers)
    return Views({"hr": scenario}, people, ViewRecords(records.database))


@pytest.fixture
def records(url):
    made = RunRecords(url)
    made.save(RUN)
    yield made
    made.close()


def test_only_readers_and_the_author_may_see_and_each_view_is_on_record(records):
    known = views(records)
    known.open(RUN, Actor(person="li", real="x"))
    known.open(RUN, Actor(person="me", real="x"))
    with pytest.raises(AccessError):
        known.open(RUN, Actor(person="wu", real="x"))
    assert [one.actor.person for one in known.store.of("r1")] == ["li", "me"]


def test_looking_on_is_one_view_and_coming_back_another(records):
    known = views(records)
    actor = Actor(person="li", real="x")
    for _ in range(3):
        known.open(RUN, actor)
    assert len(known.store.of("r1")) == 1
    earlier = views(records)
    earlier.store.add(View(run_id="r1", actor=Actor(person="me", real="x"), at=datetime.now(UTC) - timedelta(hours=2)))
    earlier.open(RUN, Actor(person="me", real="x"))
    assert [one.actor.person for one in earlier.store.of("r1")] == ["li", "me", "me"]


def test_the_rule_waits_until_somebody_has_the_role_and_views_are_recorded_before(records):
    known = views(records, PEOPLE[1:])
    known.open(RUN, Actor(person="wu", real="x"))
    assert len(known.store.of("r1")) == 1


def test_a_scenario_without_readers_records_nothing(records):
    known = views(records, readers=())
    known.open(RUN, Actor(person="wu", real="x"))
    assert known.store.of("r1") == []


def test_who_is_asked_to_decide_may_read_and_a_nameless_caller_may_not(records):
    known = views(records)
    known.open(RUN, Actor(person="wu", real="x"), asked=True)
    assert [one.actor.person for one in known.store.of("r1")] == ["wu"]
    with pytest.raises(AccessError):
        known.open(RUN, Actor(person="", real="x"))
    assert not known.allows("hr", "", "")
