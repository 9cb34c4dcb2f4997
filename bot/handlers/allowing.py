"""``/allow`` and ``/deny``: in which groups and channels the bot answers."""

from __future__ import annotations

import re

from telegram import Message

from bot.context import Context
from bot.excerpts import one_line
from bot.handlers.common import argument_of, reply_to, words
from bot.handlers.introducing import introduce
from bot.listings import called_part, chats_part
from bot.rendering import text_parts
from bot.replies import Reply

_NUMBER = re.compile(r"-\d{1,19}", re.ASCII)


async def allow(message: Message, context: Context) -> Reply:
    """Have the bot answer in a chat, by its number, @name or link; alone, list them all."""
    return await _decide(message, context, allowed=True)


async def deny(message: Message, context: Context) -> Reply:
    """Have it be silent there."""
    return await _decide(message, context, allowed=False)


async def _decide(message: Message, context: Context, *, allowed: bool) -> Reply:
    said, name, chats = words(message, context), argument_of(message), context.chats
    if not name:
        listed = [(chat, chats.is_allowed(chat.id)) for chat in chats.known()]
        return reply_to(message, (chats_part(listed, said),))
    known = chats.named(name)
    if known is None and (called := chats.called(name)):
        return reply_to(message, (called_part(called, said),))
    # A chat the bot hasn't met can be allowed beforehand, by its number.
    number = known.id if known else int(name) if _NUMBER.fullmatch(name) else 0
    if not number:
        return reply_to(message, text_parts(said("chat-unknown", name=one_line(name))))
    chat = await (chats.allow(number) if allowed else chats.deny(number))
    if not chat.kind:
        key = "allowed-beforehand" if allowed else "denied-beforehand"
    else:
        key = "allowed-now" if allowed else "denied-now"
    if allowed:
        await introduce(chat, context, message.get_bot())
    return reply_to(message, text_parts(said(key, title=chat.name)))
