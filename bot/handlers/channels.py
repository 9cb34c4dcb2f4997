"""Posts of channels: questions are answered below them, and some channels are a source.

Whoever posts in a channel may ask for it to become one. That is decided by an admin of the bot, in
private, since a stranger's channel could teach it anything.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

from telegram import CallbackQuery, Message
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.chats import KnownChat, Rights
from bot.confirmations import Pending
from bot.context import Context
from bot.excerpts import one_line
from bot.handlers import asking, edits
from bot.handlers.asked import command_in, question_in
from bot.handlers.common import (
    acknowledge,
    argument_of,
    is_admins_press,
    reply_to,
    said_to_all,
    words,
    words_of,
)
from bot.handlers.membership import note
from bot.listings import called_part, confirmation
from bot.locales import Words
from bot.posts import folders_of, posts_in
from bot.rendering import text_parts
from bot.replies import Outcome, Part, Reply

NAME = "channel"
YES, NO, POSTS = "h:y:", "h:n:", "h:p:"

_ON, _OFF = ("sources", "on"), ("sources", "off")


async def posted(message: Message, context: Context) -> Outcome:
    """A new post: a question, the command, or something to keep where the channel is a source."""
    await note(message.chat, context)
    if _is_command(message, context):
        return await _asked_for(message, context)
    if question_in(message, context) is not None:
        return await asking.ask(message, context)
    await _keep(message, context)
    return None


async def edited(message: Message, context: Context) -> Reply | None:
    """A post has changed: its answer, or its document."""
    await note(message.chat, context)
    if _is_command(message, context):
        return None
    if question_in(message, context) is not None:
        return await edits.edited(message, context)
    await _keep(message, context)
    return None


async def channel(message: Message, context: Context) -> Reply:
    """``/channel`` in private: which channels are a source, or ``/channel @name sources on``."""
    said = words(message, context)
    arguments = argument_of(message).split()
    if not arguments:
        return reply_to(message, text_parts(_listed(context, said)))
    name, wish = " ".join(arguments[:-2]), tuple(map(str.lower, arguments[-2:]))
    if not name or wish not in (_ON, _OFF):
        return reply_to(message, text_parts(said("channel-usage")))
    known = context.chats.named(name)
    if known is None:
        called = [chat for chat in context.chats.called(name) if chat.kind == ChatType.CHANNEL]
        if called:  # whoever titles theirs like another must not become a source by it
            return reply_to(message, (called_part(called, said),))
    if known is None or known.kind != ChatType.CHANNEL:
        return reply_to(message, text_parts(said("channel-unknown", name=one_line(name))))
    is_source = wish == _ON
    if is_source and not context.chats.is_allowed(known.id):
        text = said("channel-denied", title=known.name, id=known.id)
        return reply_to(message, text_parts(text))
    parts = text_parts(await _decide(known.id, context, said, is_source=is_source))
    if not is_source:
        parts += await _about_posts(known, message.chat.id, context, said)
    return reply_to(message, parts)


async def decided(query: CallbackQuery, context: Context) -> None:
    """An admin lets a channel be a source, or doesn't."""
    said, data = words_of(query.from_user), query.data or ""
    chat = data.removeprefix(YES).removeprefix(NO)
    known = context.chats.get(int(chat)) if chat.removeprefix("-").isdecimal() else None
    if not is_admins_press(query, context):
        await acknowledge(query, said("admins-only"))
        return
    if known is None or not known.wants_source:
        await acknowledge(query, said("button-expired"))
        return
    await acknowledge(query)
    is_source = data.startswith(YES)
    if is_source and not context.chats.is_allowed(known.id):
        denied = said("channel-denied", title=known.name, id=known.id)
        with suppress(TelegramError):
            await query.get_bot().send_message(query.from_user.id, denied)
        return
    text = await _decide(known.id, context, said, is_source=is_source)
    with suppress(TelegramError):  # it is decided, whoever sees it
        await query.edit_message_text(text)
        if is_source:
            here = said_to_all(known.id, "channel-is-source-here", context)
            await query.get_bot().send_message(known.id, here)


async def posts_left(query: CallbackQuery, context: Context) -> Reply | None:
    """An admin wants to remove what was read of a channel: that is asked once more."""
    said, user = words_of(query.from_user), query.from_user.id
    chat = (query.data or "").removeprefix(POSTS)
    known = context.chats.get(int(chat)) if chat.removeprefix("-").isdecimal() else None
    if not is_admins_press(query, context):
        await acknowledge(query, said("admins-only"))
        return None
    await acknowledge(query)  # before anything that may take its time
    parts = await _about_posts(known, user, context, said) if known else ()
    return Reply(user, parts or text_parts(said("channel-posts-none")))


def _is_command(message: Message, context: Context) -> bool:
    name, _, bot = command_in(message).partition("@")
    return name == NAME and (not bot or bot.lower() == context.username.lower())


async def _asked_for(message: Message, context: Context) -> Reply | None:
    """The command as a post. Off is done at once; on is for the bot's admins to say."""
    known = await note(message.chat, context)
    wish = tuple((message.text or "").lower().split()[1:])
    if wish == _OFF:
        key = "channel-off-here"
        await context.chats.note(known.id, is_source=False, wants_source=False)
        if known.is_source:
            await _tell_of_posts(known, context)
    elif wish != _ON:
        key = "channel-usage-here"
    elif known.is_source:
        key = "channel-is-source-here"
    else:
        key = "channel-asked"
        if not known.wants_source:
            await context.chats.note(known.id, wants_source=True)
            buttons = (("channel-yes", f"{YES}{known.id}"), ("channel-no", f"{NO}{known.id}"))
            names = {"title": known.name, "address": known.address}
            context.notices.tell("ask-to-read", buttons, **names)
    writer = message.from_user  # hardly ever told of a post
    said = words(message, context)(key) if writer else said_to_all(known.id, key, context)
    return reply_to(message, text_parts(said))


async def _decide(chat: int, context: Context, said: Words, *, is_source: bool) -> str:
    known = await context.chats.note(chat, is_source=is_source, wants_source=False)
    return said("channel-on" if is_source else "channel-off", title=known.name)


async def _tell_of_posts(known: KnownChat, context: Context) -> None:
    """Tell the bot's admins of posts that stay: in the channel nobody can have them removed."""
    if count := sum((await _posts_of(known, context)).values()):
        offer = (("channel-posts-offer", f"{POSTS}{known.id}"),)
        context.notices.tell("channel-posts-left", offer, title=known.name, count=count)


async def _about_posts(
    known: KnownChat, admin: int, context: Context, said: Words
) -> tuple[Part, ...]:
    """Ask an admin, in private, whether to remove what was read of a channel, if anything was."""
    parts: tuple[Part, ...] = ()
    for folder, count in (await _posts_of(known, context)).items():
        asked = Pending("remove", folder)
        id_ = await context.confirmations.ask(asked, chat=admin, user=admin)
        sure = said("channel-posts-sure", count=count, folder=folder)
        parts += (confirmation(sure, id_, "channel-posts-yes", said),)
    return parts


async def _posts_of(known: KnownChat, context: Context) -> dict[str, int]:
    """How many posts of a channel are documents, by their folders."""
    paths = await asyncio.to_thread(context.library.collection.paths)
    folders = folders_of(known.id, known.username, *_earlier_names(known, context))
    counts = {folder: len(posts_in(folder, paths)) for folder in folders}
    return {folder: count for folder, count in counts.items() if count}


async def _keep(message: Message, context: Context) -> None:
    known = context.chats.get(message.chat.id)
    if known and known.is_source:
        await context.posts.keep(message, _earlier_names(known, context))


def _earlier_names(known: KnownChat, context: Context) -> tuple[str, ...]:
    """The names a channel had, but for those that are another's by now, with the posts there."""
    others = {chat.username.casefold() for chat in context.chats.known() if chat.id != known.id}
    return tuple(name for name in known.earlier.split() if name.casefold() not in others)


def _listed(context: Context, said: Words) -> str:
    lines = [
        said("channel-line-on" if known.is_source else "channel-line-off", title=known.name)
        for known in context.chats.known()
        if known.kind == ChatType.CHANNEL and known.rights is not Rights.GONE
    ]
    return "\n".join([*lines, "", said("channel-usage")]).strip()
