"""Groups and channels that aren't allowed: one polite line there, and an admin decides."""

from __future__ import annotations

from contextlib import suppress

from telegram import CallbackQuery, Chat, Message
from telegram.error import TelegramError
from telegram.ext import filters

from bot.chats import Chats
from bot.context import Context
from bot.handlers.asked import question_in
from bot.handlers.common import acknowledge, is_admins_press, words, words_of
from bot.handlers.introducing import introduce
from bot.locales import Words
from bot.rendering import text_parts
from bot.replies import Reply

ALLOW, DENY = "a:y:", "a:n:"


class Unwelcome(filters.MessageFilter):
    """Messages in chats that aren't allowed."""

    def __init__(self, chats: Chats) -> None:
        super().__init__("Unwelcome")
        self._chats = chats

    def filter(self, message: Message) -> bool:
        """Whether ``message`` is one of them."""
        return not self._chats.is_allowed(message.chat.id)


async def turn_away(message: Message, context: Context) -> Reply | None:
    """A message in a chat that isn't allowed; whoever speaks to the bot there hears so, once."""
    if question_in(message, context) is None:
        return None
    return await turned_away(message.chat, context, words(message, context))


async def turned_away(chat: Chat, context: Context, said: Words) -> Reply | None:
    """Say once that the chat isn't allowed, and have the admins asked if it is to be."""
    known = await context.chats.note(
        chat.id, kind=chat.type, title=chat.title or "", username=chat.username or ""
    )
    if known.turned_away:
        return None
    await context.chats.note(chat.id, turned_away=True)
    if known.allowed is None:
        buttons = (("allow", f"{ALLOW}{chat.id}"), ("deny", f"{DENY}{chat.id}"))
        context.notices.tell("ask-to-allow", buttons, title=known.name, id=chat.id)
    key = "not-allowed-here" if known.allowed is None else "denied-here"
    return Reply(chat=chat.id, parts=text_parts(said(key)))


async def press_denied(query: CallbackQuery, context: Context) -> None:
    """A button pressed in a chat that isn't allowed does nothing; whoever pressed hears why."""
    known = context.chats.get(query.message.chat.id) if query.message else None
    key = "denied-here" if known and known.allowed is False else "not-decided-here"
    await acknowledge(query, words_of(query.from_user)(key), alert=True)


async def decide(query: CallbackQuery, context: Context) -> None:
    """An admin allows a chat, or denies it."""
    said = words_of(query.from_user)
    data = query.data or ""
    chat = data.removeprefix(ALLOW).removeprefix(DENY)
    if not is_admins_press(query, context) or not chat.removeprefix("-").isdecimal():
        await acknowledge(query, said("admins-only"))
        return
    known = context.chats.get(int(chat))
    if known is None:
        await acknowledge(query, said("button-expired"))
        return
    await acknowledge(query)
    if data.startswith(ALLOW):
        known, key = await context.chats.allow(known.id), "allowed-now"
    else:
        known, key = await context.chats.deny(known.id), "denied-now"
    with suppress(TelegramError):  # it is decided, whoever sees it
        await query.edit_message_text(said(key, title=known.name))
    if known.allowed:
        await introduce(known, context, query.get_bot())
