"""Chains and people in the settings file: what is wrong with one is a sentence when the program starts."""

import pytest

from workbench.chains import ONE_APPROVAL, staffed
from workbench.errors import ConfigError
from workbench.settings import load

PEOPLE = """
[[people]]
id = "li"
name = "李雷"
roles = ["boss"]
"""


def settings(tmp_path, text):
    path = tmp_path / "workbench.toml"
    path.write_text(text, "utf-8")
    return load(path)


def step(line):
    return f"{PEOPLE}\n[[approvals.support.steps]]\nname = {{ zh = '审批', en = 'Approval' }}\n{line}\n"


def test_a_chain_is_read_from_the_file(tmp_path):
    chain = settings(tmp_path, step("roles = ['boss']\nquorum = 'all'")).approvals["support"]
    assert (chain.steps[0].name.en, chain.steps[0].quorum) == ("Approval", "all")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (step(""), "names nobody"),
        (step("roles = ['king']"), "role king, which nobody has"),
        (step("people = ['han']"), "names han, who is not among"),
        (step("kind = 'archive'\nroles = ['boss']"), "out of order"),
        (PEOPLE + PEOPLE, "has li twice"),
        ("people = []", "list of people is empty"),
        (f"{PEOPLE}\n[approvals.support]\nsteps = []", "approvals.support.steps"),
        (step("role = 'boss'"), "approvals.support.steps.0.role"),
    ],
)
def test_a_wrong_chain_is_one_sentence(tmp_path, text, words):
    with pytest.raises(ConfigError) as caught:
        settings(tmp_path, text)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_company_whose_people_have_no_roles_still_has_somebody_to_ask(tmp_path):
    own = settings(tmp_path, "[[people]]\nid='a'\nname='甲'\n[[people]]\nid='b'\nname='乙'\n")
    steps = staffed(ONE_APPROVAL, own.people).steps
    assert all(one.deciders(own.people) == ("a", "b") for one in steps if one.kind != "draft")
