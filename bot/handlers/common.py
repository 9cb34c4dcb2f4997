"""What all handlers share: who wrote, in which language, and where the reply goes."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from telegram import CallbackQuery, InlineQuery, Message, MessageReactionUpdated, User
from telegram.constants import ChatType
from telegram.error import BadRequest, NetworkError, TelegramError
from telegram.ext import filters

from bot.context import Context
from bot.conversations import Place
from bot.locales import LANGUAGES, Words, words_for, words_in
from bot.replies import TOO_LATE, Outcome, Part, Reply

logger = logging.getLogger(__name__)

Handler = Callable[[Message, Context], Awaitable[Outcome]]

Pressed = Callable[[CallbackQuery, Context], Awaitable[Outcome]]
"""Handles a pressed button: answers it at once, and checks who pressed what where.

What it hands over besides is said as in answer to a message.

A changed client can send any data from any message, so the data alone proves nothing.
"""

Typed = Callable[[InlineQuery, Context], Awaitable[None]]
"""Answers what somebody has typed behind the bot's name so far."""

Reacted = Callable[[MessageReactionUpdated, Context], Awaitable[None]]
"""Handles what somebody's reactions to a message have become."""

ANONYMOUS_ADMIN = 1087968824
"""Whom Telegram names as the writer where a group's admin writes as the group."""

PATIENCE = 0.7
"""Seconds to wait for something before a pressed button is answered: that is due within one."""

NEW = filters.UpdateType.MESSAGE
"""New messages: neither edited ones, nor channel posts, nor those of business or guest chats."""


class _Written(filters.MessageFilter):
    """Messages a person wrote here: not a bot's, not inserted via one, not a channel's forward."""

    def filter(self, message: Message) -> bool:
        writer = message.from_user
        if writer is None or message.via_bot or message.is_automatic_forward:
            return False
        if writer.id == ANONYMOUS_ADMIN:
            return True
        return not writer.is_bot and writer.id != 777000


WRITTEN = _Written("WRITTEN")


class _Posted(filters.MessageFilter):
    """Posts that a channel wrote itself: not forwarded from elsewhere, not by way of a bot."""

    def filter(self, message: Message) -> bool:
        is_channels = message.chat.type == ChatType.CHANNEL
        return is_channels and message.via_bot is None and message.forward_origin is None


POSTED = _Posted("POSTED")


def words(message: Message, context: Context) -> Words:
    """The words in the language the chat has chosen, in the writer's where it hasn't."""
    chosen = context.preferences.of(message.chat.id).language
    return words_in(chosen) if chosen else words_of(message.from_user)


def said_to_all(chat: int, key: str, context: Context, **values: str) -> str:
    """Say something in the language a chat has chosen, in all where nobody's there can be told."""
    chosen = context.preferences.of(chat).language
    languages = (chosen,) if chosen else LANGUAGES
    return "\n\n".join(words_in(language)(key, **values) for language in languages)


def words_of(user: User | None) -> Words:
    """The words in a person's language."""
    return words_for(user.language_code if user else None)


def said_at(query: CallbackQuery, context: Context) -> Words:
    """The words for whoever pressed a button, in the language its chat has chosen, if it has."""
    chosen = context.preferences.of(query.message.chat.id).language if query.message else None
    return words_in(chosen) if chosen else words_of(query.from_user)


def argument_of(message: Message) -> str:
    """What a command's message says behind the command."""
    _, *rest = (message.text or "").split(maxsplit=1)
    return rest[0].strip() if rest else ""


async def acknowledge(
    query: CallbackQuery, text: str = "", *, alert: bool = False, url: str | None = None
) -> None:
    """Answer a pressed button: with words for a moment, or to be closed (``alert``), or a link.

    A connection that breaks is tried again. What goes wrong else is only told in the log: the press
    may be too old by now.
    """
    for left in (2, 1, 0):
        try:
            await query.answer(text or None, show_alert=alert, url=url)
        except TelegramError as error:
            passing = isinstance(error, NetworkError) and not isinstance(error, BadRequest)
            if passing and left:
                continue
            logger.info("a pressed button can't be answered: %s", error)
        return


def is_private(message: Message) -> bool:
    """Whether it was written to the bot alone."""
    return message.chat.type == ChatType.PRIVATE


def place_of(message: Message) -> Place | None:
    """Whose conversation a message belongs to; ``None`` if that can't be told."""
    writer = message.from_user
    if writer is None or writer.id == ANONYMOUS_ADMIN:  # whoever of a group's admins that is
        return None
    return Place(message.chat.id, _topic(message) or 0, writer.id)


def is_by_admin(message: Message, context: Context) -> bool:
    """Whether an admin wrote this in person, as themselves."""
    return (
        message.from_user is not None
        and not message.from_user.is_bot
        and message.from_user.id in context.admins
        and message.sender_chat is None
        and message.forward_origin is None
        and message.via_bot is None
    )


def is_admins_press(query: CallbackQuery, context: Context) -> bool:
    """Whether an admin pressed a button in their own private chat with the bot."""
    chat = query.message.chat if query.message else None
    return query.from_user.id in context.admins and bool(chat and chat.id == query.from_user.id)


def is_pressed_on(query: CallbackQuery, kind: str) -> bool:
    """Whether a button was pressed on a message that has buttons of this kind, in a chat of theirs.

    Otherwise it is forged, and what it would show would overwrite something else, as an answer.
    """
    message = query.message
    if not isinstance(message, Message) or message.reply_markup is None:
        return False
    if is_private(message) and message.chat.id != query.from_user.id:
        return False
    rows = message.reply_markup.inline_keyboard
    return any(str(button.callback_data).startswith(f"{kind}:") for row in rows for button in row)


def is_late(message: Message, context: Context) -> bool:
    """Whether so much time has passed that an answer would come out of the blue."""
    return context.clock() - message.date.timestamp() > TOO_LATE


def reply_to(message: Message, parts: tuple[Part, ...]) -> Reply:
    """A reply in the same chat and topic; in a group, to the message itself."""
    return Reply(
        chat=message.chat.id,
        parts=parts,
        to_message=None if is_private(message) else message.message_id,
        thread=_topic(message),
    )


def _topic(message: Message) -> int | None:
    # Elsewhere a thread id only says which message began a chain of replies.
    return message.message_thread_id if message.is_topic_message else None
