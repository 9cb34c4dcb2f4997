"""The python-telegram-bot application: its bot, and its handlers in order."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from telegram import ChatMemberUpdated, Message, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    BaseHandler,
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ExtBot,
    InlineQueryHandler,
    MessageHandler,
    MessageReactionHandler,
    filters,
)
from telegram.request import HTTPXRequest

from bot import passages as opened
from bot import voting
from bot.budget import RateBudget, RateLimitArgs
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
    votes,
    why,
)
from bot.handlers.administration import for_admins
from bot.handlers.asked import Asking
from bot.handlers.common import (
    NEW,
    POSTED,
    WRITTEN,
    Handler,
    Pressed,
    Reacted,
    Typed,
    reply_to,
    words,
)
from bot.polling import UpdatesRequest
from bot.rendering import text_parts
from bot.replies import Outbox, Outcome, Reply
from bot.settings import Settings

logger = logging.getLogger(__name__)

App = Application[Any, Any, Any, Any, Any, Any]
_Happened = CallbackContext[Any, Any, Any, Any]


def create_bot(settings: Settings) -> ExtBot[RateLimitArgs]:
    """The bot at ``settings.api_url``, with one send budget for all it sends."""
    # A proxy in the environment is for the world outside, not for a server on this machine.
    own = {"trust_env": not _is_loopback(settings.api_url)}
    return ExtBot(
        settings.token.reveal(),
        base_url=f"{settings.api_url}/bot",
        base_file_url=f"{settings.api_url}/file/bot",
        # Patient: what times out may have landed, and would be sent twice.
        request=HTTPXRequest(
            read_timeout=20, write_timeout=20, connect_timeout=10, pool_timeout=60, httpx_kwargs=own
        ),
        get_updates_request=UpdatesRequest(
            connection_pool_size=1, read_timeout=10, connect_timeout=10, httpx_kwargs=own
        ),
        rate_limiter=RateBudget(),
    )


class _GuestMessage(filters.UpdateFilter):
    """Messages of chats the bot isn't in."""

    def filter(self, update: Update) -> bool:
        return update.guest_message is not None


class _Taking:
    """Makes the library's handlers out of ours: with the context, and for the inbox."""

    def __init__(self, context: Context, outbox: Outbox) -> None:
        self._context = context
        self._outbox = outbox

    def command(self, handler: Handler, *names: str) -> BaseHandler[Any, Any, Any]:
        """New commands that a person wrote."""
        return CommandHandler(names, self._handing_over(handler), NEW & WRITTEN)

    def message(self, handler: Handler, which: Any) -> BaseHandler[Any, Any, Any]:
        """New messages that a person wrote, of the kind ``which``."""
        return MessageHandler(NEW & WRITTEN & which, self._handing_over(handler))

    def edited(self, handler: Handler, which: Any) -> BaseHandler[Any, Any, Any]:
        """Messages that a person wrote and has edited, of the kind ``which``."""
        edited = filters.UpdateType.EDITED_MESSAGE
        return MessageHandler(edited & WRITTEN & which, self._handing_over(handler))

    def post(self, handler: Handler, which: Any) -> BaseHandler[Any, Any, Any]:
        """Posts that a channel wrote itself, of the kind ``which``."""
        return MessageHandler(POSTED & which, self._handing_over(handler))

    def any_message(self, handler: Handler, which: Any) -> BaseHandler[Any, Any, Any]:
        """Messages and posts of the kind ``which``, new or edited, whoever they are from."""
        kinds = filters.UpdateType.MESSAGES | filters.UpdateType.CHANNEL_POSTS
        return MessageHandler(kinds & which, self._handing_over(handler))

    def membership(
        self, handler: Callable[[ChatMemberUpdated, Context], Awaitable[Outcome]]
    ) -> BaseHandler[Any, Any, Any]:
        """Changes of what the bot is in a chat."""

        async def callback(update: Update, _: _Happened) -> None:
            if update.my_chat_member:
                outcome = await handler(update.my_chat_member, self._context)
                self._outbox.put(update.update_id, outcome)

        return ChatMemberHandler(callback, ChatMemberHandler.MY_CHAT_MEMBER)

    def pressed(self, handler: Pressed, pattern: str = "") -> BaseHandler[Any, Any, Any]:
        """Pressed buttons whose data begins as ``pattern`` says."""

        async def callback(update: Update, _: _Happened) -> None:
            if update.callback_query:
                outcome = await handler(update.callback_query, self._context)
                self._outbox.put(update.update_id, outcome)

        return CallbackQueryHandler(callback, pattern)

    def typed(self, handler: Typed) -> BaseHandler[Any, Any, Any]:
        """What people type behind the bot's name, in any chat."""

        async def callback(update: Update, _: _Happened) -> None:
            if update.inline_query:
                await handler(update.inline_query, self._context)

        return InlineQueryHandler(callback)

    def guest(self, handler: Handler) -> BaseHandler[Any, Any, Any]:
        """Messages that a person wrote in a chat the bot isn't in, to call it."""
        which = _GuestMessage() & WRITTEN
        return MessageHandler(which, self._handing_over(handler))

    def reaction(self, handler: Reacted) -> BaseHandler[Any, Any, Any]:
        """What somebody's reactions to a message are now."""

        async def callback(update: Update, _: _Happened) -> None:
            if update.message_reaction:
                await handler(update.message_reaction, self._context)

        which = MessageReactionHandler.MESSAGE_REACTION_UPDATED
        return MessageReactionHandler(callback, message_reaction_types=which)

    def _handing_over(self, handler: Handler) -> Any:
        """What a handler returns goes to the outbox, for the inbox to keep and send."""

        async def callback(update: Update, _: _Happened) -> None:
            if update.effective_message:
                outcome = await handler(update.effective_message, self._context)
                self._outbox.put(update.update_id, outcome)

        return callback


def create_application(bot: ExtBot[RateLimitArgs], context: Context, outbox: Outbox) -> App:
    """All handlers around ``bot``. Only the first that fits takes an update, so order counts."""
    application = ApplicationBuilder().bot(bot).updater(None).build()
    taking = _Taking(context, outbox)
    command, message, pressed = taking.command, taking.message, taking.pressed
    typed = taking.typed
    private, group = filters.ChatType.PRIVATE, filters.ChatType.GROUPS
    asks, remarks = Asking(context), comments.Comment(context)
    application.add_handlers(
        [
            # What happens to chats, before anything is said in them.
            taking.any_message(membership.moved, filters.StatusUpdate.MIGRATE),
            taking.membership(membership.changed),
            # Whoever isn't allowed gets no further.
            taking.any_message(permission.turn_away, permission.Unwelcome(context.chats)),
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
            command(commands.show_help, "help"),
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
            command(for_admins(why.why), "why"),
            # Then any other command, so that it isn't taken for a question; groups have more bots.
            message(fallback.unknown_command, private & filters.COMMAND),
            # Then questions. In a group a mention may come inside what looks like a command.
            message(asking.ask, private & filters.TEXT),
            message(asking.ask, group & (filters.TEXT | filters.CAPTION) & asks),
            message(adding.offered, private & filters.Document.ALL & fallback.FirstOfAlbum()),
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
            pressed(channels.decided, "^h:"),
            # Buttons: data is "<kind>:<fields>"; what nothing takes is answered all the same.
            pressed(confirming.pressed, r"^c:[\w-]{16}:[yn]$"),
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
        if isinstance(update, Update) and update.message:
            outbox.put(update.update_id, _said(update.message, context, "error"))

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
    """What to say to the first update that finds its chat's queue full."""
    return _said(update.message, context, "queue-full") if update.message else None


def _said(message: Message, context: Context, key: str) -> Reply:
    return reply_to(message, text_parts(words(message, context)(key)))


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
