"""``/start``: what the bot knows, and questions it answers well, a press away."""

from __future__ import annotations

from hashlib import sha256

from telegram import CallbackQuery, Message
from telegram.error import TelegramError

from bot.context import Context
from bot.handlers.asking import ask_in_place_of
from bot.handlers.common import acknowledge, is_private, reply_to, said_at, words
from bot.locales import LANGUAGES, Words, words_in
from bot.rendering import text_parts
from bot.replies import Button, Outcome, Reply
from bot.welcome import welcome_parts
from retrieval import Language

KIND = "q"


async def start(message: Message, context: Context) -> Reply:
    """Say hello and what the bot knows; in private also what it can be asked."""
    said = words(message, context)
    if not is_private(message):
        return reply_to(message, text_parts(said("welcome-group")))
    chat = message.chat.id
    sources = await context.sources(chat=chat)
    suggestions = await _suggestions(said, context, chat)
    buttons = [Button(question, _data(said.language, question)) for question in suggestions]
    return reply_to(message, welcome_parts(sources, buttons, said))


async def ask_suggested(query: CallbackQuery, context: Context) -> Outcome:
    """Ask a suggested question as if whoever pressed it had written it; it is shown first."""
    said = said_at(query, context)
    message = query.message
    if message is None or message.chat.id != query.from_user.id:
        await acknowledge(query, said("button-expired"))
        return None
    question = await _question(query.data or "", context, message.chat.id)
    await acknowledge(query, "" if question else said("button-expired"))
    if not question:
        return None
    bot = query.get_bot()
    try:
        shown = await bot.send_message(message.chat.id, said("asked-by-button", question=question))
    except TelegramError:
        return None  # a chat that takes no message needs no answer
    return await ask_in_place_of(query.from_user, shown, question, context)


async def _suggestions(said: Words, context: Context, chat: int) -> tuple[str, ...]:
    """The owner's questions; where there are none, one that can always be asked."""
    return await context.suggestions(said.language, chat=chat) or (said("ask-about-documents"),)


def _data(language: Language, question: str) -> str:
    return f"{KIND}:{language}:{sha256(question.encode()).hexdigest()[:16]}"


async def _question(data: str, context: Context, chat: int) -> str:
    """The question behind a button, as long as it is one that is suggested; else ""."""
    for language in LANGUAGES:
        if data.startswith(f"{KIND}:{language}:"):
            suggested = await _suggestions(words_in(language), context, chat)
            return next((q for q in suggested if _data(language, q) == data), "")
    return ""
