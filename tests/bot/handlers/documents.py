"""A town whose bot reads real documents, for what admins do with them."""

from __future__ import annotations

import json
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

from bot.sandbox.client import SandboxClient
from bot.sandbox.views import SandboxMessage
from bot.settings import Settings
from retrieval import Library
from retrieval.embedding import LocalEmbedder
from retrieval.ranking import Ranker
from retrieval.reload import reload
from retrieval.settings import Settings as Documents
from tests.bot.running import bot_at_work

QUESTION = "Quanti membri ha la NATO?"


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

    def ask_of_nato(self, count: int) -> None:
        """Have so many of the owner's test questions asked of the document about NATO."""
        asked = {"lang": "it", "kind": "answerable", "question": QUESTION, "source": "nato"}
        lines = (json.dumps({"id": str(number), **asked}) for number in range(count))
        (self.documents.store / "questions.jsonl").write_text("\n".join(lines), "utf-8")

    def bot(self) -> AbstractAsyncContextManager[None]:
        """Have the bot running meanwhile."""
        return bot_at_work(self.settings, self.open_library)

    def open_library(self) -> Library:
        """Open what is indexed. It reloads in this process: another would take seconds to start.

        The reload in another process has its tests in ``tests/retrieval/test_background.py``, and
        with a whole bot in ``tests/bot/test_end_to_end.py``.
        """
        embedder = LocalEmbedder()
        library = Library(
            self.documents,
            embedder,
            Ranker.load(),
            lambda settings, told: reload(settings, embedder, told),
        )
        library.refresh()
        return library

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
