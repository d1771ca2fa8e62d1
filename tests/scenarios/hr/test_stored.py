"""The talent pool on the command line: filters are decided by code over the resumes of earlier matches."""

import json
from pathlib import Path
from typing import Any

from tests.scenarios.hr.test_match import LI, WEI


def test_a_sentence_finds_people_among_stored_resumes(call: Any, tmp_path: Path) -> None:
    for name, text in (("wei.txt", WEI), ("li.txt", LI)):
        (tmp_path / name).write_text(text, "utf-8")
    request = tmp_path / "request.json"
    files = [str(tmp_path / "wei.txt"), str(tmp_path / "li.txt")]
    request.write_text(json.dumps({"job": "会计", "resumes": files}), "utf-8")
    assert call("hr", "pool", "Java")[0] == 2
    assert call("run", "hr", "match", "--request", request)[0] == 0
    status, found = call("hr", "pool", "Java，5年以上，上海")
    assert status == 0
    first, second = found["deliverable"]["candidates"]
    assert first["file"].endswith("wei.txt")
    assert [one["verdict"] for one in first["verdicts"]] == ["met", "met"]
    assert "met" not in [one["verdict"] for one in second["verdicts"]]
