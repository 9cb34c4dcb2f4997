"""The python-telegram-bot application: all handlers in order."""

from __future__ import annotations

import logging
from typing import Any

from telegram import Message, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackContext,
    ExtBot,
    filters,
)

from bot import passages as opened
from bot import voting
from bot.budget import RateLimitArgs
from bot.context import Context
from bot.handlers import (
    adding,
    administration,
    allowing,
    anywhere,
    asking,
    channels,
    commands,
    comments,
    confirming,
    edits,
    fallback,
    gaps,
    health,
    listing,
    membership,
    passages,
    permission,
    privacy,
    removing,
    restoring,
    settings,
    starting,
    statistics,
    stopping,
    votes,
    why,
)
from bot.handlers.administration import for_admins
from bot.handlers.asked import Asking
from bot.handlers.common import acknowledge, reply_to, said_at, words
from bot.rendering import text_parts
from bot.replies import Outbox, Reply
from bot.taking import Taking

logger = logging.getLogger(__name__)

App = Application[Any, Any, Any, Any, Any, Any]
_Happened = CallbackContext[Any, Any, Any, Any]


def create_application(bot: ExtBot[RateLimitArgs], context: Context, outbox: Outbox) -> App:
    """All handlers around ``bot``. Only the first that fits takes an update, so order counts."""
    application = ApplicationBuilder().bot(bot).updater(None).build()
    taking = Taking(context, outbox)
    command, message, pressed = taking.command, taking.message, taking.pressed
    typed = taking.typed
    private, group, admins = filters.ChatType.PRIVATE, filters.ChatType.GROUPS, context.admins
    asks, remarks = Asking(context), comments.Comment(context)
    application.add_handlers(
        [
            # What happens to chats, before anything is said in them.
            taking.any_message(membership.moved, filters.StatusUpdate.MIGRATE),
            taking.membership(membership.changed),
            # Whoever isn't allowed gets no further.
            taking.any_message(permission.turn_away, permission.Unwelcome(context.chats)),
            taking.pressed_in(
                permission.press_denied, lambda chat: not context.chats.is_allowed(chat)
            ),
            # An edit answers a question anew, and runs nothing else.
            taking.edited(edits.edited, filters.TEXT | filters.CAPTION),
            # A channel's posts: they are nobody's in person, so no other command is run by one.
            taking.post(channels.posted, filters.UpdateType.CHANNEL_POST),
            taking.post(channels.edited, filters.UpdateType.EDITED_CHANNEL_POST),
            # Our commands first: the text filters below would take them for unknown ones.
            command(asking.ask, "ask"),
            command(asking.new_conversation, "new", "nuova"),
            message(passages.open_link, private & filters.Regex(opened.LINK)),
            command(starting.start, "start"),
            command(commands.show_help, "help", "aiuto"),
            command(listing.sources, "sources"),
            command(settings.settings, "settings"),
            command(privacy.privacy, "privacy"),
            command(privacy.forget, "forget"),
            # Who may is decided inside: whoever may not is told so.
            command(administration.reload, "reload"),
            command(statistics.stats, "stats"),
            command(for_admins(restoring.rollback), "rollback"),
            command(for_admins(health.health), "health"),
            command(for_admins(allowing.allow), "allow"),
            command(for_admins(allowing.deny), "deny"),
            command(for_admins(adding.add), "add"),
            command(for_admins(removing.remove), "remove"),
            command(for_admins(channels.channel), channels.NAME),
            command(for_admins(gaps.gaps), "gaps"),
            command(for_admins(why.why, anywhere=True), "why"),
            # Then any other command, so that it isn't taken for a question; groups have more bots.
            message(fallback.unknown_command, private & filters.COMMAND),
            # Then questions. In a group a mention may come inside what looks like a command.
            message(asking.ask, private & filters.TEXT),
            message(asking.ask, group & (filters.TEXT | filters.CAPTION) & asks),
            message(adding.offered, private & filters.Document.ALL & fallback.FirstOfAlbum(admins)),
            # Questions to a post of a channel's, by whoever comments on it.
            message(comments.commented, group & (filters.TEXT | filters.CAPTION) & remarks),
            # Last what nothing above can read; a chat's service messages are nobody's words.
            message(
                fallback.not_text,
                private & ~filters.TEXT & ~filters.StatusUpdate.ALL & fallback.FirstOfAlbum(),
            ),
            pressed(starting.ask_suggested, f"^{starting.KIND}:"),
            pressed(settings.choose, f"^{settings.KIND}:"),
            pressed(privacy.forget_confirmed, f"^{privacy.KIND}:"),
            typed(anywhere.offer),
            pressed(permission.decide, "^a:"),
            pressed(channels.posts_left, f"^{channels.POSTS}"),
            pressed(channels.decided, "^h:"),
            # Buttons: data is "<kind>:<fields>"; what nothing takes is answered all the same.
            pressed(confirming.pressed, r"^c:[\w-]{16}:[yn]$"),
            pressed(stopping.pressed, f"^{stopping.STOP}$"),
            pressed(listing.turned, r"^s:\d{1,6}$"),
            pressed(gaps.pressed, r"^g:(csv:\d{1,4}|\d{1,4}:\d{1,6})$"),
            pressed(passages.open_passage, opened.PATTERN),
            pressed(votes.vote, voting.PATTERN),
            pressed(fallback.expired),
            taking.reaction(votes.react),
        ]
    )

    if context.guest_mode:
        application.add_handler(taking.guest(anywhere.answer_guest))

    async def apologise(update: object, happened: _Happened) -> None:
        logger.error("an update could not be answered", exc_info=happened.error)
        if not isinstance(update, Update):
            return
        if update.message:
            outbox.put(update.update_id, _said(update.message, context, "error"))
        elif query := update.callback_query:
            await acknowledge(query, said_at(query, context)("error"), alert=True)

    application.add_error_handler(apologise)
    return application


def wants(application: App, update: Update) -> bool:
    """Whether any handler would take an update."""
    return any(
        handler.check_update(update) not in (None, False)
        for handlers in application.handlers.values()
        for handler in handlers
    )


def queue_is_full(update: Update, context: Context) -> Reply | None:
    """What to say to the first update that finds its chat's queue full.

    Nothing where the chat isn't allowed: nobody has asked there, they only talk.
    """
    message = update.message
    if message is None or not context.chats.is_allowed(message.chat.id):
        return None
    return _said(message, context, "queue-full")


def _said(message: Message, context: Context, key: str) -> Reply:
    return reply_to(message, text_parts(words(message, context)(key)))
