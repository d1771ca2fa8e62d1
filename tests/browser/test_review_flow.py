"""A contract's findings in a real browser: found in the text, decided, and put into a new version."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_findings_and_text_find_each_other_and_become_a_new_version(page: Page, workbench: str) -> None:
    page.goto(f"{workbench}/contracts")
    page.get_by_role("button", name="载入示例").click()
    page.get_by_role("button", name="移除").wait_for()  # the example's file is in the form
    page.get_by_role("button", name="审查", exact=True).last.click()
    mark = page.locator(".sheet mark", has_text="2026年2月30日")
    mark.click()
    card = page.locator(".card.on")
    expect(card).to_contain_text("2026年2月28日")
    card.get_by_role("button", name="采纳", exact=True).click()
    expect(page.locator(".card.done")).to_have_count(1)
    page.get_by_role("button", name="写入文本（1 处）").click()
    expect(page.locator(".sheet")).to_contain_text("2026年2月28日前")
    expect(page.get_by_role("tab", name="版本 2")).to_be_visible()
