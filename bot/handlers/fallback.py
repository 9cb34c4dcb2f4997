"""What the bot can't read: one friendly line, in private chats only; captions can be asked."""

from __future__ import annotations

from collections.abc import Collection

from telegram import CallbackQuery, Message
from telegram.ext import filters

from bot.context import Context
from bot.handlers import asking
from bot.handlers.asked import question_in
from bot.handlers.common import acknowledge, reply_to, said_at, words
from bot.rendering import text_parts
from bot.replies import Outcome, Reply


class FirstOfAlbum(filters.MessageFilter):
    """Messages on their own, and of each album the one that came first.

    It says the same of a message however often it is asked, as long as the last thousand albums.
    Of whoever is in ``but_of``, each message is one of them.
    """

    _REMEMBERED = 1000

    def __init__(self, but_of: Collection[int] = ()) -> None:
        super().__init__("FirstOfAlbum")
        self._but_of = but_of
        self._first: dict[tuple[int, str], int] = {}

    def filter(self, message: Message) -> bool:
        """Whether ``message`` is one of them."""
        writer = message.from_user
        if not message.media_group_id or (writer and writer.id in self._but_of):
            return True
        album = (message.chat.id, message.media_group_id)
        if album not in self._first and len(self._first) >= self._REMEMBERED:
            del self._first[next(iter(self._first))]
        return self._first.setdefault(album, message.message_id) == message.message_id


async def unknown_command(message: Message, context: Context) -> Reply:
    """A command that isn't one of ours."""
    return reply_to(message, text_parts(words(message, context)("unknown-command")))


async def not_text(message: Message, context: Context) -> Outcome:
    """A picture, a voice message, a file: what is written below it may be a question."""
    if question_in(message, context):
        return await asking.ask(message, context)
    return reply_to(message, text_parts(words(message, context)("text-only")))


async def expired(query: CallbackQuery, context: Context) -> None:
    """A button that does nothing any more."""
    await acknowledge(query, said_at(query, context)("button-expired"))
