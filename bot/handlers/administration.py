"""What is for admins alone, and ``/reload``: read the sources again.

Documents that answer the owner's test questions worse, or leave most out, are refused: a button
takes them all the same, and so does ``/reload force``.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial, wraps

from telegram import Message

from bot.board import Board
from bot.confirmations import Pending, Refused
from bot.context import Context
from bot.handlers.common import (
    Handler,
    argument_of,
    is_by_admin,
    is_late,
    is_private,
    reply_to,
    words,
)
from bot.handlers.reloading import failure_parts, in_turn, reload_on
from bot.listings import confirmation
from bot.locales import Words
from bot.rendering import changes_parts, text_parts
from bot.replies import Deferred, Outcome, Part, Reply
from retrieval import RefusedError, RetrievalError

logger = logging.getLogger(__name__)

# What to write behind the command, in any language the bot speaks.
_FORCE = ("force", "forza")


def for_admins(handler: Handler, *, anywhere: bool = False) -> Handler:
    """Have a handler serve admins who write in private and in time; others are told why not.

    With ``anywhere``, it sees itself to it that a group reads nothing of what it says.
    """

    @wraps(handler)
    async def guarded(message: Message, context: Context) -> Outcome:
        if not is_by_admin(message, context):
            return refusal(message, context)
        said = words(message, context)
        if not (anywhere or is_private(message)):
            return reply_to(message, text_parts(said("in-private")))
        if is_late(message, context):
            return reply_to(message, text_parts(said("command-too-late")))
        return await handler(message, context)

    return guarded


async def reload(message: Message, context: Context) -> Outcome:
    """Start a reload for an admin; the chat's other messages are dealt with meanwhile."""
    said = words(message, context)
    if not is_by_admin(message, context):
        return refusal(message, context)
    if is_late(message, context):
        return reply_to(message, text_parts(said("command-too-late")))
    if argument_of(message) and not _is_forced(message):
        return reply_to(message, text_parts(said("reload-usage")))
    return Deferred(partial(_reload, message, context, said))


def refusal(message: Message, context: Context) -> Reply:
    """Say that a command is for admins; in private, also what to call oneself to become one."""
    said = words(message, context)
    text = said("admins-only")
    if is_private(message) and message.from_user:
        text += " " + said("your-id", id=message.from_user.id)
    return reply_to(message, text_parts(text))


def _is_forced(message: Message) -> bool:
    _, *rest = (message.text or "").split()
    return " ".join(rest).casefold() in _FORCE


async def _reload(message: Message, context: Context, said: Words) -> Reply:
    logger.info("user %s asked for a reload", message.from_user and message.from_user.id)
    board = Board.at(message.get_bot(), reply_to(message, ()))
    # Reasons name files and folders of this machine, which a group needn't see.
    private = is_private(message)
    user = message.from_user.id if message.from_user else 0
    async with in_turn(board, context, said):
        try:
            changes = await reload_on(board, context, said, force=_is_forced(message))
            parts = changes_parts(changes, said, reasons=private)
        except RetrievalError as error:
            parts = failure_parts(error, said, reasons=private)
            parts += await _way_past(error, context, said, chat=message.chat.id, user=user)
    return replace(reply_to(message, parts), edits=board.messages)


async def _way_past(
    error: RetrievalError, context: Context, said: Words, *, chat: int, user: int
) -> tuple[Part, ...]:
    """A button that takes the documents that were refused, if that is what went wrong."""
    if not isinstance(error, RefusedError):
        return ()
    live = context.library.health().generation
    asked = Pending("reload-anyway", Refused(live, error.documents).to_json())
    id_ = await context.confirmations.ask(asked, chat=chat, user=user)
    return (confirmation(said("reload-anyway-sure"), id_, "reload-anyway-yes", said),)


async def carry_out(board: Board, context: Context, said: Words, subject: str, user: int) -> None:
    """Take the documents that were refused, if those they were compared with still answer.

    ``subject`` is a :class:`Refused` with the generation that answered then.
    If there are others in their place by now, these are compared, and maybe refused, in turn.
    """
    private, refused = board.chat == user, Refused.from_json(subject)
    async with in_turn(board, context, said):
        if context.library.health().generation != refused.subject:
            await board.finish(text_parts(said("confirm-expired")))
            return
        logger.info("user %d has the refused documents used", user)
        try:
            changes = await reload_on(board, context, said, accepted=refused.documents)
            parts = changes_parts(changes, said, reasons=private)
        except RetrievalError as error:
            parts = failure_parts(error, said, reasons=private)
            parts += await _way_past(error, context, said, chat=board.chat, user=user)
        await board.finish(parts)
