"""Fixtures: studios on copies of scenes, ended and checked for leftovers after each test; one browser for all."""
from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from page import StudioPage, new_context
from studio import ROOT, Studio, commit, copy

# The folder in which a failing test leaves screenshots of its tabs.
FAILURES = Path(__file__).with_name("Failures")
FAILED = pytest.StashKey[bool]()
# The exit codes of commands that a signal ended.
ENDED = 130

Start = Callable[..., Studio]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the tests that take minutes too, at their full length")
    parser.addoption("--hour", action="store_true", help="drag for an hour in the test of memory")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "long: takes minutes; run with --long")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--long"):
        for item in items:
            if "long" in item.keywords:
                item.add_marker(pytest.mark.skip(reason="takes minutes; --long runs it"))


@pytest.fixture(scope="session")
def is_long(pytestconfig: pytest.Config) -> bool:
    """Return whether tests run at full length."""
    return bool(pytestconfig.getoption("--long"))


@pytest.fixture(scope="session")
def posemap() -> str:
    """The command."""
    return os.environ["POSEMAP"]


@pytest.fixture
def start(posemap: str, tmp_path: Path) -> Iterator[Start]:
    """Start studios on a copy of an example's folder, on a folder's own files, or on nothing.

    Afterward, none of their processes runs, no leftovers exist, and their terminal output contains no crash.
    """
    studios: list[Studio] = []

    def start(example: str | dict[str, str] = "window", scene: str = "scene.json", *options: str, opens: bool = False) -> Studio:
        studio = Studio(posemap, tmp_path / f"studio-{len(studios)}", scene)
        folder = studio.scene.parent
        if isinstance(example, str):
            copy(ROOT / "Examples" / example, folder)
        else:
            for name, text in example.items():
                (folder / name).write_text(text)
            if example:
                commit(folder)
        studios.append(studio)
        studio.start(*options, opens=opens)
        return studio

    yield start
    try:
        for studio in studios:
            end(studio)
    finally:
        for studio in studios:
            studio.kill()


def end(studio: Studio) -> None:
    """End a studio if it still runs, and check for leftovers."""
    if studio.is_running:
        session = studio.process.pid
        code = studio.stop()
        assert code == ENDED, f"exit code {code}:\n{studio.log.read_text()}"
        assert studio.processes(session) == []
    log = studio.log.read_text()
    assert "Fatal error" not in log and "crashed" not in log, log
    strays = [file for file in studio.files() if file.startswith("tmp/") or "/." in file.replace("/.git", "") or file.endswith("~")]
    assert strays == [], "files that nobody wants"


# The browser

OpenPage = Callable[..., StudioPage]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Open a browser context without state from other tests."""
    context = new_context(browser)
    yield context
    context.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let fixtures know whether their test failed."""
    report = yield
    if call.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture
def open_page(start: Start, context: BrowserContext, request: pytest.FixtureRequest) -> Iterator[OpenPage]:
    """Open tabs on studios; none may have an unexpected fault at the end."""
    pages: list[StudioPage] = []

    def open_page(studio: Studio, query: str = "", waits: bool = True, script: str = "") -> StudioPage:
        page = StudioPage(context, studio)
        if script:
            page.page.add_init_script(script)
        pages.append(page)
        page.open(query, waits=waits)
        return page

    yield open_page
    if request.node.stash.get(FAILED, False):
        FAILURES.mkdir(exist_ok=True)
        for number, page in enumerate(pages):
            with contextlib.suppress(PlaywrightError):
                page.page.screenshot(path=FAILURES / f"{request.node.name}-{number}.png")
    complaints = [complaint for page in pages for complaint in page.complaints]
    refusals = [refusal for page in pages for refusal in page.refusals]
    for page in pages:
        # Tabs close before their servers, so that no test ends in a page that retries forever.
        page.page.close(run_before_unload=False)
    assert complaints == [], "the browser's console"
    assert refusals == [], "the server refused what the page sent"
