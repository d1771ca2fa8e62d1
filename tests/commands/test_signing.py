"""From an approved draft to a signing service: packed, handed over by HTTP, and in the calendar."""

import base64
import hashlib
import json
import re
import shlex
import sys
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from docx import Document
from pypdf import PdfReader

from tests.fakes.deals import services_deal
from workbench.texts import ROOT

DAY = date.today() + timedelta(days=5)
DEAL = services_deal(DAY)


class Service(BaseHTTPRequestHandler):
    """A signing service: takes an envelope, answers with its id; refuses everybody when ``closed``."""

    taken: ClassVar[list[dict[str, Any]]] = []
    closed: ClassVar[bool] = False

    def do_POST(self) -> None:
        self.taken.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(503 if self.closed else 200)
        self.end_headers()
        self.wfile.write(json.dumps({"id": "envelope-42", "url": "https://sign.example.com/42"}).encode())

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def service() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Service)
    Service.taken, Service.closed = [], False
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/envelopes"
    server.shutdown()
    server.server_close()


@pytest.fixture
def hook(service: str, tmp_path: Path) -> str:
    """The adapter that docs/signing.md shows, as a command."""
    code = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "signing.md").read_text("utf-8"), re.DOTALL)[-1]
    (tmp_path / "adapter.py").write_text(code, "utf-8")
    return shlex.join([sys.executable, str(tmp_path / "adapter.py"), service])


@pytest.fixture
def run_id(call: Any, tmp_path: Path) -> str:
    request = tmp_path / "request.json"
    request.write_text(json.dumps(DEAL, ensure_ascii=False), "utf-8")
    found: str = call("run", "contracts", "draft", "--request", request)[1]["run_id"]
    return found


def approve(call: Any, run_id: str, *, archived: bool = True) -> None:
    """Everybody whose turn it is approves; then it is archived."""
    asked = call("approvals", "submit", run_id, "--as", "chen")[1]
    for _ in range(9):
        if asked["waiting_for"] and (archived or asked["status"] == "pending"):
            act = "approve" if asked["status"] == "pending" else "archive"
            status, asked = call("approvals", "decide", run_id, act, "--as", asked["waiting_for"][0])
            assert status == 0, asked


def test_an_approved_contract_is_packed_and_handed_to_the_service(
    call: Any, run_id: str, hook: str, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    assert call("contracts", "sign", run_id, "--out", folder, "--hook", hook)[0] == 2  # nobody approved it
    assert not Service.taken
    approve(call, run_id)
    status, signed = call("contracts", "sign", run_id, "--out", folder, "--hook", hook)
    assert (status, signed["service"]["id"]) == (0, "envelope-42")
    [envelope] = Service.taken
    sent = base64.b64decode(envelope["file"])
    assert sent == (folder / "contract.pdf").read_bytes()
    assert hashlib.sha256(sent).hexdigest() == envelope["package"]["pdf_sha256"] == signed["pdf_sha256"]
    assert hashlib.sha256((folder / "contract.docx").read_bytes()).hexdigest() == signed["file_sha256"]
    assert call("runs", "show", run_id)[1]["versions"][-1]["sha256"] == envelope["package"]["content_sha256"]
    anchors = [one["anchor"] for one in envelope["package"]["signers"]]
    on_page = signature_page(folder / "contract.pdf")
    assert len(anchors) == 2 and all(squeezed(anchor) in on_page for anchor in anchors)


def squeezed(words: str) -> str:
    return re.sub(r"\s", "", words)


def signature_page(file: Path) -> str:
    """The words of the page that holds the signatures; it holds no clause."""
    [page] = [squeezed(one.extract_text()) for one in PdfReader(file).pages if "签署页" in one.extract_text()]
    assert "第一条" not in page
    return page


def test_the_signature_page_is_a_page_of_its_own_in_word_too(call: Any, run_id: str, tmp_path: Path) -> None:
    call("export", run_id, "--format", "docx", "--out", tmp_path / "draft.docx")
    paragraphs = Document(str(tmp_path / "draft.docx")).paragraphs
    broken = [one.text for one in paragraphs if one.paragraph_format.page_break_before]
    assert len(broken) == 1 and "签署页" in broken[0]


def test_changed_words_are_not_signed_on_an_old_approval(call: Any, run_id: str, hook: str, tmp_path: Path) -> None:
    from commands.session import services

    approve(call, run_id, archived=False)
    desk = services().desk
    desk.revise(run_id, services().runs.versions(run_id)[-1].text.replace("机房巡检", "机房维护"), desk.actor("chen"))
    assert call("contracts", "sign", run_id, "--out", tmp_path / "out", "--hook", hook)[0] == 2
    assert not Service.taken


@pytest.mark.parametrize("closed", [True, False])
def test_a_service_that_refuses_is_an_error_and_the_package_stays(
    call: Any, run_id: str, hook: str, tmp_path: Path, closed: bool
) -> None:
    approve(call, run_id)
    Service.closed = closed
    wrong = hook if closed else f"{sys.executable} -c 1"
    assert call("contracts", "sign", run_id, "--out", tmp_path / "out", "--hook", wrong)[0] == 2
    assert {one.name for one in (tmp_path / "out").iterdir()} == {"contract.docx", "contract.pdf", "signing.json"}


def test_an_archived_contract_is_in_the_calendar_with_its_reminders(call: Any, run_id: str, tmp_path: Path) -> None:
    approve(call, run_id)
    status, found = call("contracts", "dates", "--within", 400, "--ics", tmp_path / "dates.ics")
    payment = next(one for one in found["dates"] if one["date"]["kind"] == "payment")
    assert status == 0 and payment["date"]["day"] == DAY.isoformat() and payment["due"]
    events = (tmp_path / "dates.ics").read_bytes().decode().split("BEGIN:VEVENT")[1:]
    assert len(events) == len(found["dates"]) == len({re.search("UID:(.*)", one)[1] for one in events})  # type: ignore[index]
    assert any("BEGIN:VALARM" in one and f"{DAY:%Y%m%d}" in one for one in events)
