"""``/settings``: the language and the documents of a chat, for its admins, or its one person."""

from __future__ import annotations

import asyncio
import logging
import re
from dataclasses import replace
from hashlib import sha256

from telegram import CallbackQuery, Message
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, TelegramError

from bot.choices import settings_part
from bot.context import Context
from bot.delivery import entities_of, keyboard_of
from bot.handlers.common import (
    ANONYMOUS_ADMIN,
    PATIENCE,
    acknowledge,
    is_pressed_on,
    is_private,
    reply_to,
    said_at,
    words,
)
from bot.locales import LANGUAGES
from bot.preferences import Preference
from bot.rendering import text_parts
from bot.replies import Part, Reply

logger = logging.getLogger(__name__)

KIND = "set"

_LINK = re.compile(r"https?://")  # what the path of a page begins with

_ADMINS = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)


async def settings(message: Message, context: Context) -> Reply:
    """Show what the chat has chosen, with buttons; in a group, to its admins alone."""
    said = words(message, context)
    writer = message.from_user
    anonymous = bool(
        writer
        and writer.id == ANONYMOUS_ADMIN
        and message.sender_chat
        and message.sender_chat.id == message.chat.id
    )
    if not (is_private(message) or anonymous or (writer and await _runs(message, writer.id))):
        return reply_to(message, text_parts(said("settings-for-admins")))
    choice = context.preferences.of(message.chat.id)
    part = settings_part(choice, await _sets(context), KIND, key_of, said)
    return reply_to(message, (part,))


async def choose(query: CallbackQuery, context: Context) -> None:
    """Take a choice, from whoever may choose at this moment, and show it in the same message."""
    message = query.message
    said = said_at(query, context)
    if not isinstance(message, Message) or not query.data:
        await acknowledge(query, said("button-expired"))
        return
    own = message.chat.id == query.from_user.id
    if not own and (is_private(message) or not await _runs(message, query.from_user.id)):
        await acknowledge(query, said("settings-for-admins"), alert=True)
        return
    if not is_pressed_on(query, KIND):
        await acknowledge(query, said("button-expired"))
        return
    sets = await _sets(context)
    before = context.preferences.of(message.chat.id)
    if turned := re.fullmatch(f"{KIND}:page:([0-9]{{1,4}})", query.data):
        await acknowledge(query)
        part = settings_part(before, sets, KIND, key_of, said, page=int(turned[1]))
        await _show(message, part)
        return
    choice = _chosen(query.data, before, sets)
    if choice is None:
        await acknowledge(query, said("button-expired"))
        return
    await context.preferences.choose(message.chat.id, choice)
    if choice.sources != before.sources:
        # What was quoted from other documents is nothing to go on from.
        await context.conversations.forget_chat(message.chat.id)
    said = said_at(query, context)
    await acknowledge(query, said("settings-chosen"))
    await _show(message, settings_part(choice, sets, KIND, key_of, said))


async def _show(message: Message, part: Part) -> None:
    """Put the settings in the place of those that a message shows."""
    try:
        await message.edit_text(
            part.text, entities=entities_of(part), reply_markup=keyboard_of(part)
        )
    except TelegramError as error:
        if not (isinstance(error, BadRequest) and "not modified" in error.message.lower()):
            logger.info("the settings of chat %s can't be shown: %s", message.chat.id, error)


async def _runs(message: Message, user: int) -> bool:
    """Whether somebody is an admin of a message's chat right now; no, where that can't be told."""
    try:
        async with asyncio.timeout(PATIENCE):
            member = await message.get_bot().get_chat_member(message.chat.id, user)
    except (TelegramError, TimeoutError) as error:
        logger.info("it can't be told who runs chat %s: %s", message.chat.id, error)
        return False
    return member.status in _ADMINS


async def _sets(context: Context) -> tuple[str, ...]:
    """The sets that the documents are in, "" left out: folders, then sites, by their names."""
    sites = {summary.set: _LINK.match(summary.path) for summary in await context.sources()}
    sites.pop("", None)
    order = sorted(sites, key=lambda name: (bool(sites[name]), name.removeprefix("www."), name))
    return tuple(order)


def key_of(name: str) -> str:
    """What stands for a set in a button's data, which a name might be too long for."""
    return sha256(name.encode()).hexdigest()[:16] if name else "all"


def _chosen(data: str, before: Preference, sets: tuple[str, ...]) -> Preference | None:
    """What a button's data chooses; ``None`` if there is no such choice."""
    _, _, rest = data.partition(":")
    what, _, value = rest.partition(":")
    if what == "language":
        for language in LANGUAGES:
            if value == language:
                return replace(before, language=language)
        return replace(before, language=None) if value == "auto" else None
    if what == "sources":
        found = [name for name in ("", *sets) if key_of(name) == value]
        return replace(before, sources=found[0]) if found else None
    return None
