"""``/allow`` and ``/deny``: in which groups and channels the bot answers."""

from __future__ import annotations

import re

from telegram import Message

from bot.context import Context
from bot.excerpts import one_line
from bot.handlers.common import argument_of, reply_to, words
from bot.listings import chats_part, several_chats_part
from bot.rendering import text_parts
from bot.replies import Reply

_NUMBER = re.compile(r"-\d{1,19}", re.ASCII)


async def allow(message: Message, context: Context) -> Reply:
    """Have the bot answer in a chat, whatever it is named by; alone, list them all."""
    return await _decide(message, context, allowed=True)


async def deny(message: Message, context: Context) -> Reply:
    """Have it be silent there."""
    return await _decide(message, context, allowed=False)


async def _decide(message: Message, context: Context, *, allowed: bool) -> Reply:
    said, name, chats = words(message, context), argument_of(message), context.chats
    if not name:
        listed = [(chat, chats.is_allowed(chat.id)) for chat in chats.known()]
        return reply_to(message, (chats_part(listed, said),))
    found = chats.named(name)
    if len(found) > 1:
        return reply_to(message, (several_chats_part(found, said),))
    # A chat the bot hasn't met can be allowed beforehand, by its number.
    number = found[0].id if found else int(name) if _NUMBER.fullmatch(name) else 0
    if not number:
        return reply_to(message, text_parts(said("chat-unknown", name=one_line(name))))
    chat = await (chats.allow(number) if allowed else chats.deny(number))
    if not chat.kind:
        key = "allowed-beforehand" if allowed else "denied-beforehand"
    else:
        key = "allowed-now" if allowed else "denied-now"
    return reply_to(message, text_parts(said(key, title=chat.name)))
