"""Joining a group or channel, and gaining or losing rights there: what the bot sees, said once."""

from __future__ import annotations

import logging

from telegram import (
    Chat,
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberRestricted,
    ChatMemberUpdated,
    Message,
)
from telegram.constants import ChatType

from bot.chats import KnownChat, Rights
from bot.context import Context
from bot.handlers import permission
from bot.handlers.common import words_of
from bot.handlers.introducing import introduction
from bot.replies import Reply

logger = logging.getLogger(__name__)


async def changed(change: ChatMemberUpdated, context: Context) -> Reply | None:
    """What the bot may do in a chat has changed."""
    chat = change.chat
    if chat.type == ChatType.PRIVATE:  # somebody has blocked it, or thought better of it
        return None
    rights = rights_of(change.new_chat_member, chat)
    known = await note(chat, context, rights=rights)
    if rights is Rights.GONE:
        await context.chats.note(chat.id, told="")  # where it comes back, it says hello again
        return None
    if not context.chats.is_allowed(chat.id):
        return await permission.turned_away(chat, context, words_of(change.from_user))
    return await introduction(known, context, change.get_bot(), words_of(change.from_user))


async def moved(message: Message, context: Context) -> None:
    """A group has become a supergroup; Telegram says so in both."""
    here = message.chat.id
    if message.migrate_to_chat_id:
        await context.moving.move(here, message.migrate_to_chat_id)
    elif message.migrate_from_chat_id:
        await context.moving.move(message.migrate_from_chat_id, here)


async def note(chat: Chat, context: Context, *, rights: Rights | None = None) -> KnownChat:
    """Keep what a chat is called now, and what the bot is in it if that is known."""
    known = await context.chats.note(
        chat.id, kind=chat.type, title=chat.title or "", username=chat.username or ""
    )
    return await context.chats.note(chat.id, rights=rights) if rights is not None else known


def rights_of(member: ChatMember, chat: Chat) -> Rights:
    """What the bot is, as Telegram says it."""
    if member.status in (ChatMember.LEFT, ChatMember.BANNED):
        return Rights.GONE
    if isinstance(member, ChatMemberRestricted):
        if not member.is_member:
            return Rights.GONE
        return Rights.MEMBER if member.can_send_messages else Rights.MUTED
    if isinstance(member, ChatMemberAdministrator):
        silent = chat.type == ChatType.CHANNEL and not member.can_post_messages
        return Rights.MUTED if silent else Rights.ADMIN
    if member.status == ChatMember.OWNER:
        return Rights.ADMIN
    return Rights.MUTED if chat.type == ChatType.CHANNEL else Rights.MEMBER
