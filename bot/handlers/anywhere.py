"""The bot in chats it isn't in: quotes to send, as one types its name, and answers to guests."""

from __future__ import annotations

import logging
from functools import partial

from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
)
from telegram.error import TelegramError

from bot.context import Context
from bot.delivery import entities_of
from bot.excerpts import one_line
from bot.handlers.asked import Asked, question_in
from bot.handlers.common import is_late, words_of
from bot.locales import Words, words_in
from bot.rendering import answer_parts, quote_part
from bot.replies import Part
from retrieval import Quote

logger = logging.getLogger(__name__)

_SHORTEST = 3  # characters that may be a question
_OFFERED = 5
_CACHED = 60  # seconds: documents may be read again at any time
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


async def offer(query: InlineQuery, context: Context) -> None:
    """Offer quotes for what somebody has typed so far; for nothing yet, what they might ask."""
    await context.typing.do(query.from_user.id, partial(_offer, query, context))


async def _offer(query: InlineQuery, context: Context) -> None:
    person = query.from_user
    own = context.preferences.of(person.id)
    said = words_in(own.language) if own.language else words_of(person)
    typed = " ".join(query.query.split())
    if len(typed) < _SHORTEST:
        results, hint = await _suggested(said, context, person.id), said("inline-hint")
    else:
        quotes = await context.offers(typed, said.language, chat=person.id)
        results = [_article(n, one_line(q.title), q, said) for n, q in enumerate(quotes)]
        hint = said("inline-hint" if results else "inline-nothing")
    try:
        await query.answer(
            results[:_OFFERED],
            cache_time=_CACHED,
            # What one has chosen, and the language of the hint, are nobody else's.
            is_personal=True,
            button=InlineQueryResultsButton(hint, start_parameter="inline"),
        )
    except TelegramError as error:
        logger.info("quotes can't be offered: %s", error)  # too late, or typed on


async def _suggested(said: Words, context: Context, person: int) -> list[InlineQueryResultArticle]:
    questions = await context.suggestions(said.language, chat=person)
    offers = [await context.offers(question, said.language, chat=person) for question in questions]
    return [
        _article(number, question, quotes[0], said)
        for number, (question, quotes) in enumerate(zip(questions, offers, strict=True))
        if quotes
    ]


def _article(number: int, title: str, quote: Quote, said: Words) -> InlineQueryResultArticle:
    part = quote_part(quote, said)
    return InlineQueryResultArticle(
        str(number), title, _content(part), description=one_line(quote.text)
    )


def _content(part: Part) -> InputTextMessageContent:
    return InputTextMessageContent(
        part.text, entities=entities_of(part), link_preview_options=_NO_PREVIEW
    )


async def answer_guest(message: Message, context: Context) -> None:
    """Answer somebody who calls the bot into a chat where it is no member: in one message.

    Strangers cost no calls to a model, and nothing of what they say is kept.
    """
    asked = Asked.read(message, question_in(message, context) or "", context)
    if not (asked.text and message.guest_query_id) or is_late(message, context):
        return
    if not context.chats.is_allowed(message.chat.id):
        return
    said = words_of(message.from_user)
    if asked.doubted:
        answer = await context.check(asked.text, asked.doubted, chat=0)
    else:
        answer = await context.ask(asked.text, said.language, (), chat=0)
    await context.statistics.count(answer)
    [part, *_] = answer_parts(answer, commands=False)
    article = InlineQueryResultArticle("answer", one_line(asked.text), _content(part))
    try:
        await message.get_bot().answer_guest_query(message.guest_query_id, article)
    except TelegramError as error:
        logger.info("a guest can't be answered: %s", error)
