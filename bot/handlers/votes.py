"""What people think of an answer, by a button under it or by a reaction to it."""

from __future__ import annotations

from telegram import Bot, CallbackQuery, Message, MessageReactionUpdated, ReactionTypeEmoji

from bot.context import Context
from bot.handlers.common import acknowledge, said_at
from bot.handlers.passages import answer_behind, look_again, may_see, show
from bot.locales import words_in
from bot.shown import ShownAnswer
from bot.voting import Ballot, asks_why, opinion, with_reasons


async def vote(query: CallbackQuery, context: Context) -> None:
    """A button that says what somebody thinks of an answer, or why."""
    ballot = Ballot.read(query.data or "")
    answer = await answer_behind(query, context, ballot.answer if ballot else "")
    if not (ballot and answer and query.message):
        return
    await context.feedback.vote(
        answer.id, query.from_user.id, good=ballot.good, reason=ballot.reason
    )
    # A message of a group that has become a supergroup stays as it is.
    here = query.message.chat.id == answer.chat
    why = here and not ballot.good and ballot.reason is None
    key = "voted-good" if ballot.good else "voted-bad" if why else "voted-why"
    await acknowledge(query, said_at(query, context)(key))
    # In private the button is marked too, which only a look at the answer can tell.
    if here and (why != _asks_why(query) or answer.chat == query.from_user.id):
        await _show(answer, context, query.get_bot(), query.message.message_id, why=why)


async def react(reaction: MessageReactionUpdated, context: Context) -> None:
    """A thumb up or down on an answer counts as its button does; taken back, it counts no more."""
    user, chat = reaction.user, reaction.chat.id
    if user is None or user.is_bot:  # who reacts as a chat is nobody in person
        return
    if not context.chats.is_allowed(chat):
        return
    answer = await context.answers.of_message(chat, reaction.message_id)
    if answer is None or not await may_see(answer, user.id, context, pressed=chat == answer.chat):
        return
    old, new = (
        {each.emoji for each in emoji if isinstance(each, ReactionTypeEmoji)}
        for emoji in (reaction.old_reaction, reaction.new_reaction)
    )
    good = opinion(new)
    if good is None:
        if opinion(old) is not None:
            await context.feedback.withdraw(answer.id, user.id)
        return
    vote = await context.feedback.vote(answer.id, user.id, good=good)
    messages = await context.answers.messages(answer.id)
    if not good and vote.reason is None and chat == answer.chat and messages:
        await _show(answer, context, reaction.get_bot(), messages[-1], why=True)


def _asks_why(query: CallbackQuery) -> bool:
    """Whether the message whose button was pressed asks what is wrong with its answer."""
    markup = query.message.reply_markup if isinstance(query.message, Message) else None
    return markup is not None and asks_why(
        button.callback_data for row in markup.inline_keyboard for button in row
    )


async def _show(
    answer: ShownAnswer, context: Context, bot: Bot, message: int, *, why: bool
) -> None:
    """Show the answer as it was, with or without the question why it is bad."""
    if look := await look_again(answer, context, answer.chat, message):
        part = with_reasons(look, answer, words_in(answer.language)) if why else look
        await show(part, bot, answer.chat, message)
