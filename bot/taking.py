"""Makes the library's handlers out of ours: with the context, and for the inbox."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from telegram import ChatMemberUpdated, Update
from telegram.ext import (
    BaseHandler,
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    MessageReactionHandler,
    filters,
)

from bot.context import Context
from bot.handlers.common import NEW, POSTED, WRITTEN, Handler, Pressed, Reacted, Typed
from bot.replies import Outbox, Outcome

_Happened = CallbackContext[Any, Any, Any, Any]


class _GuestMessage(filters.UpdateFilter):
    """Messages of chats the bot isn't in."""

    def filter(self, update: Update) -> bool:
        return update.guest_message is not None


class _PressIn(CallbackQueryHandler[Any, Any]):
    """Pressed buttons in the chats that ``which`` picks by their id."""

    def __init__(self, callback: Any, which: Callable[[int], bool]) -> None:
        super().__init__(callback)
        self._which = which

    def check_update(self, update: object) -> bool:
        """Whether ``update`` is such a press."""
        query = update.callback_query if isinstance(update, Update) else None
        return bool(query and query.message and self._which(query.message.chat.id))


class Taking:
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
        return CallbackQueryHandler(self._pressing(handler), pattern)

    def pressed_in(
        self, handler: Pressed, which: Callable[[int], bool]
    ) -> BaseHandler[Any, Any, Any]:
        """Buttons of any kind, pressed in the chats that ``which`` picks by their id."""
        return _PressIn(self._pressing(handler), which)

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

    def _pressing(self, handler: Pressed) -> Any:
        async def callback(update: Update, _: _Happened) -> None:
            if update.callback_query:
                outcome = await handler(update.callback_query, self._context)
                self._outbox.put(update.update_id, outcome)

        return callback

    def _handing_over(self, handler: Handler) -> Any:
        """What a handler returns goes to the outbox, for the inbox to keep and send."""

        async def callback(update: Update, _: _Happened) -> None:
            if update.effective_message:
                outcome = await handler(update.effective_message, self._context)
                self._outbox.put(update.update_id, outcome)

        return callback
