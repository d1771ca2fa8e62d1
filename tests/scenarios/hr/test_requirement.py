"""One requirement read into conditions."""

import pytest

from scenarios.hr import requirement as asked
from scenarios.hr.requirement import conditions, team_sizes


def test_one_of_several_tests_is_enough() -> None:
    (one,) = conditions("English CET-6, TEM-8 or IELTS 7")
    assert isinstance(one, asked.Either)
    assert [type(part) for part in one.parts] == [asked.Shown, asked.Shown, asked.Score]


def test_an_equivalent_of_a_test_is_the_language_at_its_level() -> None:
    (one,) = conditions("英语六级或同等水平")
    assert isinstance(one, asked.Either)
    spoken = one.parts[-1]
    assert isinstance(spoken, asked.Speaks)
    assert (spoken.language.name, spoken.level, spoken.instead) == ("English", 3.0, True)


@pytest.mark.parametrize(
    ("words", "resident", "or_moves"),
    [("常驻上海", True, False), ("工作地点：上海", False, False), ("能接受苏州上班", False, True)],
)
def test_living_somewhere_is_more_than_working_there(words: str, resident: bool, or_moves: bool) -> None:
    (one,) = conditions(words)
    assert isinstance(one, asked.Lives)
    assert (one.resident, one.or_moves) == (resident, or_moves)


def test_a_field_that_stands_at_the_degree_is_its_field() -> None:
    (one,) = conditions("护理学大专及以上学历")
    assert isinstance(one, asked.DegreeLevel)
    assert one.majors == ("nursing major",)


def test_a_role_alone_is_asked_for_without_the_word_experience() -> None:
    (one,) = conditions("退伍军人优先")
    assert isinstance(one, asked.Shown)
    assert one.concepts[0].name == "veteran"


@pytest.mark.parametrize(
    ("words", "people"),
    [
        ("手下 6 人", 6), ("下辖 22 人", 22), ("组员 4 人", 4), ("带领6人小组", 6), ("Supervise three executives", 3),
        ("Led 18 pickers and packers", 18), ("a 12-person team", 12), ("7 direct reports", 7), ("team of 8", 8),
    ],
)  # fmt: skip
def test_people_led_are_counted(words: str, people: int) -> None:
    assert [size for size, *_ in team_sizes(words)] == [people]


@pytest.mark.parametrize("words", ["served 300 customers", "managed 40 suppliers", "负责 3 个月", "led 2 projects"])
def test_other_figures_are_no_team(words: str) -> None:
    assert not team_sizes(words)


@pytest.mark.parametrize(
    ("words", "people"),
    [
        ("管理白夜两班共46名分拣员", 46), ("手下6名调度员、18名司机", 24), ("带教成本、应收、应付、出纳4名同事", 4),
        ("Supervised one junior designer", 1),
    ],
)  # fmt: skip
def test_people_of_any_trade_are_counted_and_summed(words: str, people: int) -> None:
    assert [size for size, *_ in team_sizes(words)] == [people]


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("持有中级会计职称，CPA优先", "intermediate accountant title"),
        ("Salesforce, HubSpot is a plus", "Salesforce"),
    ],
)
def test_what_is_only_preferred_is_not_demanded_beside_something_else(words: str, left: str) -> None:
    (one,) = conditions(words)
    assert isinstance(one, asked.Shown)
    assert [concept.name for concept in one.concepts] == [left]


def test_what_stands_alone_counts_though_only_preferred() -> None:
    (one,) = conditions("PMP优先")
    assert isinstance(one, asked.Shown)


@pytest.mark.parametrize(("words", "tier"), [("985/211院校毕业优先", 1), ("985高校", 2), ("C9院校毕业", 3)])
def test_the_lowest_rank_of_a_university_that_will_do(words: str, tier: int) -> None:
    assert conditions(words) == [asked.School(tier)]


def test_a_day_to_begin_may_be_a_month() -> None:
    assert conditions("Available to start in January 2027") == [asked.Starts(month=2027 * 12)]


def test_examples_in_brackets_are_any_of_them() -> None:
    (one,) = conditions("Confident with electronic patient records (Epic, Cerner)")
    assert isinstance(one, asked.Shown)
    assert one.any_of


def test_years_within_years() -> None:
    whole, part = conditions("6+ years post-qualification experience, including at least 2 in-house")
    assert isinstance(whole, asked.Years)
    assert isinstance(part, asked.Years)
    assert (whole.least, part.least, part.groups[0][0].name) == (6, 2, "in-house counsel")


def test_fields_in_one_word_are_either_of_them_a_language_and_its_side_are_one() -> None:
    (stores,) = conditions("3年以上仓储物流经验")
    (java,) = conditions("3年以上Java后端开发经验")
    assert isinstance(stores, asked.Years)
    assert isinstance(java, asked.Years)
    assert (len(stores.groups), stores.any_group) == (2, True)
    assert [[concept.name for concept in group] for group in java.groups] == [["Java"]]


def test_what_no_concept_names_limits_the_years() -> None:
    (one,) = conditions("4+ years of B2B software sales experience")
    assert isinstance(one, asked.Years)
    assert one.subject == "B2B software"
