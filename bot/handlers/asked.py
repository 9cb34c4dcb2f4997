"""What a message asks the bot, if it does, and what it points at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from telegram import Message, MessageEntity
from telegram.constants import ChatType, MessageEntityType
from telegram.ext import filters

from bot.context import Context
from bot.doubts import doubted_in
from bot.handlers.common import is_private
from bot.texts import gist, text_of
from retrieval import Language

_ASK = "ask"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: ``text``, and what somebody else wrote that it may be ``about``.

    With ``doubted``, a language, ``text`` is what somebody wrote, and whether the sources say so is
    asked in that language; it is empty where nothing is replied to.
    """

    text: str
    about: str = ""
    doubted: Language | None = None

    @classmethod
    def read(cls, message: Message, question: str, context: Context) -> Self:
        """Understand a question with what its message replies to."""
        question, about = question.strip(), pointed_at(message, context.bot_id)
        if language := doubted_in(question, alone=not about):
            return cls(about, doubted=language)
        return cls(question, gist(about)) if question else cls(about)


class Asking(filters.MessageFilter):
    """Messages that ask the bot something: by ``/ask``, its name, or a reply to it."""

    def __init__(self, context: Context) -> None:
        super().__init__("Asking")
        self._context = context

    def filter(self, message: Message) -> bool:
        """Whether ``message`` is one of them."""
        return question_in(message, self._context) is not None


def question_in(message: Message, context: Context) -> str | None:
    """The words put to the bot, perhaps none; ``None`` where it isn't spoken to."""
    if command := command_in(message):
        name, _, bot = command.partition("@")
        is_ours = not bot or bot.lower() == context.username.lower()
        return _after_command(message) if name == _ASK and is_ours else None
    if is_private(message):
        return text_of(message) or None
    found = mentions(message, context.bot_id, context.username)
    if found or (message.chat.type != ChatType.CHANNEL and replies_to(message, context.bot_id)):
        return _without(message, found)
    return None


def command_in(message: Message) -> str:
    """The command a message begins with, as ``ask`` or ``ask@passo_bot``; else ""."""
    for entity in message.entities or message.caption_entities:
        if entity.offset == 0 and entity.type == MessageEntityType.BOT_COMMAND:
            return text_of(message)[1 : entity.length].lower()
    return ""


def mentions(message: Message, bot_id: int, username: str) -> list[MessageEntity]:
    """Where a message mentions the bot."""
    parse = message.parse_entities if message.text else message.parse_caption_entities
    found = []
    for entity, text in parse(["mention", "text_mention"]).items() if text_of(message) else ():
        by_name = entity.type == "mention" and text.lower() == f"@{username}".lower()
        by_id = entity.user is not None and entity.user.id == bot_id
        if by_name or by_id:
            found.append(entity)
    return found


def pointed_at(message: Message, bot_id: int) -> str:
    """The words of somebody else that a message replies to: those it quotes, or else all."""
    target = message.reply_to_message
    if target is None or replies_to(message, bot_id):
        return ""
    if message.quote:
        return message.quote.text.strip()
    return text_of(target).strip()


def replies_to(message: Message, bot_id: int) -> bool:
    """Whether a message replies to one of the bot's."""
    target = message.reply_to_message
    # In a topic, what replies to nothing replies to the message that opened the topic.
    if target is None or target.forum_topic_created:
        return False
    return target.from_user is not None and target.from_user.id == bot_id


def _after_command(message: Message) -> str:
    entity = (message.entities or message.caption_entities)[0]
    units = text_of(message).encode("utf-16-le")
    return units[(entity.offset + entity.length) * 2 :].decode("utf-16-le")


def _without(message: Message, entities: list[MessageEntity]) -> str:
    units = text_of(message).encode("utf-16-le")
    pieces, end = [], 0
    for entity in sorted(entities, key=lambda entity: entity.offset):
        pieces.append(units[end : entity.offset * 2].decode("utf-16-le"))
        end = (entity.offset + entity.length) * 2
    first, *others = [*pieces, units[end:].decode("utf-16-le")]
    # A comma or a colon that followed the name has lost its sense.
    return "".join([first, *(piece.lstrip(" ,:;") for piece in others)]).strip()
