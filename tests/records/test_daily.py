"""Once a day: by one process, again when it broke off."""

from datetime import date
from multiprocessing import get_context

import pytest

from records.daily import Daily


def test_it_is_done_once_a_day(tmp_path):
    daily = Daily(tmp_path / "purged.day")
    assert daily.due
    assert daily.run(lambda interrupted: f"done, {interrupted}") == "done, False"
    assert not daily.due
    assert daily.run(lambda interrupted: "again") is None


def test_another_day_it_is_due_again(tmp_path):
    (tmp_path / "purged.day").write_text(date(2026, 1, 1).isoformat())
    assert Daily(tmp_path / "purged.day").run(lambda interrupted: interrupted) is False


def test_what_broke_off_is_due_again_and_told_so(tmp_path):
    daily = Daily(tmp_path / "purged.day")
    with pytest.raises(RuntimeError):
        daily.run(lambda interrupted: (_ for _ in ()).throw(RuntimeError()))
    assert daily.due
    assert daily.run(lambda interrupted: interrupted) is True


def _hold(path, held, release):
    Daily(path).run(lambda interrupted: (held.set(), release.wait(20)))


def test_two_processes_do_not_do_it_at_once(tmp_path):
    context = get_context("spawn")
    held, release = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(tmp_path / "purged.day", held, release))
    other.start()
    assert held.wait(30)
    assert Daily(tmp_path / "purged.day").run(lambda interrupted: "mine") is None
    release.set()
    other.join(30)
    assert not Daily(tmp_path / "purged.day").due
