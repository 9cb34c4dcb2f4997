"""Killing the bot while people ask: what is left of their questions."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field

from bot.sandbox import SandboxChat, SandboxClient

Question = tuple[int, int | None]
"""Its chat and its message id, which answers in groups reply to."""


@dataclass
class Crowd:
    """People asking in a few groups, and the answers they got, in order."""

    client: SandboxClient
    chance: random.Random
    groups: list[SandboxChat] = field(default_factory=list)
    asked: list[Question] = field(default_factory=list)

    @classmethod
    async def gather(cls, client: SandboxClient, chance: random.Random, groups: int = 5) -> Crowd:
        anna = await client.add_user("Anna", id=777, language_code="it")
        members = [anna.id, client.bot_id]
        return cls(
            client,
            chance,
            [await client.add_group(f"G{n}", members, type="group") for n in range(groups)],
        )

    async def ask(self, questions: int) -> None:
        for _ in range(questions):
            group = self.chance.choice(self.groups)
            said = await self.client.say(group.id, 777, f"/ask Chi guidava? ({len(self.asked)})")
            self.asked.append((group.id, said.id))

    async def answers(self) -> list[Question]:
        return [
            (group.id, message.reply_to_id)
            for group in self.groups
            for message in await self.client.messages(group.id)
            if message.sender_id == self.client.bot_id
        ]

    async def until(self, enough: Callable[[list[Question]], bool], seconds: float = 90) -> None:
        """Wait until the answers are enough."""
        async with asyncio.timeout(seconds):
            seq = (await self.client.state())["seq"]
            while not enough(await self.answers()):
                for event in await self.client.events(seq, 5):
                    seq = event.seq

    async def until_one_more(self) -> None:
        """Wait for an answer that isn't there yet."""
        before = len(await self.answers())
        await self.until(lambda answers: len(answers) > before)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many questions were never answered, and how many answers were one too many."""

    lost: int
    doubled: int
    in_order: bool


async def survive(
    crowd: Crowd,
    running: Callable[[], AbstractAsyncContextManager[asyncio.subprocess.Process]],
    *,
    kills: int,
    questions: int,
) -> Outcome:
    """Ask ``questions`` while killing the bot ``kills`` times at random moments.

    ``running`` starts the bot. Each kill comes up to half a second after the first answer of a
    run, while the other questions are in work.
    """
    for number in range(kills):
        async with running() as process:
            await crowd.ask(questions * (number + 1) // kills - len(crowd.asked))
            await crowd.until_one_more()
            # The moment is what is being varied.
            await asyncio.sleep(crowd.chance.uniform(0, 0.5))
            process.kill()
    async with running():
        await crowd.until(lambda answers: set(crowd.asked) <= set(answers), 180)
    given = await crowd.answers()
    first_answers = list(dict.fromkeys(given))
    return Outcome(
        lost=len(set(crowd.asked) - set(given)),
        doubled=sum(Counter(given).values()) - len(set(given)),
        in_order=all(
            [said for chat, said in first_answers if chat == group.id]
            == [said for chat, said in crowd.asked if chat == group.id]
            for group in crowd.groups
        ),
    )
