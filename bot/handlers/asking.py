"""Questions: what was asked, and the library's answer to it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from telegram import Message, MessageEntity, User
from telegram.ext import filters

from bot.context import Context
from bot.handlers.common import is_late, is_private, place_of, reply_to, words
from bot.rendering import answer_parts, draft_part, text_parts
from bot.replies import Outcome, Reply, Show, Streamed
from retrieval import Answer, Draft, Turn


class Addressed(filters.MessageFilter):
    """Messages in a group that speak to the bot: they mention it, or reply to it."""

    def __init__(self, bot_id: int, username: str) -> None:
        super().__init__("Addressed")
        self._bot_id = bot_id
        self._username = username

    def filter(self, message: Message) -> bool:
        """Whether ``message`` is one of them."""
        return bool(mentions(message, self._bot_id, self._username)) or _replies_to(
            message, self._bot_id
        )


async def ask_command(message: Message, context: Context) -> Outcome:
    """``/ask`` and words; or ``/ask`` alone, as a reply to a message that has them."""
    command = message.entities[0]
    return await _answer(message, _after(message, command), context, usage="ask-usage")


async def ask(message: Message, context: Context) -> Outcome:
    """A question in plain words: any text in private, text that speaks to the bot in a group."""
    if is_private(message):
        return await _answer(message, message.text or "", context, usage="mention-usage")
    question = _without(message, mentions(message, context.bot_id, context.username))
    return await _answer(message, question, context, usage="mention-usage")


def question_in(message: Message, context: Context) -> str:
    """What a message that mentions the bot asks, itself or by what it replies to; "" if nothing."""
    question = _without(message, mentions(message, context.bot_id, context.username))
    return question or _replied_text(message, context)


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
    return await _answer(asked, question, context, usage="mention-usage")


async def new_conversation(message: Message, context: Context) -> Reply:
    """Forget what was asked, so that the next question stands alone."""
    if place := place_of(message):
        await context.conversations.forget(place, message.message_id)
    return reply_to(message, text_parts(words(message, context)("new-conversation")))


def mentions(message: Message, bot_id: int, username: str) -> list[MessageEntity]:
    """Where a message mentions the bot."""
    found = []
    for entity, text in message.parse_entities(["mention", "text_mention"]).items():
        by_name = entity.type == "mention" and text.lower() == f"@{username}".lower()
        by_id = entity.user is not None and entity.user.id == bot_id
        if by_name or by_id:
            found.append(entity)
    return found


async def _answer(message: Message, question: str, context: Context, *, usage: str) -> Outcome:
    said = words(message, context)
    question = question.strip() or _replied_text(message, context)
    if not question:
        return reply_to(message, text_parts(said(usage)))
    if is_late(message, context):
        return reply_to(message, text_parts(said("too-late")))
    if context.writer:
        return Streamed(reply_to(message, ()), partial(_reply, message, question, context))
    return await _reply(message, question, context)


async def _reply(
    message: Message, question: str, context: Context, show: Show | None = None
) -> Reply:
    said = words(message, context)
    place, number = place_of(message), message.message_id
    history = await context.conversations.history(place, number) if place else ()
    if show:

        def on_draft(draft: Draft) -> None:
            show(draft_part(draft, said))

        # Who writes as the group spends what the group may.
        asker = (message.chat.id, place.user if place else message.chat.id)
        answer = await context.write(
            question, said.language, history, asker=asker, on_draft=on_draft
        )
    else:
        answer = await context.ask(question, said.language, history, chat=message.chat.id)
    if place:
        await context.conversations.remember(place, number, _turn(answer))
    await context.statistics.count(answer)
    shown = await context.answers.remember(
        answer,
        chat=message.chat.id,
        thread=place.thread if place else 0,
        user=place.user if place else 0,
        message=number,
    )
    # Its quotes are framed in the question's language, which may not be the writer's usual one.
    return replace(reply_to(message, answer_parts(answer)), answer=shown.id)


def _turn(answer: Answer) -> Turn | None:
    """What the next question may lean on: what was answered, or else refused as it was asked.

    A refused question that was completed leaves the conversation where it was, and so does one in
    which nothing was looked for, such as a greeting.
    """
    if not answer.claims and (answer.searched or not answer.ranked):
        return None
    quotes = tuple(quote.text for quote in answer.quotes)
    return Turn(answer.searched or answer.question, quotes)


def _replied_text(message: Message, context: Context) -> str:
    """The words a wordless question points at; never the bot's own."""
    target = message.reply_to_message
    if target is None or _replies_to(message, context.bot_id):
        return ""
    if message.quote:
        return message.quote.text.strip()
    return (target.text or "").strip()


def _replies_to(message: Message, bot_id: int) -> bool:
    target = message.reply_to_message
    # In a topic, what replies to nothing replies to the message that opened the topic.
    if target is None or target.forum_topic_created:
        return False
    return target.from_user is not None and target.from_user.id == bot_id


def _after(message: Message, entity: MessageEntity) -> str:
    units = (message.text or "").encode("utf-16-le")
    return units[(entity.offset + entity.length) * 2 :].decode("utf-16-le")


def _without(message: Message, entities: list[MessageEntity]) -> str:
    units = (message.text or "").encode("utf-16-le")
    pieces, end = [], 0
    for entity in sorted(entities, key=lambda entity: entity.offset):
        pieces.append(units[end : entity.offset * 2].decode("utf-16-le"))
        end = (entity.offset + entity.length) * 2
    first, *others = [*pieces, units[end:].decode("utf-16-le")]
    # A comma or a colon that followed the name has lost its sense.
    return "".join([first, *(piece.lstrip(" ,:;") for piece in others)]).strip()
