"""``/why``: how an answer came about, for admins, as a reply to it."""

from __future__ import annotations

from telegram import Message

from bot.context import Context
from bot.handlers.common import is_private, reply_to, words
from bot.listings import why_parts
from bot.rendering import text_parts
from bot.replies import Reply


async def why(message: Message, context: Context) -> Reply:
    """Say what was found and what was cited, how sure that was, how long it took and what it cost.

    What was found is looked for again, among the documents as they are now.
    """
    said, target = words(message, context), message.reply_to_message
    if target is None:
        return reply_to(message, text_parts(said("why-usage")))
    shown = await context.answers.of_message(message.chat.id, target.message_id)
    if shown is None:
        return reply_to(message, text_parts(said("why-unknown")))
    ranking = await context.search(shown.searched or shown.question, chat=message.chat.id)
    cost = context.spending.cost(shown.input_tokens, shown.output_tokens) if context.spending else 0
    parts = why_parts(shown, ranking, said, current=context.library.generation, cost=cost)
    if is_private(message) or message.from_user is None:
        return reply_to(message, parts)
    # A group needn't read it: it goes to whoever asked.
    return Reply(message.from_user.id, parts)
