"""Edited questions: the answer to the new one takes the place of the old one's messages."""

from __future__ import annotations

from dataclasses import replace

from telegram import Message

from bot.context import Context
from bot.handlers import asking
from bot.handlers.asked import Asked, question_in
from bot.handlers.common import is_private
from bot.replies import Reply

_RECENT = 600.0
"""Seconds after which a message that becomes a question by an edit is left alone."""


async def edited(message: Message, context: Context) -> Reply | None:
    """Answer anew if the question is another one. Other commands are never run by an edit."""
    question = question_in(message, context)
    if question is None:
        return None
    asked = Asked.read(message, question, context)
    shown = await context.answers.of_question(message.chat.id, message.message_id)
    if not asked.text or (shown and shown.question == asked.text):
        return None
    if not shown:
        if is_private(message) and not message.text:
            return None  # what is written below a document is no question by an edit
        age = context.clock() - message.date.timestamp()
        return await asking.reply(message, asked, context) if age <= _RECENT else None
    await context.feedback.forget_answer(shown.id)  # they were about another one
    old = await context.answers.messages(shown.id)
    return replace(await asking.reply(message, asked, context), edits=old)
