"""The chat page in a real browser: Debian's Chromium, on a sandbox served in the same loop.

Where there is Chromium without its windows (``chromium-headless-shell``) it is taken: it needs less
than half of the time. Without either, or without Playwright, the tests are skipped; in CI (``CI``
is set) that is an error.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

from bot.sandbox import NO_LIMITS, Cast, Sandbox, populate, serve
from bot.sandbox.methods import call

if TYPE_CHECKING:
    from playwright.async_api import Browser, Locator, Page

Opener = Callable[..., Awaitable["Window"]]

MILLISECONDS = 15_000
"""How long anything may take to appear; other things run on these machines too."""


@dataclass(frozen=True, slots=True)
class Window:
    """A browser's window on the page, and both ends of what it talks to."""

    page: Page
    url: str
    sandbox: Sandbox
    cast: Cast
    problems: list[str]

    async def bot(self, method: str, **parameters: object) -> Any:
        """Have the bot call a method of the Bot API."""
        return await call(self.sandbox, method, parameters)

    async def goes_to(self, *path: int, query: str = "") -> None:
        """Go to a person's chat and topic; their names appear."""
        await self.page.goto(f"{self.url}/#{'/'.join(map(str, path))}{query}")
        await self.page.locator("#people input:checked").wait_for(state="attached")

    async def writes(self, text: str) -> None:
        """Type a message and press Enter."""
        await self.field.fill(text)
        await self.field.press("Enter")

    async def message_from_bot(self, text: str, **parameters: object) -> Locator:
        """Have the bot write to the owner; what is shown of it."""
        await self.meet(self.cast.owner.id)
        sent = await self.bot("sendMessage", chat_id=self.cast.owner.id, text=text, **parameters)
        return self.message(sent["message_id"])

    async def meet(self, user_id: int) -> None:
        """Have somebody begin to talk to the bot."""
        from bot.sandbox.people import say

        if user_id not in self.sandbox.chats:
            say(self.sandbox, user_id, user_id, "/start")

    def message(self, message_id: int) -> Locator:
        """A message in the open place."""
        return self.page.locator(f'li[data-id="{message_id}"]')

    @property
    def field(self) -> Locator:
        """Where one writes."""
        return self.page.locator("#message")

    def updates(self, kind: str) -> list[Any]:
        """The updates of a kind that wait for the bot."""
        waiting = self.sandbox.updates._pending
        return [pending.update[kind] for pending in waiting if kind in pending.update]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if path is None or find_spec("playwright") is None:
        missing = "needs Chromium (Debian's package `chromium`) and Playwright (`make setup`)"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(missing)
    from playwright.async_api import async_playwright, expect

    expect.set_options(timeout=MILLISECONDS)
    # Debian's root has no user namespaces to make Chromium's own sandbox of.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def opens(browser: Browser) -> AsyncIterator[Opener]:
    """Open a window on a sandbox of its own. Nothing may go wrong in it that isn't asked for."""
    sandbox = Sandbox(flood=NO_LIMITS)
    cast = populate(sandbox)
    sandbox.updates.allow(
        ["message", "callback_query", "message_reaction", "edited_message", "inline_query"]
    )
    windows: list[Window] = []

    async with serve(sandbox) as url:

        async def open_window(*path: int, **options: Any) -> Window:
            page = await browser.new_page(**options)
            page.set_default_timeout(MILLISECONDS)
            window = Window(page, url, sandbox, cast, [])
            page.on("pageerror", lambda error: window.problems.append(str(error)))
            page.on(
                "console",
                lambda said: window.problems.append(said.text) if said.type == "error" else None,
            )
            windows.append(window)
            await window.goes_to(*(path or (cast.owner.id,)))
            return window

        yield open_window
        for window in windows:
            await window.page.context.close()
    assert [window.problems for window in windows] == [[] for _ in windows]


@pytest_asyncio.fixture(loop_scope="session")
async def window(opens: Opener) -> Window:
    """The owner's window, in their private chat with the bot."""
    return await opens()
