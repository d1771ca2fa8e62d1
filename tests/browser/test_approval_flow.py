"""A deliverable in a real browser: edited, kept while typed, approved by somebody else, exported as final."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

WORDS = "您好，我们已经转给售后服务组，请稍候。"


def _text(page: Page):  # type: ignore[no-untyped-def]
    return page.get_by_role("textbox", name="修改后保存为新版本")


def _act_as(page: Page, name: str) -> None:
    page.get_by_role("combobox", name="当前人员").click()
    page.get_by_role("option", name=name).click()
    _acts(page, name)


def _acts(page: Page, name: str) -> None:
    expect(page.get_by_role("combobox", name="当前人员")).to_have_value(re.compile(name))


def test_from_an_edit_to_a_final_export(page: Page, workbench: str) -> None:
    page.goto(f"{workbench}/support")
    page.get_by_label("客户的消息").fill("我的退款到哪里了？")
    page.get_by_label("客户的消息").press("Tab")
    page.get_by_role("button", name="生成", exact=True).click()
    page.get_by_role("button", name="编辑").click(timeout=60_000)

    _text(page).fill("")
    _text(page).press_sequentially(WORDS)  # never left: only the pause saves it
    expect(page.get_by_text("已自动保存")).to_be_visible()
    page.reload()
    expect(_text(page)).to_have_value(WORDS)
    page.get_by_role("button", name="保存为新版本", exact=True).click()
    expect(page.get_by_role("tab", name="版本 2")).to_be_visible()

    page.get_by_role("button", name="提交审批").click()
    expect(page.get_by_text("审批中")).to_be_visible()
    address = page.url
    _act_as(page, "何建国")
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="待办").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("待办")
    expect(page.get_by_text(WORDS)).to_be_visible()
    page.get_by_role("button", name="同意", exact=True).click()
    expect(page.get_by_role("button", name="同意", exact=True)).to_be_hidden()

    page.goto(address)
    _acts(page, "何建国")  # a cookie knows
    expect(page.get_by_text("已通过", exact=True)).to_be_visible()
    page.get_by_role("tab", name="导出").click()
    page.get_by_text("作为定稿导出").click()
    page.wait_for_timeout(1500)  # the button below is drawn anew for the final file
    final = page.get_by_role("tabpanel", name="导出").get_by_role("button", name="下载 Word")
    with page.expect_download() as download:
        final.click()
    assert not re.search("草稿", download.value.suggested_filename)
    words = "\n".join(line.text for line in Document(BytesIO(Path(download.value.path()).read_bytes())).paragraphs)
    assert WORDS in words
