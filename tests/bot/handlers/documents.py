"""A town whose bot reads real documents, for what admins do with them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.sandbox.client import SandboxClient
from bot.sandbox.views import SandboxMessage
from bot.service import serve as serve_bot
from bot.settings import Settings
from retrieval import Library
from retrieval.settings import Settings as Documents


@dataclass(frozen=True, slots=True)
class Office:
    """A bot at work over real documents in ``sources``, and its admin's number."""

    client: SandboxClient
    settings: Settings
    documents: Documents
    admin: int

    @property
    def sources(self) -> Path:
        return self.documents.sources

    def files(self) -> set[str]:
        """The documents there are."""
        return {
            path.relative_to(self.sources).as_posix()
            for path in self.sources.rglob("*")
            if path.is_file()
        }

    @asynccontextmanager
    async def bot(self) -> AsyncIterator[None]:
        """Have the bot running meanwhile."""
        stop, ready = asyncio.Event(), asyncio.Event()
        running = asyncio.create_task(
            serve_bot(
                self.settings,
                lambda: Library.open(self.documents),
                stop=stop,
                on_ready=lambda _: ready.set(),
            )
        )
        waiting = asyncio.create_task(ready.wait())
        await asyncio.wait([running, waiting], return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        try:
            if not running.done():
                yield
        finally:
            stop.set()
            await running

    async def say(self, text: str, **fields: object) -> SandboxMessage:
        """Have the admin write to the bot; what it answers."""
        said = await self.client.say(self.admin, self.admin, text, **fields)
        return await self.client.wait_for_message(self.admin, after=said.id)

    async def edited(self, message: SandboxMessage, words: str) -> SandboxMessage:
        """The message once it says ``words``."""
        return await self.client.wait_for_message(
            self.admin, lambda now: now.id == message.id and words in now.text
        )

    async def press(self, message: SandboxMessage, label: str) -> str:
        """Have the admin press a button by its label; the press's id."""
        rows = message.raw["reply_markup"]["inline_keyboard"]
        [data] = [b["callback_data"] for row in rows for b in row if b["text"] == label]
        return await self.client.press(self.admin, message.id, self.admin, data)
