"""The main job in a real browser: from a file on disk to a cited reply that leaves as Word."""

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

POLICY = """# 星河电器售后政策（测试用）

## 退货
自签收之日起 7 天内，商品完好可申请无理由退货，退货运费由客户承担。
退款在收到退货并验收后 3 个工作日内原路退回。

## 保修
暖壶 K2 整机保修 24 个月，发热盘保修 36 个月。

## 说明
<img src=x onerror="document.title='hacked'"> 标签只是文字。
"""


def _go(page: Page, name: str) -> None:
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def _text(page: Page) -> Locator:
    return page.get_by_test_id("stMain").locator(".root").first


def _make_base(page: Page, name: str) -> None:
    _go(page, "知识库")
    page.get_by_text("新建知识库").click()
    page.get_by_placeholder("例如：售后政策").fill(name)
    page.get_by_placeholder("例如：售后政策").press("Tab")
    page.get_by_role("button", name="新建", exact=True).click()
    expect(page.get_by_text("还没有文档")).to_be_visible()  # else the upload goes to the base shown before


def _upload(page: Page, path: Path) -> None:
    uploader = page.get_by_role("region", name="上传文件或压缩包")  # the one of an import stands on the page too
    uploader.locator("input[type=file]").set_input_files(str(path))
    expect(page.get_by_text(f"{path.name}：已收入")).to_be_visible(timeout=90_000)


def _ask(page: Page, message: str) -> None:
    _go(page, "客服")
    page.get_by_label("客户的消息").fill(message)
    page.get_by_label("客户的消息").press("Tab")
    page.get_by_role("button", name="生成", exact=True).click()
    expect(page.get_by_role("tab", name="草稿")).to_be_visible(timeout=60_000)


def test_from_a_file_to_a_cited_reply(page: Page, tmp_path: Path) -> None:
    policy = tmp_path / "policy.md"
    policy.write_text(POLICY, "utf-8")
    _make_base(page, "售后政策")
    _upload(page, policy)

    _ask(page, "暖壶 K2 保修多久？")
    text = _text(page)
    expect(text).to_contain_text("24 个月")
    text.get_by_role("button").first.click()
    expect(page.get_by_role("note")).to_contain_text("星河电器售后政策")
    expect(page.get_by_role("note").locator("mark")).to_contain_text("24 个月")

    page.get_by_role("button", name="编辑").click()
    page.get_by_role("textbox", name="修改后保存为新版本").fill("您好，K2 整机保修 99 个月。")
    page.get_by_role("textbox", name="修改后保存为新版本").press("Tab")
    page.get_by_role("button", name="保存为新版本", exact=True).click()
    expect(page.get_by_text("没有通过检查").first).to_be_visible()  # the export says so too
    expect(page.get_by_role("tab", name="版本 2")).to_be_visible()

    address = page.url
    assert "run=" in address
    page.goto(address)
    expect(_text(page)).to_contain_text("99 个月")

    page.get_by_role("tab", name="导出").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="下载 Word").last.click()
    words = "\n".join(line.text for line in Document(BytesIO(Path(download.value.path()).read_bytes())).paragraphs)
    assert "99 个月" in words
    assert "AI 生成" in words


def test_a_word_file_with_a_table_answers_too(page: Page, tmp_path: Path) -> None:
    document = Document()
    document.add_heading("星河电器门店服务（测试用）", 1)
    document.add_paragraph("门店维修须提前一天预约，维修期间提供备用机。")
    for row in (("服务", "费用"), ("上门安装", "80 元"), ("旧机回收", "免费")):
        table = document.tables[0] if document.tables else document.add_table(0, 2)
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    document.save(str(tmp_path / "stores.docx"))
    _make_base(page, "门店服务")
    _upload(page, tmp_path / "stores.docx")

    _ask(page, "上门安装的费用是多少？")
    text = _text(page)
    expect(text).to_contain_text("80 元")
    text.get_by_role("button").first.click()
    expect(page.get_by_role("note")).to_contain_text("星河电器门店服务")


def test_without_evidence_the_reply_declines_and_names_a_team(page: Page) -> None:
    _ask(page, "你们公司的股票代码是多少？")
    expect(_text(page)).to_contain_text("已转给")
    expect(page.get_by_text("处理方式：转交")).to_be_visible()


def test_markup_in_a_document_stays_text(page: Page) -> None:
    _ask(page, "标签只是文字吗？")
    page.get_by_role("tab", name="依据").click()
    page.get_by_test_id("stExpander").filter(has_text="1.").first.click()
    expect(page).not_to_have_title("hacked")


def test_the_language_can_be_switched_and_stays(page: Page) -> None:
    page.get_by_test_id("stSidebar").get_by_text("English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
