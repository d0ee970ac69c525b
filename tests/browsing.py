"""A real Chromium and an accessibility engine, which tests of pages share."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from needing import need, program

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
AXE = Path(__file__).parent / "clients" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_FIND = """async rules => {
    const found = await axe.run({runOnly: rules, resultTypes: ["violations"], selectors: false});
    return found.violations.map(one => `${one.id} ${one.nodes[0].html.slice(0, 200)}`);
}"""
"""To name each element that is in order takes longer than to look at it, and would not be read."""


def chromium() -> Iterator[Browser]:
    """The browser, for a fixture; it ends with the fixture."""
    path = program("chromium", "apt-get install chromium")
    need(find_spec("playwright"), "playwright", "pip install 'cfm-kg[dev]'")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield found
        found.close()


def follow(link: Locator) -> None:
    """Click what leads to another page, and wait until that is there: a click alone waits for nothing."""
    with link.page.expect_navigation():
        link.click()


def need_axe() -> None:
    """Fail or skip the test unless the engine is installed."""
    need(AXE.exists(), "axe-core", "npm ci --prefix tests/clients")


def violations(page: Page, rules: list[str]) -> list[str]:
    """What the engine, which the page has loaded, finds: each rule, and the first element that breaks it."""
    found: list[str] = page.evaluate(_FIND, rules)
    return found
