"""Questions: what was asked, and the library's answer to it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial

from telegram import Message, User
from telegram.constants import ChatType

from bot.buttons import with_buttons
from bot.context import Context
from bot.forgetting import UnderWay
from bot.handlers.asked import Asked, command_in, question_in, replies_to
from bot.handlers.common import is_late, place_of, reply_to, words
from bot.locales import words_in
from bot.rendering import answer_parts, draft_part, text_parts
from bot.replies import Outcome, Reply, Show, Streamed
from bot.shown import ShownAnswer
from bot.texts import gist
from retrieval import Answer, Draft, Refusal, Turn


async def ask(message: Message, context: Context) -> Outcome:
    """A question: any text in private, elsewhere ``/ask`` and words, or what speaks to the bot.

    Without words of its own, it has those of the message it replies to.
    """
    asked = Asked.read(message, question_in(message, context) or "", context)
    if not asked.text:
        return reply_to(message, text_parts(await _usage(message, asked, context)))
    return await _asked(message, asked, context)


async def _usage(message: Message, asked: Asked, context: Context) -> str:
    """How to put a question, with one that the documents answer for an example, or a doubt."""
    if asked.doubted:
        return words_in(asked.doubted)("doubt-usage")
    said = words(message, context)
    if not command_in(message):
        return said("mention-usage")
    examples = await context.suggestions(said.language, chat=message.chat.id)
    return said("ask-usage", question=examples[0]) if examples else said("ask-usage-alone")


async def ask_in_place_of(person: User, shown: Message, question: str, context: Context) -> Outcome:
    """Answer a question that a message of the bot's shows, as if a person had written it there."""
    asked = Message(
        shown.message_id,
        shown.date,
        shown.chat,
        from_user=person,
        text=question,
        message_thread_id=shown.message_thread_id,
        is_topic_message=shown.is_topic_message,
    )
    return await _asked(asked, Asked(question), context)


async def new_conversation(message: Message, context: Context) -> Reply:
    """Forget what was asked, so that the next question stands alone."""
    if place := place_of(message):
        await context.conversations.forget(place, message.message_id)
    return reply_to(message, text_parts(words(message, context)("new-conversation")))


async def _asked(message: Message, asked: Asked, context: Context) -> Outcome:
    if is_late(message, context):
        return reply_to(message, text_parts(words(message, context)("too-late")))
    if context.writer and not asked.doubted:
        return Streamed(reply_to(message, ()), partial(reply, message, asked, context))
    return await reply(message, asked, context)


async def reply(
    message: Message, asked: Asked, context: Context, show: Show | None = None
) -> Reply:
    """Answer a question, and keep what was answered; ``show`` sees how it comes along."""
    with answering(message, context) as under_way:
        answer = await _answer(message, asked, context, under_way, show)
        return await keep(message, answer, context, under_way)


def answering(message: Message, context: Context) -> AbstractContextManager[UnderWay]:
    """From before anything is looked for to answer a message, until its answer is kept."""
    place = place_of(message)
    return context.forgetting.answering(place.user if place else 0)


async def keep(message: Message, answer: Answer, context: Context, under_way: UnderWay) -> Reply:
    """Note an answer in all the places that have to know of it, and say it.

    Who has said ``/forget`` meanwhile still gets it, but it is noted nowhere; so it has no buttons.
    """
    # Its quotes are framed in the question's language, which may not be the writer's usual one.
    parts = answer_parts(answer, commands=message.chat.type != ChatType.CHANNEL)
    place, number = place_of(message), message.message_id
    await context.statistics.count(answer)
    async with context.forgetting.keeping(under_way) as may_keep:
        if not may_keep:
            return reply_to(message, parts)
        if place:
            await context.conversations.remember(place, number, _turn(answer))
        shown = await context.answers.remember(
            answer,
            chat=message.chat.id,
            thread=place.thread if place else 0,
            user=place.user if place else 0,
            message=number,
        )
    return replace(reply_to(message, with_buttons(parts, shown)), answer=shown.id)


async def answer_from_sources(message: Message, asked: Asked, context: Context) -> Answer:
    """Answer in the sources' own words, whether or not there is a model."""
    chat = message.chat.id
    if asked.doubted:
        return await context.check(asked.text, asked.doubted, chat=chat)
    history = await _history(message, asked, context)
    return await context.ask(asked.text, words(message, context).language, history, chat=chat)


async def _history(message: Message, asked: Asked, context: Context) -> tuple[Turn, ...]:
    """What a question may lean on, what it replies to last."""
    place = place_of(message)
    shown = await _answer_replied_to(message, context)
    if shown and shown.can_be_followed:
        turn = Turn(shown.searched or gist(shown.question), tuple(q.words for q in shown.quotes))
        if place is None or place.user != shown.user:
            return (turn,)
        return (*await context.conversations.history(place, shown.message), turn)
    history = await context.conversations.history(place, message.message_id) if place else ()
    return (*history, Turn(asked.about, is_quoted=True)) if asked.about else history


async def _answer_replied_to(message: Message, context: Context) -> ShownAnswer | None:
    """The answer of the bot's that a message replies to, whoever had asked for it."""
    target = message.reply_to_message
    if target is None or not replies_to(message, context.bot_id):
        return None
    return await context.answers.of_message(message.chat.id, target.message_id)


async def _answer(
    message: Message, asked: Asked, context: Context, under_way: UnderWay, show: Show | None
) -> Answer:
    if asked.doubted or not context.writer:
        return await answer_from_sources(message, asked, context)
    said, place = words(message, context), place_of(message)
    history = await _history(message, asked, context)

    def on_draft(draft: Draft) -> None:
        if show:
            show(draft_part(draft, said))

    # Who writes as the group or the channel spends what that may.
    asker = (message.chat.id, place.user if place else message.chat.id)
    return await context.write(
        asked.text,
        said.language,
        history,
        asker=asker,
        under_way=under_way,
        on_draft=on_draft,
    )


def _turn(answer: Answer) -> Turn | None:
    """What the next question may lean on: what was answered, or else refused as it was asked.

    A refused question that was completed leaves the conversation where it was, and so does one in
    which nothing was looked for, such as a greeting, or that is no words.
    """
    unclear = answer.refusal is Refusal.NONSENSE
    if not answer.claims and (answer.searched or unclear or not answer.ranked):
        return None
    quotes = tuple(quote.text for quote in answer.quotes)
    asked = gist(answer.question) if answer.verdict else answer.question
    return Turn(answer.searched or asked, quotes)
