"""Cells that people changed, as the deliverable holds them."""

from datetime import date, datetime

import pytest
from pydantic import BaseModel, Field
from streamlit.testing.v1 import AppTest

from scenarios.office.models import NormTask
from scenarios.office.page import _stages, _steps
from ui.fields import Table


class Row(BaseModel):
    id: str
    days: float | None = Field(None, ge=0)
    due: date | None = None
    names: list[str] = []
    sure: bool = False
    hidden: str = "kept"


MADE = {
    "rows": [
        {"id": "a", "days": 1.5, "due": "2026-03-02", "names": ["x"], "sure": False, "hidden": "one"},
        {"id": "b", "days": None, "due": None, "names": [], "sure": True, "hidden": "two"},
    ],
    "title": "T",
}
COLUMNS = {name: name for name in ("id", "days", "due", "names", "sure")}
TABLE = Table.of("rows", "Rows", Row, COLUMNS, grows=True)


def test_cells_that_nobody_changed_change_nothing():
    shown = TABLE.shown(MADE)
    assert shown[0]["due"] == date(2026, 3, 2)
    assert TABLE.changed(MADE, shown) == {}


@pytest.mark.parametrize(
    ("cells", "held"),
    [
        ({"days": 2}, {"days": 2.0}),
        ({"days": float("nan")}, {"days": None}),
        ({"due": datetime(2026, 4, 1)}, {"due": "2026-04-01"}),
        ({"due": None}, {"due": None}),
        ({"names": ["x", "y"]}, {"names": ["x", "y"]}),
        ({"sure": True, "id": None}, {"sure": True, "id": ""}),
    ],
)
def test_a_changed_cell_changes_its_field_and_keeps_what_is_not_shown(cells, held):
    first, second = TABLE.shown(MADE)
    [one, other] = TABLE.changed(MADE, [first | cells, second])["rows"]
    assert one == MADE["rows"][0] | held
    assert other == MADE["rows"][1]


def test_rows_are_added_and_removed_by_their_own_identity():
    _, second = TABLE.shown(MADE)
    new = {"_at": None, "id": "c", "days": None, "due": None, "names": None, "sure": None}
    empty = dict.fromkeys(new)
    assert TABLE.changed(MADE, [second, new, empty]) == {"rows": [MADE["rows"][1], {"id": "c"}]}


def test_steps_that_lie_in_stages_come_back_to_their_stage():
    norm = {"stages": [{"id": "1", "tasks": [{"id": "a"}]}, {"id": "2", "tasks": [{"id": "b"}, {"id": "c"}]}]}
    assert _stages(norm, _steps(norm)) == {"stages": norm["stages"]}
    table = Table("Steps", NormTask, {"name": "name"}, _steps, _stages)
    changed = table.changed(norm, [row | {"name": "n"} if row["_at"] == 2 else row for row in table.shown(norm)])
    assert [task.get("name") for task in _steps(norm | changed)] == ["", "", "n"]


def test_the_page_draws_what_can_be_changed_and_saves_a_value_as_a_version(services, tmp_path, monkeypatch):
    from workbench.engine import Finished, Order

    order = Order(services.scenarios["office"], "norm", {"purpose": "采购申请到付款的流程"}, author="chen")
    last = list(services.engine.execute(order))[-1]
    assert isinstance(last, Finished)
    run_id = last.run.run_id

    def script(services, run_id):
        from scenarios.office.page import _changing
        from ui.fields import fields_tab
        from ui.person import acting

        run = services.runs.get(run_id)
        parts = _changing(run, "zh")
        fields_tab(services, run, services.runs.versions(run_id)[-1], acting(services), parts)

    page = AppTest.from_function(script, args=(services, run_id), default_timeout=30).run()
    assert not page.exception
    save = next(button for button in page.button if button.key.endswith("-save"))
    assert save.disabled
    page.text_input[0].set_value("新采购规范").run()
    next(button for button in page.button if button.key.endswith("-save")).click().run()
    assert not page.exception
    newest = services.runs.versions(run_id)[-1]
    assert (newest.number, newest.base, newest.deliverable["title"]) == (2, 1, "新采购规范")
    assert "新采购规范" in newest.text
