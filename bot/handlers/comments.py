"""Comments on a channel's posts: a question there is answered if the sources know.

Who comments on a post asks the post, not the bot, and needn't call it. So it is silent where it
isn't sure, where people talk to each other, and in groups of channels it isn't an admin of.
"""

from __future__ import annotations

from telegram import Message
from telegram.ext import filters

from bot.chats import Rights
from bot.context import Context
from bot.handlers import asking
from bot.handlers.asked import Asked, command_in
from bot.handlers.common import is_late
from bot.replies import Reply
from bot.texts import text_of

_SURE = 0.5
"""The confidence from which an answer is given that nobody asked the bot for."""


class Comment(filters.MessageFilter):
    """Questions right below a post of a channel that the bot is an admin of."""

    def __init__(self, context: Context) -> None:
        super().__init__("Comment")
        self._context = context

    def filter(self, message: Message) -> bool:
        """Whether ``message`` is one of them."""
        post = message.reply_to_message
        if post is None or not post.is_automatic_forward or post.sender_chat is None:
            return False
        channel = self._context.chats.get(post.sender_chat.id)
        is_question = text_of(message).rstrip().endswith("?") and not command_in(message)
        return is_question and channel is not None and channel.rights is Rights.ADMIN


async def commented(message: Message, context: Context) -> Reply | None:
    """Answer a comment's question in place, or say nothing."""
    asked = Asked.read(message, text_of(message), context)
    if asked.doubted or is_late(message, context):
        return None
    with asking.answering(message, context) as under_way:
        answer = await asking.answer_from_sources(message, asked, context)
        if not answer.claims or answer.confidence < _SURE:
            return None
        return await asking.keep(message, answer, context, under_way)
