"""An inbox whose surroundings do as a test says."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, cast

from telegram import Bot, MessageId, Update
from telegram.ext import ExtBot

from bot.delivery import Delivery, UndeliveredError
from bot.inbox import Inbox
from bot.journal import Journal
from bot.replies import Outbox, Outcome, Part, Reply
from bot.state import State
from bot.streaming import Rhythm, Streams

WRITTEN_AT = 1700000000


def an_update(number: int, text: str = "Ciao", chat: int = 7) -> Update:
    update = Update.de_json(
        {
            "update_id": number,
            "message": {
                "message_id": number,
                "date": WRITTEN_AT,
                "chat": {"id": chat, "type": "private", "first_name": "Anna"},
                "from": {"id": chat, "is_bot": False, "first_name": "Anna"},
                "text": text,
            },
        },
        None,
    )
    assert update
    return update


class Office:
    """An inbox with a processor that answers as ``answer`` says, and a delivery that notes."""

    def __init__(self, state: State, capacity: int = 50) -> None:
        self.journal = Journal(state.engine, 42, lambda: 1000.0)
        self.outbox = Outbox()
        self.now = WRITTEN_AT + 10.0
        self.undeliverable = False
        self.answer: Callable[[Update], Awaitable[Outcome]] = self.echo
        self.answered: list[str] = []
        self.delivered: list[str] = []
        self.edited: list[tuple[int, ...]] = []
        self.shown: list[str] = []
        self.parked: set[int] = set()
        self.inbox = Inbox(
            bot=cast("Bot", None),
            journal=self.journal,
            processor=self,
            outbox=self.outbox,
            delivery=cast("Delivery", self),
            wanted=lambda update: bool(update.message or update.callback_query),
            streams=Streams(cast("ExtBot[Any]", self), self.journal, Rhythm(first=0, pause=0)),
            full=lambda update: (
                Reply(update.message.chat.id, (Part("Pieno"),)) if update.message else None
            ),
            clock=lambda: self.now,
            capacity=capacity,
        )

    async def echo(self, update: Update) -> Reply:
        assert update.message
        assert update.message.text
        return Reply(update.message.chat.id, (Part(update.message.text),))

    async def process_update(self, update: object) -> None:
        assert isinstance(update, Update)
        if update.callback_query:
            self.answered.append(f"pressed {update.callback_query.data}")
            return
        assert update.message
        self.answered.append(update.message.text or "")
        self.outbox.put(update.update_id, await self.answer(update))

    async def process_error(self, update: object, error: Exception) -> bool:
        assert isinstance(update, Update)
        self.outbox.put(update.update_id, Reply(7, (Part(f"Scusa: {error}"),)))
        return False

    def is_parked(self, chat: int) -> bool:
        return chat in self.parked

    def park(self, chat: int) -> None:
        self.parked.add(chat)

    def unpark(self, chat: int) -> None:
        self.parked.discard(chat)

    async def deliver(self, update_id: int, reply: Reply, parts_sent: int = 0) -> None:
        if self.undeliverable:
            raise UndeliveredError("nothing gets through")
        self.delivered += [part.text for part in reply.parts[parts_sent:]]
        self.edited.append(reply.edits)
        await self.journal.finish(update_id)

    async def send_message(self, _chat: int, text: str, **_: Any) -> MessageId:
        self.shown.append(text)
        return MessageId(99)

    async def edit_message_text(self, text: str, **_: Any) -> None:
        self.shown.append(text)
