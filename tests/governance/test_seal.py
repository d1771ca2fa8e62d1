import stat

import pytest

from governance.seal import Seals
from workbench.errors import StoreError

FIELDS = {"Label": "1", "ContentProducer": "Acme", "ProduceID": "r-1", "ReservedCode1": "", "PropagateID": ""}


@pytest.fixture
def seals(tmp_path):
    return Seals(tmp_path / "data" / "labels.key")


def sealed(seals, **changes):
    return FIELDS | {"ReservedCode1": seals.seal(FIELDS, "abc", True)} | changes


def test_a_seal_tells_content_origin_and_status(seals):
    state = seals.check(sealed(seals), "abc")
    assert (state.intact, state.signed, state.final) == (True, True, True)
    assert seals.check(sealed(seals), "xyz").intact is False


@pytest.mark.parametrize("changed", [{"Label": "2"}, {"ContentProducer": "B"}, {"ProduceID": "r-2"}])
def test_a_changed_label_breaks_the_signature(seals, changed):
    assert seals.check(sealed(seals, **changed), "abc").signed is False


def test_a_platform_may_enter_itself_as_propagator(seals):
    assert seals.check(sealed(seals, PropagateID="p-1", ContentPropagator="B"), "abc").signed


def test_a_draft_cannot_be_passed_off_as_final(seals):
    fields = FIELDS | {"ReservedCode1": seals.seal(FIELDS, "abc", False).replace("draft", "final")}
    assert seals.check(fields, "abc").signed is False


def test_another_workspace_has_another_key(seals, tmp_path):
    assert Seals(tmp_path / "other.key").check(sealed(seals), "abc").signed is False


@pytest.mark.parametrize("foreign", ["", "x", "a.b.c.d", "wb1.draft.x", "wb1.é.ü.ö", "wb9.final.abc.def"])
def test_what_is_no_seal_of_ours_says_nothing_or_no(seals, foreign):
    assert not seals.check(FIELDS | {"ReservedCode1": foreign}, "abc").signed


def test_the_key_is_made_once_for_its_owner_alone(seals, tmp_path):
    sealed(seals)
    path = tmp_path / "data" / "labels.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["labels.key"]
    assert Seals(path).check(sealed(seals), "abc").signed


def test_a_damaged_key_is_one_sentence(tmp_path):
    (tmp_path / "labels.key").write_text("not hex")
    with pytest.raises(StoreError, match="key of the labels"):
        Seals(tmp_path / "labels.key").seal(FIELDS, "abc", True)
