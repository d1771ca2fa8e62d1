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
