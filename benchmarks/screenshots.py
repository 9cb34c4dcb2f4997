"""The README's pictures: the real bot on a sandbox, its chat page in Chromium, and a few scenes.

``python -m benchmarks.screenshots [FOLDER]`` writes them to ``docs/screenshots``. On Debian it
needs the packages ``chromium``, ``fonts-inter`` (without it, letters look otherwise) and
``fonts-noto-color-emoji``.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from benchmarks.workshop import ROOT, SAMPLE
from bot.sandbox import DEFAULT_TOKEN, NO_LIMITS, Cast, Sandbox, populate, serve
from bot.service import serve as serve_bot
from bot.settings import Settings
from retrieval import Library, Secret
from retrieval import Settings as DocumentSettings

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

PICTURES = ROOT / "docs" / "screenshots"

_DESK, _PHONE = (1000, 690), (360, 690)
_PATIENCE_MS = 60_000

_NEWS = """# La biblioteca riapre

Data: 3 giugno 2026

La biblioteca riapre lunedì 7 settembre, con un corso di giapponese ogni mercoledì sera.
"""


@dataclass(frozen=True, slots=True)
class Studio:
    """Everything a scene needs. ``documents`` is the folder of the bot's documents."""

    url: str
    cast: Cast
    documents: Path

    async def go(self, page: Page, *path: int) -> None:
        """Open a person's chat and topic."""
        await page.goto(f"{self.url}/#{'/'.join(map(str, path))}")
        await page.locator("#people input:checked").wait_for(state="attached")


async def ask(page: Page, text: str) -> None:
    """Write something, and wait until the bot has answered it."""
    answers = page.locator(".message:not(.mine, .draft) .text")
    before = await answers.count()
    field = page.locator("#message")
    await field.fill(text)
    await field.press("Enter")
    await answers.nth(before).wait_for()
    await field.blur()


async def start(page: Page, word: str) -> None:
    """Begin a private chat; the bot says hello."""
    await page.get_by_role("button", name=word, exact=True).click()
    await page.locator(".message:not(.mine) .text").wait_for()


async def choose(page: Page, message: str, action: str) -> None:
    """Choose from the menu of the first message that a selector finds."""
    await page.locator(message).first.click(button="right")
    await page.get_by_role("menuitem", name=action, exact=True).click()


async def a_private_answer(page: Page, studio: Studio) -> None:
    """A question in Italian, and the passage behind the answer."""
    giulia = studio.cast.italian.id
    await studio.go(page, giulia, giulia)
    await start(page, "Avvia")
    await ask(page, "Quanti membri ha la NATO?")
    await page.get_by_role("button", name="Mostra tutto").last.click()
    await page.locator("#history").evaluate("history => history.scrollTo(0, history.scrollHeight)")


async def an_opened_passage(page: Page, studio: Studio) -> None:
    """The passage behind the same answer, opened in its place."""
    giulia = studio.cast.italian.id
    await studio.go(page, giulia, giulia)
    if await page.get_by_role("button", name="Avvia", exact=True).count():
        await start(page, "Avvia")
    await ask(page, "Quanti membri ha la NATO?")
    await page.get_by_role("button", name="[1]", exact=True).last.click()
    await page.get_by_role("button", name="Torna alla risposta").wait_for()


async def an_answer_in_english(page: Page, studio: Studio) -> None:
    """A question in English, on a phone."""
    emma = studio.cast.english.id
    await studio.go(page, emma, emma)
    await start(page, "Start")
    await ask(page, "Who is the Japanese prime minister?")


async def a_group(page: Page, studio: Studio) -> None:
    """In a topic of a group somebody wonders, and somebody else calls the bot to answer."""
    cast, topic = studio.cast, next(iter(studio.cast.group.topics))
    await studio.go(page, cast.english.id, cast.group.id, topic)
    await page.locator("#message").fill("Quante persone lavoreranno nell'ufficio di Tokyo?")
    await page.locator("#message").press("Enter")
    await page.locator(".mine .text").wait_for()
    await studio.go(page, cast.italian.id, cast.group.id, topic)
    await choose(page, ".message", "Rispondi")
    await ask(page, "@passo_bot")
    await choose(page, ".message:not(.mine) >> nth=-1", "Reagisci con 👍")
    await page.locator(".chip").wait_for()


async def a_reload(page: Page, studio: Studio) -> None:
    """The one who runs the bot adds a document and has all read again."""
    marta = studio.cast.owner.id
    await studio.go(page, marta, marta)
    await start(page, "Avvia")
    (studio.documents / "biblioteca.md").write_text(_NEWS, encoding="utf-8")
    await ask(page, "/reload")
    await page.locator(".text", has_text="Fatto, in").wait_for()


@dataclass(frozen=True, slots=True)
class Picture:
    """What is to be seen, how wide and high, and in light or in dark or in both."""

    name: str
    scene: Callable[[Page, Studio], Awaitable[None]]
    size: tuple[int, int] = _DESK
    looks: tuple[Literal["light", "dark"], ...] = ("light",)


ALL = (
    Picture("answer", a_private_answer, looks=("light", "dark")),
    Picture("passage", an_opened_passage, looks=("light", "dark")),
    Picture("phone", an_answer_in_english, _PHONE),
    Picture("group", a_group),
    Picture("reload", a_reload, looks=("dark",)),
)


async def take(browser: Browser, studio: Studio, folder: Path) -> None:
    """Play each scene once, and picture it."""
    for picture in ALL:
        width, height = picture.size
        page = await browser.new_page(
            viewport={"width": width, "height": height}, device_scale_factor=1.5
        )
        page.set_default_timeout(_PATIENCE_MS)
        await picture.scene(page, studio)
        await page.mouse.move(0, 0)
        await page.evaluate("document.activeElement.blur()")
        for look in picture.looks:
            await page.emulate_media(color_scheme=look, reduced_motion="reduce")
            await page.screenshot(path=folder / f"{picture.name}-{look}.png")
        await page.context.close()


@asynccontextmanager
async def at_work() -> AsyncIterator[Studio]:
    """The bot answering from the sample, on a sandbox."""
    sandbox = Sandbox(flood=NO_LIMITS)
    cast = populate(sandbox)
    with tempfile.TemporaryDirectory() as name:
        documents = Path(name) / "docs_store"
        shutil.copytree(SAMPLE / "sources", documents / "sources")
        shutil.copy(SAMPLE / "questions.jsonl", documents)
        read = DocumentSettings.from_environment({"DOCS_STORE": str(documents)})
        async with serve(sandbox) as url:
            settings = Settings(
                token=Secret(DEFAULT_TOKEN),
                api_url=url,
                admins=frozenset({cast.owner.id}),
                state_url=f"sqlite+aiosqlite:///{name}/state.sqlite3",
            )
            stop, ready = asyncio.Event(), asyncio.Event()
            bot = asyncio.create_task(
                serve_bot(
                    settings, lambda: Library.open(read), stop=stop, on_ready=lambda _: ready.set()
                )
            )
            try:
                waiting = asyncio.create_task(ready.wait())
                await asyncio.wait([bot, waiting], return_when=asyncio.FIRST_COMPLETED)
                if not bot.done():
                    yield Studio(url, cast, documents / "sources")
            finally:
                stop.set()
                await bot


async def main(folder: Path) -> None:
    """Take all pictures, and put them into a folder."""
    from playwright.async_api import async_playwright

    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("There is no Chromium; on Debian: apt-get install chromium fonts-inter")
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    async with async_playwright() as playwright, at_work() as studio:
        browser = await playwright.chromium.launch(executable_path=chromium, args=arguments)
        await take(browser, studio, folder)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES))
