"""What surrounds the pages, in a real browser: nothing leaves the machine, the theme, Chinese words in widgets."""

import re

import pytest
from playwright.sync_api import ConsoleMessage, Page, Request, expect

pytestmark = pytest.mark.browser

PAGES = ("", "support", "knowledge", "history", "settings")
LIGHT, DARK = "rgb(252, 252, 251)", "rgb(22, 24, 28)"  # backgroundColor in .streamlit/config.toml


def test_no_page_asks_another_host_or_logs_an_error(page: Page, workbench: str) -> None:
    asked: list[str] = []
    said: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith((workbench, workbench.replace("http", "ws"), "data:", "blob:")):
            asked.append(request.url)

    def hear(message: ConsoleMessage) -> None:
        # Opened at a page's own address, Streamlit looks for its server below that address first.
        if message.type == "error" and "/_stcore/" not in message.location["url"]:
            said.append(message.text)

    page.on("request", note)
    page.on("console", hear)
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in PAGES:
        page.goto(f"{workbench}/{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_timeout(700)
    assert asked == []
    assert said == []


def test_the_theme_changes_at_once_and_stays_after_a_reload(page: Page) -> None:
    shown = page.get_by_test_id("stApp")
    expect(shown).to_have_css("background-color", LIGHT)
    page.get_by_role("button", name="深色").click()
    expect(shown).to_have_css("background-color", DARK)
    page.reload()
    expect(shown).to_have_css("background-color", DARK)
    page.get_by_role("button", name="浅色").click()
    expect(shown).to_have_css("background-color", LIGHT)


def test_widgets_speak_chinese_on_chinese_pages(page: Page, workbench: str) -> None:
    page.goto(f"{workbench}/support")
    message = page.get_by_label("客户的消息")
    message.fill("能退吗？")
    expect(page.get_by_test_id("InputInstructions")).not_to_contain_text(re.compile("[A-Za-z]{5}"))
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")


def test_what_was_typed_stays_through_a_language_and_a_page_switch(page: Page, workbench: str) -> None:
    page.goto(f"{workbench}/support")
    page.get_by_label("客户的消息").fill("保修多久？")
    page.get_by_label("客户的消息").press("Tab")
    page.get_by_test_id("stSidebar").get_by_text("English").click()
    expect(page.get_by_label("The customer's message")).to_have_value("保修多久？")
    page.get_by_role("link", name="Knowledge", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Knowledge")
    page.get_by_role("link", name="Support", exact=True).first.click()
    expect(page.get_by_label("The customer's message")).to_have_value("保修多久？")
