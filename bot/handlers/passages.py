"""Opening the passage behind a claim: in the answer's place in private, by a link from a group."""

from __future__ import annotations

import logging
from dataclasses import replace

from telegram import Bot, CallbackQuery, LinkPreviewOptions, Message
from telegram.constants import ChatType
from telegram.error import BadRequest, TelegramError

from bot.context import Context
from bot.delivery import entities_of, keyboard_of
from bot.handlers.common import acknowledge, reply_to, said_at, words
from bot.locales import words_in
from bot.passages import Asked, passage_part, version_of
from bot.rendering import text_parts
from bot.replies import Button, Part, Reply
from bot.shown import ShownAnswer, ShownQuote
from bot.voting import marked

logger = logging.getLogger(__name__)

_DAY = 24 * 3600.0
_SUPERGROUP = "-100"  # what the ids of supergroups and channels begin with


async def open_passage(query: CallbackQuery, context: Context) -> None:
    """A button under an answer or under a passage: open one, read on, or go back."""
    asked = Asked.read(query.data or "")
    answer = await answer_behind(query, context, asked.answer if asked else "")
    if not (asked and answer and query.message):
        return
    quote = asked.quote_of(answer)
    chat, number = query.message.chat, query.message.message_id
    if asked.quote is None and (look := await look_again(answer, context, chat.id, number)):
        await acknowledge(query)
        await show(look, query.get_bot(), chat.id, number)
    elif quote is None:
        await refuse(query, context)
    elif chat.id != query.from_user.id:
        # What a group reads stays as it is; who wants to read on does so in private.
        link = f"https://t.me/{context.username}?start={asked.payload()}"
        await acknowledge(query, url=link)
    else:
        await acknowledge(query)  # before anything that may take its time
        part = await _passage(asked, answer, quote, context, chat.id)
        await show(part, query.get_bot(), chat.id, number)


async def open_link(message: Message, context: Context) -> Reply:
    """``/start p_…``: the passage behind an answer that was given in a group."""
    said = words(message, context)
    asked = Asked.read((message.text or "").partition(" ")[2].strip())
    answer = await context.answers.get(asked.answer) if asked else None
    if not (asked and answer and message.from_user):
        # Why it is gone can't be told from a link: it is too old, or somebody has been forgotten.
        return reply_to(message, text_parts(said("link-expired", days=context.answers.days)))
    quote = asked.quote_of(answer)
    if quote is None or not await may_see(answer, message.from_user.id, context):
        return reply_to(message, text_parts(said("passage-not-yours")))
    part = await _passage(asked, answer, quote, context, message.chat.id)
    return replace(reply_to(message, (part,)), answer=answer.id)


async def answer_behind(
    query: CallbackQuery, context: Context, answer_id: str
) -> ShownAnswer | None:
    """The answer that a pressed button belongs to, if all about the press is as it must be.

    The message has to be one that shows this answer, and who pressed somebody who may see it.
    Otherwise they are told in a line that it is for others, or no longer works.
    """
    message = query.message
    if message and answer_id:
        answer = await context.answers.of_message(message.chat.id, message.message_id)
        # What a group was answered keeps its buttons when that becomes a supergroup.
        moved = answer is None and message.chat.type == ChatType.GROUP
        if moved:
            answer = await context.answers.of_moved(answer_id, message.message_id)
        if answer and answer.id == answer_id:
            mine = moved or message.chat.id in (query.from_user.id, answer.chat)
            here = message.chat.id == answer.chat
            if mine and await may_see(answer, query.from_user.id, context, pressed=here):
                return answer
            if mine and answer.chat < 0:
                await acknowledge(query, said_at(query, context)("members-only"), alert=True)
                return None
    await refuse(query, context)
    return None


async def refuse(query: CallbackQuery, context: Context) -> None:
    """Say that a button no longer works."""
    said, days = said_at(query, context), context.answers.days
    text = said("answer-forgotten") if await _is_forgotten(query, context) else None
    await acknowledge(query, text or said("passage-expired", days=days), alert=True)


async def _is_forgotten(query: CallbackQuery, context: Context) -> bool:
    """Whether a button is one of the bot's own, and what was behind it deleted before its time.

    That somebody was forgotten is kept nowhere, so it is told by what is missing.
    """
    message = query.message
    if not isinstance(message, Message) or message.reply_markup is None:
        return False
    rows = message.reply_markup.inline_keyboard
    if query.data not in (button.callback_data for row in rows for button in row):
        return False
    age = context.clock() - message.date.timestamp()
    kept = await context.answers.of_message(message.chat.id, message.message_id)
    return kept is None and age < context.answers.days * _DAY


async def may_see(
    answer: ShownAnswer, user: int, context: Context, *, pressed: bool = False
) -> bool:
    """Whether somebody can see an answer: it is theirs, or given in a chat they are in."""
    if answer.chat > 0:
        return answer.chat == user
    return await context.members.has(answer.chat, user, pressed=pressed)


async def _passage(
    asked: Asked, answer: ShownAnswer, quote: ShownQuote, context: Context, chat: int
) -> Part:
    said = words_in(answer.language)
    opening = await context.open_passage(quote.place)
    mark = opening.place if opening.passage else None
    start = asked.start
    # Where the source has changed once more since, there is nothing to read on in.
    if start is not None and asked.version == version_of(opening.place):
        there = replace(opening.place, start=start, end=start + 1, words="")
        opening = await context.open_passage(there)
    back = await _back(answer, context, chat)
    return passage_part(asked, quote, opening, said, mark=mark, back=back)


async def _back(answer: ShownAnswer, context: Context, chat: int) -> Button | None:
    """The way back to an answer: it is put here again, or, where it is in a group, gone to."""
    said = words_in(answer.language)
    if answer.chat == chat:
        return Button(said("back-to-answer"), Asked(answer.id).data())
    messages = await context.answers.messages(answer.id)
    supergroup = str(answer.chat).removeprefix(_SUPERGROUP)
    if not messages or supergroup == str(answer.chat):
        return None  # no link leads to a message of a small group
    return Button(said("back-to-answer"), url=f"https://t.me/c/{supergroup}/{messages[-1]}")


async def look_again(answer: ShownAnswer, context: Context, chat: int, message: int) -> Part | None:
    """How a message of an answer's looked; in private with a mark on the vote that it got.

    In a group the votes are of many, and no button can be marked for one of them alone.
    """
    look = await context.answers.look(chat, message)
    if look and chat == answer.chat and chat > 0:
        for vote in await context.feedback.of(answer.id):
            if vote.user == chat:
                return marked(look, good=vote.good)
    return look


async def show(part: Part, bot: Bot, chat: int, message: int) -> None:
    """Put a part in the place of a message of the bot's."""
    try:
        await bot.edit_message_text(
            part.text,
            chat_id=chat,
            message_id=message,
            entities=entities_of(part),
            reply_markup=keyboard_of(part),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
    except TelegramError as error:
        if not (isinstance(error, BadRequest) and "not modified" in error.message.lower()):
            logger.warning("a message in chat %s can't be changed: %s", chat, error)
